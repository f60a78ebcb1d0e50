"""Reading a sheet of 20,000 people, with all that is decided about it, beside bare calamine on the same file."""

import pathlib
import random
import tempfile
from statistics import median

import openpyxl
from python_calamine import CalamineWorkbook

from bench import Row, timed
from karvon.files.readers.sign_in_sheet import read_sheet

PEOPLE = 20_000
TIMES = 5


def measure() -> list[Row]:
    """Both readers in turn on one workbook, the median of five each; the bar is twice the time."""
    with tempfile.TemporaryDirectory() as folder:
        path = _workbook(pathlib.Path(folder) / "list.xlsx")
        ours, bare = [], []
        assert len(read_sheet(path).rows) == PEOPLE  # and everything that is read once is read
        for _ in range(TIMES):
            bare.append(timed(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())[1])
            ours.append(timed(lambda: read_sheet(path))[1])
    return [Row("reading 20,000 rows of xlsx, beside bare calamine", median(ours), median(bare), "s", 2.0)]


def _workbook(path: pathlib.Path) -> pathlib.Path:
    """A list with a title, a header, names in two columns and eight more: all different people."""
    chance = random.Random(2018)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List")
    sheet.append(["Participants of the training"])
    sheet.append([])
    sheet.append(
        [
            "No",
            "Surname",
            "Given name",
            "Organisation",
            "Position",
            "E-mail",
            "Phone",
            "Sex",
            "10.10.2018",
            "11.10.2018",
        ]
    )
    letters = "aeioukrmnst"
    for number in range(1, PEOPLE + 1):
        surname = "".join(chance.choices(letters, k=6)).capitalize()
        given = chance.choice(["Anvar", "Olga", "Ivan", "Nodira", "Anna", "Victor"])
        sheet.append(
            [
                number,
                surname + ("ov" if number % 2 else "ova"),
                given,
                f"Company {number % 300}",
                "engineer",
                f"{surname.lower()}{number}@example.org",
                f"+99890{number:07}",
                "F" if number % 2 else "M",
                "P",
                chance.choice("PA"),
            ]
        )
    book.save(path)
    return path
