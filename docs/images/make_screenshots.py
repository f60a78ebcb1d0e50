"""Make the documentation's pictures of the website from the example programme, whose people are all fictitious.

    .venv/bin/python docs/images/make_screenshots.py [FOLDER]

The example is imported into a folder of its own that is removed afterwards; nothing of yours is touched.
Needs Debian's chromium (or another: ``KARVON_CHROMIUM=/path/to/chromium``).
"""

import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "uzbekistan-2018"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


LIST = """No;Kas;No kurienes;Amats
1;Шавкат Йўлдошев;Сувсоз;муҳандис
2;Rahimova Dilnoza;Chirchiq zilol suv;engineer
3;Karimov A.;Issiqlik nuri;engineer
"""
"""As people keep them: headings nobody could know, several scripts. All names are fictitious."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, how wide the window is, and how it is called."""

    name: str
    path: str
    code: str = "en"
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    typed: str = ""
    coordinator: bool = False
    """Whether a coordinator with an account looks, after all pictures without one."""
    brings: str = ""
    """A list that is dropped on the page before the picture is taken."""
    part: str = ""
    """The part of the page that is shown at the top; '' for its beginning."""


PICTURES = (
    Picture("overview", "", height=1240),
    Picture("overview-dark", "", scheme="dark", height=1240),
    Picture("overview-phone", "", code="uz", width=390, height=844),
    Picture("figure", "results/trained/", height=1300),
    Picture("results", "results/", code="lv"),
    Picture("sheet", "sheets/tashkent-heat-2/", code="uz-cyrl", height=1300),
    Picture("visit", "visits/tashkent-october/", code="ru", height=1200),
    Picture("statements", "statements/", height=1000),
    Picture("search", "search/", code="lv", typed="Karimovs", height=700),
    Picture("write", "write/", height=1100, coordinator=True),
    Picture("new-visit", "write/visit/new/", height=1050, coordinator=True),
    Picture("desk", "events/tashkent-waste/", height=1300, coordinator=True, brings=LIST),
    Picture(
        "desk-phone",
        "events/tashkent-waste/",
        code="lv",
        width=390,
        height=844,
        coordinator=True,
        brings=LIST,
        part=".desk-form",
    ),
    Picture("doubts", "doubts/", height=900, coordinator=True),
    Picture("attendance", "events/tashkent-waste/attendance/", height=900, coordinator=True),
    Picture("figure-parts", "results/trained/?by=sector", height=1100, coordinator=True, part="#by"),
    Picture("reports", "reports/?language=en", height=1000, coordinator=True),
    Picture("journal", "journal/", height=900, coordinator=True),
)


def make_pictures(folder: Path) -> list[Path]:
    """Import, serve on a free port of this machine, and take every picture; their paths."""
    import django

    django.setup()
    from django.core.management import call_command
    from waitress.server import create_server

    from karvon.actions.evidence import import_folder
    from karvon.server.wsgi import application

    call_command("migrate", verbosity=0)
    key = import_folder(EXAMPLE).programme
    server = create_server(application, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        return _take(f"http://127.0.0.1:{server.effective_port}", key, folder)
    finally:
        server.close()


def _take(origin: str, key: str, folder: Path) -> list[Path]:
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright:
        path = os.environ.get("KARVON_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        signed_in: Any = None
        for picture in PICTURES:
            if picture.coordinator and signed_in is None:
                signed_in = _signed_in(browser, origin)
            context = browser.new_context(
                storage_state=signed_in if picture.coordinator else None,
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.scheme == "dark" else "light",
                device_scale_factor=2 if picture.width < 600 else 1,
            )
            page = context.new_page()
            page.goto(f"{origin}/{picture.code}/{key}/{picture.path}")
            if picture.typed:
                page.locator("main input[name=q]").fill(picture.typed)
                page.locator("main form button").first.click()
                page.wait_for_load_state()
            if picture.brings:
                brought = {"name": "waste.csv", "mimeType": "text/csv", "buffer": picture.brings.encode()}
                page.locator("main input[type=file]").set_input_files(brought)  # type: ignore[arg-type]
                page.locator("main form:has(input[type=file]) button").last.click()
                page.wait_for_load_state()
                for column, field in (("B", "name"), ("C", "organisation"), ("D", "position")):
                    page.locator(f"main select[name=col-{column}]").select_option(field)
                page.locator("main button[value=correct]").first.click()
                page.wait_for_load_state()
            if picture.part:
                page.locator(picture.part).evaluate("one => one.scrollIntoView({behavior: 'instant'})")
            target = folder / f"{picture.name}.png"
            page.screenshot(path=target)
            taken.append(target)
            context.close()
        browser.close()
    return taken


def _signed_in(browser: Any, origin: str) -> Any:
    """The session of somebody who made the first account and shows codes of an app, as the guide tells it."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    from karvon.actions.accounts import make_first_link
    from karvon.actions.journal import COMMAND

    token = _beside(lambda: make_first_link(by=COMMAND))
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{origin}/en/-/link/{token}/")
    page.locator("main input[type=email]").fill("coordinator@example.org")
    page.locator("main input[type=password]").fill(secrets.token_urlsafe(16))
    page.locator("main form button").first.click()
    page.locator("main a[href$='/account/app/']").first.click()
    secret = page.locator("code.secret").inner_text()
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    page.locator("main input[name=code]").fill(code)
    page.locator("main form button").first.click()
    page.locator(".codes").wait_for()
    state = context.storage_state()
    context.close()
    return state


def _beside(ask: Callable[[], Any]) -> Any:
    """Ask the database in a thread of its own: the browser's driver runs a loop in this one."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(ask()))
    thread.start()
    thread.join()
    return found[0]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="karvon-pictures-") as home:
        os.environ["KARVON_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "karvon.server.settings"
        for made in make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
            sys.stdout.write(f"{made}\n")
