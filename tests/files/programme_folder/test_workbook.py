"""``programme.xlsx`` says what ``programme.toml`` says, and every problem names its cell."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.files.programme_folder.examples import FILES, guide_toml, make_folder, problems_of
from tests.files.programme_folder.filling import fill_in

from karvon.files.programme_folder import read_folder
from karvon.files.programme_folder.starting import init_workbook
from karvon.rules.problems import Place, Problem
from karvon.rules.programme.text import Text
from karvon.rules.wording import LANGUAGES

PROGRAMME = [["key", "title", "languages"], ["p", "Programma", "lv; en"]]
VISIT = [
    ["Key", "direction", "Title", "title.en", "starts", "ends", "shares"],
    ["v", "outgoing", "Vizīte", "Visit", "2018-10-10", "12.10.2018", ""],
]


def workbook(folder: Path, tabs: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "programme.xlsx")
    return folder


def in_one_order(value: Any) -> Any:
    """The same with the languages of every text sorted: a tab gives all its rows the order of its columns."""
    if isinstance(value, Text):
        return Text(tuple(sorted(value.said)))
    if isinstance(value, tuple):
        return tuple(map(in_one_order, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: in_one_order(getattr(value, field.name)) for field in fields(value)}
        )
    return value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_workbook_reads_equal_to_the_same_toml(tmp_path: Path, language: str) -> None:
    expected = read_folder(make_folder(tmp_path / "toml", guide_toml())).description
    folder = tmp_path / "xlsx"
    fill_in(init_workbook(folder, language), expected, language)
    for path, content in FILES.items():
        (folder / path).write_bytes(content)
    assert in_one_order(read_folder(folder).description) == in_one_order(expected)


def test_numbers_dates_and_lists_are_read_as_people_write_them(tmp_path: Path) -> None:
    tabs = {
        "programme": PROGRAMME,
        "organisation": [["key", "name"], ["f", "Fonds"]],
        "contract": [["key", "number", "funder", "budget_amount", "budget_currency"],
                     [79, "79", "f", "50 000,50", "EUR"]],
        "visit": [VISIT[0], [*VISIT[1][:6], "79: 60,5 %"]],
        "event": [
            ["key", "visit", "kind", "title", "starts", "ends", "sectors", "head_count", "structured"],
            ["e", "v", "Training", "Mācības", "2018-10-10", "2018-10-11", 14021, "2018-10-10: 30; 11.10.2018: 28",
             "nē"],
        ],
    }  # fmt: skip
    by_hand = """
[programme]
key = "p"
title = "Programma"
languages = ["lv", "en"]
[[contract]]
key = "79"
number = "79"
funder = "f"
budget = {amount = 50000.5, currency = "EUR"}
[[organisation]]
key = "f"
name = "Fonds"
[[visit]]
key = "v"
direction = "outgoing"
title = {lv = "Vizīte", en = "Visit"}
starts = 2018-10-10
ends = 2018-10-12
shares = {79 = 60.5}
[[event]]
key = "e"
visit = "v"
kind = "training"
title = "Mācības"
starts = 2018-10-10
ends = 2018-10-11
sectors = "water-supply"
head_count = {2018-10-10 = 30, 2018-10-11 = 28}
structured = false
"""
    expected = read_folder(make_folder(tmp_path / "toml", by_hand, {})).description
    assert read_folder(workbook(tmp_path / "xlsx", tabs)).description == expected


def test_notes_comments_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "plain", {"programme": PROGRAMME})
    noted = workbook(
        tmp_path / "noted",
        {
            "# notes": [["call them"]],
            "PROGRAMME": [["# ours"], [], PROGRAMME[0], ["# a hint"], [" "], PROGRAMME[1]],
        },
    )
    assert read_folder(noted).description == read_folder(plain).description


WRONG: dict[str, tuple[dict[str, list[list[Any]]], Problem]] = {
    "a formula": (
        {"programme": PROGRAMME, "visit": [VISIT[0], [*VISIT[1][:2], "=A1", *VISIT[1][3:]]]},
        Problem("folder.formula", Place("programme.xlsx", "visit", 2, "C")),
    ),
    "an error value": (
        {"programme": PROGRAMME, "visit": [VISIT[0], [*VISIT[1][:2], "#REF!", *VISIT[1][3:]]]},
        Problem("folder.cell_error", Place("programme.xlsx", "visit", 2, "C"), {"found": "#REF!"}),
    ),
    "an unknown tab": (
        {"programme": PROGRAMME, "visitz": VISIT},
        Problem("folder.unknown_tab_meant", Place("programme.xlsx", "visitz")),
    ),
    "one kind in two tabs": (
        {"programme": PROGRAMME, "visit": VISIT, "Vizītes": VISIT},
        Problem("folder.tab_twice", Place("programme.xlsx", "Vizītes"), {"first": "visit", "kind": "visit"}),
    ),
    "an unknown heading": (
        {"programme": [[*PROGRAMME[0], "sumary"], PROGRAMME[1]]},
        Problem("folder.unknown_column_meant", Place("programme.xlsx", "programme", 1, "D")),
    ),
    "a heading twice": (
        {"programme": [[*PROGRAMME[0], "Nosaukums"], PROGRAMME[1]]},
        Problem("folder.column_twice", Place("programme.xlsx", "programme", 1, "D"), {"found": "Nosaukums"}),
    ),
    "a cell without a heading": (
        {"programme": [PROGRAMME[0], [*PROGRAMME[1], "extra"]]},
        Problem("folder.cell_without_heading", Place("programme.xlsx", "programme", 2, "D"), {"found": "extra"}),
    ),
    "a missing value": (
        {"programme": [PROGRAMME[0], ["p", "", "lv"]]},
        Problem("folder.missing", Place("programme.xlsx", "programme", 2, "B", "title"), {"field": "title"}),
    ),
    "a missing column": (
        {"programme": [PROGRAMME[0][:2], ["p", "P"]]},
        Problem("folder.missing", Place("programme.xlsx", "programme", 2, "", "languages"), {"field": "languages"}),
    ),
    "a text in an unknown language": (
        {"programme": [["key", "title.xx", "languages"], PROGRAMME[1]]},
        Problem(
            "folder.unknown_language",
            Place("programme.xlsx", "programme", 2, "B", "title.xx"),
            {"found": "xx", "suggestion": "", "allowed": "lv, en, ru, uz, uz-Cyrl"},
        ),
    ),
    "a text in one language twice": (
        {"programme": [[*PROGRAMME[0], "title.lv"], [*PROGRAMME[1], "Vēlreiz"]]},
        Problem("folder.said_twice", Place("programme.xlsx", "programme", 2, "D", "title.lv"), {"found": "lv"}),
    ),
    "shares without a colon": (
        {"programme": PROGRAMME, "visit": [VISIT[0], [*VISIT[1][:6], "LV-79 60"]]},
        Problem("folder.not_named_values", Place("programme.xlsx", "visit", 2, "G", "shares"), {"found": "LV-79 60"}),
    ),
    "an unknown contract": (
        {"programme": PROGRAMME, "visit": [VISIT[0], [*VISIT[1][:6], "LV-79: 60"]]},
        Problem(
            "folder.unknown_reference",
            Place("programme.xlsx", "visit", 2, "G", "shares.LV-79"),
            {"found": "LV-79", "kind": "contract", "suggestion": "", "allowed": ""},
        ),
    ),
    "a visit that ends before it starts": (
        {"programme": PROGRAMME, "visit": [VISIT[0], [*VISIT[1][:5], "9.10.2018", ""]]},
        Problem(
            "folder.ends_before_start",
            Place("programme.xlsx", "visit", 2, "F", "ends"),
            {"starts": "2018-10-10", "ends": "2018-10-09"},
        ),
    ),
    "two programmes": (
        {"programme": [*PROGRAMME, ["q", "Q", "lv"]]},
        Problem("folder.programme_twice", Place("programme.xlsx", "programme", 3)),
    ),
    "a target of no indicator": (
        {"programme": PROGRAMME, "target": [["indicator", "value"], ["trained", 75]]},
        Problem(
            "folder.unknown_reference",
            Place("programme.xlsx", "target", 2, "A", "indicator"),
            {"found": "trained", "kind": "indicator", "suggestion": "", "allowed": ""},
        ),
    ),
    "no programme": (
        {"organisation": [["key", "name"], ["f", "Fonds"]]},
        Problem(
            "folder.no_programme", Place("programme.xlsx"), {"kind": "programme", "needed": "key, title, languages"}
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tabs", "problem"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_cell(
    tmp_path: Path, tabs: dict[str, list[list[Any]]], problem: Problem
) -> None:
    found = problems_of(workbook(tmp_path, tabs))
    assert [(one.code, one.where) for one in found] == [(problem.code, problem.where)]
    if problem.facts:
        assert found == [problem]


def test_a_problem_says_its_cell_as_file_tab_and_cell(tmp_path: Path) -> None:
    tabs, _ = WRONG["a missing value"]
    assert str(problems_of(workbook(tmp_path, tabs))[0].where) == "programme.xlsx!programme!B2: title"


def packed(name: str, content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, content)
    return data.getvalue()


def cut_off(folder: Path) -> bytes:
    whole = (workbook(folder, {"programme": PROGRAMME}) / "programme.xlsx").read_bytes()
    return whole[: len(whole) // 2]


def without_its_workbook(folder: Path) -> bytes:
    return packed("hello.txt", b"hello")


def encrypted(folder: Path) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def bomb(folder: Path) -> bytes:
    return packed("xl/workbook.xml", b"\0" * 250_000_000)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (cut_off, "workbook_damaged"),
        (without_its_workbook, "workbook_damaged"),
        (encrypted, "workbook_encrypted"),
        (bomb, "workbook_bomb"),
    ],
)
def test_a_workbook_that_cannot_be_opened_safely_is_refused(
    tmp_path: Path, made: Callable[[Path], bytes], code: str
) -> None:
    data = made(tmp_path)
    (tmp_path / "programme.xlsx").write_bytes(data)
    assert [(p.code, p.where) for p in problems_of(tmp_path)] == [(f"folder.{code}", Place("programme.xlsx"))]
