"""Scores of a test before and after a training: read, put together per person, and summed up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from karvon.rules.reporting.least import LEAST

ScoreField = Literal["score_before", "score_after"]
OUT_OF: Final = Decimal(100)
"""The highest score where the event states none."""
NO_SCORE: Final = "-"
"""The word that somebody has no score, whatever the sheet says."""
_NUMBER: Final = re.compile(r"\s*(\d{1,5})(?:[.,](\d{1,4}))?\s*(%?)\s*")
_OF: Final = re.compile(r"\s*(\d{1,5}(?:[.,]\d{1,4})?)\s*/\s*(\d{1,5}(?:[.,]\d{1,4})?)\s*")
_MOST: Final = Decimal(100_000)
_STEP: Final = Decimal("0.01")
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class LineScores:
    """What one line says of its person's tests; lines come in the order of their sheets."""

    line: str
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """A person's scores at an event: the first known before, the last known after, and the line of each."""

    before: Decimal | None = None
    after: Decimal | None = None
    before_line: str = ""
    after_line: str = ""

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """What the tests of an event show. Means speak of those who took both tests, so that they can be compared."""

    people: int = 0
    """With at least one score."""
    both: int = 0
    gained: int = 0
    """Of those with both, who scored higher after."""
    mean_before: Decimal | None = None
    mean_after: Decimal | None = None
    mean_gain: Decimal | None = None
    beyond: int = 0
    """Scores above the event's highest, which are in no mean."""

    @property
    def enough(self) -> bool:
        """Whether so many took both tests that a mean points at nobody."""
        return self.both >= LEAST


def score_said(text: str, *, out_of: Decimal) -> Decimal | None:
    """The score somebody typed: ``32``, ``7,5``, ``32/40`` of 40, ``80 %`` of 100; ``None`` for anything else.

    What is above the highest score, or finer than hundredths, is none.
    """
    if part := _OF.fullmatch(text):
        if _decimal(part[2]) != out_of:
            return None
        score = _decimal(part[1])
    elif (number := _NUMBER.fullmatch(text)) and (not number[3] or out_of == OUT_OF):
        score = _decimal(f"{number[1]}.{number[2] or 0}")
    else:
        return None
    return _plain(score) if score <= out_of and score == score.quantize(_STEP) else None


def score_kept(value: str) -> Decimal | None:
    """A score as it is kept in a correction, whatever an event's highest score is."""
    number = _NUMBER.fullmatch(value)
    if number is None or number[3] or "," in value:
        return None
    score = Decimal(value.strip())
    return _plain(score) if score == score.quantize(_STEP) else None


def score_read(cell: str) -> Decimal | None:
    """The score a sheet states: ``32``, ``7,5``, ``80 %``, ``32/40``; ``None`` where the cell is no single number.

    Whether it is above the event's highest is seen where it is summed up.
    """
    if part := _OF.fullmatch(cell):
        score = _decimal(part[1])
    elif number := _NUMBER.fullmatch(cell):
        score = _decimal(f"{number[1]}.{number[2] or 0}")
    else:
        return None
    score = score.quantize(_STEP, ROUND_HALF_UP)
    return _plain(score) if score < _MOST else None


def scores_of(lines: Iterable[LineScores]) -> Scores:
    """One person's scores from all their lines at an event."""
    found = Scores()
    for line in lines:
        if line.before is not None and found.before is None:
            found = Scores(line.before, found.after, line.line, found.after_line)
        if line.after is not None:
            found = Scores(found.before, line.after, found.before_line, line.line)
    return found


def summary(people: Iterable[Scores], *, out_of: Decimal) -> ScoreSummary:
    """What these people's scores show together."""
    given, beyond, both, seen = list(people), 0, [], 0
    for one in given:
        above = [score for score in (one.before, one.after) if score is not None and score > out_of]
        beyond += len(above)
        seen += one.before is not None or one.after is not None
        if one.before is not None and one.after is not None and not above:
            both.append((one.before, one.after))
    if not both:
        return ScoreSummary(people=seen, beyond=beyond)
    before = sum((score for score, _ in both), Decimal(0)) / len(both)
    after = sum((score for _, score in both), Decimal(0)) / len(both)
    return ScoreSummary(
        people=seen,
        both=len(both),
        gained=sum(later > earlier for earlier, later in both),
        mean_before=_mean(before),
        mean_after=_mean(after),
        mean_gain=_mean(after - before),
        beyond=beyond,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _mean(value: Decimal) -> Decimal:
    return _plain(value.quantize(_TENTH, ROUND_HALF_UP))


def _plain(value: Decimal) -> Decimal:
    """Without padding zeros and exponents: 60.00 is 60, 7.50 is 7.5."""
    return (
        value.quantize(Decimal(1))
        if value == value.to_integral_value()
        else Decimal(f"{value:f}".rstrip("0"))
    )
