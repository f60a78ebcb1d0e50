"""Which few doubts would settle an open statement, were somebody to look at them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import count as numbers

from karvon.rules.counting.asked import Asked, Plan
from karvon.rules.counting.components import Component, Pair, components, ties
from karvon.rules.counting.desk import Desk, desk
from karvon.rules.counting.facts import Facts, Register
from karvon.rules.counting.figures import figures
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.standing import NOTHING, Bounds
from karvon.rules.programme.description import Comparator, Scope, Statement
from karvon.rules.statements.heads import FreedHeads
from karvon.rules.statements.parts import Answer, parts_of, with_answers
from karvon.rules.statements.queue import MOST_ATOMS


@dataclass(frozen=True, slots=True)
class SettlingPair:
    """An undecided pair worth looking at, and what the count would be were it and those before it decided so."""

    a: str
    b: str
    likely: Answer
    """What the likeliest grouping says; a person may of course find otherwise."""
    lower: int
    upper: int
    settles: bool
    """With it the statement would no longer be open."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """The bounds that would settle the statement as the likeliest grouping has it; ``None`` asks nothing."""

    lower: int | None = None
    upper: int | None = None

    def reached(self, bounds: Bounds) -> bool:
        return (self.lower is None or bounds.lower >= self.lower) and (
            self.upper is None or bounds.upper <= self.upper
        )

    def gain(self, before: Bounds, after: Bounds) -> int:
        raised = after.lower - before.lower if self.lower is not None else 0
        pressed = before.upper - after.upper if self.upper is not None else 0
        return raised + pressed


def _aim(comparator: Comparator, number: int, best: int) -> _Aim:
    match comparator:
        case "more_than":
            return _Aim(lower=number + 1) if best > number else _Aim(upper=number)
        case "at_least":
            return _Aim(lower=number) if best >= number else _Aim(upper=number - 1)
        case "fewer_than":
            return _Aim(upper=number - 1) if best < number else _Aim(lower=number)
        case "at_most":
            return _Aim(upper=number) if best <= number else _Aim(lower=number + 1)
        case "exactly":
            if best == number:
                return _Aim(lower=number, upper=number)
            return _Aim(lower=number + 1) if best > number else _Aim(upper=number - 1)


def settling(
    rule: Rule, scope: Scope, facts: Facts, statement: Statement, *, limit: int = 5
) -> tuple[SettlingPair, ...]:
    """The undecided pairs whose decision brings an open statement closest to a verdict, most useful first.

    Greedy: each pair is the one that, decided as the likeliest grouping has it, moves the bound in the way
    furthest after those before it; of pairs that move it alike, the one whose component promises most per
    decision. It stops when the statement is settled, after ``limit`` pairs, or when no pair helps any more
    (what is left in doubt is then no matter of who is who, but of heads, signatures or hours). Empty for a
    statement that is not open. Pairs of a component of more than ``MOST_ATOMS`` are never among them.
    """
    at = desk(rule, scope, facts)
    ((bounds, _),) = figures(at, [Asked((None,))])
    aim = _aim(statement.comparator, statement.number, bounds.best)
    if aim.reached(bounds) or _refuted(aim, bounds):
        return ()
    return tuple(_greedy(at, aim, bounds, limit))


def _refuted(aim: _Aim, bounds: Bounds) -> bool:
    """Whether the bounds settle the statement already, against the aim."""
    return (aim.lower is not None and bounds.upper < aim.lower) or (
        aim.upper is not None and bounds.lower > aim.upper
    )


def _greedy(at: Desk, aim: _Aim, bounds: Bounds, limit: int) -> Iterator[SettlingPair]:
    scales = _Scales(at, Plan.of([Asked((None,))]), FreedHeads.of(at))
    order = numbers()
    heap = [
        (-float(promise), next(order), doubt)
        for doubt in _doubts(scales)
        if (promise := aim.gain(doubt.bounds, doubt.decided))
    ]
    heapify(heap)
    found = 0
    while heap and found < limit and not aim.reached(bounds):
        # What all decisions of a component move is never less than what one of them moves: whoever stands first
        # after one look is the best of all.
        _, rank, doubt = heappop(heap)
        if not doubt.look:
            doubt = doubt.looked_into(scales, aim)
            look = doubt.look[0]
            heappush(heap, (-max(look.gain, aim.gain(doubt.bounds, doubt.decided) / look.pairs), rank, doubt))
            continue
        look = doubt.look[0]
        bounds = replace(
            bounds,
            lower=bounds.lower + look.after.lower - doubt.bounds.lower,
            upper=bounds.upper + look.after.upper - doubt.bounds.upper,
        )
        found += 1
        yield SettlingPair(
            look.pair[0], look.pair[1], look.likely, bounds.lower, bounds.upper, aim.reached(bounds)
        )
        rest = _Doubt(look.register, look.after, doubt.decided)
        if promise := aim.gain(rest.bounds, rest.decided):
            heappush(heap, (-float(promise), rank, rest))


@dataclass(frozen=True, slots=True)
class _Look:
    """The most useful pair of a component: the register with it decided, the bounds then, what it gains."""

    pair: Pair
    likely: Answer
    register: Register
    after: Bounds
    gain: int
    pairs: int
    """How many pairs of the component are open."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """One component, some of its pairs decided already."""

    register: Register
    bounds: Bounds
    decided: Bounds
    """Its bounds were all its pairs decided as the likeliest grouping has them."""
    look: tuple[_Look, ...] = ()

    def looked_into(self, scales: "_Scales", aim: _Aim) -> "_Doubt":
        was = components(self.register)
        open_pairs = sorted(ties(self.register)[1])
        looks = []
        for pair in open_pairs:
            likely = _likely(self.register, pair)
            register = with_answers(self.register, [(pair, likely)])
            after = scales.after(was, self.bounds, components(register))
            looks.append(_Look(pair, likely, register, after, aim.gain(self.bounds, after), len(open_pairs)))
        return replace(self, look=(max(looks, key=lambda look: look.gain),))


@dataclass(frozen=True, slots=True)
class _Scales:
    """What parts of the register add to the figure."""

    at: Desk
    plan: Plan
    heads: FreedHeads | None

    def total(self, parts: Iterable[Component]) -> Bounds:
        return sum(
            (
                found[0]
                for part in parts
                for found in self.plan.component(self.at, part).values()
                if 0 in found
            ),
            NOTHING,
        )

    def after(self, was: Sequence[Component], now: Bounds, decided: Sequence[Component]) -> Bounds:
        """What a part adds once it is decided so; heads without a name fill what places that frees."""
        then = self.total(decided)
        return self.heads.filled(was, (now,), decided, (then,))[0] if self.heads else then


def _doubts(scales: _Scales) -> Iterator[_Doubt]:
    """The unsettled components that were seen in scope, each with its part of the register; none too large to look into
    every pair of."""
    unsettled = [component for component in scales.at.components if 1 < len(component.atoms) <= MOST_ATOMS]
    parts = parts_of(scales.at.facts.register, unsettled)
    for component, register in zip(unsettled, parts, strict=True):
        bounds = scales.total([component])
        if not bounds:
            continue
        settled = with_answers(register, [(pair, _likely(register, pair)) for pair in ties(register)[1]])
        yield _Doubt(register, bounds, scales.after([component], bounds, components(settled)))


def _likely(register: Register, pair: Pair) -> Answer:
    a, b = (register.person_of.get(line, line) for line in pair)
    return "same" if a == b else "different"
