"""`karvon people explain`, as it is typed: rows of a list without a database, and lines of an installation."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.installation import Installation

from karvon.cli.evidence import bits_text
from karvon.cli.explaining import chance_text
from karvon.cli.language import TAGS, _wording
from karvon.cli.main import command_line
from karvon.rules.identity.finding import Why
from karvon.rules.identity.levels import LEVELS, Rarity
from karvon.rules.problems import Refused

ROWS = """row_id,sheet_id,sheet_date,name,org,position,phone,email,region
1,S1,2018-10-10,Umarov Islom Fozil oʻgʻli,NEK,engineer,971112233,,Tashkent
2,S2,2018-10-11,УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ,НЭК,инженер,97 111 22 33,,Ташкент
3,S2,2018-10-11,Bērziņa Ilze,SIA Ekodoma,,,,Rīga
4,S3,2018-10-12,Umarov I.,NEK,,,,
5,S3,2018-10-12,Umarova Islom,,,,,
6,S4,2018-10-13,Umarov I. F.,,,971112233,,
"""


@pytest.fixture
def rows(tmp_path: Path) -> str:
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    return str(tmp_path / "rows.csv")


def explain(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(command_line({}), ["people", "explain", *arguments, "--language", language])


def test_every_field_is_told_in_words_with_its_share_in_bits_and_the_shares_add_up(rows: str) -> None:
    printed = explain("2", "1", "--rows", rows).stdout.splitlines()
    assert printed[:3] == [
        "2  УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ  ·  НЭК  ·  S2",
        "1  Umarov Islom Fozil oʻgʻli  ·  NEK  ·  S1",
        "",
    ]
    table = [re.split(r" {2,}", line) for line in printed[3 : printed.index("", 3)]]
    assert [(row[0], row[2]) for row in table[:-1]] == [
        ("prior", "any two lines"),
        ("surname", "same (common)"),
        ("given name", "same but for spelling"),
        ("patronymic", "same but for spelling"),
        ("organisation", "agrees (common)"),
        ("position", "agrees (common)"),
        ("region", "agrees (common)"),
        ("telephone", "same"),
    ]
    assert table[-1][0] == "total"
    shares = [float(row[1].replace("−", "-")) for row in table]
    assert abs(sum(shares[:-1]) - shares[-1]) < 0.5
    assert all(re.fullmatch(r"[+−]\d+\.\d", row[1]) for row in table)
    assert printed[-2:] == ["By themselves: one person, for certain.", "Found: one person, for certain."]


def test_what_cannot_be_one_person_is_told_in_words(rows: str) -> None:
    printed = explain("1", "5", "--rows", rows).stdout
    assert re.search(r"^gender of the name +−7\.0 +differs$", printed, re.M)
    assert re.search(r"^contradiction +the lines cannot belong to one person$", printed, re.M)
    assert "Found: two people." in printed


def test_the_lines_that_make_the_difference_are_named(rows: str) -> None:
    said = json.loads(explain("2", "6", "--rows", rows, "--json").stdout)
    assert [line["line"] for line in said["lines"]] == ["2", "6"]
    assert said["total"] == pytest.approx(sum(part["bits"] for part in said["parts"]))
    assert said["found"] == {"state": "same", "together": True}
    assert (said["veto"], said["decision"]) == (False, None)
    assert 0.99 < said["p"] < 1


@pytest.mark.parametrize("language", TAGS)
def test_it_speaks_the_readers_language(rows: str, language: str) -> None:
    words = _wording(language)
    printed = explain("1", "2", "--rows", rows, language=language).stdout
    assert words["evidence_field"]["surname"] in printed
    assert words["evidence_level"]["spelling"] in printed
    assert words["explain_state"]["same"] in printed


@pytest.mark.parametrize("language", TAGS)
def test_every_field_level_and_reason_has_its_words(language: str) -> None:
    words = _wording(language)
    assert set(words["evidence_field"]) == set(LEVELS)
    assert set(words["evidence_level"]) == {level for levels in LEVELS.values() for level in levels}
    assert set(words["evidence_rarity"]) == {*Rarity.__args__} - {""}  # type: ignore[attr-defined]
    assert set(words["explain_reason"]) == {*Why.__args__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("1", "1"), ["people.same_line"]),
        (("1", "99"), ["people.unknown_row"]),
        (("98", "99"), ["people.unknown_row", "people.unknown_row"]),
    ],
)
def test_rows_that_are_not_two_of_the_list_are_refused(
    rows: str, arguments: tuple[str, ...], codes: list[str]
) -> None:
    refused = explain(*arguments, "--rows", rows).exception
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == codes


@pytest.mark.parametrize(
    ("weight", "said"),
    [(0, "p = 0.500"), (650, "p = 0.989"), (1200, "p > 0.999"), (-1200, "p < 0.001"), (10**9, "p > 0.999")],
)
def test_a_chance_is_never_rounded_to_certainty(weight: int, said: str) -> None:
    assert chance_text(weight, "en") == said


def test_bits_are_written_as_the_language_does() -> None:
    assert [bits_text(weight, "en") for weight in (330, -1111, 0, 4)] == ["+3.3", "−11.1", "+0.0", "+0.0"]
    assert bits_text(-170, "lv") == "−1,7"


@pytest.mark.only_on("sqlite")
def test_lines_of_an_installation_are_explained_with_the_decision_that_stands(imported: Installation) -> None:
    people = json.loads(imported.karvon("trace", "trained", "--json").stdout)["people"]
    a, b = (line["line"] for line in next(p for p in people if len(p["lines"]) == 2)["lines"])

    before = imported.karvon("people", "explain", a, b, "--language", "en").stdout
    assert "sheets/first.csv!" in before
    assert "sheets/second.csv!" in before
    assert "Decision: none." in before

    imported.karvon("people", "decide", a, b, "different", "--reason", "two cousins")
    after = imported.karvon("people", "explain", a, b, "--language", "en").stdout
    assert re.search(
        r"^Decision: different people, \d+\s\w+\s\d{4} \d\d:\d\d UTC, on the command line: two cousins\.$",
        after,
        re.M,
    )
    assert "Found: two people.\nWhy it differs: a person decided so." in after
    told = json.loads(imported.karvon("people", "explain", b, a, "--json").stdout)
    assert told["reason"] == {"why": "decided", "lines": [], "bits": None}
    assert (told["decision"]["verdict"], told["decision"]["reason"]) == ("different", "two cousins")
    assert len({line["person"] for line in told["lines"]}) == 2

    refused = imported.karvon("people", "explain", a, "nobody", "--language", "en")
    assert (refused.returncode, refused.stderr[:37]) == (2, "nobody: no line in use has this id. C")
