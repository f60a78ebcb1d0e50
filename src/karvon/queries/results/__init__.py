"""What can be said: figures with bounds, statements with verdicts, and what proves each of them."""

from karvon.queries.results.doubts import certain_unreviewed, doubt_count, doubts
from karvon.queries.results.figures import indicator_result, indicator_results, rule_sentence
from karvon.queries.results.proof import cells, counted_people, left_out, proof_lines
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
from karvon.rules.reporting.content import Figure

__all__ = [
    "ContractFigure",
    "CountedPerson",
    "DoubtfulPair",
    "Figure",
    "IndicatorResult",
    "LeftOutLine",
    "Named",
    "OverlapFigure",
    "Page",
    "ProofLine",
    "SettledStatement",
    "StatementResult",
    "TargetResult",
    "cells",
    "certain_unreviewed",
    "counted_people",
    "doubt_count",
    "doubts",
    "indicator_result",
    "indicator_results",
    "left_out",
    "proof_lines",
    "rule_sentence",
    "statement_results",
]
