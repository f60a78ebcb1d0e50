"""Two lines, and everything that says whether they are one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Q

from karvon.queries.register import (
    current_snapshot,
    identity_line,
    register_lines,
    same_by_definition,
    standing_decisions,
)
from karvon.queries.results.proof import proof_lines
from karvon.queries.results.rows import ProofLine
from karvon.records import models as records
from karvon.rules.identity.finding import Finding, finding
from karvon.rules.identity.line import Band, Match, Resolution
from karvon.rules.identity.resolve import take_snapshot


@dataclass(frozen=True, slots=True)
class StandingDecision:
    """The latest word about a pair that was not undone: what, when, who and why."""

    verdict: str
    at: datetime
    by: str
    """'' where it was said at the command line of this installation."""
    reason: str


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    finding: Finding
    decision: StandingDecision | None
    lines: Mapping[str, ProofLine]
    """Where the two lines and those of the reason stand."""
    people: Mapping[str, str]
    """The person of each of the two lines."""


def missing_lines(programme: str, *lines: str) -> tuple[str, ...]:
    """Those of the lines that are not in this programme's use."""
    there = set(
        records.Line.objects.filter(
            programme__key=programme, id__in=lines, retired_at__isnull=True, link__isnull=False
        ).values_list("id", flat=True)
    )
    return tuple(line for line in lines if line not in there)


def explained_pair(programme: str, a: str, b: str) -> ExplainedPair:
    """Why two different lines in use are, or are not, taken to be one person, as they are linked now.

    Reads the lines of their people only; all lines of the programme where somebody else's line makes the
    difference.
    """
    people = dict(records.Link.objects.filter(line__in=(a, b)).values_list("line_id", "person_id"))
    rows = register_lines(programme, people=sorted(set(people.values())))
    lines = {row.line: identity_line(row) for row in rows}
    of_person = dict(records.Link.objects.filter(line__in=lines).values_list("line_id", "person_id"))
    groups: dict[str, list[str]] = {}
    for line in lines:
        groups.setdefault(of_person[line], []).append(line)
    matches = records.Match.objects.filter(
        Q(a__link__person__in=groups) & Q(b__link__person__in=groups), programme__key=programme
    ).values_list("a_id", "b_id", "weight", "band")
    found = finding(
        a,
        b,
        lines=lines,
        resolution=Resolution(
            groups=tuple(sorted(tuple(sorted(group)) for group in groups.values())),
            matches=tuple(
                Match(one, other, weight, cast(Band, band)) for one, other, weight, band in matches
            ),
            snapshot=current_snapshot(programme) or take_snapshot(map(identity_line, rows)),
        ),
        decisions=[*standing_decisions(programme), *same_by_definition(rows)],
        everybody=lambda: map(identity_line, register_lines(programme)),
    )
    named = {a, b, *(found.reason.lines if found.reason else ())}
    return ExplainedPair(
        finding=found,
        decision=_standing(programme, a, b),
        lines={line: proofs[0] for line, proofs in proof_lines(named).items() if proofs},
        people=people,
    )


def _standing(programme: str, a: str, b: str) -> StandingDecision | None:
    first, second = sorted((a, b))
    row = (
        records.Decision.objects.filter(programme__key=programme, a=first, b=second)
        .select_related("by")
        .order_by("at", "id")
        .last()
    )
    if row is None or row.verdict == "undone":
        return None
    return StandingDecision(row.verdict, row.at, row.by.get_username() if row.by else row.by_name, row.reason)
