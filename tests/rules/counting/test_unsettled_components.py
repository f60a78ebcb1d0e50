"""What queries add to settled persons is what the reference counts."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.rules.counting.component_bounds import component_bounds
from karvon.rules.counting.count import Count, count, load_rule, overlap, union
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.counting.standing import Bounds
from karvon.rules.programme.description import Scope

CONTRACTS = ("grant", "cluster", "town")
DAY = date(2018, 10, 10)


@st.composite
def programmes(draw: st.DrawFn) -> Facts:
    lines = [f"L{i}" for i in range(draw(st.integers(2, 7)))]
    pairs = list(combinations(lines, 2))
    events = []
    for i in range(4):
        paying = draw(st.sets(st.sampled_from(CONTRACTS), max_size=2))
        day = DAY + timedelta(days=i // 2)
        events.append(
            CountedEvent(
                f"E{i}", "V", "outgoing", "training", day, day, (day,), Decimal(8), tuple(sorted(paying))
            )
        )
    attendances = tuple(
        Attendance(line, event.event, None, signed=draw(st.sampled_from([True, True, None])))
        for line in lines
        for event in draw(st.lists(st.sampled_from(events), min_size=1, max_size=2, unique=True))
    )
    undecided = frozenset(pair for pair in pairs if draw(st.integers(0, 4)) == 0)
    return Facts(attendances, tuple(events), Register({line: line for line in lines}, undecided=undecided))


def added(found: Count, unsettled: list[Bounds], settled: Count) -> bool:
    total = sum(unsettled, Bounds(settled.lower, settled.best, settled.upper))
    return (found.lower, found.best, found.upper) == (total.lower, total.best, total.upper)


@pytest.mark.parametrize(
    "rule_id", ["unique-in-operation", "min-contact-hours", "signed", "participations", "person-days"]
)
@given(facts=programmes())
@settings(max_examples=60, deadline=None)
def test_settled_persons_and_unsettled_components_add_up_to_the_reference(rule_id: str, facts: Facts) -> None:
    rule = load_rule(rule_id)
    found = component_bounds(rule, facts, CONTRACTS)
    doubtful = {line for one in found for line in one.lines}
    settled = Facts(
        tuple(one for one in facts.attendances if one.line not in doubtful), facts.events, Register({})
    )
    nothing = Bounds()
    assert {person for one in found for person in one.persons} == doubtful
    assert added(count(rule, Scope(), facts), [one.programme for one in found], count(rule, Scope(), settled))
    assert added(
        union(rule, CONTRACTS, Scope(), facts),
        [one.union for one in found],
        union(rule, CONTRACTS, Scope(), settled),
    )
    for contract in CONTRACTS:
        scope = Scope(contracts=(contract,))
        assert added(
            count(rule, scope, facts),
            [one.contract.get(contract, nothing) for one in found],
            count(rule, scope, settled),
        )
    for pair in combinations(CONTRACTS, 2):
        assert added(
            overlap(rule, *pair, Scope(), facts),
            [one.pair.get(pair, nothing) for one in found],
            overlap(rule, *pair, Scope(), settled),
        )
