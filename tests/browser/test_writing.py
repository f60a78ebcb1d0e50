"""Writing things down as people do: by mouse or keyboard, on a telephone, without JavaScript, after lunch."""

from collections.abc import Callable
from itertools import cycle

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect
from tests.browser.conftest import Visitor
from tests.browser.sound import too_wide, unsound, violations
from tests.web.readers import PASSWORD, make_account, signed_in
from tests.web.test_sign_in import code_of

from karvon.actions.accounts import make_first_link
from karvon.actions.journal import COMMAND
from karvon.queries.programme_description import describe
from karvon.rules.access import Grant
from karvon.web.editing.layout import WRITTEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]
FORMS = (
    "write/", "write/folder/", "write/programme/", "write/visit/", "write/visit/at/visit-1/", "write/event/at/event-1/",
    "write/indicator/at/trained/", "write/delegate/at/delegate-0/", "write/document/at/agenda-0/",
)  # fmt: skip


def _sign_in(reader: Visitor, *grants: Grant, email: str = "zane@example.org") -> None:
    session = signed_in(make_account(email, *grants)).cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.origin}])


def test_axe_finds_nothing_on_any_form_at_a_desk_and_on_a_telephone(visitor: Enter) -> None:
    reader = visitor()
    _sign_in(reader, Grant("administrator"))
    page = reader.open()
    found = {}
    for path in (*FORMS, "write/visit/new/"):
        reader.goto(page, path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if wrong := unsound(page):
            found[path] = wrong
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("This is not saved yet")
    for path in ("programmes/new/", "programmes/upload/"):
        found |= {"refused": wrong} if (wrong := unsound(page)) else {}
        page.goto(f"{reader.origin}/en/-/{path}")
        found |= {path: wrong} if (wrong := unsound(page)) else {}
    assert found == {}


def test_no_form_scrolls_sideways_on_a_telephone(visitor: Enter) -> None:
    reader = visitor()
    _sign_in(reader, Grant("coordinator", reader.programme))
    page = reader.open(width=360)
    wide = []
    for kind, code in zip(sorted(WRITTEN), cycle(("lv", "uz-cyrl", "ru")), strict=False):
        reader.goto(page, f"write/{kind}/new/", code=code)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if too_wide(page, 360):
            wide.append((code, kind))
    assert wide == []


def test_a_visit_and_its_event_are_written_down_and_removed_without_javascript(visitor: Enter) -> None:
    words = (
        "Добавить визит",
        "Направление",
        "Места",
        "Сохранить",
        "Добавить мероприятие",
        "Отменить",
        "Удалено.",
    )
    code, width = "ru", 390
    reader = visitor(java_script_enabled=False)
    _sign_in(reader, Grant("coordinator", reader.programme))
    page = reader.open("visits/", code=code, width=width)
    add, direction, places, save, add_event, undo, removed = words
    page.get_by_role("link", name=add).click()
    page.get_by_label(direction).select_option("outgoing")
    page.locator(f"#f-title-{code}").fill("Andižana")
    page.locator("#f-starts").fill("2018-11-12")
    page.locator("#f-ends").fill("2018-11-14")
    page.get_by_label(f"{places} 1").select_option("andijan")
    page.get_by_role("button", name=save, exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Andižana")
    page.get_by_role("link", name=add_event).click()
    page.locator("#f-kind").select_option("training")
    page.locator(f"#f-title-{code}").fill("Ūdens zudumi")
    page.locator("#f-starts").fill("2018-11-30")
    page.get_by_role("button", name=save, exact=True).last.click()
    expect(page.locator("#c-starts-wrong")).to_be_visible()
    page.locator("#f-starts").fill("2018-11-12")
    page.get_by_role("button", name=save, exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ūdens zudumi")
    page.get_by_role("button", name=undo).click()
    expect(page.get_by_role("status")).to_contain_text(removed)
    page.get_by_role("button", name=undo).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ūdens zudumi")
    description = describe(reader.programme)
    assert description is not None
    made = description.events[-1]
    assert (made.title.say(code), made.period.ends) == ("Ūdens zudumi", made.period.starts)


def test_a_keyboard_alone_saves_with_enter(visitor: Enter) -> None:
    reader = visitor()
    _sign_in(reader, Grant("coordinator", reader.programme))
    page = reader.open("write/visit/at/visit-1/")
    page.locator("#f-title-en").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Cits nosaukums")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/visit-1/")
    expect(page.get_by_role("status")).to_contain_text("Saved.")


def test_whoever_was_away_too_long_signs_in_again_and_finds_the_filled_form(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    page.goto(f"{reader.origin}/en/-/link/{make_first_link(by=COMMAND)}/")
    page.get_by_label("E-mail address").fill("anna@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Add an app").click()
    page.get_by_label("Code the app shows").fill(code_of(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Add the app").click()
    recovery = page.locator(".codes code").first.inner_text()
    reader.goto(page, "write/visit/at/visit-1/")
    page.locator("#f-title-en").fill("Rakstīts pirms pusdienām")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_label("E-mail address").fill("anna@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code of the app, or a recovery code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("You had been signed out")
    expect(page.locator("#f-title-en")).to_have_value("Rakstīts pirms pusdienām")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    description = describe(reader.programme)
    assert description is not None
    assert description.visits[1].title.say("en") == "Rakstīts pirms pusdienām"


def test_two_people_at_one_visit(visitor: Enter) -> None:
    one, other = visitor(), visitor()
    _sign_in(one, Grant("coordinator", one.programme))
    _sign_in(other, Grant("coordinator", one.programme), email="anna@example.org")
    mine, theirs = (reader.open("write/visit/at/visit-1/") for reader in (one, other))
    for page, title in ((theirs, "Annas"), (mine, "Zanes")):
        page.locator("#f-title-en").fill(title)
        page.get_by_role("button", name="Save", exact=True).last.click()
    expect(mine.get_by_role("alert")).to_contain_text("anna@example.org changed this")
    expect(mine.locator(".theirs")).to_contain_text("Annas")
    assert violations(mine) == []
    mine.get_by_role("button", name="Save", exact=True).last.click()
    mine.wait_for_url("**/visits/visit-1/")
    expect(mine.get_by_role("heading", level=1)).to_contain_text("Zanes")
    description = describe(one.programme)
    assert description is not None
    assert description.visits[1].title.say("en") == "Zanes"
