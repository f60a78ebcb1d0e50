"""Typing people in on the page: rows kept when wrong, people known in any spelling, changes, the way back."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.actions.test_attendance import line_of, trained
from tests.small_folder import small_folder
from tests.web.readers import reader_with

from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.typing_in import desk_list, type_in
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.attendance.typed import TypedRow

HERE = "/en/small/events/water-2/type-in/"


@pytest.fixture
def coordinator(db: None, tmp_path: Path, settings: Settings) -> Client:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "folder"))
    return reader_with(Grant("coordinator", "small"))


def names() -> list[str]:
    return [row.name for row in desk_list("small", "water-2").rows]


def hidden(html: str) -> dict[str, list[str]]:
    """The hidden fields of a page's form."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(was-[^"]*)" value="([^"]*)">', html):
        found.setdefault(name, []).append(value)
    return found


def test_people_are_typed_and_stand_on_the_list(coordinator: Client) -> None:
    was = trained()
    typed = {
        "r0-name": "  Malika   Sobirova ", "r0-organisation": "Suvtaminot", "r0-days": ["2018-10-11", "2018-10-12"],
        "r2-name": "Жасур Мирзаев", "r2-role": "guest", "r2-days": ["2018-10-12"],
    }  # fmt: skip
    for _ in range(2):
        answer = coordinator.post(HERE, typed)
        assert (answer.status_code, answer["Location"]) == (302, HERE)
    assert desk_list("small", "water-2").rows == (
        TypedRow("Malika Sobirova", "Suvtaminot", "", "", (date(2018, 10, 11), date(2018, 10, 12))),
        TypedRow("Жасур Мирзаев", "", "", "guest", (date(2018, 10, 12),)),
    )
    assert trained() == was + 1
    html = coordinator.get(HERE).content.decode()
    assert ("2 names on the list." in html, html.count("not taken for a person")) == (True, 0)
    assert "/en/small/sheets/water-2-desk/" in html


def test_a_row_without_a_name_says_so_and_keeps_what_was_typed(coordinator: Client) -> None:
    answer = coordinator.post(HERE, {"r0-name": "Malika Sobirova", "r1-organisation": "Suvtaminot"})
    html = answer.content.decode()
    assert html.count("Write the name, or empty this row.") == 1
    assert ('value="Malika Sobirova"' in html, 'value="Suvtaminot"' in html, names()) == (True, True, [])
    assert "Write at least one name." in coordinator.post(HERE, {}).content.decode()


def test_people_known_already_are_found_in_any_spelling_and_decided_the_same(coordinator: Client) -> None:
    known = line_of("Yo'ldoshev", "first")
    person = records.Link.objects.get(line=known).person
    typed = {"r0-name": "Шавкат Юлдашев", "r0-days": ["2018-10-11"]}
    html = coordinator.post(HERE, {**typed, "do": "look"}).content.decode()
    assert f'name="r0-known" value="{person.shown_id}"' in html
    assert ('value="Шавкат Юлдашев"' in html, names()) == (True, [])
    was = trained()
    coordinator.post(HERE, {**typed, "r0-known": person.shown_id})
    new = line_of("Юлдашев", "water-2-desk")
    assert (records.Link.objects.get(line=new).person_id, trained()) == (person.pk, was)
    assert records.Decision.objects.get().verdict == "same"


def test_the_script_is_given_the_same_people_in_a_body_never_in_an_address(coordinator: Client) -> None:
    said = coordinator.post(f"{HERE}known/", {"q": "Юлдашев", "number": "3"}).content.decode()
    assert (said.count('name="r3-known"'), "<html" in said) == (2, False)
    assert coordinator.get(f"{HERE}known/?q=Юлдашев&number=3").status_code == 404
    assert coordinator.post(f"{HERE}known/", {"q": "Юлдашев", "number": '"'}).status_code == 404


def test_a_row_is_changed_and_taken_off(coordinator: Client) -> None:
    type_in("small", "water-2", [TypedRow("Malika Sobirova"), TypedRow("Жасур Мирзаев")], by=COMMAND)
    page = coordinator.get(f"{HERE}0/").content.decode()
    change = {
        **hidden(page),
        "r0-name": "Malika Sobirova",
        "r0-position": "engineer",
        "r0-days": "2018-10-11",
    }
    assert coordinator.post(f"{HERE}0/", change).status_code == 302
    assert desk_list("small", "water-2").rows[0] == TypedRow(
        "Malika Sobirova", "", "engineer", "", (date(2018, 10, 11),)
    )
    stale = coordinator.post(f"{HERE}0/", {**hidden(page), "do": "take_off"})
    assert "Another row stands there by now" in stale.content.decode()
    now = hidden(coordinator.get(f"{HERE}0/").content.decode())
    assert coordinator.post(f"{HERE}0/", {**now, "do": "take_off"}).status_code == 302
    assert names() == ["Жасур Мирзаев"]


def test_typing_is_undone_from_the_page(coordinator: Client) -> None:
    was = trained()
    coordinator.post(HERE, {"r0-name": "Malika Sobirova", "r0-days": ["2018-10-11"]})
    html = coordinator.get(HERE).content.decode()
    undo = re.findall(r'action="([^"]*/undo/\d+/)"', html)
    assert (len(undo), trained()) == (1, was + 1)
    coordinator.post(undo[0])
    assert (names(), trained()) == ([], was)
    assert "Nobody stands on the list yet." in coordinator.get(HERE).content.decode()


def test_a_file_put_in_the_lists_place_is_not_typed_into(coordinator: Client) -> None:
    type_in("small", "water-2", [TypedRow("Malika Sobirova")], by=COMMAND)
    other = records.Sheet.objects.get(key="second")
    records.Sheet.objects.filter(key="water-2-desk").update(stored=other.stored)
    for answer in (coordinator.get(HERE), coordinator.post(HERE, {"r0-name": "Жасур Мирзаев"})):
        assert "was replaced by a file of another form" in answer.content.decode()


def test_what_is_not_there_is_not_found(coordinator: Client) -> None:
    paths = ("events/nothing/type-in/", "events/water-2/type-in/7/", "events/nothing/type-in/0/")
    assert {coordinator.get(f"/en/small/{path}").status_code for path in paths} == {404}


@pytest.mark.parametrize("code", ["lv", "ru", "uz", "uz-cyrl"])
def test_the_page_speaks_every_language(coordinator: Client, code: str) -> None:
    type_in("small", "water-2", [TypedRow("Malika Sobirova")], by=COMMAND)
    for path in ("type-in/", "type-in/0/"):
        html = coordinator.get(f"/{code}/small/events/water-2/{path}").content.decode()
        assert re.findall("Put on the list|Take off|Organisation<|>Position<|Type names", html) == []
