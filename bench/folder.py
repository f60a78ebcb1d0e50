"""A programme folder of any size, with invented people who sign in several spellings, the same on every run."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from karvon import catalog

SHEET_ROWS: Final = 100
HEAD: Final = ("№", "F.I.Sh.", "Tashkilot", "Lavozim", "Telefon", "Imzo")
POSITIONS: Final = (
    "bosh mutaxassis",
    "muhandis",
    "boʻlim boshligʻi",
    "direktor oʻrinbosari",
    "yetakchi mutaxassis",
)
FIRST_DAY: Final = date(2018, 1, 8)


@dataclass(frozen=True, slots=True)
class Attendee:
    given: str
    father: str
    surname: str
    organisation: str
    position: str
    phone: str

    def written(self, how: random.Random) -> str:
        """One of the ways in which this person signs."""
        initial, patronymic = (
            self.given[0],
            self.father + ("ovich" if self.father[-1] not in "aeiou" else "yevich"),
        )
        return how.choice(
            (
                f"{self.surname} {self.given}",
                f"{self.surname} {self.given} {patronymic}",
                f"{self.given} {self.surname}",
                f"{self.surname.upper()} {self.given}",
                f"{self.surname} {initial}.",
            )
        )


def attendees(number: int, draw: random.Random) -> list[Attendee]:
    given = catalog.load("names/given")["m"]["uzbek"].split()
    surnames = [name for names in catalog.load("names/surnames")["shares"].values() for name in names.split()]
    organisations = [
        f"«{town}{kind}» DUK" for town in surnames[:60] for kind in ("suv", "issiqlik", "taʼmir")
    ]
    return [
        Attendee(
            draw.choice(given), draw.choice(given), draw.choice(surnames), draw.choice(organisations),
            draw.choice(POSITIONS), f"+998 9{draw.randint(0, 9)} {draw.randint(1_000_000, 9_999_999)}",
        )
        for _ in range(number)
    ]  # fmt: skip


def write_folder(folder: Path, *, rows: int) -> None:
    """Sheets of a hundred rows, half of them workbooks and half csv; everybody signs about three times."""
    draw = random.Random(2018)
    known = attendees(rows // 3, draw)
    (folder / "sheets").mkdir(parents=True)
    parts = [_opening()]
    for number in range(-(-rows // SHEET_ROWS)):
        day = FIRST_DAY + timedelta(days=number)
        suffix = "csv" if number % 2 else "xlsx"
        lines = [
            (
                row,
                one.written(draw),
                one.organisation,
                one.position,
                one.phone if draw.random() < 0.5 else "",
                "+",
            )
            for row, one in enumerate(
                draw.sample(known, min(SHEET_ROWS, rows - number * SHEET_ROWS, len(known))), 1
            )
        ]
        _write_sheet(folder / "sheets" / f"{number:04}.{suffix}", lines)
        parts.append(_event(number, day, suffix))
    (folder / "programme.toml").write_text("\n".join(parts), "utf-8")


def _write_sheet(path: Path, lines: Sequence[tuple[int | str, ...]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *lines])
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Roʻyxat")
    for line in (HEAD, *lines):
        sheet.append(line)
    book.save(path)


def _opening() -> str:
    return """
[programme]
key = "large"
title = "Large programme"
languages = ["en", "uz"]
starts = 2018-01-01
ends = 2028-12-31
home_country = "LV"
partner_countries = ["UZ"]
as_of = 2028-12-31
fictitious = true

[[organisation]]
key = "funder"
name = "Funder"

[[contract]]
key = "grant"
number = "G-1"
funder = "funder"

[[contract]]
key = "cluster"
number = "C-1"
funder = "funder"

[[indicator]]
key = "specialists"
title = "Specialists trained"
measure = "people"
rule = "unique-in-period"
"""


def _event(number: int, day: date, suffix: str) -> str:
    shares = ("{grant = 100}", "{cluster = 100}", "{grant = 60, cluster = 40}")[number % 3]
    return f"""
[[visit]]
key = "visit-{number}"
direction = "outgoing"
title = "Expert mission {number}"
starts = {day}
ends = {day}
places = ["tashkent"]
shares = {shares}

[[event]]
key = "training-{number}"
visit = "visit-{number}"
kind = "training"
title = "Training {number}"
starts = {day}
place = "tashkent"
hours = 8

[[sheet]]
key = "sheet-{number}"
file = "sheets/{number:04}.{suffix}"
event = "training-{number}"
day = {day}
"""
