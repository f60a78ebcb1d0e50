"""The bounds of every rule, overlap and union, compared with all groupings of small registers.

The oracle here shares no code with the rules: it lists all partitions of the lines and keeps the legal ones.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from karvon.rules.counting.count import Count, Rule, count, load_rule, overlap, union
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.counting.figures import Asked, desk, figures
from karvon.rules.programme.description import Scope

CONTRACTS = ("grant", "cluster")
FIRST_DAY = date(2018, 10, 10)
RULES = (
    load_rule("unique-in-operation"),
    load_rule("unique-in-period"),
    load_rule("signed"),
    load_rule("min-contact-hours"),
    load_rule("completed", {"share": Decimal(60)}),
    load_rule("participations"),
    load_rule("person-days"),
)
Group = tuple[str, ...]
Partition = tuple[Group, ...]


def partitions(lines: list[str]) -> Iterator[list[list[str]]]:
    if not lines:
        yield []
        return
    first, rest = lines[0], lines[1:]
    for smaller in partitions(rest):
        yield [[first], *smaller]
        for i, group in enumerate(smaller):
            yield [*smaller[:i], [first, *group], *smaller[i + 1 :]]


def legal_partitions(lines: list[str], register: Register) -> list[Partition]:
    must = (register.certain - register.different) | register.same
    may = must | (register.undecided - register.different)
    return [
        tuple(tuple(group) for group in partition)
        for partition in partitions(lines)
        if all(connected(group, may) for group in partition)
        and all(together(pair, partition) for pair in must)
        and not any(together(pair, partition) for pair in register.different)
    ]


def together(pair: tuple[str, str], partition: list[list[str]]) -> bool:
    return any(pair[0] in group and pair[1] in group for group in partition)


def connected(group: list[str], edges: frozenset[tuple[str, str]]) -> bool:
    reached, border = {group[0]}, [group[0]]
    while border:
        line = border.pop()
        for a, b in edges:
            for one, other in ((a, b), (b, a)):
                if one == line and other in group and other not in reached:
                    reached.add(other)
                    border.append(other)
    return len(reached) == len(group)


@dataclass(frozen=True)
class Oracle:
    """Counts one partition by the words of the rules."""

    rule: Rule
    facts: Facts

    def seen(
        self, group: Group, contracts: tuple[str, ...], sure: bool
    ) -> Iterator[tuple[Attendance, CountedEvent]]:
        events = {event.event: event for event in self.facts.events}
        for attendance in self.facts.attendances:
            event = events[attendance.event]
            if (
                attendance.line in group
                and attendance.role == "participant"
                and attendance.status != "registered"
                and (not contracts or set(contracts) & set(event.contracts))
                and (not self.rule.structured_only or (event.structured and event.kind == "training"))
                and (
                    not self.rule.signed_only
                    or attendance.signed is True
                    or (attendance.signed is None and not sure)
                )
                and not set(event.delegation) & set(group)
            ):
                yield attendance, event

    def units(self) -> list[object]:
        if self.rule.way == "participation":
            return [event.event for event in self.facts.events]
        if self.rule.way == "day":
            return sorted({day for event in self.facts.events for day in event.days})
        return [None]

    def counted(self, group: Group, contracts: tuple[str, ...], unit: object, sure: bool) -> bool:
        seen = list(self.seen(group, contracts, sure))
        if self.rule.way == "participation":
            return any(event.event == unit for _, event in seen)
        if self.rule.way == "day":
            return any(unit in ([a.day] if a.day else event.days) for a, event in seen)
        if self.rule.way == "distinct":
            return bool(seen)
        sessions: dict[tuple[str, date], Fraction] = {}
        for attendance, event in seen:
            if attendance.hours is None and event.hours is None and not sure and self.rule.way == "threshold":
                return True
            days = [attendance.day] if attendance.day else list(event.days)
            written = attendance.hours if attendance.hours is not None else (event.hours or Decimal(0))
            parts = len(days) if attendance.hours is not None else len(event.days)
            for day in days:
                hours = Fraction(written) / parts
                sessions[event.event, day] = max(sessions.get((event.event, day), Fraction(0)), hours)
        if self.rule.way == "threshold":
            return bool(sessions) and sum(sessions.values()) >= self.rule.parameter("hours")
        return any(
            len(event.days) > 1
            and (
                sum((event.event, day) in sessions for day in event.days) * 100
                >= self.rule.parameter("share") * len(event.days)
                or any(a.status == "completed" and e == event for a, e in seen)
            )
            for event in self.facts.events
        )

    def bounds(
        self, possible: list[Partition], best: Partition, asked: Callable[[Group, object, bool], bool]
    ) -> tuple[int, int, int]:
        def total(partition: Partition, unit: object, sure: bool) -> int:
            return sum(asked(group, unit, sure) for group in partition)

        lower = sum(min(total(p, unit, True) for p in possible) for unit in self.units())
        upper = sum(max(total(p, unit, False) for p in possible) for unit in self.units())
        return lower, sum(total(best, unit, True) for unit in self.units()), upper


@st.composite
def programmes(
    draw: st.DrawFn, *, most_lines: int = 6, delegations: bool = True
) -> tuple[Facts, list[Partition], Partition]:
    lines = [f"L{i}" for i in range(draw(st.integers(1, most_lines)))]
    pairs = list(combinations(lines, 2))
    register = Register(
        person_of={},
        certain=frozenset(pair for pair in pairs if draw(st.integers(0, 9)) == 0),
        undecided=frozenset(pair for pair in pairs if draw(st.integers(0, 9)) < 5),
        same=frozenset(pair for pair in pairs if draw(st.integers(0, 14)) == 0),
        different=frozenset(pair for pair in pairs if draw(st.integers(0, 9)) == 0),
    )
    register = replace(
        register,
        same=register.same - register.different,
        undecided=register.undecided - register.certain,
    )
    possible = legal_partitions(lines, register)
    assume(possible)
    best = draw(st.sampled_from(possible))
    register = replace(register, person_of={line: f"P-{min(group)}" for group in best for line in group})
    events = []
    for i in range(draw(st.integers(1, 3))):
        days = tuple(FIRST_DAY + timedelta(days=n) for n in range(draw(st.integers(1, 3))))
        events.append(
            CountedEvent(
                event=f"E{i}",
                visit=f"V{i}",
                direction="outgoing",
                kind=draw(st.sampled_from(["training", "training", "training", "partner_meeting"])),
                starts=days[0],
                ends=days[-1],
                days=days,
                hours=draw(st.sampled_from([None, Decimal(8), Decimal(8), Decimal(16), Decimal(10)])),
                contracts=draw(st.sampled_from([("grant",), ("cluster",), ("grant", "cluster"), ()])),
                delegation=(draw(st.sampled_from(lines)),)
                if delegations and draw(st.integers(0, 5)) == 0
                else (),
            )
        )
    attendances = []
    for line in lines:
        for event in events:
            if draw(st.booleans()):
                attendances.append(
                    Attendance(
                        line=line,
                        event=event.event,
                        day=draw(st.sampled_from([None, *event.days])),
                        role=draw(st.sampled_from(["participant", "participant", "participant", "trainer"])),
                        status=draw(
                            st.sampled_from(["present", "present", "present", "registered", "completed"])
                        ),
                        hours=draw(st.sampled_from([None, None, Decimal(4), Decimal("7.5")])),
                        signed=draw(st.sampled_from([True, False, None])),
                    )
                )
    return Facts(tuple(attendances), tuple(events), register), possible, best


def said(number: Count) -> tuple[int, int, int]:
    return number.lower, number.best, number.upper


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(case=programmes())
@settings(max_examples=60, deadline=None)
def test_bounds_are_the_least_and_the_most_over_all_groupings(
    rule: Rule, case: tuple[Facts, list[Partition], Partition]
) -> None:
    facts, possible, best = case
    oracle = Oracle(rule, facts)
    got = count(rule, Scope(), facts)
    assert said(got) == oracle.bounds(possible, best, lambda g, u, s: oracle.counted(g, (), u, s))
    assert not got.outer
    assert got.lower <= got.best <= got.upper
    for contract in CONTRACTS:
        under = count(rule, Scope(contracts=(contract,)), facts)
        assert said(under) == oracle.bounds(
            possible, best, lambda g, u, s, c=contract: oracle.counted(g, (c,), u, s)
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(case=programmes())
@settings(max_examples=60, deadline=None)
def test_overlap_and_union_are_exact_over_all_groupings(
    rule: Rule, case: tuple[Facts, list[Partition], Partition]
) -> None:
    facts, possible, best = case
    oracle = Oracle(rule, facts)

    def under(group: Group, unit: object, sure: bool) -> list[bool]:
        return [oracle.counted(group, (contract,), unit, sure) for contract in CONTRACTS]

    shared = overlap(rule, *CONTRACTS, Scope(), facts)
    assert said(shared) == oracle.bounds(possible, best, lambda g, u, s: all(under(g, u, s)))
    either = union(rule, CONTRACTS, Scope(), facts)
    assert said(either) == oracle.bounds(possible, best, lambda g, u, s: any(under(g, u, s)))
    uppers = [count(rule, Scope(contracts=(contract,)), facts).upper for contract in CONTRACTS]
    assert shared.upper <= min(uppers)
    assert max(uppers) <= either.upper <= sum(uppers)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(case=programmes())
@settings(max_examples=60, deadline=None)
def test_outer_bounds_contain_the_exact_ones_and_say_so_when_they_differ(
    rule: Rule, case: tuple[Facts, list[Partition], Partition]
) -> None:
    facts = case[0]
    for scope, asked in (
        (Scope(), Asked((None,))),
        (Scope(contracts=("grant",)), Asked((None,))),
        (Scope(contracts=CONTRACTS), Asked(CONTRACTS)),
        (Scope(contracts=CONTRACTS), Asked(CONTRACTS, "any")),
    ):
        ((exact, _),) = figures(desk(rule, scope, facts), [asked])
        ((outer, _),) = figures(desk(rule, scope, facts, exact_atoms=1), [asked])
        assert outer.lower <= exact.lower
        assert outer.best == exact.best
        assert exact.upper <= outer.upper
        if not outer.outer:
            assert outer == exact
