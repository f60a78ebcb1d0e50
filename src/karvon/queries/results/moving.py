"""What a decision moved: every figure of people and every verdict, before and after."""

from dataclasses import dataclass
from typing import Final

from karvon.queries.programme_description import describe
from karvon.queries.results.doubts import statement_bounds
from karvon.queries.results.figures import PEOPLE, Asking, maintained_figures
from karvon.rules.programme.text import Text
from karvon.rules.reporting.figure import Figure
from karvon.rules.statements import Verdict
from karvon.rules.statements.verdict import judge_bounds


@dataclass(frozen=True, slots=True)
class Held:
    """The programme's own figures of people by indicator, and the verdicts on statements about them."""

    figures: dict[str, tuple[Text, Figure]]
    verdicts: dict[str, tuple[Text, Verdict]]


@dataclass(frozen=True, slots=True)
class MovedFigure:
    key: str
    title: Text
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class MovedStatement:
    key: str
    text: Text
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Moved:
    """What differs between two moments; in the order of the folder."""

    figures: tuple[MovedFigure, ...] = ()
    statements: tuple[MovedStatement, ...] = ()


NOTHING_MOVED: Final = Moved()


def held(programme: str) -> Held:
    """What figures of people and statements about them say now; a number of SQL statements that does not grow."""
    described = describe(programme, only={"contracts", "indicators", "statements"})
    if described is None:
        return Held({}, {})
    maintained = maintained_figures(programme)
    bounds = statement_bounds(programme, described)
    return Held(
        {
            one.key: (one.title, maintained.get(one.key, {}).get(Asking("programme"), Figure(0, 0, 0)))
            for one in described.indicators
            if one.measure in PEOPLE
        },
        {
            one.key: (
                one.text,
                judge_bounds(bounds[one.key].lower, bounds[one.key].upper, one.comparator, one.number),
            )
            for one in described.statements
            if one.key in bounds
        },
    )


def moved(before: Held, after: Held) -> Moved:
    """What is said otherwise after than before."""
    return Moved(
        tuple(
            MovedFigure(key, title, before.figures[key][1], now)
            for key, (title, now) in after.figures.items()
            if key in before.figures and before.figures[key][1] != now
        ),
        tuple(
            MovedStatement(key, text, before.verdicts[key][1], now)
            for key, (text, now) in after.verdicts.items()
            if key in before.verdicts and before.verdicts[key][1] != now
        ),
    )
