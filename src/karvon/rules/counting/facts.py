"""What is counted: attendances, the events they happened at, and the register of who is who."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from karvon.rules.programme.description import Direction, EventKind, Role

Status = Literal["registered", "present", "completed"]


@dataclass(frozen=True, slots=True)
class Attendance:
    """One line seen at one session: an event's day, or the whole event where the sheet names no day."""

    line: str
    event: str
    day: date | None
    role: Role = "participant"
    status: Status = "present"
    hours: Decimal | None = None
    """As written on the sheet; ``None`` means the event's hours shared by its days."""
    signed: bool | None = None
    """``None`` means that the transcript does not say."""
    country: str = ""
    organisation: str = ""
    region: str = ""
    sex: str = ""
    """Empty means not stated."""


@dataclass(frozen=True, slots=True)
class CountedEvent:
    event: str
    visit: str
    direction: Direction
    kind: EventKind
    starts: date
    ends: date
    days: tuple[date, ...]
    """The days on which it had sessions."""
    hours: Decimal | None
    contracts: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    structured: bool = True
    head_counts: tuple[tuple[date, int], ...] = ()
    delegation: tuple[str, ...] = ()
    """Lines of the delegation that travelled on this expert mission: whoever is one of them is never counted at
    its events. Empty for a study visit."""


@dataclass(frozen=True, slots=True)
class Register:
    """Who is who: the likeliest person of every line, and the matches and decisions the bounds rest on."""

    person_of: dict[str, str]
    certain: frozenset[tuple[str, str]] = frozenset()
    undecided: frozenset[tuple[str, str]] = frozenset()
    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    attendances: tuple[Attendance, ...]
    events: tuple[CountedEvent, ...]
    register: Register
