"""A person typed in at the desk of an event, before the list is kept as a sheet like any other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from karvon.rules.programme.description import Role

MOST_DAYS: Final = 14
"""An event of more days is typed as a whole."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """``role`` '' leaves it to what the position and the programme say; ``days`` are those somebody was there."""

    name: str
    organisation: str = ""
    position: str = ""
    role: Role | Literal[""] = ""
    days: tuple[date, ...] = ()


def days_ticked(days: Sequence[date]) -> tuple[date, ...]:
    """The days a list of this event ticks: none where there is only one, or too many for a row."""
    return tuple(days) if 1 < len(days) <= MOST_DAYS else ()


def added(rows: Sequence[TypedRow], more: Iterable[TypedRow]) -> tuple[TypedRow, ...]:
    """The rows with these behind them. Somebody who is there already is not typed twice: the days are put together."""
    found = list(rows)
    for row in more:
        about = replace(row, days=())
        at = next((n for n, one in enumerate(found) if replace(one, days=()) == about), None)
        if at is None:
            found.append(row)
        else:
            found[at] = replace(row, days=tuple(sorted({*found[at].days, *row.days})))
    return tuple(found)
