"""What every role sees and does not see, page by page; and that no view forgot to ask."""

from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings
from tests.web.pages import ADMINISTRATION, ADMINISTRATION_STEPS, CHANGES, CODES, DOORS, OWN, PAGES, address
from tests.web.readers import make_account, reader_with, signed_in, stranger

from karvon.actions.accounts import close_account, open_account
from karvon.actions.journal import COMMAND
from karvon.records import models as records
from karvon.rules.access import Grant, Need
from karvon.rules.programme.text import Text

AUDIT = {name for name in PAGES if name.startswith("audit")}
EDITION = {"reports"}
EXPERT = {"expert"}
WHOLE = set(PAGES) - AUDIT - EDITION - EXPERT
ROLES = {
    "administrator": Grant("administrator"),
    "coordinator": Grant("coordinator", "tashkent-2018"),
    "expert": Grant("expert", "tashkent-2018", "expert-1"),
    "auditor": Grant("auditor", "tashkent-2018", "lv79"),
}
OPEN = {
    "administrator": WHOLE | AUDIT | EDITION | EXPERT,
    "coordinator": WHOLE | AUDIT | EDITION | EXPERT,
    "expert": EXPERT | EDITION,
    "auditor": AUDIT | EDITION,
}


def patterns(within: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in within:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def test_no_view_forgets_to_say_what_it_needs() -> None:
    needed = {one.name: getattr(one.callback, "need", None) for one in patterns(get_resolver().url_patterns)}
    assert {name: need for name, need in needed.items() if need not in get_args(Need)} == {}
    assert {name for name, need in needed.items() if need == "door"} == {
        *DOORS, "home", "account_request_login_code", "account_confirm_login_code", "mfa_authenticate",
        "mfa_login_webauthn", "account_signup", "link-open", "link-use", "feedback-give",
        "feedback-thanks",
    }  # fmt: skip
    assert {name for name, need in needed.items() if need == "accounts"} == {
        *ADMINISTRATION,
        *ADMINISTRATION_STEPS,
    }
    assert {name for name, need in needed.items() if need == "edition"} == {"reports", "edition-file"}
    assert {name for name, need in needed.items() if need == "expert"} == EXPERT
    assert {name for name, need in needed.items() if need == "contract"} == {
        *AUDIT, "audit-line", "audit-file", "audit-image",
    }  # fmt: skip
    assert {name for name, need in needed.items() if need == "change"} == set(CHANGES)
    assert {name for name, need in needed.items() if need == "programme"} == WHOLE | {
        "line", "file", "image", "scan-page", "journal-table", "suggestions", "report-preview", "report-made",
        "people-workbook", "counted-workbook",
    }  # fmt: skip


def statuses(client: Client, programme: str) -> dict[str, int]:
    return {name: client.get(address(name, programme=programme)).status_code for name in PAGES}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_nothing_else_is_there(programme: str, role: str) -> None:
    client = reader_with(ROLES[role])
    assert statuses(client, programme) == {name: 200 if name in OPEN[role] else 404 for name in PAGES}


@pytest.mark.parametrize("role", ["coordinator", "expert", "auditor"])
def test_a_role_in_one_programme_opens_nothing_of_another(make: Callable[..., str], role: str) -> None:
    make(rows=1)
    other = make("other", rows=2)
    assert set(statuses(reader_with(ROLES[role]), other).values()) == {404}


@pytest.mark.parametrize("role", ["expert", "auditor"])
def test_files_lines_and_pictures_of_the_programme_are_closed_to_who_reads_a_part(
    programme: str, role: str
) -> None:
    client = reader_with(ROLES[role])
    sheet = records.Sheet.objects.get(programme__key=programme, key="sheet-0")
    line = records.Line.objects.filter(sheet=sheet).first()
    assert line is not None
    paths = (f"files/{sheet.stored_id}/", f"images/{sheet.scan_id}/", f"lines/{line.pk}/")
    assert {client.get(f"/en/{programme}/{path}").status_code for path in paths} == {404}


@pytest.mark.parametrize("role", ["expert", "auditor"])
def test_who_reads_a_part_changes_nothing(programme: str, role: str) -> None:
    client = reader_with(ROLES[role])
    paths = [f"/en/{programme}/{path.format(key=programme)}" for path in CHANGES.values()]
    assert {path: client.post(path).status_code for path in paths} == dict.fromkeys(paths, 404)
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_nobody_changes_anything_without_signing_in_though_they_read_it_all(programme: str) -> None:
    paths = [f"/en/{programme}/{path.format(key=programme)}" for path in CHANGES.values()]
    answers = {path: stranger().post(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 302)
    assert {answer["Location"].split("?")[0] for answer in answers.values()} <= {"/en/-/sign-in/"}


def test_a_coordinator_changes_nothing_of_another_programme(make: Callable[..., str]) -> None:
    make(rows=1)
    other = make("other", rows=2)
    client = reader_with(ROLES["coordinator"])
    paths = [f"/en/{other}/{path.format(key=other)}" for path in CHANGES.values()]
    assert {path: client.post(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_an_expert_reads_nothing_of_another_expert(programme: str) -> None:
    other = records.Expert.objects.create(
        programme=records.Programme.objects.get(key=programme),
        key="expert-2",
        role="expert",
        payload=records.Payload.objects.create(body={"names": ["Zane"]}, salt=b"s", digest="d"),
    )
    client = reader_with(ROLES["expert"])
    assert client.get(f"/en/{programme}/experts/{other.key}/").status_code == 404


def test_an_expert_reads_their_own_events_observations_and_advice(programme: str) -> None:
    html = reader_with(ROLES["expert"]).get(f"/en/{programme}/experts/expert-1/").content.decode()
    shown = ("Training 0", "A third leaks.", "Advice 1", "Visit 2")
    assert [one in html for one in shown] == [True] * 4
    assert "/events/" not in html


def test_nobody_signed_in_is_led_to_the_door_and_back(programme: str) -> None:
    make_account("first@example.org", Grant("administrator"))
    for name in PAGES:
        answer = stranger().get(address(name, programme=programme))
        where = address(name, programme=programme).replace("?", "%3F").replace("=", "%3D").replace("/", "%2F")
        assert (name, answer.status_code) == (name, 302)
        assert (name, answer["Location"]) == (name, f"/en/-/sign-in/?next={where}")


def test_nobody_signed_in_learns_whether_a_programme_is_there(programme: str) -> None:
    make_account("first@example.org", Grant("administrator"))
    there = stranger().get(f"/en/{programme}/people/")
    not_there = stranger().get("/en/nobody/people/")
    assert there.status_code == not_there.status_code == 302
    assert there["Location"].replace(programme, "nobody") == not_there["Location"]


@pytest.mark.parametrize("name", [*OWN, *ADMINISTRATION])
def test_account_pages_need_somebody_signed_in(db: None, name: str) -> None:
    user = make_account("first@example.org", Grant("administrator"))
    path = {**OWN, **ADMINISTRATION}[name].format(account=user.pk)
    answer = stranger().get(f"/en/-/{path}")
    assert (answer.status_code, answer["Location"][:15]) == (302, "/en/-/sign-in/?")


@pytest.mark.parametrize("role", ["coordinator", "expert", "auditor"])
def test_accounts_are_known_to_be_there_and_forbidden(programme: str, role: str) -> None:
    user = make_account("somebody@example.org", ROLES[role])
    client = signed_in(user)
    for path in ADMINISTRATION.values():
        for answer in (
            client.get(f"/en/-/{path.format(account=user.pk)}"),
            client.post(f"/en/-/{path.format(account=user.pk)}", {"do": "give", "role": "administrator"}),
        ):
            assert (path, answer.status_code) == (path, 403)
            assert "Your account may not open this page" in answer.content.decode()
    assert [role.role for role in user.roles.all()] == [role]


def test_an_administrator_opens_everything_about_accounts(db: None) -> None:
    user = make_account("first@example.org", Grant("administrator"))
    client = signed_in(user)
    paths = [*OWN.values(), *(path.format(account=user.pk) for path in ADMINISTRATION.values())]
    assert {path: client.get(f"/en/-/{path}").status_code for path in paths} == dict.fromkeys(paths, 200)
    assert client.get("/en/-/accounts/999/").status_code == 404


def test_a_password_alone_opens_the_way_to_a_second_factor_only(programme: str) -> None:
    client = signed_in(make_account("first@example.org", Grant("administrator")), by="password")
    for name in PAGES:
        answer = client.get(address(name, programme=programme))
        assert (name, answer.status_code, answer["Location"]) == (name, 302, "/en/-/account/")
    assert client.get("/en/-/accounts/")["Location"] == "/en/-/account/"
    assert "One step is left" in client.get("/en/-/account/").content.decode()


@pytest.mark.parametrize("way", ["mfa", "code"])
def test_more_than_a_password_opens_the_pages(programme: str, way: str) -> None:
    client = signed_in(make_account("first@example.org", Grant("administrator")), by=way)
    assert client.get(f"/en/{programme}/").status_code == 200


def test_a_closed_account_is_out_at_once(programme: str) -> None:
    user = make_account("coordinator@example.org", ROLES["coordinator"])
    client = signed_in(user)
    assert client.get(f"/en/{programme}/").status_code == 200
    records.User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(f"/en/{programme}/").status_code == 302


def test_whoever_was_signed_in_stays_out_when_a_closed_account_is_opened_again(programme: str) -> None:
    user = make_account("coordinator@example.org", ROLES["coordinator"])
    other = signed_in(make_account("other@example.org", ROLES["coordinator"]))
    client = signed_in(user)
    close_account(user.pk, by=COMMAND)
    open_account(user.pk, by=COMMAND)
    assert client.get(f"/en/{programme}/").status_code == 302
    assert other.get(f"/en/{programme}/").status_code == 200


def test_a_role_taken_away_closes_its_pages_at_once(programme: str) -> None:
    user = make_account("coordinator@example.org", ROLES["coordinator"])
    client = signed_in(user)
    assert client.get(f"/en/{programme}/").status_code == 200
    records.AccountRole.objects.filter(user=user).delete()
    assert client.get(f"/en/{programme}/").status_code == 404


# --- what is published


def publish(programme: str) -> records.Edition:
    from datetime import UTC, date, datetime

    made = datetime(2019, 1, 1, tzinfo=UTC)
    edition = records.Edition.objects.create(
        programme=records.Programme.objects.get(key=programme), number=1, as_of=date(2018, 12, 31),
        made_at=made, content={}, digest="0" * 64,
    )  # fmt: skip
    records.EditionRelease.objects.create(edition=edition, step="published", at=made)
    return edition


def test_everybody_reads_what_is_published_and_nothing_around_it(programme: str) -> None:
    make_account("first@example.org", Grant("administrator"))
    publish(programme)
    client = stranger()
    found = {name: client.get(address(name, programme=programme)).status_code for name in PAGES}
    assert found == {name: 200 if name == "reports" else 302 for name in PAGES}
    html = client.get(f"/en/{programme}/reports/").content.decode()
    assert [link in html for link in (f"/en/{programme}/people/", f"/en/{programme}/search/")] == [False] * 2


def test_the_first_page_lists_what_is_published_to_everybody(make: Callable[..., str]) -> None:
    one, two = make("one", rows=1), make("two", rows=1)
    make_account("first@example.org", Grant("administrator"))
    publish(one)
    html = stranger().get("/en/").content.decode()
    assert (f"/en/{one}/reports/" in html, two in html) == (True, False)


def test_where_nothing_is_published_the_first_page_is_the_door(programme: str) -> None:
    make_account("first@example.org", Grant("administrator"))
    assert stranger().get("/en/")["Location"] == "/en/-/sign-in/"


def test_an_editions_file_is_handed_out_and_a_sheet_is_not(programme: str) -> None:
    make_account("first@example.org", Grant("administrator"))
    sheet = records.Sheet.objects.get(programme__key=programme, key="sheet-0")
    agenda = records.Document.objects.filter(programme__key=programme).first()
    assert agenda is not None
    records.EditionFile.objects.create(
        edition=publish(programme), language="lv", form="pdf", stored_id=agenda.stored_id
    )
    given = stranger().get(f"/en/{programme}/reports/{agenda.stored_id}/")
    assert b"".join(given) == b"%PDF-1.4 agenda"  # type: ignore[arg-type]
    assert stranger().get(f"/en/{programme}/reports/{sheet.stored_id}/").status_code == 404


# --- an installation without accounts


def test_without_accounts_its_own_machine_reads_and_is_told_so(programme: str) -> None:
    html = stranger().get(f"/en/{programme}/").content.decode()
    assert "this machine alone reads everything" in html
    assert 'href="/en/-/link/"' in html


ELSEWHERE = (
    {"REMOTE_ADDR": "192.0.2.7"},
    {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"HTTP_FORWARDED": "for=192.0.2.7"},
    {"HTTP_VIA": "1.1 proxy"},
    {"HTTP_X_REAL_IP": "192.0.2.7"},
    {"HTTP_X_FORWARDED_PORT": "443"},
    {"HTTP_X_FORWARDED_SERVER": "proxy"},
    {"HTTP_X_CLIENT_IP": "192.0.2.7"},
    {"HTTP_TRUE_CLIENT_IP": "192.0.2.7"},
    {"HTTP_CF_CONNECTING_IP": "192.0.2.7"},
    {"SERVER_PROTOCOL": "HTTP/1.0"},
    {"REMOTE_ADDR": ""},
)


@pytest.mark.parametrize("meta", ELSEWHERE, ids=str)
def test_without_accounts_nobody_from_elsewhere_reads(programme: str, meta: dict[str, str]) -> None:
    answer = stranger().get(f"/en/{programme}/", **meta)  # type: ignore[arg-type]
    assert (answer.status_code, answer["Location"][:15]) == (302, "/en/-/sign-in/?")


def test_without_accounts_another_host_name_reads_nothing(programme: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["karvon.example.org"]
    answer = Client(headers={"host": "karvon.example.org"}).get(f"/en/{programme}/")
    assert answer.status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "192.0.2.7:8000", ""])
def test_a_host_name_that_is_not_ours_is_a_request_that_cannot_be_read(programme: str, host: str) -> None:
    client = Client(headers={"host": host}, raise_request_exception=False)
    answer = client.get(f"/en/{programme}/")
    assert answer.status_code == 400
    assert "The request was not understood" in answer.content.decode()


def test_without_accounts_a_public_address_closes_the_machine_too(programme: str, settings: Settings) -> None:
    settings.KARVON_URL = "https://karvon.example.org"
    assert stranger().get(f"/en/{programme}/").status_code == 302


def test_without_accounts_nobody_administers(db: None) -> None:
    assert stranger().get("/en/-/accounts/").status_code == 302


# --- where each begins


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("administrator", "/en/tashkent-2018/"),
        ("coordinator", "/en/tashkent-2018/"),
        ("expert", "/en/tashkent-2018/experts/expert-1/"),
        ("auditor", "/en/tashkent-2018/audit/lv79/"),
    ],
)
def test_everybody_begins_at_what_is_theirs(programme: str, role: str, begins: str) -> None:
    client = reader_with(ROLES[role])
    assert client.get("/en/")["Location"] == begins
    html = client.get(begins).content.decode()
    inside = [part.split('"')[0] for part in html.split('href="')[1:]]
    answers = {link: client.get(link.split("#")[0]).status_code for link in inside if link.startswith("/en/")}
    assert {link: status for link, status in answers.items() if status not in (200, 302)} == {}


def test_somebody_without_a_role_is_told_whom_to_ask(programme: str) -> None:
    html = reader_with().get("/en/").content.decode()
    assert "No programme is open to you yet" in html


def test_an_address_without_a_language_leads_to_the_accounts_own(programme: str) -> None:
    client = signed_in(make_account("first@example.org", Grant("administrator"), language="uz-Cyrl"))
    assert client.get("/", headers={"accept-language": "ru"})["Location"] == "/uz-cyrl/"


def test_the_list_of_people_takes_eight_statements_at_most_for_somebody_signed_in(
    make: Callable[..., str],
) -> None:
    """Session, account and roles are among them."""
    key = make(rows=60)
    client = reader_with(Grant("coordinator", key))
    client.get(f"/en/{key}/")
    with CaptureQueriesContext(connection) as statements:
        assert client.get(f"/en/{key}/people/").status_code == 200
    assert len(statements) <= 8


@pytest.mark.parametrize("code", CODES)
def test_every_door_and_account_page_answers_in_every_language(db: None, code: str) -> None:
    user = make_account("first@example.org", Grant("administrator"))
    inside, outside = signed_in(user), stranger()
    for path in DOORS.values():
        assert (path, outside.get(f"/{code}/-/{path}").status_code) == (path, 200)
    for path in (*OWN.values(), *ADMINISTRATION.values()):
        shown = path.format(account=user.pk)
        assert (shown, inside.get(f"/{code}/-/{shown}").status_code) == (shown, 200)


def test_accounts_ask_the_database_no_more_for_many(db: None) -> None:
    client = signed_in(make_account("first@example.org", Grant("administrator")))
    records.Programme.objects.create(key="p", title=Text((("en", "P"),)), languages=["en"])
    asked = []
    client.get("/en/-/accounts/")
    for number in range(2):
        for more in range(5 * number):
            make_account(f"more-{more}@example.org", Grant("coordinator", "p"))
        with CaptureQueriesContext(connection) as statements:
            assert client.get("/en/-/accounts/").status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]
