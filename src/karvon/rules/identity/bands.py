"""Certain, undecided or different: the band of every pair worth naming, and the chances beside them.

A wrong certain match is the worst error there is: bounds are hard only given the certain ones. So certain are only
sets of lines that support one another well (``support``), that no rival contests, and of which no two lines
contradict each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from karvon.rules.identity.chances import chance_of_strangers, chance_of_support
from karvon.rules.identity.comparison import Comparison, Pair, Said
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Band, Chance, EvidencePart, Match, Verdict
from karvon.rules.identity.support import MOST_LINES, NO_RIVAL, contradicts, joins, sure

UNDECIDED = 100
"""Least evidence (1/100 bit) of an undecided pair across groups: about one in ten at the edge is one person.

Below it lines are taken to be different people. Pairs inside a group are always named.
"""


def judged(
    comparison: Comparison,
    *,
    groups: list[tuple[int, ...]],
    weighed: Mapping[Pair, int],
    said: Mapping[Pair, Verdict],
    too_large: Sequence[Sequence[int]] = (),
    least: int = UNDECIDED,
) -> tuple[tuple[Match, ...], tuple[Chance, ...]]:
    """Matches sorted by their lines, none that a decision settles as different; and what is not certain, with odds.

    Between lines of one set that is ``too_large`` for a person, ``least`` evidence makes an undecided pair, and there
    are no odds: whether one such pair is one person and whether another is are the same question.
    """
    read = comparison.lines
    crowd_of = {at: number for number, crowd in enumerate(too_large) for at in crowd}
    group_of = {at: number for number, group in enumerate(groups) for at in group}
    disagreements = Disagreements(comparison, said=said)
    rivals = _rivals(comparison, group_of=group_of, weighed=weighed, said=said)
    same = defaultdict(list)
    for (a, b), verdict in said.items():
        if verdict == "same" and group_of[a] == group_of[b]:
            same[group_of[a]].append((a, b))

    def apart(a: int, b: int) -> bool | None:
        verdict = said.get((a, b))
        return None if verdict is None else verdict != "same"

    core = _Cores(len(read))
    chances: list[Chance] = []
    for number, group in enumerate(groups):
        if len(group) > MOST_LINES:
            _join_sure(group, core, comparison, weighed, rivals, disagreements)
            core.join(same[number])
            continue
        if len(group) < 2:
            continue
        for made in joins(
            group,
            comparison,
            rival=lambda line: rivals.get(line, NO_RIVAL),
            said=apart,
            bound=same[number],
        ):
            if made.certain:
                core.join([(made.one[0], made.other[0])])
            else:
                chances.append(_chance(read, made.one, made.other, True, chance_of_support(made.support)))

    named: set[Pair] = set()
    strangers: dict[tuple[int, int], int] = {}
    contradicted: dict[Pair, bool] = {}
    for (a, b), weight in weighed.items():
        word = said.get((a, b))
        if word == "different":
            continue
        if word is None and group_of[a] != group_of[b]:
            if comparison.vetoed(a, b):
                continue
            between = core.pair(a, b)
            if between not in contradicted:
                contradicted[between] = disagreements.between(core.lines(a), core.lines(b))
            if contradicted[between]:
                # whoever one of them certainly is, is plainly not the other
                continue
            if a in crowd_of and crowd_of[a] == crowd_of.get(b):
                if weight >= least:
                    named.add((a, b))
                continue
            one, other = sorted((group_of[a], group_of[b]))
            strangers[one, other] = max(strangers.get((one, other), weight), weight)
            if weight < UNDECIDED:
                continue
        named.add((a, b))
    for (one, other), weight in sorted(strangers.items()):
        chances.append(_chance(read, groups[one], groups[other], False, chance_of_strangers(weight)))
    return (
        tuple(
            Match(
                a=read[a].line,
                b=read[b].line,
                weight=weighed[a, b],
                band=_band(core.pair(a, b), said.get((a, b))),
                parts=tuple(map(EvidencePart._make, comparison.parts(a, b))),
            )
            for a, b in sorted(named)
        ),
        tuple(chances),
    )


def _band(cores: Pair, verdict: Verdict | None) -> Band:
    return "certain" if cores[0] == cores[1] and verdict != "cannot_tell" else "undecided"


def _chance(
    read: Sequence[Features], one: tuple[int, ...], other: tuple[int, ...], together: bool, same: int
) -> Chance:
    return Chance(
        one=tuple(read[at].line for at in one),
        other=tuple(read[at].line for at in other),
        together=together,
        same=same,
    )


class _Cores:
    """Sets of lines that are certainly one person."""

    def __init__(self, size: int) -> None:
        self._core = list(range(size))
        self._lines: dict[int, list[int]] = {}

    def lines(self, line: int) -> list[int]:
        return self._lines.get(self._core[line], [line])

    def pair(self, a: int, b: int) -> Pair:
        one, other = self._core[a], self._core[b]
        return (one, other) if one <= other else (other, one)

    def join(self, pairs: Iterable[Pair]) -> None:
        for a, b in pairs:
            keep, gone = self.pair(a, b)
            if keep != gone:
                lines = self._lines.setdefault(keep, [keep])
                for at in self._lines.pop(gone, [gone]):
                    self._core[at] = keep
                    lines.append(at)


def _rivals(
    comparison: Comparison,
    *,
    group_of: Mapping[int, int],
    weighed: Mapping[Pair, int],
    said: Mapping[Pair, Verdict],
) -> dict[int, int]:
    """The best evidence of each line with a line of another group that is not plainly somebody else."""
    best: dict[int, int] = {}
    for (a, b), weight in weighed.items():
        if (
            group_of[a] != group_of[b]
            and weight > min(best.get(a, NO_RIVAL), best.get(b, NO_RIVAL))
            and said.get((a, b)) != "different"
            and not comparison.vetoed(a, b)
        ):
            for at in (a, b):
                best[at] = max(best.get(at, weight), weight)
    return best


class Disagreements:
    """Whether two lines contradict each other: their names do, their evidence is against, or a person said so."""

    def __init__(self, comparison: Comparison, *, said: Mapping[Pair, Verdict]) -> None:
        self._comparison = comparison
        self._said = said
        self._known: dict[Said, bool] = {}

    def __call__(self, x: int, y: int) -> bool:
        """The answer for two positions, in any order."""
        verdict = self._said.get((x, y) if x < y else (y, x)) if self._said else None
        if verdict is not None:
            return verdict != "same"
        said = self._comparison.said(x, y)
        known = self._known.get(said)
        if known is None:
            known = self._known[said] = self._find(x, y)
        return known

    def between(self, mine: Sequence[int], yours: Sequence[int]) -> bool:
        """Whether any of these lines and any of those contradict each other."""
        for x in mine:  # loops: asked very often
            for y in yours:
                if self(x, y):
                    return True
        return False

    def _find(self, x: int, y: int) -> bool:
        parts, weight = self._comparison.parts(x, y), self._comparison.weight(x, y)
        return contradicts(parts, weight) or self._comparison.vetoed(x, y)


def _join_sure(
    group: tuple[int, ...],
    core: _Cores,
    comparison: Comparison,
    weighed: Mapping[Pair, int],
    rivals: Mapping[int, int],
    disagreements: Disagreements,
) -> None:
    """In a large group: the pairs sure by themselves, strongest first, that bring no contradiction together."""
    inside = [
        (-weighed[a, b], (a, b))
        for place, a in enumerate(group)
        for b in group[place + 1 :]
        if (a, b) in weighed
    ]
    for negative, (a, b) in sorted(inside):
        contested = max(rivals.get(a, NO_RIVAL), rivals.get(b, NO_RIVAL)) > -negative - 400
        if core.pair(a, b)[0] == core.pair(a, b)[1] or not sure(
            comparison.parts(a, b), -negative, contested=contested
        ):
            continue
        if not disagreements.between(core.lines(a), core.lines(b)):
            core.join([(a, b)])
