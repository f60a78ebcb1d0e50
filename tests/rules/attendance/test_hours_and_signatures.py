"""Hours and signatures as sheets write them, and several lines of one day."""

from datetime import date
from decimal import Decimal

import pytest

from karvon.rules.attendance import AttendedDay, combined, hours_of, hours_of_line, hours_of_person, signed_of
from karvon.rules.counting.facts import Attendance

MONDAY, TUESDAY = date(2018, 10, 8), date(2018, 10, 9)


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("8", Decimal(8)),
        ("8.0", Decimal(8)),
        ("7,5", Decimal("7.5")),
        ("8 h", Decimal(8)),
        ("8 st.", Decimal(8)),
        ("6 ак. ч", Decimal(6)),
        ("4 soat", Decimal(4)),
        ("4 соат", Decimal(4)),
        ("1:30", Decimal("1.5")),
        ("01:20:00", Decimal("1.333")),
        ("0", Decimal(0)),
        ("9:00-17:00", None),
        ("8 people", None),
        ("2018", None),
        ("-8", None),
        ("", None),
        ("²", None),
    ],
)
def test_hours_are_read_with_their_units(cell: str, hours: Decimal | None) -> None:
    assert hours_of(cell) == hours


@pytest.mark.parametrize(
    ("cell", "signed"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        ("+", True),
        ("signed", True),
        ("A. Karimov", True),
        ("paraksts", True),
        ("-", False),
        ("—", False),
        ("nav", False),
        ("без подписи", False),
        ("imzo yoʻq", False),
        ("имзосиз", False),
    ],
)
def test_an_empty_signature_column_says_nothing_of_the_paper(cell: str | None, signed: bool | None) -> None:
    assert signed_of(cell) is signed


def test_two_lists_of_one_day_make_one_day() -> None:
    morning = Attendance("A", "E", MONDAY, hours=Decimal(3), signed=True)
    afternoon = Attendance("B", "E", MONDAY, hours=Decimal(4), signed=False, status="completed")
    assert combined([afternoon, morning]) == (
        AttendedDay("E", MONDAY, "participant", "completed", Decimal(4), True, ("A", "B")),
    )


def test_who_interpreted_in_the_morning_is_no_participant_that_day_but_is_the_next() -> None:
    days = combined(
        [
            Attendance("C", "E", TUESDAY),
            Attendance("A", "E", MONDAY),
            Attendance("B", "E", MONDAY, role="interpreter", status="registered"),
        ]
    )
    assert [(one.day, one.role, one.status, one.hours, one.signed) for one in days] == [
        (MONDAY, "interpreter", "present", None, None),
        (TUESDAY, "participant", "present", None, None),
    ]


def test_a_line_has_the_hours_written_for_its_sessions_and_else_those_of_the_event() -> None:
    assert hours_of_line((Decimal(4), None, Decimal("2.5")), whole=Decimal(16)) == Decimal("6.5")
    assert hours_of_line((None, None), whole=Decimal(16)) == Decimal(16)
    assert hours_of_line((), whole=None) is None


def test_an_event_gives_a_person_its_hours_once_however_many_lines_they_have_there() -> None:
    lines = (("a", Decimal(8)), ("a", Decimal(12)), ("b", None), ("c", Decimal("1.5")))
    assert hours_of_person(lines) == Decimal("13.5")
    assert hours_of_person(()) == 0
