"""Certain, undecided or different: the band of every pair worth naming.

A wrong certain match is the worst error there is: bounds are hard only given the certain ones. So evidence must be
strong *and* of a kind that tells people apart, no other group may contest either line, and no two lines that
certain matches bring together may contradict each other.
"""

from collections.abc import Mapping
from itertools import combinations

from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Band, EvidencePart, Match, Verdict
from karvon.rules.identity.weights import Part, Weights

RIVAL = -150
"""Evidence (1/100 bit) below which a line is no rival to another."""
MARGIN = 400
"""How much worse than the match itself a rival must be not to contest it."""
UNDECIDED = 50
"""Least evidence of an undecided pair across groups: likelier one person than two.

Pairs inside a group are always named.
"""
CONFLICT = -300
"""Lines certain matches bring together may not weigh less than this (1/100 bit) with one another."""

NAME_FIELDS = ("given_name", "patronymic", "gender")
AGAINST = -400
"""A name's part of this much or less contradicts. A surname may change."""

SAME_CONTACT = 500
NAME_AND_FATHER = 450
NAME_AND_WORK = 400
NAME_AND_PLACE = 500
NAME_ALONE = 700
MOVED = 300
"""What more is asked for where the two lines name different organisations."""

Pair = tuple[int, int]


def banded(
    read: list[Features],
    *,
    groups: list[tuple[int, ...]],
    weighed: Mapping[Pair, int],
    said: Mapping[Pair, Verdict],
    weights: Weights,
) -> tuple[Match, ...]:
    """Matches sorted by their lines; none that a decision settles as different."""
    group_of = {at: number for number, group in enumerate(groups) for at in group}
    disagreements = Disagreements(read, said=said, weights=weights)
    rivals = _Rivals(weighed, groups=groups, group_of=group_of, said=said, disagreements=disagreements)
    evidence: dict[Pair, list[Part]] = {}
    strong: list[Pair] = []
    for (a, b), weight in weighed.items():
        verdict = said.get((a, b))
        together = group_of[a] == group_of[b]
        if verdict == "different":
            continue
        if verdict is None and not together and (weight < UNDECIDED or weights.vetoed(read[a], read[b])):
            continue
        parts = evidence[a, b] = weights.parts(read[a], read[b])
        if not together or verdict is not None or not _sure(parts, weight, contested=False):
            continue
        # whether a rival is near costs more to find out, so it is asked last
        if _sure(parts, weight, contested=True) or not rivals.contest(a, b, weight):
            strong.append((a, b))
    certain = _without_conflict(strong, weighed=weighed, disagreements=disagreements)
    certain.update(
        (a, b) for (a, b), verdict in said.items() if verdict == "same" and group_of[a] == group_of[b]
    )
    return tuple(
        Match(
            a=read[a].line,
            b=read[b].line,
            weight=weighed[a, b],
            band=_band((a, b) in certain),
            parts=tuple(EvidencePart(*part) for part in parts),
        )
        for (a, b), parts in sorted(evidence.items())
    )


def _band(certain: bool) -> Band:
    return "certain" if certain else "undecided"


class _Rivals:
    """The lines that would take a line away from another: of other groups, and contradicting ones of its own."""

    def __init__(
        self,
        weighed: Mapping[Pair, int],
        *,
        groups: list[tuple[int, ...]],
        group_of: Mapping[int, int],
        said: Mapping[Pair, Verdict],
        disagreements: "Disagreements",
    ) -> None:
        self._weighed = weighed
        self._groups = groups
        self._group_of = group_of
        self._disagreements = disagreements
        self._elsewhere: dict[int, int] = {}
        for (a, b), weight in weighed.items():
            if weight > RIVAL and group_of[a] != group_of[b] and said.get((a, b)) != "different":
                for at in (a, b):
                    self._elsewhere[at] = max(self._elsewhere.get(at, weight), weight)
        self._at_odds: dict[int, list[Pair]] = {}

    def contest(self, a: int, b: int, weight: int) -> bool:
        """Whether for a or b a line that is not one with the other is about as good a match."""
        near = max(RIVAL, weight - MARGIN)
        if max(self._elsewhere.get(a, near), self._elsewhere.get(b, near)) > near:
            return True
        for one, other in self._odds_in(self._group_of[a]):
            for line, partner in ((a, b), (b, a)):
                rival = other if one == partner else one if other == partner else line
                if rival != line and self._weighed.get((min(line, rival), max(line, rival)), near) > near:
                    return True
        return False

    def _odds_in(self, number: int) -> list[Pair]:
        """The pairs of a group's lines that contradict each other."""
        odds = self._at_odds.get(number)
        if odds is None:
            group = self._groups[number]
            odds = (
                [pair for pair in combinations(group, 2) if self._disagreements(*pair)]
                if len(group) > 2
                else []
            )
            self._at_odds[number] = odds
        return odds


def sure(parts: list[Part], weight: int) -> bool:
    """Whether a pair's own evidence makes it certain, were there no rival."""
    return _sure(parts, weight, contested=False)


def _sure(parts: list[Part], weight: int, *, contested: bool) -> bool:
    level = {field: said for field, said, _ in parts}
    bits = {field: share for field, _, share in parts}
    if any(bits.get(field, 0) <= AGAINST for field in NAME_FIELDS):
        return False
    own_contact = any(
        level.get(field) == "same" and bits[field] >= SAME_CONTACT for field in ("phone", "email")
    )
    if own_contact and weight >= SAME_CONTACT:
        return True
    if level.get("given_name") not in ("same", "spelling", "slip"):
        # initials alone are never certain: sisters and twins share them, and so do strangers
        return False
    work, place = bits.get("organisation", 0), bits.get("region", 0)
    if bits.get("patronymic", 0) > 0:
        return weight >= NAME_AND_FATHER + (MOVED if work < 0 else 0) + (MOVED if contested else 0)
    if contested or work < 0:
        return False
    if work > 100:
        return weight >= NAME_AND_WORK
    if place > 0:
        return weight >= NAME_AND_PLACE
    return weight >= NAME_ALONE + (MOVED if place < 0 else 0)


class Disagreements:
    """Whether two lines contradict each other: their names do, their evidence is against, or a person said so."""

    def __init__(self, read: list[Features], *, said: Mapping[Pair, Verdict], weights: Weights) -> None:
        self._read = read
        self._said = said
        self._weights = weights
        self._known: dict[Pair, bool] = {}

    def __call__(self, x: int, y: int) -> bool:
        """The answer for two positions, in any order."""
        pair = (x, y) if x < y else (y, x)
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = self._find(pair)
        return known

    def _find(self, pair: Pair) -> bool:
        verdict = self._said.get(pair)
        if verdict is not None:
            return verdict != "same"
        a, b = self._read[pair[0]], self._read[pair[1]]
        parts = self._weights.parts(a, b)
        against = any(bits <= AGAINST for field, _, bits in parts if field in NAME_FIELDS)
        return against or sum(part[2] for part in parts) < CONFLICT or self._weights.vetoed(a, b)


def _without_conflict(
    strong: list[Pair], *, weighed: Mapping[Pair, int], disagreements: Disagreements
) -> set[Pair]:
    """The strong pairs, strongest first, that bring no two contradicting lines together."""
    component: dict[int, list[int]] = {}
    certain: set[Pair] = set()
    for a, b in sorted(strong, key=lambda pair: (-weighed[pair], pair)):
        one, two = component.setdefault(a, [a]), component.setdefault(b, [b])
        if one is not two:
            if any(disagreements(x, y) for x in one for y in two):
                continue
            one.extend(two)
            for at in two:
                component[at] = one
        certain.add((a, b))
    return certain
