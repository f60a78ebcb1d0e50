"""A coordinator begins with nothing but a browser and two messy lists, and ends with a figure and its report."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.sound import FITS
from tests.web.readers import PASSWORD
from tests.web.test_sign_in import code_of

from karvon.actions.accounts import make_first_link
from karvon.actions.journal import COMMAND
from karvon.queries.results import indicator_results

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# All people are fictitious.
MESSY = """Dalībnieku saraksts,,,
Samarkand 04.05.2026,,,
Nr.,Kas,No kurienes,Amats
1,Шавкат Юлдошев,Сувсоз,инженер
2,Gulnora Rahimova,Suvsoz,engineer
3,Karimov Akmal,Suvsoz,engineer
4,Karimov Aziz,Suvsoz,engineer
,Kopā: 4,,
"""
SECOND = """No,Full name,Organisation
1,Shavkat Yo'ldoshev,Suvsoz
2,Karimov A.,Suvsoz
3,Nodira Qosimova,Suvsoz
"""


class Coordinator:
    """Somebody at a browser, in one language and at one width."""

    def __init__(self, page: Page, origin: str, code: str) -> None:
        self.page, self.origin, self.code, self.programme = page, origin, code, "valley"

    def goto(self, path: str) -> None:
        """Open a page of the programme, with everything on it that can be unfolded."""
        self.page.goto(f"{self.origin}/{self.code}/{path}")
        self.page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")

    def at(self, path: str) -> None:
        self.goto(f"{self.programme}/{path}")

    def fill(self, **fields: str) -> None:
        """Type into fields, or choose, by the names they carry (a dot is written as two underscores)."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name.replace('__', '.')}']").first
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, value: str) -> None:
        self.page.locator(f"main button[value='{value}']:not([aria-hidden])").last.click()
        self.page.wait_for_load_state()

    def write_down(self, what: str, /, *, query: str = "", **fields: str) -> str:
        """Fill a form and save it; the key of what was written."""
        self.at(f"write/{what}/new/{query}")
        self.fill(**fields)
        self.press("save")
        expect(self.page.locator(".told")).to_be_visible()
        return self.page.url.rstrip("/").rpartition("/")[2]

    def bring(self, event: str, file: Path) -> None:
        self.at(f"events/{event}/")
        self.page.locator("main input[type=file]").set_input_files(file)
        self.page.locator("main form:has(input[type=file]) button").last.click()
        self.page.wait_for_load_state()

    def fits(self) -> None:
        """Nothing stands beside the page: nobody has to move it sideways."""
        assert self.page.evaluate(FITS)


def _sign_up(page: Page, origin: str, code: str) -> None:
    """The link from the terminal, an address, a password, and an app that shows codes."""
    page.goto(f"{origin}/{code}/-/link/{make_first_link(by=COMMAND)}/")
    page.locator("main input[type=email]").fill("anna@example.org")
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("main a[href$='/account/app/']").first.click()
    secret = page.locator("code.secret").inner_text()
    page.locator("main input[name=code]").fill(code_of(secret))
    page.locator("main form button").first.click()
    expect(page.locator(".codes")).to_be_visible()


def _figure() -> tuple[int, int, int]:
    (result,) = indicator_results("valley")
    return int(result.figure.lower), int(result.figure.best), int(result.figure.upper)


@pytest.mark.parametrize(("code", "width"), [("en", 1280), ("lv", 390)])
def test_from_the_first_account_to_the_report(
    visitor: Callable[..., Visitor], tmp_path: Path, code: str, width: int
) -> None:
    reader = visitor()
    page = reader.open(code=code, width=width)
    _sign_up(page, reader.origin, code)
    me = Coordinator(page, reader.origin, code)

    me.goto("-/programmes/new/")
    me.fill(
        key="valley", title__en="Water for the valley", starts="2026-01-01", ends="2026-12-31", languages="en"
    )
    me.press("save")
    ministry = me.write_down("organisation", name__en="Ministry of Water", kind="ministry")
    me.write_down("contract", number="W-1", funder=ministry, key="w")
    me.write_down("indicator", title__en="Specialists trained", measure="people", rule="unique-in-period")
    visit = me.write_down(
        "visit", direction="outgoing", title__en="Samarkand", starts="2026-05-04", ends="2026-05-06",
        shares__w="100",
    )  # fmt: skip
    of_visit = f"?visit={visit}"
    leaks = me.write_down("event", query=of_visit, kind="training", title__en="Leaks", starts="2026-05-04")
    meters = me.write_down("event", query=of_visit, kind="training", title__en="Meters", starts="2026-05-05")
    me.fits()

    # a list whose headings nobody could know: which row they are and which column names people is said on the page
    for name, text in (("messy.csv", MESSY), ("second.csv", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
    me.bring(leaks, tmp_path / "messy.csv")
    expect(page.locator("main button[value=accept]")).to_have_count(0)
    me.fill(header="3", **{"col-B": "name", "col-C": "organisation", "col-D": "position"})
    me.press("correct")
    me.fits()
    me.press("accept")
    assert _figure() == (4, 4, 4)

    # the second list holds somebody in another script, somebody new, and a surname with an initial
    me.bring(meters, tmp_path / "second.csv")
    expect(page.get_by_role("main")).to_contain_text("Шавкат Юлдошев")
    me.fits()
    me.press("accept")
    before = _figure()
    assert before == (4, 5, 6)

    # a doubt is settled with one key, and the figure moves
    me.at("doubts/")
    expect(page.locator("article.doubt")).to_have_count(2)
    me.fits()
    page.keyboard.press("s")
    told = page.locator(".told")
    expect(told).to_contain_text(re.compile(r"5"))
    page.wait_for_load_state()
    assert _figure() == (5, 5, 5)
    told.get_by_role("button").click()
    page.wait_for_load_state()
    expect(page.locator("article.doubt")).to_have_count(2)
    assert _figure() == before
    me.at("doubts/")
    page.keyboard.press("s")
    expect(page.locator("article.doubt")).to_have_count(0)

    # the figure opens to its lists, and the report says it
    me.at("results/")
    page.get_by_role("link", name="Specialists trained").first.click()
    page.wait_for_load_state()
    expect(page.get_by_role("main")).to_contain_text("5")
    me.at("reports/")
    page.locator("main form.narrowing button").click()
    page.wait_for_url(re.compile("language="))
    page.wait_for_load_state()  # with the report in its frame
    me.fits()
    with page.expect_download(timeout=60_000) as saved:
        page.locator("main a.download[href*='form=html']").first.click()
    text = Path(saved.value.path()).read_text("utf-8")
    assert "Specialists trained" in text
