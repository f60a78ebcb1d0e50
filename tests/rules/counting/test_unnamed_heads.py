"""Unnamed heads compared with every way in which they could be somebody."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.rules.counting.count import Rule, count, load_rule, overlap, union
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.programme.description import Scope

DAY = date(2018, 10, 10)
CONTRACTS = ("grant", "cluster")
WAYS = tuple(
    replace(load_rule(rule_id), counts_unnamed=True)
    for rule_id in ("unique-in-operation", "min-contact-hours", "completed", "participations", "person-days")
)


def training(number: int, days: int, heads: int, contracts: tuple[str, ...], hours: int) -> CountedEvent:
    first = DAY + timedelta(days=2 * number)
    of = tuple(first + timedelta(days=n) for n in range(days))
    return CountedEvent(
        f"E{number}",
        "V",
        "outgoing",
        "training",
        of[0],
        of[-1],
        of,
        Decimal(hours),
        contracts,
        head_counts=tuple((day, heads) for day in of) if heads else (),
    )


@st.composite
def programmes(draw: st.DrawFn) -> Facts:
    events = tuple(
        training(
            i,
            draw(st.integers(1, 2)) if i else 1,
            draw(st.integers(0, 2)) if not i else draw(st.integers(0, 1)),
            draw(st.sampled_from([("grant",), ("cluster",), CONTRACTS])),
            draw(st.sampled_from([8, 16])),
        )
        for i in range(2)
    )
    attendances = tuple(
        Attendance(line, event.event, draw(st.sampled_from(event.days)))
        for line in ("A", "B")
        for event in events
        if draw(st.booleans())
    )
    return Facts(attendances, events, Register({}))


def with_heads_named(facts: Facts) -> list[Facts]:
    """Every programme in which each unnamed head is somebody: one of the named, or one of a few others."""
    places = []
    for event in facts.events:
        for day, heads in event.head_counts:
            named = {one.line for one in facts.attendances if one.event == event.event and one.day == day}
            places += [(event.event, day, named)] * max(0, heads - len(named))
    people = ["A", "B", *(f"X{i}" for i in range(min(3, len(places))))]
    found = []
    for chosen in product(people, repeat=len(places)):
        seen = {(event, day, who) for (event, day, _), who in zip(places, chosen, strict=True)}
        if len(seen) < len(places) or any(
            who in named for (_, _, named), who in zip(places, chosen, strict=True)
        ):
            continue
        more = tuple(Attendance(who, event, day) for event, day, who in sorted(seen))
        bare = tuple(replace(event, head_counts=()) for event in facts.events)
        found.append(Facts(facts.attendances + more, bare, Register({})))
    return found


@pytest.mark.parametrize("rule", WAYS, ids=lambda rule: rule.id)
@given(facts=programmes())
@settings(max_examples=20, deadline=None)
def test_whoever_the_unnamed_heads_are_the_upper_bound_holds(rule: Rule, facts: Facts) -> None:
    upper = {contract: count(rule, Scope(contracts=(contract,)), facts) for contract in CONTRACTS}
    whole, shared = count(rule, Scope(), facts), overlap(rule, *CONTRACTS, Scope(), facts)
    either = union(rule, CONTRACTS, Scope(), facts)
    plain = replace(rule, counts_unnamed=False)
    assert (whole.lower, whole.best) == (
        count(plain, Scope(), facts).lower,
        count(plain, Scope(), facts).best,
    )
    assert whole.upper - whole.unnamed == count(plain, Scope(), facts).upper
    worlds = with_heads_named(facts)
    for world in worlds:
        assert count(rule, Scope(), world).best <= whole.upper
        assert overlap(rule, *CONTRACTS, Scope(), world).best <= shared.upper
        assert union(rule, CONTRACTS, Scope(), world).best <= either.upper
        for contract in CONTRACTS:
            assert count(rule, Scope(contracts=(contract,)), world).best <= upper[contract].upper
    assert shared.upper <= min(one.upper for one in upper.values())


def test_heads_who_cannot_reach_the_hours_are_not_in_the_upper_bound() -> None:
    rule = replace(load_rule("min-contact-hours"), counts_unnamed=True)
    short = training(0, 1, 5, ("grant",), 8)
    assert count(rule, Scope(), Facts((), (short,), Register({}))).upper == 0
    longer = training(0, 1, 5, ("grant",), 16)
    assert count(rule, Scope(), Facts((), (longer,), Register({}))).upper == 5


def test_heads_reach_the_hours_only_together_with_so_many_lines_as_there_are() -> None:
    rule = replace(load_rule("min-contact-hours"), counts_unnamed=True)
    full, named = training(0, 1, 5, ("grant",), 8), training(1, 1, 0, ("grant",), 8)
    facts = Facts((Attendance("A", "E1", None), Attendance("B", "E1", None)), (full, named), Register({}))
    counted = count(rule, Scope(), facts)
    assert (counted.lower, counted.best, counted.upper, counted.unnamed) == (0, 0, 2, 2)


def test_heads_of_two_days_complete_a_course() -> None:
    rule = replace(load_rule("completed"), counts_unnamed=True)
    course = training(0, 2, 3, ("grant",), 16)
    assert count(rule, Scope(), Facts((), (course,), Register({}))).upper == 3
    one_day = training(0, 1, 3, ("grant",), 16)
    assert count(rule, Scope(), Facts((), (one_day,), Register({}))).upper == 0


def test_an_events_unnamed_heads_are_those_of_its_days_summed() -> None:
    rule = load_rule("unique-with-heads")
    course = training(0, 2, 3, ("grant",), 16)
    facts = Facts((Attendance("A", "E0", course.days[0]),), (course,), Register({}))
    counted = count(rule, Scope(), facts)
    assert (counted.lower, counted.best, counted.upper, counted.unnamed) == (1, 1, 6, 5)


def test_who_was_seen_at_the_whole_event_is_named_on_its_every_day() -> None:
    rule = load_rule("unique-with-heads")
    course = training(0, 2, 3, ("grant",), 16)
    facts = Facts((Attendance("A", "E0", None),), (course,), Register({}))
    assert count(rule, Scope(), facts).unnamed == 4
