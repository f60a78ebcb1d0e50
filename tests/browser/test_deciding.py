"""Settling doubts with the keyboard: one key decides, the figure moves, one key takes it back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.sound import unsound, violations
from tests.web.readers import make_account, signed_in
from tests.web.test_review import COORDINATOR, doubtful

from karvon.queries.results import DoubtfulPair, doubts
from karvon.records import models as records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]


def coordinator(visitor: Enter, folder: Path, **options: object) -> Visitor:
    """A coordinator of the small programme, signed in."""
    reader = visitor(**options)
    doubtful(folder)
    reader.programme = "small"
    session = signed_in(make_account("anna@example.org", COORDINATOR)).cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.origin}])
    return reader


def rows() -> list[DoubtfulPair]:
    return list(doubts("small")[0])


def at(pair: DoubtfulPair) -> str:
    return f"#d-{pair.a.line}-{pair.b.line}"


def figure(page: Page, reader: Visitor) -> str:
    reader.goto(page, "results/trained/")
    return page.locator(".figure-head .bounds").first.inner_text()


def test_one_key_decides_the_figure_moves_and_one_key_takes_it_back(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open()
    before = figure(page, reader)
    reader.goto(page, "doubts/")
    first, second = rows()[:2]
    expect(page.locator("article.current")).to_have_attribute("id", at(first)[1:])
    page.keyboard.press("j")
    expect(page.locator("article.current")).to_have_attribute("id", at(second)[1:])
    page.keyboard.press("k")
    page.keyboard.press("s")
    expect(page.locator(".told")).to_contain_text("Decided: one person.")
    expect(page.locator(".told")).to_contain_text("was open and is now not supported.")
    expect(page.locator(".told")).to_be_in_viewport()
    expect(page.locator("article.current")).to_be_in_viewport()
    expect(page.locator(at(first))).to_have_count(0)
    assert figure(page, reader) != before
    reader.goto(page, "doubts/")
    page.go_back()
    page.go_back()
    assert [one.verdict for one in records.Decision.objects.all()] == ["same"]
    reader.goto(page, "doubts/")
    page.keyboard.press("d")
    expect(page.locator(".told")).to_contain_text("Decided: two people.")
    page.keyboard.press("u")
    expect(page.locator(".told")).to_contain_text("The decision is taken back.")
    assert [one.verdict for one in records.Decision.objects.all()] == ["same", "different", "undone"]


def test_undo_moves_the_figure_back(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open()
    before = figure(page, reader)
    reader.goto(page, "doubts/")
    page.keyboard.press("1")
    expect(page.locator(".told")).to_contain_text("Decided")
    page.wait_for_load_state()  # the doubt that comes next is brought into view, which moves the page
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".told")).to_contain_text("The decision is taken back.")
    assert figure(page, reader) == before


def test_a_reason_is_written_with_the_keyboard_and_letters_in_it_decide_nothing(
    visitor: Enter, tmp_path: Path
) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("doubts/")
    page.keyboard.press("r")
    page.keyboard.type("sisters, dcs")
    page.keyboard.press("Tab")
    assert not records.Decision.objects.exists()
    page.keyboard.press("d")
    expect(page.locator(".told")).to_contain_text("Decided: two people.")
    kept = records.Decision.objects.get()
    assert (kept.verdict, kept.reason) == ("different", "sisters, dcs")


def test_everything_is_decided_without_javascript(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path, java_script_enabled=False)
    page = reader.open("doubts/")
    assert page.locator("kbd").first.is_hidden()
    page.locator(at(rows()[0])).get_by_role("button", name="Different people").click()
    assert "Decided: two people." in page.locator(".told").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert "The decision is taken back." in page.locator(".told").inner_text()


def test_axe_finds_nothing_on_the_queue_of_whoever_decides(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("doubts/")
    page.keyboard.press("c")
    expect(page.locator(".told")).to_contain_text("Noted")
    assert unsound(page) == []


def test_names_are_offered_while_somebody_types_and_opened_with_the_keyboard(
    visitor: Enter, tmp_path: Path
) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("people/")
    field = page.get_by_role("combobox", name="Name in any spelling")
    field.press_sequentially("Карим")
    expect(page.get_by_role("option").first).to_contain_text("Karimov")
    assert violations(page) == []
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    page.wait_for_url("**/people/*/")
    assert "Karimov" in page.get_by_role("heading", level=1).inner_text()
    assert "arim" not in page.url
    reader.goto(page, "people/")
    field.fill("Карим")
    page.get_by_role("button", name="Show").click()
    page.locator("main table a").first.click()
    page.wait_for_url("**/people/*/")
    page.go_back()
    expect(field).to_have_value("Карим")  # and nobody is asked whether to send the form again
    assert "arim" not in page.url


def test_axe_finds_nothing_on_the_pages_of_people_and_organisations(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open()
    person = max(records.Person.objects.filter(programme__key="small"), key=lambda one: one.links.count())
    found = {}
    for path in (
        f"people/{person.pk}/", f"people/{person.pk}/the-same-as/", "spellings/",
        "organisations/water/", "organisations/water/the-same-as/",
    ):  # fmt: skip
        reader.goto(page, path)
        if wrong := unsound(page):
            found[path] = wrong
    assert found == {}
