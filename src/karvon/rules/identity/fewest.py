"""The few decisions by which a person's word about a whole person is kept: decisions are about pairs of lines."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from karvon.rules.identity.line import Decision

Pair = tuple[str, str]
Link = Callable[[Sequence[Decision]], Iterable[Collection[str]]]
"""The groups of all lines concerned, were these decisions to hold beside those that stand."""


def apart(
    line: str, others: Collection[str], *, link: Link, weights: Mapping[Pair, int]
) -> tuple[Decision, ...]:
    """Decisions *different* under which the line is grouped with none of the others.

    Against the strongest evidence first, and none that is not needed beside the rest of them.
    """
    said: dict[str, Decision] = {}
    while beside := (_group_of(line, link(list(said.values()))) & set(others)) - said.keys():
        nearest = max(beside, key=lambda other: (weights.get(_pair(line, other), -1), other))
        said[nearest] = Decision(*_pair(line, nearest), "different")

    def holds(decisions: Sequence[Decision]) -> bool:
        return _group_of(line, link(decisions)).isdisjoint(others)

    return _needed(list(said.values()), holds)


def together(
    one: Collection[str],
    other: Collection[str],
    *,
    link: Link,
    weights: Mapping[Pair, int],
    different: Collection[Pair] = (),
) -> tuple[Decision, ...]:
    """Decisions *same* under which the lines of both people are one group.

    ``different``: pairs that were decided to be different people; what is said now overrules those between the two.
    Along the strongest evidence first, and none that is not needed beside the rest of them.
    """
    across = {_pair(a, b) for a in one for b in other}
    overruled = sorted(across.intersection(_pair(a, b) for a, b in different))
    said = {
        pair: Decision(*pair, "same")
        for pair in overruled or [max(across, key=lambda p: (_of(weights, p), p))]
    }
    lines, first = {*one, *other}, min(one)
    while missing := lines - (group := _group_of(first, link(list(said.values())))):
        pairs = {_pair(a, b) for a in missing for b in group & lines} - said.keys()
        if not pairs:
            break
        pair = max(pairs, key=lambda p: (p in across, _of(weights, p), p))
        said[pair] = Decision(*pair, "same")

    def holds(decisions: Sequence[Decision]) -> bool:
        return lines <= _group_of(first, link(decisions))

    kept = [decision for pair, decision in said.items() if pair in overruled]
    more = [decision for pair, decision in said.items() if pair not in overruled]
    return (*kept, *_needed(more, lambda decisions: holds([*kept, *decisions])))


def _needed(
    decisions: Sequence[Decision], holds: Callable[[Sequence[Decision]], bool]
) -> tuple[Decision, ...]:
    """Those without which it would not hold; all of them where it does not hold at all."""
    kept = list(decisions)
    for decision in decisions if len(decisions) > 1 else ():
        fewer = [each for each in kept if each != decision]
        if holds(fewer):
            kept = fewer
    return tuple(kept)


def _group_of(line: str, groups: Iterable[Collection[str]]) -> set[str]:
    return next((set(group) for group in groups if line in group), {line})


def _pair(a: str, b: str) -> Pair:
    return min(a, b), max(a, b)


def _of(weights: Mapping[Pair, int], pair: Pair) -> int:
    return weights.get(pair, -1_000_000)
