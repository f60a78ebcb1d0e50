"""Accounts: what each change leaves behind, what is refused, and that no personal data stands in the journal."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from karvon.actions import accounts as actions
from karvon.actions.journal import COMMAND, Actor
from karvon.queries import accounts as questions
from karvon.records import models as records
from karvon.rules.access import Grant, digest_of
from karvon.rules.problems import Refused

PASSWORD = "seven wooden camels"


def opened(email: str, *grants: Grant) -> records.User:
    return actions.use_link(
        digest_of(actions.invite(email, grants=grants, by=COMMAND).token), password=PASSWORD
    )


def refused(change: Callable[..., Any], *arguments: Any, **values: Any) -> str:
    """The code of the problem; nothing at all is changed."""
    before = state()
    with pytest.raises(Refused) as said:
        change(*arguments, **values)
    assert state() == before
    return said.value.problems[0].code


def state() -> list[Any]:
    tables = (records.User, records.AccountRole, records.OneTimeLink, records.JournalEntry)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]  # type: ignore[attr-defined]


@pytest.fixture
def programme(db: None) -> records.Programme:
    row = records.Programme.objects.create(key="uz")
    funder = records.Organisation.objects.create(programme=row, key="ministry", kind="ministry")
    records.Contract.objects.create(programme=row, key="lv79", number="LV-79", funder=funder)
    return row


@pytest.mark.django_db
def test_the_first_link_makes_an_administrator_who_can_sign_in() -> None:
    token = actions.make_first_link(by=COMMAND)
    user = actions.use_link(digest_of(token), password=PASSWORD, email=" Anna@Example.ORG ", language="lv")
    assert (user.email, user.username, user.language) == ("anna@example.org", "anna@example.org", "lv")
    assert questions.grants(user.pk) == (Grant("administrator"),)
    assert user.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("anna@example.org", True, True)


@pytest.mark.django_db
def test_there_is_a_first_account_once() -> None:
    token = actions.make_first_link(by=COMMAND)
    actions.use_link(digest_of(token), password=PASSWORD, email="anna@example.org")
    assert refused(actions.make_first_link, by=COMMAND) == "accounts.not_the_first"
    assert refused(actions.use_link, digest_of(token), password=PASSWORD, email="eve@example.org") == (
        "accounts.link_ended"
    )


@pytest.mark.django_db
def test_a_first_link_that_others_were_invited_before_makes_no_second_administrator() -> None:
    token = actions.make_first_link(by=COMMAND)
    actions.invite("dilnoza@example.org", by=COMMAND)
    assert refused(actions.use_link, digest_of(token), password=PASSWORD, email="eve@example.org") == (
        "accounts.not_the_first"
    )


@pytest.mark.parametrize(("purpose", "lasts"), actions.LASTS.items())
@pytest.mark.django_db
def test_a_link_of_each_purpose_lasts_its_time_and_no_longer(purpose: str, lasts: timedelta) -> None:
    if purpose == "first":
        token = actions.make_first_link(by=COMMAND)
    elif purpose == "invitation":
        token = actions.invite("anna@example.org", by=COMMAND).token
    else:
        token = actions.make_link(opened("anna@example.org").pk, purpose=purpose, by=COMMAND)  # type: ignore[arg-type]
    link = records.OneTimeLink.objects.get(digest=digest_of(token))
    assert (link.purpose, link.expires_at - link.made_at) == (purpose, lasts)
    assert questions.link(digest_of(token)) is not None
    records.OneTimeLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    assert questions.link(digest_of(token)) is None
    assert refused(actions.use_link, digest_of(token), password=PASSWORD, email="a@example.org") == (
        "accounts.link_ended"
    )


@pytest.mark.django_db
def test_using_a_link_ends_the_others_of_the_account() -> None:
    first = actions.invite("anna@example.org", by=COMMAND)
    second = actions.make_link(first.account, purpose="anew", by=COMMAND)
    assert questions.link(digest_of(first.token)) is None
    actions.use_link(digest_of(second), password=PASSWORD)
    assert refused(actions.use_link, digest_of(second), password=PASSWORD) == "accounts.link_ended"


@pytest.mark.django_db
def test_a_link_asked_for_by_mail_ends_the_one_before_it_and_none_that_was_handed_over() -> None:
    user = opened("anna@example.org")
    handed = actions.make_link(user.pk, purpose="anew", by=COMMAND)
    first, second = (actions.make_link(user.pk, purpose="password", by=COMMAND) for _ in range(2))
    lives = [questions.link(digest_of(token)) is not None for token in (handed, first, second)]
    assert lives == [True, False, True]
    actions.make_link(user.pk, purpose="anew", by=COMMAND)
    assert [questions.link(digest_of(token)) for token in (handed, second)] == [None, None]


@pytest.mark.django_db
def test_a_closed_account_gets_and_uses_no_link() -> None:
    user = opened("anna@example.org")
    token = actions.make_link(user.pk, purpose="anew", by=COMMAND)
    actions.close_account(user.pk, by=COMMAND)
    assert refused(actions.use_link, digest_of(token), password=PASSWORD) == "accounts.link_ended"
    assert refused(actions.make_link, user.pk, purpose="anew", by=COMMAND) == "accounts.closed"
    assert questions.account_of("anna@example.org") is None


@pytest.mark.django_db
def test_an_address_has_one_account_in_whatever_case_it_is_written() -> None:
    actions.invite("Anna@example.org", by=COMMAND)
    assert refused(actions.invite, "aNNA@EXAMPLE.org", by=COMMAND) == "accounts.address_taken"


def test_a_role_is_given_once_and_in_a_place_that_is_there(programme: records.Programme) -> None:
    user = opened("anna@example.org")
    for _ in range(2):
        actions.grant_role(user.pk, Grant("auditor", "uz", "lv79"), by=COMMAND)
    assert questions.grants(user.pk) == (Grant("auditor", "uz", "lv79"),)
    assert records.JournalEntry.objects.filter(action="grant_role", programme=programme).count() == 1
    for grant in (Grant("auditor", "uz", "other"), Grant("auditor", "lv", "lv79"), Grant("expert", "uz", "x"),
                  Grant("coordinator", "lv")):  # fmt: skip
        assert refused(actions.grant_role, user.pk, grant, by=COMMAND) == "accounts.no_such_place"


def test_an_invitation_whose_role_has_no_place_invites_nobody(programme: records.Programme) -> None:
    grants = (Grant("coordinator", "uz"), Grant("auditor", "uz", "gone"))
    assert refused(actions.invite, "anna@example.org", grants=grants, by=COMMAND) == "accounts.no_such_place"


@pytest.mark.django_db
def test_the_last_administrator_is_neither_demoted_nor_closed() -> None:
    anna = opened("anna@example.org", Grant("administrator"))
    actions.invite("invited@example.org", grants=(Grant("administrator"),), by=COMMAND)
    role = anna.roles.get()
    assert refused(actions.remove_role, role.pk, by=COMMAND) == "accounts.last_administrator"
    assert refused(actions.close_account, anna.pk, by=COMMAND) == "accounts.last_administrator"
    dace = opened("dace@example.org", Grant("administrator"))
    actions.remove_role(role.pk, by=COMMAND)
    assert questions.grants(anna.pk) == ()
    assert refused(actions.close_account, dace.pk, by=COMMAND) == "accounts.last_administrator"


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one() -> None:
    roles = [
        opened(f"{name}@example.org", Grant("administrator")).roles.get().pk for name in ("anna", "dace")
    ]
    both = threading.Barrier(2)

    def remove(role: int) -> None:
        both.wait()
        try:
            actions.remove_role(role, by=COMMAND)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert records.AccountRole.objects.filter(role="administrator").count() == 1


def test_every_change_is_journalled_once_with_ids_only(programme: records.Programme) -> None:
    admin = opened("anna@example.org", Grant("administrator"))
    by = Actor("web", admin)
    before = records.JournalEntry.objects.count()
    invited = actions.invite("dilnoza@example.org", grants=(Grant("auditor", "uz", "lv79"),), by=by)
    user = actions.use_link(digest_of(invited.token), password=PASSWORD, language="uz")
    actions.choose_language(user.pk, "ru", by=Actor("web", user))
    actions.choose_language(user.pk, "ru", by=Actor("web", user))
    actions.set_password(user, "eight wooden camels", by=Actor("web", user))
    actions.remove_role(user.roles.get().pk, by=by)
    actions.close_account(user.pk, by=by)
    actions.close_account(user.pk, by=by)
    actions.open_account(user.pk, by=by)
    entries = records.JournalEntry.objects.order_by("pk")[before:]
    assert [(one.action, one.by_id, one.object_key) for one in entries] == [
        (action, who.pk, str(user.pk))
        for action, who in (
            ("invite", admin), ("grant_role", admin), ("make_link", admin), ("use_link", user),
            ("choose_language", user), ("set_password", user), ("remove_role", admin),
            ("close_account", admin), ("open_account", admin),
        )
    ]  # fmt: skip
    told = str([(one.facts, one.object_key, one.payload_id) for one in entries])
    assert [word for word in ("@", "dilnoza", "example", invited.token, PASSWORD) if word in told] == []
    assert all(one.payload_id is None for one in entries)


@pytest.mark.django_db
def test_an_account_that_is_not_there_is_said() -> None:
    assert refused(actions.close_account, 999, by=COMMAND) == "accounts.no_such_account"
    actions.remove_role(999, by=COMMAND)
    assert records.JournalEntry.objects.count() == 0


@pytest.mark.django_db
def test_a_password_never_stands_in_clear() -> None:
    user = opened("anna@example.org")
    assert PASSWORD not in str(list(records.User.objects.values()))
    assert user.password.startswith("pbkdf2_sha256$")
