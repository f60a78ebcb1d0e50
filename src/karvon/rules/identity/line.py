"""What identity is decided on: lines, decisions of people, matches and the partition they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

Verdict = Literal["same", "different", "cannot_tell"]
Band = Literal["certain", "undecided"]


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """One line of a sheet (or one name of the programme's own list of experts) as identity sees it.

    ``line`` is a stable id: ties are broken by it, so results do not depend on order.
    ``sheet`` names what it was written on: one person seldom signs one sheet twice.
    """

    line: str
    sheet: str = ""
    name: str = ""
    """The whole name in the order written, also when the sheet has several name columns."""
    surname: str = ""
    given_name: str = ""
    middle_name: str = ""
    organisation: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""
    region: str = ""
    country: str = ""
    sex: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word about two lines, kept for ever; the latest not undone for a pair holds."""

    a: str
    b: str
    verdict: Verdict


class EvidencePart(NamedTuple):
    """One field's share of a match: hundredths of a bit, and the level of agreement in a word.

    A tuple, which is made in a fifth of the time: every match has half a dozen.
    """

    field: str
    level: str
    weight: int


@dataclass(frozen=True, slots=True)
class Match:
    """Two lines that may be one person (``a < b``); ``weight`` sums its parts and the prior, in 1/100 bit."""

    a: str
    b: str
    weight: int
    band: Band
    parts: tuple[EvidencePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely two sets of lines are one person, where that is not certain: ``same`` in ten thousandths.

    ``together``: the likeliest grouping has them as one.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    together: bool
    same: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Numbered tables of rarities and learned translations that weights are computed with; plain JSON values."""

    number: int
    tables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The likeliest grouping (``best``) and the matches it and the bounds rest on.

    ``groups``: every line is in exactly one; sorted lines, groups sorted by first line.
    ``matches``: certain and undecided ones only, without those a decision settles as different.
    ``chances``: everything that is not certain, with its chance; what ``expected`` makes a range of.
    It follows from the lines and is no part of equality.
    ``too_large``: lines that would be one person's if one person were given so many (``clustering.LARGEST_GROUP``),
    sorted. Of them only those are together that are sure by themselves; matches link the others, so that any number
    of them may be one. No range says how many they most likely are.
    """

    groups: tuple[tuple[str, ...], ...]
    matches: tuple[Match, ...]
    snapshot: Snapshot
    chances: tuple[Chance, ...] = field(default=(), compare=False)
    too_large: tuple[tuple[str, ...], ...] = ()
