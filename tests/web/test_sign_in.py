"""Coming in: one-time links, password with a code of an app, codes by mail, and being sent away politely."""

import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from tests.web.pages import DOORS
from tests.web.readers import PASSWORD, make_account, signed_in, stranger

from karvon.actions.accounts import invite, make_first_link, make_link
from karvon.actions.journal import COMMAND
from karvon.records import models as records
from karvon.rules.access import Grant, digest_of
from karvon.server.attempts import forget_old
from karvon.web.accounts.ending import LONGEST
from karvon.web.accounts.outbox import behind


@pytest.fixture(autouse=True)
def _attempts_are_forgotten(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code_of(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_app(email: str = "anna@example.org", *grants: Grant) -> tuple[records.User, str]:
    user = make_account(email, *(grants or (Grant("administrator"),)))
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    return user, secret


def said(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def sign_in(client: Client, email: str, password: str, path: str = "/en/-/sign-in/") -> str:
    answer = client.post(path, {"login": email, "password": password})
    return answer["Location"] if answer.status_code == 302 else said(answer.content.decode())


# --- the first account


def test_the_first_account_is_made_by_its_link_and_may_administer() -> None:
    client = stranger()
    token = make_first_link(by=COMMAND)
    opened = client.get(f"/lv/-/link/{token}/")
    assert (opened.status_code, opened["Location"]) == (302, "/lv/-/welcome/")
    assert "Pirmais konts" in client.get("/lv/-/welcome/").content.decode()
    made = client.post("/lv/-/welcome/", {"email": "Anna@Example.org", "password": PASSWORD})
    assert made["Location"] == "/lv/-/account/"
    user = records.User.objects.get()
    assert (user.email, user.language, user.roles.get().role) == ("anna@example.org", "lv", "administrator")
    assert "Atlicis viens solis" in client.get("/lv/-/account/").content.decode()


def test_a_link_works_once() -> None:
    token = make_first_link(by=COMMAND)
    first, second = stranger(), stranger()
    for client in (first, second):
        client.get(f"/en/-/link/{token}/")
    first.post("/en/-/welcome/", {"email": "anna@example.org", "password": PASSWORD})
    answer = second.post("/en/-/welcome/", {"email": "eve@example.org", "password": PASSWORD})
    assert answer.status_code == 410
    assert "This link does not work any more" in answer.content.decode()
    assert records.User.objects.count() == 1


def test_a_link_ends_with_its_time() -> None:
    token = make_first_link(by=COMMAND)
    records.OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client = stranger()
    client.get(f"/en/-/link/{token}/")
    assert client.get("/en/-/welcome/").status_code == 410


def test_a_newer_first_link_ends_the_older() -> None:
    old = make_first_link(by=COMMAND)
    make_first_link(by=COMMAND)
    client = stranger()
    client.get(f"/en/-/link/{old}/")
    assert client.get("/en/-/welcome/").status_code == 410


def test_a_link_can_be_pasted() -> None:
    token = make_first_link(by=COMMAND)
    client = stranger()
    wrong = client.post("/en/-/link/", {"link": ""})
    assert "This is no one-time link" in wrong.content.decode()
    answer = client.post("/en/-/link/", {"link": f" http://127.0.0.1:8000/en/-/link/{token}/ "})
    assert answer["Location"] == "/en/-/welcome/"
    assert client.get("/en/-/welcome/").status_code == 200


def test_the_token_stands_in_no_table_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    client = stranger()
    with caplog.at_level(logging.DEBUG):
        token = make_first_link(by=COMMAND)
        client.get(f"/en/-/link/{token}/")
        client.get("/en/-/welcome/")
        client.get("/en/-/link/wrong-token-of-somebody/")
        client.get("/en/-/welcome/")
    logged = [record.getMessage() for record in caplog.records if "django.db" not in record.name]
    assert [text for text in logged if token in text or "wrong-token" in text] == []
    assert token not in str(list(records.OneTimeLink.objects.values()))
    assert token not in str(list(records.JournalEntry.objects.values()))
    assert token not in str(client.session.items())


@pytest.mark.parametrize("after", [".", "x/", "./", "%20", "?from=letter", ">"])
def test_a_link_that_was_copied_with_something_behind_it_stands_in_no_log(
    after: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = make_first_link(by=COMMAND)
    with caplog.at_level(logging.DEBUG):
        stranger().get(f"/en/-/link/{token}/{after}", follow=True)
    logged = [record.getMessage() for record in caplog.records if "django.db" not in record.name]
    assert [text for text in logged if token in text] == []


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "Write a password."),
        ("short", "fewer than 10 characters"),
        ("1234567890", "tried first"),
        ("anna.berzina99", "repeats the e-mail address"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field_and_the_address_is_kept(password: str, why: str) -> None:
    client = stranger()
    client.get(f"/en/-/link/{make_first_link(by=COMMAND)}/")
    html = client.post("/en/-/welcome/", {"email": "anna.berzina@example.org", "password": password})
    text = html.content.decode()
    assert 'value="anna.berzina@example.org"' in text
    assert why in text.split('id="id_password_error"')[1]
    assert records.User.objects.count() == 0


def test_no_password_opens_anything_that_nobody_chose() -> None:
    for password in ("", "admin", "karvon", "password"):
        assert "Location" not in sign_in(stranger(), "admin@example.org", password)
    assert records.User.objects.count() == 0


# --- password and the app


def test_a_password_and_the_code_of_the_app_let_in_and_lead_back() -> None:
    _user, secret = with_app()
    client = stranger()
    path = "/en/-/sign-in/?next=%2Fen%2F-%2Faccounts%2F"
    assert 'name="next" value="/en/-/accounts/"' in client.get(path).content.decode()
    first = client.post("/en/-/sign-in/", {
        "login": "Anna@example.org", "password": PASSWORD, "next": "/en/-/accounts/",
    })  # fmt: skip
    assert first["Location"] == "/en/-/sign-in/second/"
    assert client.get("/en/-/accounts/").status_code == 302
    wrong = client.post("/en/-/sign-in/second/", {"code": "000000"})
    assert "This code does not fit" in wrong.content.decode()
    right = client.post("/en/-/sign-in/second/", {"code": code_of(secret)})
    assert right["Location"] == "/en/-/accounts/"
    assert client.get("/en/-/accounts/").status_code == 200


def test_the_way_back_never_leads_to_another_site() -> None:
    _user, secret = with_app()
    client = stranger()
    client.post("/en/-/sign-in/", {
        "login": "anna@example.org", "password": PASSWORD, "next": "https://evil.example/",
    })  # fmt: skip
    assert client.post("/en/-/sign-in/second/", {"code": code_of(secret)})["Location"] == "/en/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike() -> None:
    with_app()
    known = sign_in(stranger(), "anna@example.org", "wrong wrong wrong")
    unknown = sign_in(stranger(), "nobody@example.org", "wrong wrong wrong")
    assert "do not belong together" in known
    assert known.replace("anna@", "nobody@") == unknown


def test_what_was_typed_is_kept_beside_what_is_wrong() -> None:
    html = stranger().post("/ru/-/sign-in/", {"login": "не адрес", "password": "x"}).content.decode()
    assert 'value="не адрес"' in html
    assert "Это не адрес электронной почты" in html.split('id="id_login_error"')[1]


def test_too_many_attempts_have_to_wait() -> None:
    with_app()
    client = stranger()
    answers = [sign_in(client, "anna@example.org", "wrong wrong wrong") for _ in range(6)]
    assert "do not belong together" in answers[4]
    assert "Too many attempts" in answers[5]
    assert "Too many attempts" in sign_in(client, "anna@example.org", PASSWORD)


def test_a_recovery_code_stands_in_for_the_app_once() -> None:
    user, _secret = with_app()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (302, 200):
        client = stranger()
        sign_in(client, "anna@example.org", PASSWORD)
        assert client.post("/en/-/sign-in/second/", {"code": code}).status_code == expected


def test_a_closed_account_is_told_so_after_its_password_only() -> None:
    user, _secret = with_app()
    records.User.objects.filter(pk=user.pk).update(is_active=False)
    assert sign_in(stranger(), "anna@example.org", PASSWORD) == "/en/-/sign-in/closed/"
    assert "do not belong together" in sign_in(stranger(), "anna@example.org", "wrong wrong wrong")


def test_signing_in_and_out_is_journalled_without_a_name() -> None:
    user, secret = with_app()
    client = stranger()
    sign_in(client, "anna@example.org", PASSWORD)
    client.post("/en/-/sign-in/second/", {"code": code_of(secret)})
    client.post("/en/-/sign-out/")
    assert client.get("/en/-/account/").status_code == 302
    entries = records.JournalEntry.objects.filter(object_kind="account", object_key=str(user.pk))
    actions = list(entries.values_list("action", "facts", "by"))
    assert actions[-2:] == [("sign_in", {"with": "password+mfa"}, user.pk), ("sign_out", {}, user.pk)]
    assert "anna" not in str(list(entries.values("facts", "object_key")))


def test_signing_out_leaves_no_page_or_scan_in_the_browser() -> None:
    answer = signed_in(make_account("anna@example.org")).post("/en/-/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"'


def test_signing_out_takes_a_form() -> None:
    client = signed_in(make_account("anna@example.org"))
    assert client.get("/en/-/sign-out/").status_code == 405
    assert client.get("/en/-/account/").status_code == 200


def test_nobody_makes_an_account_of_their_own_accord() -> None:
    for answer in (stranger().get("/en/-/sign-up/"), stranger().post("/en/-/sign-up/", {"email": "a@b.org"})):
        assert answer.status_code == 404


# --- adding a second factor


@pytest.mark.django_db(transaction=True)
def test_adding_an_app_opens_the_pages_in_the_same_session() -> None:
    user = make_account("anna@example.org", Grant("administrator"))
    client = signed_in(user, by="password")
    html = client.get("/en/-/account/app/").content.decode()
    secret = re.search(r'<code class="secret"[^>]*>(\w+)</code>', html)
    assert secret is not None
    assert "<svg" in html
    wrong = client.post("/en/-/account/app/", {"code": "000000"}).content.decode()
    assert "This code does not fit" in wrong
    assert secret[1] in wrong
    added = client.post("/en/-/account/app/", {"code": code_of(secret[1])})
    assert added["Location"] == "/en/-/account/recovery/"
    assert client.get("/en/-/account/recovery/").content.decode().count("<li><code>") == 10
    assert client.get("/en/-/accounts/").status_code == 200
    ways = records.JournalEntry.objects.filter(action="add_way_in").values_list("facts", flat=True)
    assert sorted(fact["way"] for fact in ways) == ["recovery_codes", "totp"]


@pytest.mark.django_db(transaction=True)
def test_the_first_second_factor_ends_what_was_opened_by_a_password_alone() -> None:
    user = make_account("anna@example.org", Grant("administrator"))
    owner, other = signed_in(user, by="password"), signed_in(user, by="password")
    stays = signed_in(make_account("berta@example.org"), by="password")
    html = owner.get("/en/-/account/app/").content.decode()
    secret = re.search(r'<code class="secret"[^>]*>(\w+)</code>', html)
    assert secret is not None
    owner.post("/en/-/account/app/", {"code": code_of(secret[1])})
    assert owner.get("/en/-/account/recovery/").status_code == 200
    for path in ("recovery/", "passkeys/add/", "app/remove/", ""):
        answer = other.get(f"/en/-/account/{path}")
        assert (path, answer.status_code, answer["Location"][:15]) == (path, 302, "/en/-/sign-in/?")
    assert stays.get("/en/-/account/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_further_way_in_ends_no_session() -> None:
    user, _secret = with_app()
    here, there = signed_in(user), signed_in(user)
    request = RequestFactory().get("/")
    request.session, request.user = here.session, user
    key = Authenticator.objects.create(user=user, type="webauthn", data={})
    authenticator_added.send(sender=Authenticator, request=request, user=user, authenticator=key)
    assert [one.get("/en/-/accounts/").status_code for one in (here, there)] == [200, 200]


def test_changing_how_one_signs_in_asks_once_more_after_five_minutes() -> None:
    client = signed_in(make_account("anna@example.org"))
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()
    assert client.get("/en/-/account/app/")["Location"].startswith("/en/-/again/password/?next=")
    again = client.post("/en/-/again/password/", {"password": "wrong"})
    assert "This is not your password" in again.content.decode()
    client.post("/en/-/again/password/", {"password": PASSWORD})
    assert client.get("/en/-/account/app/").status_code == 200


def test_a_new_password_is_kept_and_journalled_and_ends_other_sessions() -> None:
    user = make_account("anna@example.org")
    here, there = signed_in(user), signed_in(user)
    sent = {"oldpassword": PASSWORD, "password1": "eight wooden camels", "password2": "eight wooden horses"}
    assert "The two passwords differ" in here.post("/en/-/account/password/", sent).content.decode()
    done = here.post("/en/-/account/password/", {**sent, "password2": "eight wooden camels"})
    assert done["Location"] == "/en/-/account/"
    user.refresh_from_db()
    assert user.check_password("eight wooden camels")
    assert [here.get("/en/-/account/").status_code, there.get("/en/-/account/").status_code] == [200, 302]
    assert records.JournalEntry.objects.filter(action="set_password", by=user).count() == 1


def test_the_language_is_kept_on_the_account() -> None:
    user = make_account("anna@example.org")
    client = signed_in(user)
    assert client.post("/en/-/account/", {"language": "uz-Cyrl"})["Location"] == "/uz-cyrl/-/account/"
    user.refresh_from_db()
    assert user.language == "uz-Cyrl"
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/uz-cyrl/"


def test_the_key_of_an_app_is_worth_nothing_without_the_installations_secret(settings: Settings) -> None:
    user, secret = with_app()
    assert secret not in str(Authenticator.objects.get(user=user).data)
    client = stranger()
    sign_in(client, "anna@example.org", PASSWORD)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # the session stays readable
    settings.SECRET_KEY = "another"
    answer = client.post("/en/-/sign-in/second/", {"code": code_of(secret)})
    assert "This code does not fit" in answer.content.decode()


def test_passkeys_are_offered_where_browsers_keep_them() -> None:
    offered = {
        host: "Sign in with a passkey"
        in Client(headers={"host": host}).get("/en/-/sign-in/").content.decode()
        for host in ("localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000")
    }
    assert offered == {
        "localhost": True, "localhost:8000": True, "127.0.0.1": False, "127.0.0.1:8000": False,
        "[::1]:8000": False,
    }  # fmt: skip


@pytest.mark.usefixtures("with_mail")
def test_whoever_only_looks_at_the_doors_leaves_no_session_behind() -> None:
    client = stranger()
    for path in (*DOORS.values(), "sign-in/code/", "sign-in/second/", "sign-in/code/confirm/", "welcome/"):
        client.get(f"/en/-/{path}", {"next": "/en/-/accounts/"})
    client.get("/en/")
    client.get("/en/nobody/people/")
    assert Session.objects.count() == 0


def test_a_wrong_link_leaves_no_session_behind() -> None:
    client = stranger()
    assert client.get("/en/-/link/wrong/")["Location"] == "/en/-/welcome/"
    assert client.get("/en/-/welcome/").status_code == 410
    assert Session.objects.count() == 0


# --- sessions


def test_a_session_ends_after_twelve_hours_of_doing_nothing_and_leads_back() -> None:
    client = signed_in(make_account("anna@example.org"))
    client.get("/en/-/account/")
    session = Session.objects.get()
    left = session.expire_date - timezone.now()
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now())
    answer = client.get("/en/-/account/password/")
    assert answer["Location"] == "/en/-/sign-in/?next=%2Fen%2F-%2Faccount%2Fpassword%2F"


def test_reading_keeps_a_session_with_one_write_in_ten_minutes() -> None:
    client = signed_in(make_account("anna@example.org"))
    client.get("/en/-/account/")
    Session.objects.update(expire_date=timezone.now() + timedelta(hours=2))
    client.get("/en/-/account/")
    assert Session.objects.get().expire_date < timezone.now() + timedelta(hours=3)
    session = client.session
    session["seen"] -= 601
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(hours=2))
    answer = client.get("/en/-/account/")
    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=11)
    assert answer.cookies["sessionid"]["max-age"] == 12 * 3600
    assert answer.cookies["sessionid"]["httponly"]
    assert answer.cookies["sessionid"]["samesite"] == "Lax"


def test_a_session_ends_for_good_after_a_week_however_busy_it_was() -> None:
    user = make_account("anna@example.org")
    client = signed_in(user)
    client.get("/en/-/account/")
    session = client.session
    session["began"] -= LONGEST - 60
    session.save()
    assert client.get("/en/-/account/").status_code == 200
    session = client.session
    session["began"] -= 60
    session.save()
    answer = client.get("/en/-/account/password/")
    assert answer["Location"] == "/en/-/sign-in/?next=%2Fen%2F-%2Faccount%2Fpassword%2F"
    assert not Session.objects.filter(pk=session.session_key).exists()
    assert records.JournalEntry.objects.filter(action="sign_out", by=user).count() == 1


def test_signing_in_begins_a_week_of_its_own() -> None:
    _user, secret = with_app()
    client = stranger()
    sign_in(client, "anna@example.org", PASSWORD)
    assert "began" not in client.session
    client.post("/en/-/sign-in/second/", {"code": code_of(secret)})
    assert abs(client.session["began"] - time.time()) < 60


# --- attempts


def test_attempts_are_kept_where_all_processes_look_and_name_nobody() -> None:
    with_app()
    for _ in range(3):
        sign_in(stranger(), "anna@example.org", "wrong wrong wrong")
    kept = str(list(records.Attempt.objects.values_list("cache_key", "value")))
    assert records.Attempt.objects.exists()
    assert [word for word in ("anna", "127.0.0.1", "allauth") if word in kept] == []


def test_attempts_whose_time_has_passed_are_forgotten() -> None:
    cache.set("old", 1, 300)
    cache.set("new", 1, 300)
    old = records.Attempt.objects.filter(cache_key=cache.make_key("old"))
    old.update(expires=timezone.now() - timedelta(seconds=1))
    forget_old()
    assert list(records.Attempt.objects.values_list("cache_key", flat=True)) == [cache.make_key("new")]


# --- by mail


@pytest.fixture
def with_mail(settings: Settings) -> None:
    """A mail server and a public address; letters can be read at once."""
    settings.KARVON_MAIL = True
    settings.KARVON_URL = "https://karvon.example.org"
    settings.KARVON_LETTERS_BEHIND = False


def test_without_mail_nobody_is_offered_a_letter() -> None:
    make_account("anna@example.org")
    assert "/-/sign-in/code/" not in stranger().get("/en/-/sign-in/").content.decode()
    assert stranger().get("/en/-/sign-in/code/").status_code == 404
    assert "karvon account link" in stranger().get("/en/-/sign-in/lost/").content.decode()
    stranger().post("/en/-/sign-in/lost/", {"email": "anna@example.org"})
    assert mail.outbox == []


@pytest.mark.usefixtures("with_mail")
def test_a_code_by_mail_lets_in() -> None:
    make_account("anna@example.org", Grant("administrator"))
    client = stranger()
    asked = client.post("/ru/-/sign-in/code/?next=/ru/-/accounts/", {"email": "anna@example.org"})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["anna@example.org"], "Karvon: Код для входа")
    code = letter.body.split(":")[1].split()[0]
    client.get(asked["Location"])
    wrong = client.post(asked["Location"], {"code": "XXXXXX"}).content.decode()
    assert "Этот код не подходит" in wrong
    assert client.post(asked["Location"], {"code": code})["Location"] == "/ru/-/accounts/"
    assert client.get("/ru/-/accounts/").status_code == 200


@pytest.mark.usefixtures("with_mail")
def test_a_code_by_mail_still_asks_for_the_app() -> None:
    with_app()
    client = stranger()
    asked = client.post("/en/-/sign-in/code/", {"email": "anna@example.org"})
    code = mail.outbox[0].body.split(":")[1].split()[0]
    assert client.post(asked["Location"], {"code": code})["Location"] == "/en/-/sign-in/second/"


@pytest.mark.usefixtures("with_mail")
def test_an_unknown_address_is_answered_the_same_and_written_nothing() -> None:
    make_account("anna@example.org")
    for path in ("/en/-/sign-in/code/", "/en/-/sign-in/lost/"):
        known = stranger().post(path, {"email": "anna@example.org"})
        unknown = stranger().post(path, {"email": "nobody@example.org"})
        assert (known.status_code, known.get("Location")) == (unknown.status_code, unknown.get("Location"))
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]] * 2


@pytest.mark.usefixtures("with_mail")
def test_a_lost_password_is_replaced_by_letter_and_the_app_is_still_asked_for() -> None:
    user, secret = with_app()
    stranger().post("/en/-/sign-in/lost/", {"email": "ANNA@example.org"})
    (letter,) = mail.outbox
    link = re.search(r"https://karvon\.example\.org(/en/-/link/\S+)", letter.body)
    assert link is not None
    client = stranger()
    client.get(link[1])
    done = client.post("/en/-/welcome/", {"password": "eight wooden camels"})
    assert done["Location"] == "/en/-/sign-in/second/"
    assert client.post("/en/-/sign-in/second/", {"code": code_of(secret)})["Location"] == "/en/-/account/"
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1


@pytest.mark.usefixtures("with_mail")
def test_a_stranger_who_knows_an_address_ends_no_link_that_was_handed_over() -> None:
    user = make_account("anna@example.org")
    tokens = [make_link(user.pk, purpose="anew", by=COMMAND), invite("dilnoza@example.org", by=COMMAND).token]
    for email in ("anna@example.org", "dilnoza@example.org"):
        stranger().post("/en/-/sign-in/lost/", {"email": email})
    for token in tokens:
        client = stranger()
        client.get(f"/en/-/link/{token}/")
        assert client.get("/en/-/welcome/").status_code == 200


@pytest.mark.usefixtures("with_mail")
def test_somebody_who_never_opened_the_invitation_gets_it_again() -> None:
    invite("dilnoza@example.org", language="en", by=COMMAND)
    stranger().post("/en/-/sign-in/lost/", {"email": "dilnoza@example.org"})
    (letter,) = mail.outbox
    assert (letter.subject, "for a week" in letter.body) == ("Karvon: your account", True)


def test_a_link_made_by_hand_forgets_the_lost_telephone() -> None:
    user, _secret = with_app()
    client = stranger()
    client.get(f"/en/-/link/{make_link(user.pk, purpose='anew', by=COMMAND)}/")
    assert "forgotten when you set the password" in client.get("/en/-/welcome/").content.decode()
    assert Authenticator.objects.filter(user=user).exists()
    assert client.post("/en/-/welcome/", {"password": PASSWORD})["Location"] == "/en/-/account/"
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("path", ["/en/-/sign-in/code/", "/en/-/sign-in/lost/"])
def test_a_mail_server_that_does_not_answer_logs_no_address_and_tells_strangers_nothing(
    path: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody is there
    make_account("anna@example.org")
    known = stranger().post(path, {"email": "anna@example.org"}, follow=True)
    unknown = stranger().post(path, {"email": "nobody@example.org"}, follow=True)
    assert (known.status_code, known.redirect_chain) == (unknown.status_code, unknown.redirect_chain)
    logged = [
        record.getMessage()
        for record in caplog.records
        if "outbox" in record.name or "letters" in record.name
    ]
    assert logged == ["A letter could not be sent: ConnectionRefusedError"]
    assert "anna" not in "".join(logged)


@pytest.mark.usefixtures("with_mail")
def test_what_a_letter_leads_to_never_comes_from_the_request(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_account("anna@example.org")
    Client(headers={"host": "evil.example"}).post("/en/-/sign-in/lost/", {"email": "anna@example.org"})
    (letter,) = mail.outbox
    assert re.findall(r"https?://[^/\s]+", letter.body) == ["https://karvon.example.org"]
    settings.KARVON_URL = ""
    stranger().post("/en/-/sign-in/lost/", {"email": "anna@example.org"})
    assert len(mail.outbox) == 1


@contextmanager
def post_held() -> Iterator[None]:
    """Letters wait until the end, and are gone after it."""
    held, let_go, gone = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        let_go.wait(30)

    behind(hold)
    assert held.wait(30)
    yield
    let_go.set()
    behind(gone.set)
    assert gone.wait(30)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("with_mail")
def test_a_letter_goes_out_behind_the_answer(settings: Settings) -> None:
    settings.KARVON_LETTERS_BEHIND = True
    make_account("anna@example.org")
    with post_held():
        answered = stranger().post("/en/-/sign-in/lost/", {"email": "anna@example.org"})
        links = records.OneTimeLink.objects.filter(purpose="password").count()
        assert (answered.status_code, mail.outbox, links) == (200, [], 0)
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("path", ["/en/-/sign-in/lost/", "/en/-/sign-in/code/"])
def test_an_unknown_address_costs_the_same_before_the_answer(path: str, settings: Settings) -> None:
    """But for counting attempts, which depends on who came before; the library looks once more for whom it does
    not find."""
    settings.KARVON_LETTERS_BEHIND = True
    make_account("anna@example.org")
    reads, writes = [], []
    with post_held():
        for email in ("anna@example.org", "nobody@example.org"):
            with CaptureQueriesContext(connection) as statements:
                stranger().post(path, {"email": email})
            asked = [one["sql"].split('"') for one in statements if '"attempts"' not in one["sql"]]
            reads.append(sum(words[0].startswith("SELECT") for words in asked))
            writes.append(
                [words[:2] for words in asked if words[0].startswith(("INSERT", "UPDATE", "DELETE"))]
            )
    assert writes[0] == writes[1]
    assert reads[1] - reads[0] in (0, 1)
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]


# --- showing once more that it is you


@pytest.fixture
def unattended(programme: str) -> Client:
    """An administrator's browser, ten minutes after they signed in."""
    client = signed_in(make_account("first@example.org", Grant("administrator")))
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    return client


@pytest.mark.parametrize("asked", ["link", "give", "take", "close", "reopen"])
def test_a_browser_found_open_hands_nothing_over(unattended: Client, asked: str) -> None:
    user = make_account("dilnoza@example.org", Grant("administrator"))
    before = records.JournalEntry.objects.count()
    sent = {"do": asked, "role": "administrator"}
    answer = unattended.post(f"/en/-/accounts/{user.pk}/", sent)
    where = f"/en/-/again/password/?next=%2Fen%2F-%2Faccounts%2F{user.pk}%2F"
    assert (answer.status_code, answer["Location"]) == (302, where)
    assert records.JournalEntry.objects.count() == before


def test_a_browser_found_open_invites_nobody(unattended: Client) -> None:
    sent = {"email": "eve@example.org", "role": "administrator", "language": "en"}
    assert unattended.post("/en/-/accounts/", sent)["Location"].startswith("/en/-/again/password/?next=")
    assert not records.User.objects.filter(email="eve@example.org").exists()
    assert unattended.get("/en/-/accounts/").status_code == 200  # reading asks for nothing


def test_what_was_asked_is_done_once_it_is_shown_to_be_them(unattended: Client) -> None:
    sent = {"email": "dilnoza@example.org", "role": "", "language": "en"}
    again = unattended.post("/en/-/accounts/", sent)["Location"]
    assert "This is not your password" in unattended.post(again, {"password": "wrong"}).content.decode()
    assert not records.User.objects.filter(email="dilnoza@example.org").exists()
    done = unattended.post(again, {"password": PASSWORD, "next": "/en/-/accounts/"})
    assert "Hand over this link yourself" in done.content.decode()
    assert records.User.objects.filter(email="dilnoza@example.org").count() == 1


# --- inviting and roles


@pytest.fixture
def administrator() -> Client:
    return signed_in(make_account("first@example.org", Grant("administrator")))


@pytest.mark.usefixtures("with_mail")
def test_an_invitation_comes_by_letter_in_its_language_and_as_a_link(
    administrator: Client, programme: str
) -> None:
    sent = {"email": "Dilnoza@example.org", "role": f"auditor:{programme}:lv79", "language": "uz"}
    html = administrator.post("/en/-/accounts/", sent).content.decode()
    link = re.search(r'value="https://karvon\.example\.org(/uz/-/link/[^"]+)"', html)
    assert link is not None
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["dilnoza@example.org"], "Karvon: hisobingiz")
    assert f"https://karvon.example.org{link[1]}" in letter.body
    client = stranger()
    client.get(link[1])
    client.post("/uz/-/welcome/", {"password": PASSWORD})
    user = records.User.objects.get(email="dilnoza@example.org")
    assert (user.language, user.roles.get().contract.key) == ("uz", "lv79")  # type: ignore[union-attr]


def test_an_address_that_is_taken_is_said_beside_the_field(administrator: Client) -> None:
    sent = {"email": "FIRST@example.org", "role": "", "language": "en"}
    html = administrator.post("/en/-/accounts/", sent).content.decode()
    assert "There is an account with this e-mail address already" in html.split('id="id_email_error"')[1]
    assert 'value="FIRST@example.org"' in html


def test_a_double_click_invites_once(administrator: Client) -> None:
    sent = {"email": "dilnoza@example.org", "role": "", "language": "en"}
    for _ in range(2):
        administrator.post("/en/-/accounts/", sent)
    assert records.User.objects.filter(email="dilnoza@example.org").count() == 1


def test_a_role_that_is_not_offered_is_refused(administrator: Client) -> None:
    user = make_account("dilnoza@example.org")
    for role in ("king", "auditor:nowhere:lv79", "coordinator", ""):
        sent = {"do": "give", "role": role}
        assert administrator.post(f"/en/-/accounts/{user.pk}/", sent).status_code == 200
    assert user.roles.count() == 0


def test_roles_are_given_and_taken(administrator: Client, programme: str) -> None:
    user = make_account("dilnoza@example.org")
    path = f"/en/-/accounts/{user.pk}/"
    for role in (f"coordinator:{programme}", f"expert:{programme}:expert-1", "administrator"):
        assert administrator.post(path, {"do": "give", "role": role}).status_code == 302
    html = administrator.get(path).content.decode()
    assert ("Jānis Ozols" in html, "role given" in html) == (True, True)
    for held in user.roles.all():
        administrator.post(path, {"do": "take", "role": held.pk})
    assert user.roles.count() == 0
    assert administrator.post(path, {"do": "take", "role": "9" * 5000}).status_code == 302


def test_the_last_administrator_stays(administrator: Client) -> None:
    user = records.User.objects.get(email="first@example.org")
    path = f"/en/-/accounts/{user.pk}/"
    for sent in ({"do": "take", "role": str(user.roles.get().pk)}, {"do": "close"}):
        assert "This is the last administrator" in administrator.post(path, sent).content.decode()
    user.refresh_from_db()
    assert (user.is_active, user.roles.count()) == (True, 1)


def test_an_account_is_closed_and_opened_again(administrator: Client) -> None:
    user = make_account("dilnoza@example.org")
    client = signed_in(user)
    path = f"/en/-/accounts/{user.pk}/"
    administrator.post(path, {"do": "close"})
    assert client.get("/en/-/account/").status_code == 302
    administrator.post(path, {"do": "reopen"})
    assert signed_in(user).get("/en/-/account/").status_code == 200


def test_a_link_to_come_back_is_shown_once_and_ends_the_one_before(administrator: Client) -> None:
    user = make_account("dilnoza@example.org")
    links = []
    for _ in range(2):
        html = administrator.post(f"/en/-/accounts/{user.pk}/", {"do": "link"}).content.decode()
        links.append(re.findall(r'value="http://127\.0\.0\.1/en/-/link/([^"/]+)/"', html)[0])
    working = records.OneTimeLink.objects.filter(
        digest__in=[digest_of(link) for link in links], expires_at__gt=timezone.now()
    )
    assert [one.digest for one in working] == [digest_of(links[1])]
    shown = administrator.get(f"/en/-/accounts/{user.pk}/").content.decode()
    assert links[1] not in shown


def test_every_form_needs_its_token() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    user = make_account("anna@example.org", Grant("administrator"))
    strict.cookies = signed_in(user).cookies
    paths = ("sign-in/", "sign-out/", "link/", "account/", "accounts/", f"accounts/{user.pk}/")
    assert {path: strict.post(f"/en/-/{path}").status_code for path in paths} == dict.fromkeys(paths, 403)
