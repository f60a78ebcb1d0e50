"""Reading the website as people do: with eyes, keyboard, phone, screen reader and without JavaScript."""

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.sound import too_wide, unsound, violations
from tests.web.pages import CODES, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]


def _path(name: str, visitor: Visitor) -> str:
    return PAGES[name].format(key=visitor.programme)


def test_axe_finds_nothing_on_any_page_at_a_desk_and_on_a_telephone(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    found = {}
    for name in PAGES:
        reader.goto(page, _path(name, reader))
        if wrong := unsound(page):
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_axe_finds_nothing_in_another_language(visitor: Enter, code: str) -> None:
    reader = visitor()
    page = reader.open(code=code)
    found = {}
    for name in ("overview", "sheet") if code in ("lv", "uz") else ("figure", "people"):
        reader.goto(page, _path(name, reader), code=code)
        if wrong := violations(page):
            found[name] = wrong
    assert found == {}


def test_axe_finds_nothing_in_what_a_search_found(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    page.get_by_role("searchbox").fill("Karimovs")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    assert page.get_by_role("heading", level=1).inner_text() == "Search"
    assert page.get_by_role("link", name="Каримов Азиз Рустамович 0").count() == 1
    assert page.url == f"{reader.origin}/en/{reader.programme}/search/"
    assert violations(page) == []


def test_no_page_scrolls_sideways(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    wide = {}
    for name, code in zip(PAGES, cycle(("ru", "uz-cyrl")), strict=False):  # whose words are longest
        reader.goto(page, _path(name, reader), code=code)
        if widths := too_wide(page, 360, 768, 1280):
            wide[name] = widths
    assert wide == {}


def _press_until_on(page: Page, href: str, *, most: int = 120) -> None:
    """Walk with the Tab key to the first link to this address; what is reached can be seen to be reached."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == href:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"The keyboard does not reach {href}")


def test_a_keyboard_alone_walks_from_the_overview_to_the_line_that_proves_a_figure(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    _press_until_on(page, f"/en/{reader.programme}/results/trained/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/results/trained/")
    line = page.locator("a.place").first.get_attribute("href")
    assert line is not None
    _press_until_on(page, line)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheets/**")
    marked = page.locator("tr:target")
    assert marked.count() == 1
    assert marked.is_visible()
    assert "Каримов Азиз Рустамович" in marked.inner_text()


def test_everything_can_be_read_without_javascript(visitor: Enter) -> None:
    reader = visitor(java_script_enabled=False)
    page = reader.open()
    for name in PAGES:
        reader.goto(page, _path(name, reader))
        assert page.get_by_role("heading", level=1).count() == 1
    reader.goto(page, "people/")
    page.get_by_label("Name in any spelling").fill("Karimovs")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("status").inner_text() == "2 people"


def test_the_drawings_can_be_heard(visitor: Enter) -> None:
    page = visitor().open()
    assert page.get_by_role("img", name="Where the visits went").count() == 1
    assert page.get_by_role("img", name="When the visits and their events were").count() == 1


def test_a_reader_changes_the_language_and_stays_on_the_page(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open("results/trained/")
    page.get_by_role("link", name="ўз – Ўзбекча").click()
    page.wait_for_url(f"{reader.origin}/uz-cyrl/{reader.programme}/results/trained/")
    expect(page.locator("html")).to_have_attribute("lang", "uz-Cyrl")


def test_the_browser_runs_no_script_of_anybody(visitor: Enter) -> None:
    """The policy would stop one; there is none to stop."""
    reader = visitor()
    page = reader.open()
    assert page.evaluate("document.scripts.length") == 0
