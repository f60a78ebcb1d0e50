"""Bringing in evidence as a coordinator does: drop a messy list, correct a column, let it count, take it back."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.sound import FITS, violations
from tests.small_folder import FIRST, PROGRAMME, small_folder
from tests.web.factory import SCAN
from tests.web.readers import make_account, signed_in

from karvon.actions.evidence import import_folder
from karvon.records import models as records
from karvon.rules.access import Grant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Visitor]
MESSY = "Uzbekistan,,\nList,who,what\n1,Nargiza Ergasheva,Suvtaminot\n2,Botir Aliyev,Suvtaminot\n"
DROP = """async ([selector, name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/csv" }));
  document.querySelector(selector).dispatchEvent(
    new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def coordinator(visitor: Enter, folder: Path, *, scan: bool = False, **options: object) -> Visitor:
    """A coordinator of the small programme, signed in."""
    reader = visitor(**options)
    described = PROGRAMME
    if scan:
        described = PROGRAMME.replace(
            '"sheets/first.csv"', '"sheets/first.csv"\nscan = "documents/first.png"'
        )
    small = small_folder(folder / "small", description=described)
    if scan:
        (small / "documents/first.png").write_bytes(SCAN)
    import_folder(small)
    reader.programme = "small"
    account = make_account("anna@example.org", Grant("coordinator", "small"))
    session = signed_in(account).cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.origin}])
    return reader


def figure(page: Page, reader: Visitor) -> str:
    reader.goto(page, "results/trained/")
    return page.locator(".figure-number .big").first.inner_text()


def test_a_messy_list_is_dropped_corrected_counted_and_taken_back(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open(width=360)
    assert figure(page, reader) == "5"
    reader.goto(page, "events/water-1/")
    page.evaluate(DROP, ["form.drop", "messy.csv", MESSY])
    page.wait_for_url("**/desk/*/")
    expect(page.locator(".found").first).to_contain_text("0 rows name a person")
    page.get_by_label("Row of the headings").fill("2")
    page.get_by_label("What column B holds").select_option("name")
    page.get_by_label("What column C holds").select_option("organisation")
    page.get_by_role("button", name="Read again like this").click()
    expect(page.locator(".found").first).to_contain_text("2 rows name a person")
    page.get_by_role("button", name="Leave row 4 out").click()
    expect(page.locator("#r4")).to_contain_text("left out by hand")
    assert page.evaluate(FITS)
    assert violations(page) == []
    page.get_by_role("button", name="Let it count").click()
    expect(page.get_by_role("status")).to_contain_text("It counts now: 1 new line.")
    assert figure(page, reader) == "6"
    reader.goto(page, "desk/")
    page.get_by_role("link", name="messy.csv").click()
    page.get_by_role("button", name="Take the whole import back").click()
    expect(page.get_by_role("status")).to_contain_text("It was taken back")
    assert figure(page, reader) == "5"


@pytest.mark.parametrize("code", ["lv", "uz-cyrl"])
def test_the_desk_reads_well_in_the_dark_and_in_other_languages(
    visitor: Enter, tmp_path: Path, code: str
) -> None:
    reader = coordinator(visitor, tmp_path, color_scheme="dark")
    page = reader.open("desk/?event=water-1", code=code, width=390)
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    text = FIRST.replace("Bekzod Tursunov", "Bekzod Tursunof").replace("Shavkat", "Sh.")
    page.evaluate(DROP, ["form.drop", "list.csv", text])
    page.wait_for_url("**/desk/*/")
    assert (violations(page), page.evaluate(FITS)) == ([], True)


def test_without_javascript_everything_is_done_with_buttons(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path, java_script_enabled=False)
    page = reader.open("events/water-1/")
    page.get_by_label("Drop lists and scans").set_input_files(
        [{"name": "third.csv", "mimeType": "text/csv", "buffer": MESSY.replace("who", "Full name").encode()}]
    )
    page.get_by_role("button", name="Lay on the desk").click()
    page.get_by_label("What column B holds").select_option("name")
    page.get_by_role("button", name="Read again like this").click()
    page.get_by_role("button", name="Let it count").click()
    expect(page.get_by_role("status")).to_contain_text("It counts now: 2 new lines.")
    reader.goto(page, "sheets/first/signatures/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved: 1 line changed.")


def test_signatures_are_ticked_with_one_key_beside_the_scan(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path, scan=True)
    page = reader.open("sheets/first/signatures/")
    expect(page.get_by_alt_text("Signed scan of this list")).to_be_visible()
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    page.keyboard.press("s")  # goes to the first line and ticks nothing that nobody looked at
    page.keyboard.press("s")
    page.keyboard.press("s")
    page.keyboard.press("k")
    page.keyboard.press("s")
    expect(page.locator("form[data-unsaved='0']")).to_have_count(1)
    expect(page.locator("[data-seen]")).to_have_text("1")
    expect(page.locator("tr.saved")).to_have_count(1)
    seen = records.SignatureSeen.objects.values_list("line__row", "seen", "by__email")
    assert list(seen) == [(3, True, "anna@example.org")]
    page.reload()
    expect(page.locator("[data-seen]")).to_have_text("1")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)


def test_the_scan_goes_to_the_page_a_line_stands_on(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("desk/?event=water-1")
    written = typst.compile(b"one #pagebreak() two", format="pdf")
    scan = written if isinstance(written, bytes) else written[0]
    messy = MESSY.replace("who", "Full name").encode()
    page.locator("form.drop input[type=file]").set_input_files(
        [
            {"name": "third.csv", "mimeType": "text/csv", "buffer": messy},
            {"name": "third.pdf", "mimeType": "application/pdf", "buffer": scan},
        ]
    )
    page.locator("form.drop button").click()
    page.wait_for_url("**/desk/*/")
    page.get_by_label("What column B holds").select_option("name")
    page.get_by_label("Rows with which a further page of the scan begins").fill("4")
    page.get_by_role("button", name="Read again like this").click()
    expect(page.locator("#r4 th")).to_have_text("4 p. 2")
    assert (violations(page), page.evaluate(FITS)) == ([], True)
    page.get_by_role("button", name="Let it count").click()
    sheet = records.Sheet.objects.get(key__startswith="list-").key
    reader.goto(page, f"sheets/{sheet}/signatures/")
    expect(page.get_by_alt_text("page 1")).to_be_visible()
    assert violations(page) == []
    where = "document.querySelector('.scan').scrollTop"
    page.keyboard.press("j")
    assert page.evaluate(where) == 0
    page.keyboard.press("j")
    assert page.evaluate(where) > 100
    page.keyboard.press("k")
    assert page.evaluate(where) == 0


def test_what_is_too_large_is_told_before_it_is_sent(visitor: Enter, tmp_path: Path) -> None:
    reader = coordinator(visitor, tmp_path)
    page = reader.open("desk/")
    page.evaluate("document.querySelector('form.drop').dataset.most = '10'")
    page.evaluate(DROP, ["form.drop", "big.csv", "x" * 100])
    expect(page.get_by_role("alert")).to_contain_text("All files together may have 100 MB.")
    assert records.Draft.objects.count() == 0
