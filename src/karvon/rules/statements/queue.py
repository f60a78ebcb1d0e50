"""Which doubts to look at first: those that settle a published statement, then those that narrow a count."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from karvon.rules.counting.asked import Asked, Plan
from karvon.rules.counting.components import Component, Pair, components
from karvon.rules.counting.desk import Desk, desk
from karvon.rules.counting.doubts import open_doubts
from karvon.rules.counting.facts import Facts, Register
from karvon.rules.counting.groupings import separate
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting
from karvon.rules.counting.standing import NOTHING, Bounds, Outer
from karvon.rules.programme.description import Scope, Statement
from karvon.rules.statements.heads import Columns, FreedHeads
from karvon.rules.statements.parts import answered, parts_of, together
from karvon.rules.statements.verdict import Verdict, judge_bounds

MOST_ATOMS: Final = 100
"""Up to so many atoms what a decision would move in a component is worked out: copies of one row hang together by
thousands, and one decision about them moves next to nothing."""


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure that doubts widen, for the whole of its scope and for contracts, and the statements it is held to."""

    key: str
    """Of the indicator; '' for a narrower scope that statements alone speak of."""
    rule: Rule
    scope: Scope
    contracts: tuple[str, ...] = ()
    bounds: Bounds = NOTHING
    """Of the whole scope as it is now, unnamed heads included; looked at only where there are statements."""
    statements: tuple[Statement, ...] = ()

    @property
    def counts(self) -> tuple[Any, ...]:
        """Equal for figures that any register gives the same bounds."""
        rule = self.rule
        how = rule.way, rule.structured_only, rule.signed_only, rule.counts_unnamed, rule.parameters
        return *how, self.scope, self.contracts


@dataclass(frozen=True, slots=True)
class Settled:
    """The verdict on an open statement were the two lines decided to be one person, and were they two."""

    statement: str
    same: Verdict
    different: Verdict

    @property
    def either_way(self) -> bool:
        return "open" not in (self.same, self.different)


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much either answer would move the bounds some statements are held to."""

    statements: tuple[str, ...]
    same: tuple[int, int]
    """What the lower and the upper bound would grow by were the two lines one person."""
    different: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A doubt by its strongest pair of lines, and what a decision about it would move, wherever the bounds stand.

    It depends on nothing but the component its lines stand in, so that it can be kept until that one changes.
    """

    a: str
    b: str
    weight: int
    pairs: tuple[Pair, ...]
    """All undecided pairs that raise it."""
    narrows: tuple[str, ...]
    narrowing: int
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Queued:
    """A doubt by its strongest pair of lines, and what a decision about it would do."""

    a: str
    b: str
    weight: int
    settles: tuple[Settled, ...]
    """The open statements that one answer at least settles."""
    helps: tuple[str, ...]
    """The other open statements whose bounds come closer."""
    narrows: tuple[str, ...]
    """The indicators whose figure, or that of a contract, narrows; most narrowed first."""
    narrowing: int
    """By how many the most narrowed figure would, both answers taken together."""

    @property
    def rank(self) -> tuple[int, int, int, int, int, str, str]:
        """Least first: settles statements either way, by one answer; narrows; helps statements; weight; lines."""
        return (
            -sum(one.either_way for one in self.settles),
            -len(self.settles),
            -self.narrowing,
            -len(self.helps),
            -self.weight,
            self.a,
            self.b,
        )


def queue(facts: Facts, figured: Sequence[Figured], weights: Mapping[Pair, int]) -> tuple[Queued, ...]:
    """Every doubt of the register, the one to look at first at the front.

    First come pairs that would turn an open statement into a supported or refuted one, those that do so whichever
    way they are decided before those that do so by one answer; then pairs by how much they narrow the bounds of any
    indicator's figure; then those that bring an open statement closer; then by weight, ties by line ids.

    Each decision is worked out in the component it falls into, as counting everything anew would find it. Claims are
    safe where that would take too long: a rule that counts unnamed heads is taken to fill every place a decision
    frees, and in components too large for exact bounds some narrowing may go unseen, in very large ones all of it.
    """
    held = [(said, one.bounds) for one in figured for said in one.statements]
    return ranked(weigh_doubts(facts, figured, weights), held)


def ranked(doubts: Iterable[Weighed], held: Iterable[tuple[Statement, Bounds]]) -> tuple[Queued, ...]:
    """The doubts in the order of ``queue``, with every statement and the bounds it is held to."""
    open_statements = {
        said.key: (said, bounds)
        for said, bounds in held
        if judge_bounds(bounds.lower, bounds.upper, said.comparator, said.number) == "open"
    }
    told: dict[tuple[str, tuple[int, int]], Verdict] = {}

    def verdict(key: str, moved: tuple[int, int]) -> Verdict:
        if (key, moved) not in told:
            said, now = open_statements[key]
            lower, upper = now.lower + moved[0], now.upper + moved[1]
            told[key, moved] = judge_bounds(lower, upper, said.comparator, said.number)
        return told[key, moved]

    found = []
    for doubt in doubts:
        settles, helps = [], []
        for shift in doubt.shifts:
            for key in shift.statements:
                if key in open_statements:
                    either = verdict(key, shift.same), verdict(key, shift.different)
                    if either != ("open", "open"):
                        settles.append(Settled(key, *either))
                    else:
                        helps.append(key)
        found.append(
            Queued(
                doubt.a, doubt.b, doubt.weight, tuple(settles), tuple(helps), doubt.narrows, doubt.narrowing
            )
        )
    return tuple(sorted(found, key=lambda one: one.rank))


def weigh_doubts(
    facts: Facts, figured: Sequence[Figured], weights: Mapping[Pair, int]
) -> tuple[Weighed, ...]:
    """Every doubt of the register with what a decision about it moves; the bounds of ``figured`` are not looked at.

    Of a part of the register, made of whole components with the attendances of their lines, it gives the doubts of
    that part as the whole would.
    """
    unsettled = components(facts.register, unsettled_only=True)
    place = {line: i for i, component in enumerate(unsettled) for line in component.lines}
    parts = parts_of(facts.register, unsettled)
    near = Facts(
        tuple(seen for seen in facts.attendances if seen.line in place), facts.events, together(parts)
    )
    alike: dict[tuple[Any, ...], list[Figured]] = {}
    for one in figured:
        alike.setdefault(one.counts, []).append(one)
    laid = [_Laid.of(several, near, unsettled) for several in alike.values()]
    order = {one.key: number for number, one in enumerate(figured)}
    found = []
    for pairs in open_doubts(near.register):
        pair = max(pairs, key=lambda pair: (weights.get(pair, 0), pair))
        at = place[pair[0]]
        worth_it = len(unsettled[at].atoms) <= MOST_ATOMS
        doubtful = [one for one in laid if one.doubtful(at)] if worth_it else []
        answers = _Answers(pair, *answered(unsettled[at], parts[at], pair)) if doubtful else None
        moved = [one.moved(at, answers) for one in doubtful] if answers else []
        gains = sorted((-one.narrowing, order[key], key) for one in moved for key in one.keys if key)
        found.append(
            Weighed(
                *pair,
                weights.get(pair, 0),
                pairs,
                narrows=tuple(dict.fromkeys(key for gain, _, key in gains if gain)),
                narrowing=-gains[0][0] if gains else 0,
                shifts=tuple(one.shift for one in moved if one.shift),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The components a component falls into were one of its pairs decided, by the answer."""

    pair: Pair
    same: Sequence[Component]
    different: Sequence[Component]


@dataclass(frozen=True, slots=True)
class _Moved:
    """What the two answers would do to figures that count alike."""

    keys: tuple[str, ...]
    narrowing: int
    shift: Shift | None


@dataclass(frozen=True, slots=True)
class _Laid:
    """Figures that count alike, laid out: what each unsettled component adds, in all and per contract."""

    keys: tuple[str, ...]
    at: Desk
    plan: Plan
    now: tuple[Columns, ...]
    """Per component: the bounds of the whole scope, then of each contract."""
    statements: tuple[str, ...]
    """The statements held to the bounds of the whole scope."""
    heads: FreedHeads | None

    @classmethod
    def of(cls, figured: Sequence[Figured], facts: Facts, unsettled: Sequence[Component]) -> "_Laid":
        # laid out without the register, whose components are known already
        nobody = replace(facts, register=Register({}))
        laid = desk(figured[0].rule, figured[0].scope, nobody, unsettled_only=True)
        at = replace(laid, facts=facts, components=tuple(unsettled))
        plan = Plan.of([Asked((None,)), *(Asked((contract,)) for contract in figured[0].contracts)])
        return cls(
            tuple(one.key for one in figured),
            at,
            plan,
            tuple(_columns(plan, at, [component]) for component in at.components),
            tuple(said.key for one in figured for said in one.statements),
            FreedHeads.of(at),
        )

    def doubtful(self, component: int) -> bool:
        """Whether a decision in it can move anything."""
        return any(one.lower != one.upper for one in self.now[component])

    def moved(self, component: int, answers: _Answers) -> _Moved:
        now, same, different = self._answered(component, answers)
        narrowing = max(
            2 * (was.upper - was.lower) - (one.upper - one.lower) - (other.upper - other.lower)
            for was, one, other in zip(now, same, different, strict=True)
        )
        shift = None
        if self.statements and not now[0] == same[0] == different[0]:
            shift = Shift(self.statements, _grown(now[0], same[0]), _grown(now[0], different[0]))
        return _Moved(self.keys, max(narrowing, 0), shift)

    def _answered(self, component: int, answers: _Answers) -> tuple[Columns, Columns, Columns]:
        """What the component adds now and by either answer; of a large one only where the two were seen."""
        at, whole = self.at, self.at.components[component]
        now = self.now[component]
        if len(whole.atoms) > at.tally.exact_atoms and at.rule.way in ("participation", "day"):
            at = _where_seen(at, whole, answers.pair)
            now = _columns(self.plan, at, [whole])
        same, different = (_columns(self.plan, at, decided) for decided in (answers.same, answers.different))
        if self.heads is not None:
            same = self.heads.filled([whole], now, answers.same, same)
            different = self.heads.filled([whole], now, answers.different, different)
        return now, same, different


def _grown(was: Bounds, then: Bounds) -> tuple[int, int]:
    return then.lower - was.lower, then.upper - was.upper


def _where_seen(at: Desk, component: Component, pair: Pair) -> Desk:
    """The desk with the component's sightings at events and on days at which the two people-to-be were seen."""
    unit = _event_of if at.rule.way == "participation" else _day_of
    by_line = {line: at.sightings.by_line.get(line, []) for line in component.lines}
    units = {
        unit(one)
        for atom in component.atoms
        if not set(pair).isdisjoint(atom)
        for line in atom
        for one in by_line[line]
    }
    there = {line: [one for one in seen if unit(one) in units] for line, seen in by_line.items()}
    return replace(at, sightings=replace(at.sightings, by_line=there))


def _event_of(sighting: Sighting) -> Hashable:
    return sighting.event.event


def _day_of(sighting: Sighting) -> Hashable:
    return sighting.day


def _columns(plan: Plan, at: Desk, decided: Iterable[Component]) -> Columns:
    """The bounds of each column over these components."""
    totals = [NOTHING] * len(plan.asked)
    for component in decided:
        if len(component.atoms) > at.tally.exact_atoms:
            _add_outer(totals, plan, at, component)
            continue
        for unit in plan.component(at, component).values():
            for column, bounds in unit.items():
                totals[column] += bounds
    return tuple(totals)


def _add_outer(totals: list[Bounds], plan: Plan, at: Desk, component: Component) -> None:
    """What ``plan.component`` would add of a component too large for exact bounds, without asking how safe they are."""
    if not at.tally.delegates and at.rule.way in ("distinct", "participation", "day"):
        _add_distinct(totals, plan, at, component)
        return
    seen = at.tally.seen(component, at.sightings.by_line)
    away = at.tally.away(component)
    for there in at.tally.by_unit(seen).values():
        standings = at.tally.standings(component, there, away, plan.columns)
        for index, asked in enumerate(plan.asked):
            standing = standings.get(asked.columns[0])
            if isinstance(standing, Outer):
                lower = separate(component.shape, standing.certain)
                upper = standing.possible.bit_count() + standing.more
                totals[index] += Bounds(lower, lower, upper)


def _add_distinct(totals: list[Bounds], plan: Plan, at: Desk, component: Component) -> None:
    """The same, in one pass, under a rule by which one sighting is enough and nobody is left out as a delegate."""
    column = {asked.columns[0]: index for index, asked in enumerate(plan.asked)}
    unit: Callable[[Sighting], Hashable] = {
        "distinct": lambda _: "",
        "participation": _event_of,
        "day": _day_of,
    }[at.rule.way]
    sure: Counter[tuple[Hashable, int]] = Counter()
    possible: Counter[tuple[Hashable, int]] = Counter()
    for number, atom in enumerate(component.atoms):
        here, surely = set(), set()
        for line in atom:
            for sighting in at.sightings.by_line.get(line, ()):
                for contract in (None, *sighting.event.contracts):
                    if contract in column:
                        key = unit(sighting), column[contract]
                        here.add(key)
                        if sighting.sure:
                            surely.add(key)
        for key in here:
            possible[key] += 1
        for key in surely:
            sure[key] |= 1 << number
    for key, atoms in possible.items():
        lower = separate(component.shape, sure[key])
        totals[key[1]] += Bounds(lower, lower, atoms)
