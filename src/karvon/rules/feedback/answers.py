"""Answers to the questions about an event, and what they show together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal, get_args

from karvon.rules.reporting.least import LEAST

Mark = Literal["usefulness", "relevance", "trainer", "organisation"]
Comment = Literal["will_use", "missing"]
Way = Literal["form", "typed", "sheet"]
"""How an answer came: through the link, typed in from paper, or read from a table."""
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
COMMENTS: Final[tuple[Comment, ...]] = get_args(Comment)
BEST: Final = 5
LONGEST_COMMENT: Final = 2_000
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one participant said; questions left out are absent. Nothing tells who it was."""

    marks: Mapping[Mark, int] = field(default_factory=dict)
    comments: Mapping[Comment, str] = field(default_factory=dict)
    """As written, without blanks at the ends."""
    language: str = ""
    """In which the form was read; '' where nobody knows."""

    def __bool__(self) -> bool:
        return bool(self.marks or self.comments)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How one question was marked."""

    question: Mark
    answers: int
    mean: Decimal | None
    spread: tuple[int, ...]
    """How many gave each mark, from 1 to 5."""

    @property
    def enough(self) -> bool:
        """Whether so many answered that the result points at nobody."""
        return self.answers >= LEAST

    @property
    def bars(self) -> tuple[tuple[int, int, int], ...]:
        """Mark, how many gave it, and that in hundredths of the most given one; the best mark first."""
        most = max(self.spread, default=0)
        return tuple(
            (mark, self.spread[mark - 1], round(100 * self.spread[mark - 1] / most) if most else 0)
            for mark in range(BEST, 0, -1)
        )


def results_of(answers: Iterable[Mapping[Mark, int]]) -> tuple[QuestionResult, ...]:
    """Each question's result, in the order of the form."""
    given = list(answers)
    return tuple(_result(mark, [one[mark] for one in given if mark in one]) for mark in MARKS)


def _result(question: Mark, marks: list[int]) -> QuestionResult:
    mean = (Decimal(sum(marks)) / len(marks)).quantize(_TENTH, ROUND_HALF_UP) if marks else None
    spread = tuple(marks.count(mark) for mark in range(1, BEST + 1))
    return QuestionResult(question, len(marks), mean, spread)
