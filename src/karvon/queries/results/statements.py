"""Published statements, judged on what can be proved."""

from collections.abc import Mapping
from dataclasses import replace

from karvon.queries.results.doubts import doubtful_pairs, kept_bounds
from karvon.queries.results.figures import COUNTED_FROM, PEOPLE, Asking, recorded_figures, rule_of
from karvon.queries.results.once import Once
from karvon.queries.results.rows import StatementResult
from karvon.rules.counting.count import count
from karvon.rules.counting.standing import Bounds
from karvon.rules.programme import description as d
from karvon.rules.programme.scope import narrowed
from karvon.rules.reporting.figure import Figure
from karvon.rules.statements import settling as decisions_settling
from karvon.rules.statements.verdict import judge_bounds


def statement_results(
    programme: str, *, only: str = "", settling: bool = True, once: Once | None = None
) -> tuple[StatementResult, ...]:
    """Every published statement, or only the one of this key, judged on what can be proved, in the order of the folder.

    Without ``settling`` nobody asks which doubts would settle an open one, and the bounds are read from what is
    kept. The number of SQL statements does not depend on how many there are.
    """
    once = once or Once(programme)
    description = once.described("contracts", "indicators", "statements")
    if description is None or not description.statements:
        return ()
    said = tuple(one for one in description.statements if not only or one.key == only)
    indicators = {indicator.key: indicator for indicator in description.indicators}
    measures = {indicators[statement.indicator].measure for statement in said}
    described = once.described(*(kind for one in measures for kind in COUNTED_FROM.get(one, ())))
    description = described or description
    kept = None if settling else kept_bounds(programme, description, once.maintained)
    judged = [
        _judged(statement, indicators[statement.indicator], description, once, kept) for statement in said
    ]
    pairs = list(dict.fromkeys(pair for _, settled_by in judged for pair in settled_by))
    shown = {(one.a.line, one.b.line): one for one in doubtful_pairs(programme, pairs)} if pairs else {}
    return tuple(
        replace(result, settling=tuple(shown[pair] for pair in settled_by if pair in shown))
        for result, settled_by in judged
    )


def _judged(
    statement: d.Statement,
    indicator: d.Indicator,
    description: d.ProgrammeDescription,
    once: Once,
    kept: Mapping[str, Bounds] | None,
) -> tuple[StatementResult, tuple[tuple[str, str], ...]]:
    """The verdict, and the pairs of lines that would settle it."""
    # A folder whose statement speaks of nothing the indicator counts is refused at import.
    scope = narrowed(indicator.scope, statement.scope) or statement.scope
    settled_by: tuple[tuple[str, str], ...] = ()
    if indicator.measure not in PEOPLE:
        figure = recorded_figures(replace(indicator, scope=scope), description)[Asking("programme")]
    elif kept is not None and statement.key in kept:
        bounds = kept[statement.key]
        figure = Figure(bounds.lower, bounds.best, bounds.upper, outer=bounds.outer)
    else:
        figure = Figure.of(count(rule_of(indicator), scope, once.facts))
    verdict = judge_bounds(figure.lower, figure.upper, statement.comparator, statement.number)
    if verdict == "open" and indicator.measure in PEOPLE and kept is None:
        pairs = decisions_settling(rule_of(indicator), scope, once.facts, statement)
        settled_by = tuple((pair.a, pair.b) for pair in pairs)
    return (
        StatementResult(
            key=statement.key,
            text=statement.text,
            indicator=indicator.key,
            indicator_title=indicator.title,
            measure=indicator.measure,
            comparator=statement.comparator,
            number=statement.number,
            scope=scope,
            published_in=statement.published_in,
            published_on=statement.published_on,
            figure=figure,
            verdict=verdict,
            settling=(),
        ),
        settled_by,
    )
