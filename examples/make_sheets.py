"""Make the sheets, scans and agendas of the training example: ``python examples/make_sheets.py``.

Everybody in them is invented. The same bytes come out every time. The truth (who stands on which row) is
written to ``tests/story/gold.csv``; the programme folder itself does not know it.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "uzbekistan-2018"
sys.path.insert(0, str(HERE))

from sheet_making import feedback, lists  # noqa: E402  (found beside this file, wherever it is started from)
from sheet_making.agendas import agendas  # noqa: E402
from sheet_making.grid import SignInList  # noqa: E402
from sheet_making.scans import scan_of  # noqa: E402
from sheet_making.spellings import Invented, Orthography  # noqa: E402
from sheet_making.writing import bytes_of  # noqa: E402


def made_lists() -> list[SignInList]:
    """Every list of the example, in the order of the story."""
    people = {row["person"]: Invented(*row.values()) for row in _table("people.csv")}
    words = {
        (row["kind"], row["key"], language): row[language]
        for row in _table("words.csv")
        for language in ("lv", "lv_f", "en", "ru", "uz")
    }

    def clerk(orthography: Orthography, roles: Mapping[str, str]) -> lists.Clerk:
        return lists.Clerk(people, words, orthography, roles)

    return [make(clerk) for make in lists.ALL]


def gold(made: list[SignInList]) -> str:
    """``file,sheet,row,person,role,name`` for every row that names somebody."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "sheet", "row", "person", "role", "name"))
    for each in made:
        for tab, grid in each.tabs:
            for truth in grid.truths:
                writer.writerow((each.file, tab, truth.row, truth.person, truth.role, truth.name))
    return text.getvalue()


def files(made: list[SignInList]) -> Iterator[tuple[str, bytes]]:
    """Path in the programme folder and content."""
    for each in made:
        yield f"sheets/{each.file}", bytes_of(each)
        if each.scan:
            yield f"documents/{each.scan}", scan_of(each)
    yield f"documents/{feedback.NAME}", feedback.answers()
    for name, content in agendas(FOLDER):
        yield f"documents/{name}", content


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / "sheet_making" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def main() -> None:
    """Write the folder's files in place and the truth beside the tests; with ``--into FOLDER`` all of it there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="write into this folder instead")
    into = parser.parse_args().into
    made = made_lists()
    for path, content in files(made):
        target = (into or FOLDER) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"{len(content):>8}  {path}")
    truth = into / "gold.csv" if into else HERE.parent / "tests" / "story" / "gold.csv"
    truth.write_text(gold(made), encoding="utf-8")


if __name__ == "__main__":
    main()
