"""At which sessions a row of a sheet shows its person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from karvon.rules.counting.facts import Status
from karvon.rules.evidence.sheet import DayColumn

Mark = Literal["present", "absent", "unclear"]


@dataclass(frozen=True, slots=True)
class Session:
    """One session of one row; ``day`` is ``None`` where the sheet speaks of the event as a whole.

    ``part`` is the part of the event's sessions that was attended, where columns that stand for no day say so.
    """

    day: date | None
    status: Status
    part: Fraction | None = None


def days_of_columns(columns: Sequence[DayColumn], event_days: Sequence[date]) -> dict[str, date]:
    """Which day each column of marks stands for.

    A column whose header is a date of the event stands for it. Where no header is a date, and there are as
    many columns as days, they follow the days in order. Other columns stand for no day of the event.
    """
    dated = {column.letter: column.day for column in columns if column.day in event_days}
    if not dated and len(columns) == len(event_days):
        return {column.letter: day for column, day in zip(columns, event_days, strict=True)}
    return {letter: day for letter, day in dated.items() if day is not None}


def sessions(
    *,
    sheet_day: date | None,
    row_day: date | None,
    event_days: Sequence[date],
    columns: Sequence[DayColumn],
    marks: Mapping[str, Mark],
) -> tuple[Session, ...]:
    """The sessions at which a row proves its person, in order of days; never two of one day.

    A row on a sheet without day columns was present: on the sheet's day, else on the day its date cell
    names, else on the event's only day, else at the event as a whole. With day columns the marks decide;
    an unclear mark (a stroke, a number of hours) counts as a presence, because somebody wrote it at the
    name; a row without a single presence is registered, not present. Columns that stand for no day (six
    half-days of a course of three) say which part of the event was attended.
    """
    day_of = days_of_columns(columns, event_days)
    if day_of:
        present = {day_of[letter] for letter, mark in marks.items() if letter in day_of and mark != "absent"}
        if sheet_day is not None:
            present &= {sheet_day}
        return tuple(Session(day, "present") for day in sorted(present)) or (
            Session(sheet_day, "registered"),
        )
    if columns and marks and all(mark == "absent" for mark in marks.values()):
        return (Session(sheet_day, "registered"),)
    part = None
    if columns and marks:
        part = Fraction(sum(mark != "absent" for mark in marks.values()), len(columns))
    if sheet_day is None and row_day in event_days:
        sheet_day = row_day
    if sheet_day is None and len(event_days) == 1:
        sheet_day = event_days[0]
    return (Session(sheet_day, "present", part),)
