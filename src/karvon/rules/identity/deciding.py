"""Pairs with evidence -> people, one component at a time.

A component is what hangs together by pairs that have evidence, however weak, or that somebody decided about. No step
of clustering or banding looks beyond it, so components are decided in any order, on any core, by any engine, and only
those a new line or a new decision touches are decided again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from karvon.rules.identity.bands import judged
from karvon.rules.identity.clustering import Grouping
from karvon.rules.identity.comparison import Comparison, Pair
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Chance, Decision, Match, Verdict
from karvon.rules.identity.support import sure
from karvon.rules.identity.weights import Weights

LEAST_AVERAGE = -100
"""Average evidence (1/100 bit) two groups need to become one person.

Below nought: the lines of a group speak for one another, which an average over pairs does not see.
"""
LEAST_WEIGHT = -250
"""Pairs below are told apart: about one in six at most would be one person."""


@dataclass(frozen=True, slots=True)
class Component:
    """Groups of positions (each sorted, sorted by their first), and the matches and chances these rest on.

    ``too_large``: positions that would be one group were a person given so many lines.
    """

    groups: list[tuple[int, ...]]
    matches: tuple[Match, ...] = ()
    chances: tuple[Chance, ...] = ()
    too_large: tuple[tuple[int, ...], ...] = ()

    def at(self, positions: Sequence[int]) -> "Component":
        """The same where its positions are these of another list."""
        return Component(
            [tuple(positions[own] for own in group) for group in self.groups],
            self.matches,
            self.chances,
            tuple(tuple(positions[own] for own in crowd) for crowd in self.too_large),
        )


def decide(
    lines: Sequence[Features],
    *,
    weighed: Mapping[Pair, int],
    said: Mapping[Pair, Verdict],
    weights: Weights,
) -> Component:
    """Decide one component, or several at once, whose lines stand in the order of their ids.

    ``weighed``: the pairs (smaller position first) that meet and weigh ``LEAST_WEIGHT`` or more; ``said``: what
    people decided, by such pairs.

    Lines that would be one person's but are more than one person is given are taken apart again, to what is sure by
    itself and not one sheet's copies of one row; the others are matches.
    """
    if len(lines) == 1:
        return Component([(0,)])
    comparison = Comparison(lines, weights)
    known = dict(weighed)
    for pair in said:
        if pair not in known:
            known[pair] = comparison.weight(*pair)

    def vetoed(a: int, b: int) -> bool:
        verdict = said.get((a, b))
        return comparison.vetoed(a, b) if verdict is None else verdict == "different"

    def grouping(weights: Mapping[Pair, int]) -> Grouping:
        made = Grouping(
            len(lines),
            weights=weights,
            weigh=comparison.weight,
            vetoed=vetoed,
            apart=lambda a, b: said.get((a, b)) == "different",
            least=LEAST_AVERAGE,
        )
        made.bind(pair for pair, verdict in said.items() if verdict == "same")
        return made

    likeliest = grouping(known)
    groups = likeliest.merge()
    too_large = likeliest.too_large()
    if too_large:
        crowded = {at for crowd in too_large for at in crowd}
        surely = grouping(
            {
                pair: weight
                for pair, weight in known.items()
                if crowded.issuperset(pair)
                and not comparison.on_one_sheet(*pair)
                and sure(comparison.parts(*pair), weight)
            }
        )
        groups = sorted(
            [group for group in groups if group[0] not in crowded]
            + [group for group in surely.merge() if group[0] in crowded]
        )
    matches, chances = judged(
        comparison, groups=groups, weighed=known, said=said, too_large=too_large, least=LEAST_AVERAGE
    )
    return Component(groups, matches, chances, tuple(too_large))


def said_of(decisions: Iterable[Decision], position: Mapping[str, int]) -> dict[Pair, Verdict]:
    """The latest word about each pair of these lines; decisions about other lines are left aside."""
    said: dict[Pair, Verdict] = {}
    for decision in decisions:
        a, b = position.get(decision.a), position.get(decision.b)
        if a is not None and b is not None and a != b:
            said[min(a, b), max(a, b)] = decision.verdict
    return said


def components(size: int, ties: Iterable[Pair]) -> list[list[int]]:
    """Positions ``0 .. size-1`` as sorted components, in the order of their first."""
    first = list(range(size))

    def root(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    for a, b in ties:
        one, two = root(a), root(b)
        first[max(one, two)] = min(one, two)
    found: dict[int, list[int]] = {}
    for at in range(size):
        found.setdefault(root(at), []).append(at)
    return list(found.values())


def decide_each(
    lines: Sequence[Features],
    *,
    weighed: Mapping[Pair, int],
    said: Mapping[Pair, Verdict],
    weights: Weights,
) -> list[tuple[list[int], Component]]:
    """Every component of ``lines`` with the positions it holds; its groups are of these positions."""
    parts = components(len(lines), [*weighed, *said])
    place = {at: (number, own) for number, part in enumerate(parts) for own, at in enumerate(part)}
    weighed_of: list[dict[Pair, int]] = [{} for _ in parts]
    said_of: list[dict[Pair, Verdict]] = [{} for _ in parts]
    for (a, b), weight in weighed.items():
        number, own = place[a]
        weighed_of[number][own, place[b][1]] = weight
    for (a, b), verdict in said.items():
        number, own = place[a]
        said_of[number][own, place[b][1]] = verdict
    decided = []
    for part, pairs, words in zip(parts, weighed_of, said_of, strict=True):
        made = decide([lines[at] for at in part], weighed=pairs, said=words, weights=weights)
        decided.append((part, made.at(part)))
    return decided
