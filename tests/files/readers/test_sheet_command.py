"""``karvon sheet read`` as a coordinator and as a program use it."""

import json
import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from karvon.cli.sheet import sheet
from karvon.rules.wording import LANGUAGES

Write = Callable[..., pathlib.Path]
LIST = [
    ["No", "Name", "Organisation", "10.10.2018", "11.10.2018"],
    [1, "Anvar Karimov", "Heat Company", "P", "A"],
    [],
    ["", "Total", 1, 1, 0],
]


def test_json_has_the_published_shape(xlsx: Write) -> None:
    done = CliRunner().invoke(sheet, ["read", str(xlsx(LIST)), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "tables": [
            {
                "sheet": "Sheet1",
                "header_rows": [1],
                "columns": {"name": "B", "number": "A", "organisation": "C", "days": ["D", "E"]},
                "rows": [
                    {
                        "where": "Sheet1!2",
                        "name": "Anvar Karimov",
                        "number": "1",
                        "organisation": "Heat Company",
                        "days": {"D": "P", "E": "A"},
                    }
                ],
                "skipped": [
                    {"where": "Sheet1!3", "reason": "blank"},
                    {"where": "Sheet1!4", "reason": "total"},
                ],
            }
        ],
        "problems": [],
    }


def test_delimited_text_has_no_sheet_name(text: Write) -> None:
    done = CliRunner().invoke(sheet, ["read", str(text("Name\nAnvar Karimov\nOlga Petrova\n")), "--json"])
    table = json.loads(done.stdout)["tables"][0]
    assert table["sheet"] == ""
    assert [row["where"] for row in table["rows"]] == ["2", "3"]


def test_a_refusal_is_json_on_stdout_a_sentence_on_stderr_and_code_2(text: Write) -> None:
    done = CliRunner().invoke(sheet, ["read", str(text("Price,Quantity\n1,2\n")), "--json"])
    assert done.exit_code == 2
    data = json.loads(done.stdout)
    assert data["tables"] == []
    assert [problem["code"] for problem in data["problems"]] == ["sheet.no_people"]
    assert done.stderr == data["problems"][0]["text"] + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_speaks_every_language(xlsx: Write, language: str) -> None:
    done = CliRunner().invoke(sheet, ["read", str(xlsx(LIST)), "--language", language])
    assert done.exit_code == 0
    assert "Sheet1!2  Anvar Karimov  · Heat Company" in done.stdout
    assert done.stderr == ""


def test_the_english_summary(xlsx: Write) -> None:
    done = CliRunner().invoke(sheet, ["read", str(xlsx(LIST))])
    assert done.stdout == (
        "Sheet1: 1 person\n"
        "  columns: number A, name B, organisation C\n"
        "  2 day columns: D–E\n"
        "        Sheet1!2  Anvar Karimov  · Heat Company\n"
        "  skipped rows: blank 1, total 1\n"
    )


def test_reading_needs_no_django() -> None:
    code = (
        "import sys, karvon.cli.sheet; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
