"""At which sessions a row shows its person."""

from datetime import date
from fractions import Fraction

from karvon.rules.evidence.sessions import Mark, Session, sessions
from karvon.rules.evidence.sheet import DayColumn

TENTH, ELEVENTH, TWELFTH = date(2018, 10, 10), date(2018, 10, 11), date(2018, 10, 12)
DAYS = (TENTH, ELEVENTH, TWELFTH)


def of(
    marks: dict[str, Mark] | None = None,
    columns: tuple[DayColumn, ...] = (),
    *,
    sheet_day: date | None = None,
    row_day: date | None = None,
    days: tuple[date, ...] = DAYS,
) -> tuple[Session, ...]:
    return sessions(sheet_day=sheet_day, row_day=row_day, event_days=days, columns=columns, marks=marks or {})


DATED = (DayColumn("D", "10.10", TENTH), DayColumn("E", "11.10", ELEVENTH))
NUMBERED = tuple(DayColumn(letter, f"day {n}") for n, letter in enumerate("DEF", 1))


def test_a_list_of_a_one_day_event_proves_that_day() -> None:
    assert of(days=(TENTH,)) == (Session(TENTH, "present"),)


def test_a_list_that_names_no_day_of_several_proves_the_event_as_a_whole() -> None:
    assert of() == (Session(None, "present"),)


def test_the_day_of_the_sheet_goes_before_the_date_in_the_row() -> None:
    assert of(sheet_day=ELEVENTH, row_day=TENTH) == (Session(ELEVENTH, "present"),)
    assert of(row_day=TENTH) == (Session(TENTH, "present"),)


def test_a_date_outside_the_event_proves_no_day() -> None:
    assert of(row_day=date(2018, 9, 1)) == (Session(None, "present"),)


def test_marks_under_dates_prove_those_days() -> None:
    assert of({"D": "present", "E": "absent"}, DATED) == (Session(TENTH, "present"),)


def test_an_unclear_mark_is_a_presence_because_somebody_wrote_it() -> None:
    assert of({"E": "unclear"}, DATED) == (Session(ELEVENTH, "present"),)


def test_as_many_columns_as_days_follow_the_days_in_order() -> None:
    assert of({"D": "present", "F": "present"}, NUMBERED) == (
        Session(TENTH, "present"),
        Session(TWELFTH, "present"),
    )


def test_absent_everywhere_is_registered_not_present() -> None:
    assert of({"D": "absent", "E": "absent"}, DATED) == (Session(None, "registered"),)
    assert of({}, DATED) == (Session(None, "registered"),)


def test_columns_that_stand_for_no_day_say_which_part_was_attended() -> None:
    two = NUMBERED[:2]
    assert of({"D": "present"}, two) == (Session(None, "present", Fraction(1, 2)),)
    assert of({"D": "present", "E": "unclear"}, two) == (Session(None, "present", Fraction(1)),)
    assert of({"D": "absent", "E": "absent"}, two) == (Session(None, "registered"),)
