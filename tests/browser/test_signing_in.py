"""Signing in as people do: the link from the terminal, an app on the telephone, a passkey in the device."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from tests.browser.conftest import Visitor
from tests.browser.sound import too_wide, unsound, violations
from tests.web.pages import ADMINISTRATION, DOORS, OWN
from tests.web.readers import PASSWORD, make_account, signed_in
from tests.web.test_sign_in import code_of

from karvon.actions.accounts import invite, make_first_link
from karvon.actions.journal import COMMAND
from karvon.records import models as records
from karvon.rules.access import Grant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]


def _goto(page: Page, reader: Visitor, path: str, *, code: str = "en") -> None:
    page.goto(f"{reader.origin}/{code}/-/{path}")


def _first_account(page: Page, reader: Visitor) -> None:
    """The link from the terminal, an address and a password."""
    _goto(page, reader, f"link/{make_first_link(by=COMMAND)}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The first account")
    page.get_by_label("E-mail address").fill("anna@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_contain_text("One step is left")


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_first_administrator_comes_by_link_and_then_by_password_and_app(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    page.get_by_role("link", name="Make the first account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One-time link")
    _first_account(page, reader)
    page.get_by_role("link", name="Add an app").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Code the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Accounts", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts")
    _sign_out(page)
    reader.goto(page, "people/")
    page.get_by_label("E-mail address").fill("anna@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_label("Code of the app, or a recovery code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{reader.origin}/en/{reader.programme}/people/")


def _with_a_device(page: Page) -> CDPSession:
    """A telephone or a key that holds passkeys and knows its owner's finger."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device


def test_a_passkey_signs_in_without_a_password(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    _with_a_device(page)
    _first_account(page, reader)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of the passkey").fill("Anna’s telephone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="To your account").click()
    expect(page.get_by_role("main")).to_contain_text("Anna’s telephone")
    _sign_out(page)
    reader.goto(page, "visits/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{reader.origin}/en/{reader.programme}/visits/")
    entry = records.JournalEntry.objects.filter(action="sign_in").latest("pk")
    assert entry.facts == {"with": "mfa"}


def test_a_passkey_is_removed_after_showing_it_is_you(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    _with_a_device(page)
    _first_account(page, reader)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="To your account").click()
    _sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{reader.origin}/en/{reader.programme}/")
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Remove the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_role("link", name="With a passkey").click()
    page.get_by_role("button", name="Use the passkey").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_role("link", name="Add a passkey")).to_be_visible()
    expect(page.get_by_role("link", name="Remove the passkey")).to_have_count(0)


def test_a_device_that_refuses_is_said_beside_the_button(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    _with_a_device(page)
    _first_account(page, reader)
    _sign_out(page)
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The browser did not give the passkey")


def _as_administrator(reader: Visitor) -> str:
    """The administrator's cookie in this browser; the path of the account's page."""
    user = make_account("anna@example.org", Grant("administrator"))
    invite("dilnoza@example.org", grants=(Grant("auditor", reader.programme, "lv79"),), by=COMMAND)
    session = signed_in(user).cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.origin}])
    return ADMINISTRATION["account"].format(account=user.pk)


def test_axe_finds_nothing_on_any_page_around_accounts(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    found = {}
    for path in DOORS.values():
        _goto(page, reader, path)
        found[path] = unsound(page)
    account = _as_administrator(reader)
    for path in (*OWN.values(), ADMINISTRATION["accounts"], account):
        _goto(page, reader, path)
        found[path] = unsound(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_axe_finds_nothing_in_a_form_with_mistakes(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    _goto(page, reader, "sign-in/")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("wrong wrong wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("do not belong together")
    assert page.get_by_label("E-mail address").input_value() == "nobody@example.org"
    assert violations(page) == []


def test_no_page_around_accounts_scrolls_sideways(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    account = _as_administrator(reader)
    wide = []
    for code in ("ru", "uz-cyrl"):  # whose words are longest
        for path in (*OWN.values(), ADMINISTRATION["accounts"], account, "link/"):
            _goto(page, reader, path, code=code)
            if widths := too_wide(page, 360, 768, 1920):
                wide.append((code, path, widths))
    assert wide == []


def test_password_and_app_need_no_javascript(visitor: Enter) -> None:
    reader = visitor(java_script_enabled=False)
    page = reader.open()
    _first_account(page, reader)
    page.get_by_role("link", name="Add an app").click()
    page.get_by_label("Code the app shows").fill(code_of(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Add the app").click()
    _sign_out(page)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)


def test_an_administrator_invites_and_the_invited_opens_the_link(visitor: Enter) -> None:
    reader = visitor()
    page = reader.open()
    _as_administrator(reader)
    _goto(page, reader, "accounts/")
    page.get_by_label("E-mail address").fill("zane@example.org")
    page.get_by_label("Role").select_option(label="Funder or auditor: LV-79")
    page.get_by_label("Language of the invitation").select_option("lv")
    page.get_by_role("button", name="Invite").click()
    link = page.get_by_label("One-time link").input_value()
    assert re.fullmatch(rf"{reader.origin}/lv/-/link/[\w-]+/", link)
    assert violations(page) == []
    invited = visitor()
    theirs = invited.open("visits/")
    theirs.goto(link)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Laipni lūdzam")
    theirs.get_by_label("Parole").fill(PASSWORD)
    theirs.get_by_role("button", name="Tālāk").click()
    expect(theirs.get_by_role("main")).to_contain_text("Finansētājs vai revidents LV-79")
