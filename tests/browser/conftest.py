"""A real browser on a real server: every request it makes and every word it complains is written down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.web.factory import make_programme


@dataclass
class Visitor:
    """A reader with a browser, and what their browser did."""

    context: BrowserContext
    origin: str
    programme: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "", *, code: str = "en", width: int = 1280, height: int = 900) -> Page:
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        self._watch(page)
        self.goto(page, path, code=code)
        return page

    def goto(self, page: Page, path: str = "", *, code: str = "en") -> None:
        page.goto(f"{self.origin}/{code}/{self.programme}/{path}")

    def _watch(self, page: Page) -> None:
        page.on("console", lambda said: self._said(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: self._asked(asked.url))

    def _said(self, text: str) -> None:
        if not text.startswith(
            "Clear-Site-Data header on "
        ):  # what the browser did at our word when we signed out
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:")):
            self.elsewhere.append(url)


@pytest.fixture
def visitor(
    browser: Browser, live_server: LiveServer, tmp_path: Path, settings: Settings
) -> Iterator[Callable[..., Visitor]]:
    """Makes a visitor of a small programme; options are those of a browser context."""
    settings.KARVON_HOME = tmp_path
    key = make_programme(rows=5)
    opened: list[Visitor] = []

    def enter(**options: object) -> Visitor:
        context = browser.new_context(**options)  # type: ignore[arg-type]  # passed on as they are
        opened.append(Visitor(context, live_server.url, key))
        return opened[-1]

    yield enter
    for one in opened:
        one.context.close()
        assert (one.elsewhere, one.complaints) == ([], [])
