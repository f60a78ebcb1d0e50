"""The example's sheets: made by a script, read back row by row as the truth says."""

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.story import told

from karvon.files.programme_folder import FolderReading
from karvon.rules.evidence.sheet import SheetReading
from karvon.rules.wording import LANGUAGES, problem_text

FILES = sorted({row.file for row in told.gold_rows()})


def test_the_script_makes_the_files_that_are_kept(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, told.REPOSITORY / "examples" / "make_sheets.py", "--into", tmp_path],
        capture_output=True,
        encoding="utf-8",
    )
    assert made.returncode == 0, made.stderr
    kept = {
        path.relative_to(told.EXAMPLE).as_posix(): path.read_bytes()
        for room in ("sheets", "documents")
        for path in (told.EXAMPLE / room).iterdir()
    }
    assert (tmp_path / "gold.csv").read_bytes() == told.GOLD.read_bytes()
    new = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for room in ("sheets", "documents")
        for path in (tmp_path / room).iterdir()
    }
    assert sorted(new) == sorted(kept)
    assert [path for path in sorted(kept) if new[path] != kept[path]] == []


@pytest.mark.parametrize("file", FILES)
def test_every_row_that_names_somebody_is_read_and_no_other(
    file: str, read: Mapping[str, SheetReading], gold: tuple[told.GoldRow, ...]
) -> None:
    assert [(row.sheet, row.row) for row in read[file].rows] == [
        (row.sheet, row.row) for row in gold if row.file == file
    ]


@pytest.mark.parametrize("file", FILES)
def test_names_are_read_exactly_as_written(file: str, lines: tuple[told.ToldLine, ...]) -> None:
    of_file = [line for line in lines if line.gold.file == file]
    assert [line.name for line in of_file] == [line.gold.name for line in of_file]


@pytest.mark.parametrize("file", FILES)
def test_every_participant_comes_with_an_organisation(file: str, lines: tuple[told.ToldLine, ...]) -> None:
    participants = [line for line in lines if line.gold.file == file and line.gold.role == "participant"]
    assert [line.name for line in participants if not line.row.cells.get("organisation")] == []


def test_nothing_in_the_sheets_is_refused(read: Mapping[str, SheetReading]) -> None:
    refused = [p for reading in read.values() for p in reading.problems if p.severity == "error"]
    assert [problem_text(problem, "en") for problem in refused] == []


def test_a_doubt_about_a_sheet_is_told_in_every_language(read: Mapping[str, SheetReading]) -> None:
    doubts = [problem for reading in read.values() for problem in reading.problems]
    assert [p.code for p in doubts for language in LANGUAGES if not problem_text(p, language)] == []


def test_the_sheets_come_in_many_formats_and_all_orthographies(gold: tuple[told.GoldRow, ...]) -> None:
    assert len(FILES) >= 14
    assert {file.rpartition(".")[2] for file in FILES} == {"xlsx", "xls", "ods", "csv", "tsv", "docx"}
    written = {row.name for row in gold if row.person == "P067"}
    assert written == {
        "Тешабоев Адҳам Мамадиёр ўғли", "Teshaboyev Adham Mamadiyor o‘g‘li",
        "Тешабоев А.М.", "Teşaboyev Adham Mamadiyor öğli",
    }  # fmt: skip
    assert {row.name for row in gold if row.person == "P007"} == {
        "Džahangirs Gofurovs", "Gofurovs Džahangirs", "Гофуров Джахангир Мурадович", "Djakhangir Gofurov",
        "ГОФУРОВ Джахангир Мурадович",
    }  # fmt: skip


def test_two_thirds_of_the_lists_have_a_signed_scan(folder: FolderReading) -> None:
    scanned = Counter(bool(sheet.scan) for sheet in folder.description.sheets)
    assert scanned == {True: 13, False: 5}


def test_the_truth_stays_outside_the_folder(gold: tuple[told.GoldRow, ...]) -> None:
    told_by_folder = (told.EXAMPLE / "programme.toml").read_text(encoding="utf-8")
    assert [row.person for row in gold if row.person.startswith("P") and row.person in told_by_folder] == []
