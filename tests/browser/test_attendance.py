"""At the desk of an event: three people typed in by keyboard, one known in another script, the figure moves and moves
back; a line is corrected; the journal tells it all. At a desk and on a phone, in two languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.sound import FITS, violations
from tests.small_folder import small_folder
from tests.web.readers import make_account, signed_in

from karvon.actions.evidence import import_folder
from karvon.rules.access import Grant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]


def coordinator(visitor: Enter, folder: Path, **options: object) -> Visitor:
    """A coordinator of the small programme, signed in."""
    reader = visitor(**options)
    import_folder(small_folder(folder / "small"))
    reader.programme = "small"
    account = make_account("anna@example.org", Grant("coordinator", "small"))
    session = signed_in(account).cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.origin}])
    return reader


def figure(page: Page, reader: Visitor, *, code: str = "en") -> str:
    reader.goto(page, "results/trained/", code=code)
    return page.locator(".figure-number .big").first.inner_text()


@pytest.mark.parametrize(
    ("width", "code", "type_in", "put", "undo"),
    [
        (1280, "en", "Type names in", "Put on the list", "Undo"),
        (360, "lv", "Ierakstīt vārdus", "Iekļaut sarakstā", "Atsaukt"),
    ],
)
def test_three_people_are_typed_by_keyboard_and_undone(
    visitor: Enter, tmp_path: Path, width: int, code: str, type_in: str, put: str, undo: str
) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open(width=width, code=code)
    assert figure(page, reader, code=code) == "5"
    reader.goto(page, "events/water-2/", code=code)
    page.get_by_role("link", name=type_in).click()
    rows = page.locator("section.typed")
    rows.nth(0).locator("input[name=r0-name]").focus()
    page.keyboard.type("Шавкат Юлдашев")
    known = rows.nth(0).locator("fieldset.known")
    expect(known).to_contain_text("Shavkat Yo'ldoshev")
    for _ in range(4):  # organisation, position, role, the first day
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(known.locator("input[type=radio]").nth(1)).to_be_checked()
    for number, name in ((1, "Malika Sobirova"), (2, "Жасур Мирзаев")):
        page.locator(f"input[name=r{number}-name]").focus()
        page.keyboard.type(name)
        rows.nth(number).locator("input[type=checkbox]").nth(1).focus()
        page.keyboard.press("Space")
    assert page.evaluate(FITS)
    assert violations(page) == []
    page.locator("input[name=r2-name]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("3")
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(3)
    assert violations(page) == []
    assert page.get_by_role("button", name=put).count() == 1
    other = reader.open(width=width, code=code)
    assert figure(other, reader, code=code) == "7"
    page.get_by_role("button", name=undo).click()
    expect(page.locator(".told")).to_be_visible()
    assert figure(other, reader, code=code) == "5"


def test_a_line_is_corrected_marked_and_told_in_the_journal(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path, color_scheme="dark")
    page = reader.open("events/water-2/", width=360)
    page.get_by_role("link", name="Attendance, name by name").click()
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    page.locator("tr", has_text="Дилшод Эргашев").get_by_role("link", name="Correct").click()
    page.get_by_label("Role on every day").select_option("interpreter")
    page.get_by_label("Why").fill("He interpreted")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".by-hand").first).to_be_visible()
    page.get_by_role("link", name="Who changed this, when, and what it said before").click()
    expect(page.get_by_role("table")).to_contain_text("Attendance corrected by hand")
    expect(page.get_by_role("table")).to_contain_text("He interpreted")
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    assert figure(page, reader) == "4"


def test_the_way_back_stands_on_the_page_that_says_what_was_done(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("events/water-2/attendance/heads/")
    page.get_by_label("11 October 2018").fill("30")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("The head-count is kept.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".told")).to_contain_text("Taken back.")
