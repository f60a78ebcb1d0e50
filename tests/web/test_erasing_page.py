"""Erasing somebody is asked for deliberately, by whoever may change the programme and was just at the keyboard."""

import re
import time
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.pages import CODES
from tests.web.readers import make_account, prove, reader_with, stranger
from tests.web.test_people_pages import person_of

from karvon.actions.evidence import import_folder
from karvon.records import models as records
from karvon.rules.access import Grant

pytestmark = pytest.mark.django_db
NAME = "Shavkat Yo'ldoshev"
SURE = {"sure": "yes"}


@pytest.fixture
def client(tmp_path: Path, settings: Settings) -> Client:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "given"))
    return reader_with(Grant("coordinator", "small"))


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def readable() -> int:
    return records.Payload.objects.filter(line__sheet__isnull=False, body__isnull=False).count()


def test_the_page_says_what_goes_and_what_stays_and_asks_for_a_tick(client: Client) -> None:
    person, before = person_of(NAME), readable()
    own = f"/en/small/people/{person}/"
    assert f'href="{own}erase/"' in client.get(own).content.decode()
    page = text_of(client.get(f"{own}erase/").content.decode())
    assert ("2 lines" in page, "first.csv" in page, "3 other people on it" in page) == (True, True, True)
    answer = client.post(f"{own}erase/")
    said = "Nothing was erased. Tick that you mean it" in text_of(answer.content.decode())
    assert (answer.status_code, said, readable()) == (422, True, before)


def test_what_is_erased_is_nowhere_to_be_read_and_its_files_are_closed(client: Client) -> None:
    person, before = person_of(NAME), readable()
    sheet = records.Sheet.objects.get(key="first")
    done = client.post(f"/en/small/people/{person}/erase/", SURE, follow=True)
    page = text_of(done.content.decode())
    assert ("The text of 2 lines was erased for good." in page, "Erased name" in page) == (True, True)
    assert (
        "decided: the same person" in page
    )  # what holds the lines together, and nobody takes back by accident
    assert re.search(r"doubts/\w+/\w+/undo/", done.content.decode()) is None
    told = done.content.decode().partition('class="told"')[2].partition("</div>")[0]
    assert ("<form" in told, readable()) == (False, before - 2)
    for path in ("people/", "sheets/first/", "sheets/second/", "events/water-1/attendance/", f"people/{person}/",
                 "journal/", "results/trained/", "doubts/"):  # fmt: skip
        html = client.get(f"/en/small/{path}").content.decode()
        assert (path, [name for name in ("Shavkat", "Шавкат", "ldoshev", "998 90 111") if name in html]) == (
            path,
            [],
        )
    assert (
        "Nobody is written like this" in client.post("/en/small/people/", {"q": "Shavkat"}).content.decode()
    )
    auditor = reader_with(Grant("auditor", "small", "A"), email="a@example.org")
    for browser, path in ((client, ""), (auditor, "audit/A/")):
        closed = browser.get(f"/en/small/{path}files/{sheet.stored_id}/")
        said = text_of(closed.content.decode())
        assert (path, closed.status_code, sheet.stored_id in said, "Shavkat" in said) == (
            path,
            410,
            True,
            False,
        )
    assert client.get(f"/en/small/images/{sheet.stored_id}/").status_code == 404
    assert (
        "closed: it names somebody who was erased" in client.get("/en/small/sheets/first/").content.decode()
    )
    again = client.get(f"/en/small/people/{person}/erase/").content.decode()
    assert ("Nothing of this person can be read here any more." in again, 'name="sure"' in again) == (
        True,
        False,
    )
    entry = records.JournalEntry.objects.get(action="erase_person")
    assert (entry.by and entry.by.email, entry.payload, entry.object_key) == (
        "reader@example.org",
        None,
        person,
    )


def test_whoever_was_not_at_the_keyboard_lately_shows_who_they_are_first(client: Client) -> None:
    before, address = readable(), f"/en/small/people/{person_of(NAME)}/erase/"
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 3600}]
    session.save()
    answers = [client.get(address), client.post(address, SURE)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"].split("?")[0][:11] for answer in answers} == {"/en/-/again"}
    assert readable() == before


def test_whoever_may_not_change_the_programme_erases_nobody(client: Client) -> None:
    before, address = readable(), f"/en/small/people/{person_of(NAME)}/erase/"
    outside = {
        "auditor": reader_with(Grant("auditor", "small", "A"), email="a@example.org"),
        "expert": reader_with(Grant("expert", "small", "ozols"), email="e@example.org"),
        "nobody": stranger(),
    }
    password = stranger()
    prove(password, make_account("p@example.org", Grant("coordinator", "small")), by="password")
    outside["password alone"] = password
    said = {who: browser.post(address, SURE).status_code for who, browser in outside.items()}
    assert (said, readable()) == (
        {"auditor": 404, "expert": 404, "nobody": 302, "password alone": 302}, before,
    )  # fmt: skip


def test_an_expert_of_the_programme_is_removed_from_its_list_first(client: Client) -> None:
    expert = records.Line.objects.filter(expert__isnull=False).values_list("link__person", flat=True)[0]
    address = f"/en/small/people/{expert}/erase/"
    page = client.get(address).content.decode()
    assert ('href="/en/small/write/expert/at/ozols/"' in page, 'name="sure"' in page) == (True, False)
    answer = client.post(address, SURE)
    assert (answer.status_code, "Remove the entry there first" in answer.content.decode()) == (422, True)


def test_the_page_speaks_every_language_and_nobody_unknown_is_erased(client: Client) -> None:
    person = person_of(NAME)
    for code in CODES:
        with override(code):
            said = gettext("Erase for good")
        assert (code, said in client.get(f"/{code}/small/people/{person}/erase/").content.decode()) == (
            code,
            True,
        )
    assert client.post("/en/small/people/nobody/erase/", SURE).status_code == 404
