"""The one door of identity."""

from collections.abc import Callable, Iterable

from karvon.rules.identity.bands import judged
from karvon.rules.identity.candidates import candidate_pairs
from karvon.rules.identity.clustering import Grouping
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Decision, IdentityLine, Resolution, Snapshot, Verdict
from karvon.rules.identity.snapshot import read_and_measure, read_lines
from karvon.rules.identity.weights import Weights

LEAST_AVERAGE = -100
"""Average evidence (1/100 bit) two groups need to become one person.

Below nought: the lines of a group speak for one another, which an average over pairs does not see.
"""
LEAST_WEIGHT = -250
"""Pairs below are told apart: about one in six at most would be one person."""


def take_snapshot(lines: Iterable[IdentityLine], *, number: int = 1) -> Snapshot:
    """Measure rarities on these lines; the same lines give the same tables in any order."""
    return read_and_measure(sorted(lines, key=_by_line), number=number)[1]


def resolve(
    lines: Iterable[IdentityLine], *, decisions: Iterable[Decision] = (), snapshot: Snapshot | None = None
) -> Resolution:
    """Link lines that name the same person. Does not depend on the order of lines.

    Without a ``snapshot`` one is taken of these lines. Of several decisions on one pair the last holds:
    *different* is obeyed always, *same* unless it contradicts a *different*, *cannot tell* keeps a pair undecided.
    """
    ordered = sorted(lines, key=_by_line)
    if snapshot is None:
        read, snapshot = read_and_measure(ordered, number=1)
    else:
        read = read_lines(ordered, shares=snapshot.tables["given_share"])
    weights = Weights(snapshot)
    position = {line.line: at for at, line in enumerate(ordered)}
    said = _said(decisions, position)

    weighed = {
        pair: weight
        for pair in sorted(candidate_pairs(read, weights) | set(said))
        if (weight := weights.weight(read[pair[0]], read[pair[1]])) >= LEAST_WEIGHT or pair in said
    }
    grouping = Grouping(
        len(read),
        weights=weighed,
        weigh=lambda a, b: weights.weight(read[a], read[b]),
        vetoed=_veto(read, weights, said),
        apart=lambda a, b: said.get((a, b)) == "different",
        least=LEAST_AVERAGE,
    )
    grouping.bind(pair for pair, verdict in said.items() if verdict == "same")
    groups = grouping.merge()
    matches, chances = judged(read, groups=groups, weighed=weighed, said=said, weights=weights)
    return Resolution(
        groups=tuple(tuple(ordered[at].line for at in group) for group in groups),
        matches=matches,
        snapshot=snapshot,
        chances=chances,
    )


def _by_line(line: IdentityLine) -> str:
    return line.line


def _said(decisions: Iterable[Decision], position: dict[str, int]) -> dict[tuple[int, int], Verdict]:
    said: dict[tuple[int, int], Verdict] = {}
    for decision in decisions:
        a, b = position.get(decision.a), position.get(decision.b)
        if a is not None and b is not None and a != b:
            said[min(a, b), max(a, b)] = decision.verdict
    return said


def _veto(
    read: list[Features], weights: Weights, said: dict[tuple[int, int], Verdict]
) -> Callable[[int, int], bool]:
    def vetoed(a: int, b: int) -> bool:
        verdict = said.get((a, b))
        if verdict is not None:
            return verdict == "different"
        return weights.vetoed(read[a], read[b])

    return vetoed
