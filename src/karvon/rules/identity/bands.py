"""Certain, undecided or different: the band of every pair worth naming."""

from collections import defaultdict
from collections.abc import Mapping

from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Band, EvidencePart, Match, Verdict
from karvon.rules.identity.weights import Weights

CERTAIN = 550
"""Evidence a certain match needs (1/100 bit): 45 to 1."""
RIVAL = 550
"""How far the best line of another group must stay behind for a line to be without a rival."""
UNDECIDED = -150
"""Least evidence of an undecided pair: about one to three."""

Pair = tuple[int, int]


def banded(
    read: list[Features],
    *,
    groups: list[tuple[int, ...]],
    weighed: Mapping[Pair, int],
    said: Mapping[Pair, Verdict],
    weights: Weights,
) -> tuple[Match, ...]:
    """Matches sorted by their lines: certain ones lie inside a group, between lines no other group contests."""
    group_of = {at: number for number, group in enumerate(groups) for at in group}
    rival: defaultdict[int, int] = defaultdict(lambda: -10_000)
    for (a, b), weight in weighed.items():
        if group_of[a] != group_of[b] and said.get((a, b)) != "different":
            rival[a] = max(rival[a], weight)
            rival[b] = max(rival[b], weight)
    matches = []
    for (a, b), weight in sorted(weighed.items()):
        verdict = said.get((a, b))
        if verdict == "different" or (weight < UNDECIDED and verdict is None):
            continue
        together = group_of[a] == group_of[b]
        if not together and verdict != "cannot_tell" and weights.vetoed(read[a], read[b]):
            continue
        contested = max(rival[a], rival[b]) > min(weight - RIVAL, 0)
        sure = together and verdict is None and weight >= CERTAIN and not contested
        band: Band = "certain" if sure else "undecided"
        parts = tuple(EvidencePart(*part) for part in weights.parts(read[a], read[b]))
        matches.append(Match(a=read[a].line, b=read[b].line, weight=weight, band=band, parts=parts))
    return tuple(matches)
