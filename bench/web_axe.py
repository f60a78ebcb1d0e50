"""Accessibility of the list pages in a browser: axe's rules and nodes at two widths, light and dark."""

import shutil
from typing import Any, Final

LISTS: Final = (
    "people/", "events/", "organisations/", "visits/", "sheets/", "documents/", "results/", "statements/",
    "contracts/", "doubts/", "recommendations/", "proposals/", "journal/", "reports/",
)  # fmt: skip
"""Every page of a programme that lists something."""


def violations(here: str, session: str) -> tuple[set[str], int, int]:
    """Rules broken, nodes that break them, and pages looked at; signed in with this session."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    rules: set[str] = set()
    nodes = pages = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for scheme in ("light", "dark"):
            for width in (390, 1280):
                options: dict[str, Any] = {
                    "color_scheme": scheme,
                    "viewport": {"width": width, "height": 900},
                }
                context = browser.new_context(**options)
                context.add_cookies([{"name": "sessionid", "value": session, "url": here}])
                page = context.new_page()
                for path in LISTS:
                    answer = page.goto(f"{here}/en/large/{path}")
                    assert answer is not None
                    if answer.status != 200 or "/-/" in page.url:
                        raise RuntimeError(f"{path} answers {answer.status} at {page.url}")
                    pages += 1
                    for broken in Axe().run(page).response["violations"]:
                        rules.add(broken["id"])
                        nodes += len(broken["nodes"])
                context.close()
        browser.close()
    return rules, nodes, pages
