"""What can be said: figures with bounds, statements with verdicts, and what proves each of them."""

from karvon.queries.results.doubts import certain_unreviewed, doubt_count, doubts
from karvon.queries.results.figures import indicator_result, indicator_results, rule_sentence
from karvon.queries.results.once import Once
from karvon.queries.results.parts import (
    DIMENSIONS,
    EVERYTHING,
    Dimension,
    Narrowing,
    Part,
    Parts,
    TargetReach,
    event_sectors,
    figure_of,
    parts,
    target_reaches,
    visit_titles,
)
from karvon.queries.results.proof import Cell, counted_people, left_out, proof_lines, rows_counted
from karvon.queries.results.rows import (
    ContractFigure,
    CountedPerson,
    DoubtfulPair,
    IndicatorResult,
    LeftOutLine,
    Named,
    OverlapFigure,
    Page,
    ProofLine,
    SettledStatement,
    StatementResult,
    TargetResult,
)
from karvon.queries.results.statements import statement_results
from karvon.rules.reporting.figure import Figure

__all__ = [
    "DIMENSIONS",
    "EVERYTHING",
    "Cell",
    "ContractFigure",
    "CountedPerson",
    "Dimension",
    "DoubtfulPair",
    "Figure",
    "IndicatorResult",
    "LeftOutLine",
    "Named",
    "Narrowing",
    "Once",
    "OverlapFigure",
    "Page",
    "Part",
    "Parts",
    "ProofLine",
    "SettledStatement",
    "StatementResult",
    "TargetReach",
    "TargetResult",
    "certain_unreviewed",
    "counted_people",
    "doubt_count",
    "doubts",
    "event_sectors",
    "figure_of",
    "indicator_result",
    "indicator_results",
    "left_out",
    "parts",
    "proof_lines",
    "rows_counted",
    "rule_sentence",
    "statement_results",
    "target_reaches",
    "visit_titles",
]
