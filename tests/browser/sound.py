"""What every page is held to: axe finds nothing, in the light and in the dark, nothing scrolls sideways, and every
cell of a table stands under its heading."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FITS = "document.documentElement.scrollWidth <= window.innerWidth"
LOOKS = (("light", 1280), ("dark", 390))
"""At a desk in the light, on a telephone in the dark: every width and every colour once, in half of the time that each
with each would take."""
_AXE = Axe().axe_script
_BROKEN = """() => axe.run({resultTypes: ["violations"]}).then(
  (found) => found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((one) => one.html.slice(0, 90))}`)
)"""


_OUT_OF_PLACE = """() => [...document.querySelectorAll("table")].flatMap((table) => {
  const rows = [...table.rows].filter((row) => getComputedStyle(row).display === "table-row");
  const wide = (row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
  const spans = rows.some((row) => [...row.cells].some((cell) => cell.rowSpan > 1));
  return rows.filter((row) => [...row.cells].some((cell) => getComputedStyle(cell).display !== "table-cell")
    || (!spans && wide(row) !== wide(rows[0]))).slice(0, 3).map((row) => `out of place: ${row.innerText.slice(0, 90)}`);
})"""


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it stands."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(f"{_AXE};0")
    broken: list[str] = page.evaluate(_BROKEN)
    return broken


def unsound(page: Page) -> list[str]:
    """What is wrong with a page: all axe finds, and where it is too wide; the page is then as it was."""
    before, found = page.viewport_size, []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it knows
        page.set_viewport_size({"width": width, "height": 900})
        wrong = violations(page) + ([] if page.evaluate(FITS) else ["scrolls sideways"])
        wrong += page.evaluate(_OUT_OF_PLACE) if width == max(width for _, width in LOOKS) else []
        found += [f"{scheme}, {width}: {one}" for one in wrong]
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    return found


def too_wide(page: Page, *widths: int) -> list[int]:
    """Those of some widths of a window at which the page, as it stands, scrolls sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if not page.evaluate(FITS):
            found.append(width)
    return found
