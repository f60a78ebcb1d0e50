"""Published statements, judged on what can be proved."""

from dataclasses import replace

from karvon.queries.results.doubts import doubtful_pairs
from karvon.queries.results.figures import COUNTED_FROM, PEOPLE, Asking, recorded_figures, rule_of
from karvon.queries.results.once import Once
from karvon.queries.results.rows import StatementResult
from karvon.rules.counting.count import Count, Selection, count
from karvon.rules.counting.facts import Facts
from karvon.rules.programme import description as d
from karvon.rules.programme.scope import narrowed
from karvon.rules.reporting.content import Figure
from karvon.rules.statements import judge, settling


def statement_results(
    programme: str, *, only: str = "", once: Once | None = None
) -> tuple[StatementResult, ...]:
    """Every published statement, or only the one of this key, judged on what can be proved, in the order of the folder.

    The number of SQL statements does not depend on how many there are.
    """
    once = once or Once(programme)
    description = once.described("contracts", "indicators", "statements")
    if description is None or not description.statements:
        return ()
    said = tuple(one for one in description.statements if not only or one.key == only)
    indicators = {indicator.key: indicator for indicator in description.indicators}
    measures = {indicators[statement.indicator].measure for statement in said}
    described = once.described(*(kind for one in measures for kind in COUNTED_FROM.get(one, ())))
    description, facts = described or description, once.facts
    judged = [_judged(statement, indicators[statement.indicator], description, facts) for statement in said]
    pairs = list(dict.fromkeys(pair for _, settled_by in judged for pair in settled_by))
    shown = {(one.a.line, one.b.line): one for one in doubtful_pairs(programme, pairs)}
    return tuple(
        replace(result, settling=tuple(shown[pair] for pair in settled_by if pair in shown))
        for result, settled_by in judged
    )


def _judged(
    statement: d.Statement,
    indicator: d.Indicator,
    description: d.ProgrammeDescription,
    facts: Facts,
) -> tuple[StatementResult, tuple[tuple[str, str], ...]]:
    """The verdict, and the pairs of lines that would settle it."""
    # A folder whose statement speaks of nothing the indicator counts is refused at import.
    scope = narrowed(indicator.scope, statement.scope) or statement.scope
    settled_by: tuple[tuple[str, str], ...] = ()
    if indicator.measure in PEOPLE:
        rule = rule_of(indicator)
        counted = count(rule, scope, facts)
        figure = Figure.of(counted)
    else:
        figure = recorded_figures(replace(indicator, scope=scope), description)[Asking("programme")]
        counted = Count(figure.lower, figure.best, figure.upper, selection=Selection("", 0, (), scope, 0))
    verdict = judge(counted, statement.comparator, statement.number)
    if verdict == "open" and indicator.measure in PEOPLE:
        settled_by = tuple((pair.a, pair.b) for pair in settling(rule, scope, facts, statement))
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
