"""A large register, written straight into the tables: people, their lines, matches and attendances.

The same on every run. Each person's lines hang together by certain matches; about two people in a hundred
stand in components with an undecided match.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db import connection, transaction

from karvon.records import models as records
from karvon.rules.programme.text import Text

CONTRACTS: Final = 10
LINES_OF_AN_EVENT: Final = 160
ATTENDANCES_OF_A_LINE: Final = 2.5
LINES_OF_A_PERSON: Final = 4
UNSETTLED: Final = 0.02
FIRST_DAY: Final = date(2015, 1, 5)
PROGRAMME: Final = "large"
INDICATOR: Final = "specialists"


@dataclass(frozen=True, slots=True)
class Written:
    attendances: int
    people: int
    events: int
    contracts: tuple[str, ...]


@transaction.atomic
def write_register(*, attendances: int) -> Written:
    """Fill an empty, migrated database."""
    draw = random.Random(2018)
    lines = round(attendances / ATTENDANCES_OF_A_LINE)
    events = -(-lines // LINES_OF_AN_EVENT)
    people = lines // LINES_OF_A_PERSON
    programme = records.Programme.objects.create(
        key=PROGRAMME, title=Text.of({"en": "Large programme"}), languages=["en"], home_country="LV"
    )
    contracts = _contracts(programme)
    sheets = _events(programme, contracts, events, draw)
    person_of = [draw.randrange(people) for _ in range(lines)]
    _lines(programme, person_of, people, sheets)
    _matches(programme, person_of, draw)
    written = _attendances(lines, attendances, sheets, draw)
    records.Indicator.objects.create(
        programme=programme, key=INDICATOR, title=Text.of({"en": "Specialists trained"}), measure="people"
    )
    return Written(written, len(set(person_of)), events, tuple(contract.key for contract in contracts))


def _contracts(programme: records.Programme) -> list[records.Contract]:
    funder = records.Organisation.objects.create(programme=programme, key="funder", kind="donor")
    return records.Contract.objects.bulk_create(
        records.Contract(programme=programme, key=f"c{n}", number=f"C-{n}", funder=funder, order=n)
        for n in range(CONTRACTS)
    )


def _events(
    programme: records.Programme, contracts: list[records.Contract], number: int, draw: random.Random
) -> list[tuple[int, int, date]]:
    """A visit for every ten events, events of five days with one to three contracts, a sheet for each.

    Sheet, event and first day of each."""
    visits = records.Visit.objects.bulk_create(
        records.Visit(
            programme=programme,
            key=f"v{n}",
            order=n,
            direction="outgoing",
            starts=FIRST_DAY,
            ends=FIRST_DAY + timedelta(3650),
        )
        for n in range(-(-number // 10))
    )
    events = records.Event.objects.bulk_create(
        records.Event(
            programme=programme, key=f"e{n}", order=n, visit=visits[n // 10], kind="training", own_shares=True,
            starts=(day := FIRST_DAY + timedelta(n % 3600)), ends=day + timedelta(4), hours=20,
        )
        for n in range(number)
    )  # fmt: skip
    records.EventShare.objects.bulk_create(
        records.EventShare(event=event, contract=contract, percent=30)
        for event in events
        for contract in draw.sample(contracts, draw.randint(1, 3))
    )
    stored = records.StoredFile.objects.create(sha256="0" * 64, size=1, media_type="text/csv")
    sheets = records.Sheet.objects.bulk_create(
        records.Sheet(
            programme=programme,
            key=f"s{n}",
            order=n,
            path=f"sheets/{n}.csv",
            stored=stored,
            event=event,
            role="participant",
        )
        for n, event in enumerate(events)
    )
    return [(sheet.pk, event.pk, event.starts) for sheet, event in zip(sheets, events, strict=True)]


def _line(number: int) -> str:
    return f"{number:020x}"


def _person(number: int) -> str:
    return f"p{number:019x}"


def _lines(
    programme: records.Programme, person_of: list[int], people: int, sheets: list[tuple[int, int, date]]
) -> None:
    key = programme.pk
    _insert(
        "payload",
        ("id", "body", "salt", "digest"),
        ((n + 1, "{}", b"salt", "d") for n in range(len(person_of))),
    )
    _insert(
        "line",
        (
            "id",
            "programme_id",
            "sheet_id",
            '"table"',
            '"row"',
            "block",
            "payload_id",
            "country",
            "region",
            "sex",
            '"key"',
        ),
        (
            (
                _line(n),
                key,
                sheets[n // LINES_OF_AN_EVENT][0],
                "",
                n % LINES_OF_AN_EVENT + 2,
                "",
                n + 1,
                "UZ",
                "",
                "",
                "",
            )
            for n in range(len(person_of))
        ),
    )
    people_rows = ((_person(n), key, _person(n)) for n in sorted(set(person_of)))
    _insert("person", ("id", "programme_id", "filed_under"), people_rows)
    _insert(
        "link", ("line_id", "person_id"), ((_line(n), _person(person)) for n, person in enumerate(person_of))
    )


def _matches(programme: records.Programme, person_of: list[int], draw: random.Random) -> None:
    """Certain ones along each person's lines; undecided ones between some people, by twos and threes."""
    lines_of: dict[int, list[int]] = {}
    for line, person in enumerate(person_of):
        lines_of.setdefault(person, []).append(line)
    pairs = [(a, b, "certain") for lines in lines_of.values() for a, b in pairwise(lines)]
    doubtful = draw.sample(sorted(lines_of), round(len(lines_of) * UNSETTLED))
    while doubtful:
        group = [doubtful.pop() for _ in range(min(len(doubtful), draw.choice((2, 2, 3))))]
        pairs += [(lines_of[one][0], lines_of[other][-1], "undecided") for one, other in pairwise(group)]
    _insert(
        "match",
        ("programme_id", "a_id", "b_id", "weight", "band", "parts"),
        ((programme.pk, _line(min(a, b)), _line(max(a, b)), 1000, band, "[]") for a, b, band in pairs),
    )


def _attendances(lines: int, wanted: int, sheets: list[tuple[int, int, date]], draw: random.Random) -> int:
    """Two or three days of the event for every line, so many in all."""

    def rows() -> Iterator[tuple[Any, ...]]:
        left = wanted
        for number in range(lines):
            _, event, starts = sheets[number // LINES_OF_AN_EVENT]
            days = left if number == lines - 1 and left <= 5 else min(left, draw.choice((2, 3)))
            for day in draw.sample(range(5), days):
                yield (
                    _line(number),
                    event,
                    (starts + timedelta(day)).isoformat(),
                    "participant",
                    "",
                    "present",
                )
            left -= days

    _insert("attendance", ("line_id", "event_id", "day", "role", "role_reason", "status"), rows())
    return int(records.Attendance.objects.count())


def _insert(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO records_{table} ({', '.join(columns)}) VALUES ({marks})", list(rows))
