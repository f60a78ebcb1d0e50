"""From a doubt to a report: decide, see the figure of a sector move, save one contract's report in two languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.conftest import Visitor
from tests.browser.sound import unsound
from tests.browser.test_deciding import coordinator

from karvon.queries.results import DIMENSIONS, Narrowing, figure_of
from karvon.records import models as records
from karvon.rules.reporting.figure import Figure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]


def rows(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("table.parts tbody tr").all_inner_texts()]


def own(contract: str) -> Figure:
    found = figure_of("small", "trained", Narrowing(contract=contract))
    assert found is not None
    return found[1]


def test_a_decision_moves_the_figure_of_a_sector_and_the_report_says_it(
    visitor: Enter, tmp_path: Path
) -> None:
    reader = coordinator(visitor, tmp_path, accept_downloads=True)
    records.Event.objects.filter(key="water-1").update(sectors=["14021"])
    records.Event.objects.filter(key="water-2").update(sectors=["14021", "14050"])
    page = reader.open()
    reader.goto(page, "results/trained/")
    page.get_by_role("link", name="By sector").click()
    before = rows(page)
    reader.goto(page, "doubts/")
    page.keyboard.press("s")
    expect(page.locator(".told")).to_contain_text("Decided: one person.")
    reader.goto(page, "results/trained/?by=sector")
    after = rows(page)
    assert before != after
    number = page.locator("table.parts tbody tr a.mid").first
    counted = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is in")
    expect(page.locator(".tally")).to_contain_text(counted)
    page.locator("table td a").first.click()
    expect(page.locator("tr:target, tr:has(:target)")).to_have_count(1)

    reader.goto(page, "")
    page.get_by_role("navigation", name="Programme").get_by_role("link", name="Reports").click()
    for language, said in (("English", "Results report, contract LV-1"), ("Latviešu", "līgums LV-1")):
        page.get_by_role("combobox", name="Language").select_option(label=language)
        page.get_by_role("combobox", name="Contract").select_option(label="LV-1")
        page.get_by_role("button", name="Show").click()
        frame = page.frame_locator("iframe.preview")
        expect(frame.locator(".subtitle")).to_contain_text(said)
        expect(frame.locator(".tiles strong").first).to_have_text(str(own("A").best))
        with page.expect_download() as saving:
            page.get_by_role("link", name="Save as PDF").click()
        text = " ".join((leaf.extract_text() or "") for leaf in PdfReader(saving.value.path()).pages)
        assert said in " ".join(text.split())
        assert re.search(rf"\b{own('A').best}\b", text)


def test_an_edition_is_frozen_published_and_withdrawn_by_keyboard(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open()
    reader.goto(page, "reports/?language=en&contract=A")
    page.get_by_role("button", name="Freeze").press("Enter")
    expect(page.locator(".told")).to_contain_text("It is a draft")
    page.get_by_role("button", name="Publish: let everybody read it").press("Enter")
    expect(page.locator(".state")).to_have_text("published")
    page.locator("summary", has_text="Withdraw").press("Enter")
    page.get_by_role("button", name="Withdraw").press("Enter")
    expect(page.locator(".wrong")).to_contain_text("Say why it is withdrawn")
    page.get_by_label("Why").fill("A list was counted twice.")
    page.keyboard.press("Enter")
    expect(page.locator(".state")).to_have_text("withdrawn")
    expect(page.locator(".edition .notice")).to_contain_text("A list was counted twice.")
    assert list(records.EditionRelease.objects.values_list("step", flat=True)) == ["published", "withdrawn"]


def test_parts_and_reports_are_sound_at_any_width(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open()
    paths = [f"results/trained/?by={by}" for by in DIMENSIONS]
    paths += [
        "results/trained/?by=month&starts=2018-12-01&ends=2018-01-01",
        "reports/?language=en&contract=A",
    ]
    found = {}
    for path in paths:
        reader.goto(page, path, code="uz-cyrl")
        if said := unsound(page):
            found[path] = said
    assert found == {}
