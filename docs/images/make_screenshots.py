"""Make the documentation's pictures of the website from the example programme, whose people are all fictitious.

    .venv/bin/python docs/images/make_screenshots.py [FOLDER]

The example is imported into a folder of its own that is removed afterwards; nothing of yours is touched.
Needs Debian's chromium (or another: ``KARVON_CHROMIUM=/path/to/chromium``).
"""

import os
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "uzbekistan-2018"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


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
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.scheme == "dark" else "light",
                device_scale_factor=2 if picture.width < 600 else 1,
            )
            page.goto(f"{origin}/{picture.code}/{key}/{picture.path}")
            if picture.typed:
                page.locator("main input[name=q]").fill(picture.typed)
                page.locator("main form button").first.click()
                page.wait_for_load_state()
            target = folder / f"{picture.name}.png"
            page.screenshot(path=target)
            taken.append(target)
            page.close()
        browser.close()
    return taken


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="karvon-pictures-") as home:
        os.environ["KARVON_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "karvon.server.settings"
        for made in make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
            sys.stdout.write(f"{made}\n")
