"""Every page answers in every language, costs the same however much there is, and keeps its manners."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.pages import ACCOUNTS, CHANGES, CODES, NO_PAGES, PAGES, address, named_addresses
from tests.web.readers import reader_with

from karvon.records.models import Programme
from karvon.rules.access import Grant
from karvon.rules.programme.text import Text

HTML_LANG = {"lv": "lv", "en": "en", "ru": "ru", "uz": "uz", "uz-cyrl": "uz-Cyrl"}


def test_every_address_is_a_page_tested_here_or_known_to_be_none() -> None:
    assert named_addresses() == set(PAGES) | set(CHANGES) | NO_PAGES | ACCOUNTS


@pytest.mark.parametrize("code", CODES)
def test_every_page_answers_in_every_language(reader: Client, programme: str, code: str) -> None:
    for name in PAGES:
        answer = reader.get(address(name, programme=programme, code=code))
        html = answer.content.decode()
        said = (
            answer.status_code,
            f'<html lang="{HTML_LANG[code]}">' in html,
            len(re.findall(r"<h1[ >]", html)),
            'href="#content"' in html,
        )
        assert (name, *said) == (name, 200, True, 1, True)


def test_what_a_page_asks_the_database_does_not_grow_with_its_rows(
    reader: Client, make: Callable[..., str]
) -> None:
    asked: dict[str, list[int]] = {name: [] for name in PAGES}
    for key in (make("few", rows=10), make("many", rows=60)):
        for name in PAGES:
            with CaptureQueriesContext(connection) as statements:
                assert reader.get(address(name, programme=key)).status_code == 200
            asked[name].append(len(statements))
    assert {name: many - few for name, (few, many) in asked.items()} == dict.fromkeys(PAGES, 0)


def test_a_search_asks_the_database_no_more_for_many_finds(reader: Client, make: Callable[..., str]) -> None:
    asked = []
    for key in (make("few", rows=10), make("many", rows=60)):
        with CaptureQueriesContext(connection) as statements:
            html = reader.post(f"/en/{key}/search/", {"q": "training"}).content.decode()
        assert "Training 0" in html
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_the_list_of_people_takes_eight_statements_and_sixty_kilobytes_at_most(
    reader: Client, make: Callable[..., str]
) -> None:
    key = make(rows=60)
    with CaptureQueriesContext(connection) as statements:
        answer = reader.get(f"/lv/{key}/people/")
    assert len(statements) <= 8
    assert len(answer.content) <= 60_000
    assert answer.content.count(b'<th scope="row">') == 50


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.bad: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "style" or name.startswith("on"):
                self.bad.append(f"{tag} {name}")
            if name in ("href", "src", "action"):
                self.links.append(value or "")
        if tag in ("style", "script", "iframe", "object"):
            self.bad.append(tag)


@pytest.mark.only_on("sqlite")
def test_a_page_carries_no_style_no_script_and_nothing_of_others(reader: Client, programme: str) -> None:
    for name in PAGES:
        found = _Attributes()
        found.feed(reader.get(address(name, programme=programme)).content.decode())
        elsewhere = [link for link in found.links if not link.startswith(("/", "#", "?"))]
        twice = len(found.ids) - len(set(found.ids))
        assert (name, found.bad, elsewhere, twice) == (name, [], [], 0)


@pytest.mark.only_on("sqlite")
def test_every_link_of_every_page_leads_somewhere(reader: Client, programme: str) -> None:
    wanted: set[str] = set()
    for name in PAGES:
        here = address(name, programme=programme)
        found = _Attributes()
        found.feed(reader.get(here).content.decode())
        links = {link.split("#")[0] for link in found.links}
        wanted |= {here.split("?")[0] + link if link.startswith("?") else link for link in links}
    answers = {link: reader.get(link).status_code for link in wanted if link.startswith("/en/")}
    assert len(answers) > 40
    assert {link: status for link, status in answers.items() if status not in (200, 302)} == {}


LISTS_WITHIN = {"report-templates", "spellings"}
"""Lists that stand below another list."""


def test_a_programme_with_nothing_in_it_has_every_page_that_lists_something(reader: Client, db: None) -> None:
    Programme.objects.create(key="empty", title=Text((("en", "Empty"),)), languages=["en"])
    for name, path in PAGES.items():
        answer = reader.get(address(name, programme="empty"))
        assert (name, answer.status_code) == (
            name, 404 if "/" in path.removesuffix("/") and name not in LISTS_WITHIN else 200
        )  # fmt: skip


EMPTY = {
    "overview": "write/", "results": "write/", "statements": "write/", "contracts": "write/", "visits": "write/",
    "events": "write/", "organisations": "write/", "recommendations": "write/", "proposals": "write/",
    "people": "desk/", "sheets": "desk/", "documents": "write/document/new/",
}  # fmt: skip
"""Pages that can be empty, and where whoever may change the programme is led from there."""


def test_an_empty_page_says_who_does_what_next(reader: Client, db: None) -> None:
    Programme.objects.create(key="empty", title=Text((("en", "Empty"),)), languages=["en"])
    advice = dict.fromkeys(EMPTY, "A coordinator writes it down here") | {"reports": "Make one"}
    for name, said in advice.items():
        assert (name, said in reader.get(address(name, programme="empty")).content.decode()) == (name, True)


def test_an_empty_page_leads_a_coordinator_to_what_is_next(db: None) -> None:
    Programme.objects.create(key="empty", title=Text((("en", "Empty"),)), languages=["en"])
    coordinator = reader_with(Grant("coordinator", "empty"))
    for name, way in EMPTY.items():
        html = coordinator.get(address(name, programme="empty")).content.decode()
        told = html[html.index('class="empty"') :]
        assert (name, f'href="/en/empty/{way}"' in told) == (name, True)
        assert (name, "folder" in told[: told.index("</p>")]) == (name, False)


def test_an_empty_installation_says_how_to_bring_a_programme_in(reader: Client, db: None) -> None:
    assert "karvon import my-programme" in reader.get("/en/").content.decode()


def test_a_lone_programme_is_shown_at_once(reader: Client, programme: str) -> None:
    assert reader.get("/lv/")["Location"] == f"/lv/{programme}/"


def test_several_programmes_are_listed(reader: Client, make: Callable[..., str]) -> None:
    one, two = make("one", rows=1), make("two", rows=1)
    html = reader.get("/en/").content.decode()
    assert [f'href="/en/{key}/"' in html for key in (one, two)] == [True, True]


def test_a_page_of_no_programme_is_not_found(reader: Client, db: None) -> None:
    assert {reader.get(address(name, programme="nobody")).status_code for name in PAGES} == {404}


NOT_THERE = (
    "results/nothing/", "results/visits/people/", "results/visits/left-out/", "results/trained/people/?contract=x",
    "statements/nothing/", "contracts/nothing/", "visits/nothing/", "events/nothing/", "people/nothing/",
    "organisations/nothing/", "sheets/nothing/", "lines/nothing/", "files/nothing/", "images/nothing/",
)  # fmt: skip


def test_a_thing_that_is_not_there_is_not_found(reader: Client, programme: str) -> None:
    for path in NOT_THERE:
        answer = reader.get(f"/ru/{programme}/{path}")
        said = "По этому адресу ничего нет" in answer.content.decode()
        assert (path, answer.status_code, said) == (path, 404, True)


def test_a_page_number_that_makes_no_sense_shows_a_page(reader: Client, programme: str) -> None:
    for page in ("0", "-1", "x", "²", "999", "1" * 30):
        assert reader.get(f"/en/{programme}/people/", {"page": page}).status_code == 200
        assert reader.get(f"/en/{programme}/sheets/sheet-0/", {"page": page}).status_code == 200
