"""What every page is held to: axe finds nothing, in the light and in the dark, and nothing scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FITS = "document.documentElement.scrollWidth <= window.innerWidth"
_OF_COLOURS = "axe.run({runOnly: ['color-contrast', 'link-in-text-block'], resultTypes: ['violations']})"


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it stands."""
    return _told(Axe().run(page).response["violations"])


def unsound(page: Page) -> list[str]:
    """What is wrong with a page: all axe finds, what it finds about colours in the dark, and that it is too wide.

    Between light and dark only colours differ, so in the dark only the rules about colours are asked again.
    """
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"in the dark: {one}" for one in _told(page.evaluate(_OF_COLOURS)["violations"])]
    page.emulate_media(color_scheme="light")
    return found + ([] if page.evaluate(FITS) else ["scrolls sideways"])


def too_wide(page: Page, *widths: int) -> list[int]:
    """Those of some widths of a window at which the page, as it stands, scrolls sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if not page.evaluate(FITS):
            found.append(width)
    return found


def _told(found: list[dict]) -> list[str]:  # type: ignore[type-arg]  # as axe gives them
    return [f"{rule['id']}: {[node['html'][:90] for node in rule['nodes'][:3]]}" for rule in found]
