"""After a training: scores go down the list by keyboard, participants answer on telephones, the event shows both."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Visitor
from tests.browser.sound import FITS, violations
from tests.browser.test_attendance import coordinator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]


def test_scores_by_keyboard_and_answers_from_a_telephone(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("events/water-2/")
    page.get_by_role("link", name="Enter scores").click()
    fields = page.locator("input[data-column=score_before]")
    fields.first.focus()
    for score in ("40", "55,5", "x"):
        page.keyboard.type(score)
        page.keyboard.press("Enter")
    page.locator("input[data-column=score_after]").first.fill("70")
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write a number from 0 to 100")).to_have_count(1)
    expect(fields.nth(1)).to_have_value("55,5")
    fields.nth(2).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".told")).to_contain_text("The scores are kept.")
    expect(page.get_by_role("table")).to_contain_text("+30")
    assert violations(page) == []

    reader.goto(page, "events/water-2/feedback/")
    page.get_by_role("button", name="Open a link").click()
    link = page.get_by_label("Link to the form").input_value()
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    participant = visitor(locale="ru-RU", color_scheme="dark", java_script_enabled=False)
    phone = participant.open(width=360)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert phone.locator("html").get_attribute("lang") == "ru"
    phone.locator("input[name=usefulness][value='5']").check()
    phone.locator("textarea[name=missing]").fill("Времени")
    phone.locator("form.questions button").click()
    expect(phone.locator("form.questions")).to_have_count(0)
    reader.goto(page, "events/water-2/")
    expect(page.locator("section[aria-labelledby=feedback]")).to_contain_text("Времени")
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(FITS)
