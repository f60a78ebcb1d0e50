"""The HTML report in a real browser: nothing inaccessible, nothing requested, nothing wider than the screen."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.files.reports.sample import sample_report

from karvon.files.reports.results.report import render

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 390, "light"),
        ("lv", 390, "dark"),
        ("ru", 1280, "light"),
        ("uz", 1280, "dark"),
        ("uz-Cyrl", 390, "light"),
    ],
)
def test_axe_finds_nothing(browser: Browser, language: str, width: int, scheme: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(render(sample_report(), language, "html"))
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # axe is put into the page from outside
    )
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(file.as_uri())
    found = [
        (violation["id"], node["html"][:120])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert found == []
    assert requested == [file.as_uri()]
    assert wide <= width


def test_the_page_s_own_policy_lets_it_look_as_meant(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(render(sample_report(), "lv", "html"))
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    aligned = page.evaluate("getComputedStyle(document.querySelector('td.end')).textAlign")
    page.close()

    assert (aligned, said) == ("right", [])
