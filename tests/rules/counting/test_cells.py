"""Breakdowns: exclusive cells sum to the total, and a cell's upper bound includes what is not known."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from karvon.rules.counting.cell_members import cell_members
from karvon.rules.counting.cells import By, disaggregate, period_of, time_of
from karvon.rules.counting.count import Count, Rule, count, load_rule
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.programme.description import Scope

DAY = date(2018, 10, 10)
UNIQUE = load_rule("unique-in-operation")
FIRST = CountedEvent(
    event="heat",
    visit="october",
    direction="outgoing",
    kind="training",
    starts=DAY,
    ends=DAY,
    days=(DAY,),
    hours=Decimal(8),
    contracts=("grant",),
    sectors=("23620",),
)
SECOND = replace(FIRST, event="water", visit="november", sectors=("14021",))
BOTH = replace(FIRST, event="both", sectors=("23620", "14021"))


def said(number: Count) -> tuple[int, int, int]:
    return number.lower, number.best, number.upper


def broken_down(
    facts: Facts, by: By, *, rule: Rule = UNIQUE, exclusive: bool | None = None
) -> dict[str, object]:
    found = disaggregate(rule, Scope(), facts, by=by, exclusive=exclusive)
    return {value: said(cell) for value, cell in found.items()}


def test_a_cell_may_hold_those_whose_value_is_not_stated() -> None:
    facts = Facts(
        (
            Attendance("A", "heat", DAY, sex="f"),
            Attendance("B", "heat", DAY, sex="m"),
            Attendance("C", "heat", DAY),
        ),
        (FIRST,),
        Register({}),
    )
    assert broken_down(facts, "sex") == {"f": (1, 1, 2), "m": (1, 1, 2), "": (1, 1, 1)}


def test_somebody_with_two_values_is_several() -> None:
    facts = Facts(
        (Attendance("A", "heat", DAY, region="UZ-TK"), Attendance("B", "water", DAY, region="UZ-AN")),
        (FIRST, SECOND),
        Register({"A": "1", "B": "1"}, certain=frozenset({("A", "B")})),
    )
    assert broken_down(facts, "region") == {"several": (1, 1, 1), "": (0, 0, 0)}


def test_a_line_that_states_nothing_takes_nothing_from_the_one_that_does() -> None:
    facts = Facts(
        (Attendance("A", "heat", DAY, region="UZ-TK"), Attendance("B", "water", DAY)),
        (FIRST, SECOND),
        Register({"A": "1", "B": "1"}, certain=frozenset({("A", "B")})),
    )
    assert broken_down(facts, "region") == {"UZ-TK": (1, 1, 1), "": (0, 0, 0)}


def test_an_undecided_match_of_two_values_may_be_one_person_of_several() -> None:
    facts = Facts(
        (Attendance("A", "heat", DAY, region="UZ-TK"), Attendance("B", "water", DAY, region="UZ-AN")),
        (FIRST, SECOND),
        Register({"A": "1", "B": "2"}, undecided=frozenset({("A", "B")})),
    )
    assert broken_down(facts, "region") == {
        "UZ-AN": (0, 1, 1),
        "UZ-TK": (0, 1, 1),
        "several": (0, 0, 1),
        "": (0, 0, 0),
    }


def test_by_event_each_cell_counts_its_own_people_unless_asked_to_be_exclusive() -> None:
    facts = Facts(
        (Attendance("A", "heat", DAY), Attendance("A", "water", DAY), Attendance("B", "water", DAY)),
        (FIRST, SECOND),
        Register({}),
    )
    assert broken_down(facts, "event") == {"heat": (1, 1, 1), "water": (2, 2, 2), "": (0, 0, 0)}
    assert broken_down(facts, "event", exclusive=True) == {
        "water": (1, 1, 1),
        "several": (1, 1, 1),
        "": (0, 0, 0),
    }
    assert broken_down(facts, "visit") == {"november": (2, 2, 2), "october": (1, 1, 1), "": (0, 0, 0)}
    assert broken_down(facts, "sector") == {"14021": (2, 2, 2), "23620": (1, 1, 1), "": (0, 0, 0)}


def test_an_event_of_two_sectors_makes_its_people_several() -> None:
    facts = Facts((Attendance("A", "both", DAY),), (BOTH,), Register({}))
    assert broken_down(facts, "sector") == {"14021": (1, 1, 1), "23620": (1, 1, 1), "": (0, 0, 0)}
    assert broken_down(facts, "sector", exclusive=True) == {"several": (1, 1, 1), "": (0, 0, 0)}


def test_unnamed_heads_may_be_in_every_cell_of_persons_and_in_the_cell_of_their_event() -> None:
    event = replace(FIRST, head_counts=((DAY, 4),))
    facts = Facts(
        (Attendance("A", "heat", DAY, sex="f"), Attendance("B", "water", DAY, sex="m")),
        (event, SECOND),
        Register({}),
    )
    rule = load_rule("unique-with-heads")
    assert broken_down(facts, "sex", rule=rule) == {"f": (1, 1, 4), "m": (1, 1, 4), "": (0, 0, 3)}
    assert broken_down(facts, "event", rule=rule) == {"heat": (1, 1, 4), "water": (1, 1, 1), "": (0, 0, 0)}
    assert broken_down(facts, "event", rule=rule, exclusive=True) == {
        "heat": (1, 1, 4),
        "water": (1, 1, 1),
        "several": (0, 0, 3),
        "": (0, 0, 0),
    }


@st.composite
def registers(draw: st.DrawFn) -> Facts:
    lines = [f"L{i}" for i in range(draw(st.integers(1, 5)))]
    pairs = list(combinations(lines, 2))
    undecided = frozenset(pair for pair in pairs if draw(st.booleans()))
    person = {}
    for line in lines:
        near = [other for other in person if (other, line) in undecided]
        person[line] = person[draw(st.sampled_from(near))] if near and draw(st.booleans()) else line
    different = frozenset(
        pair for pair in pairs if person[pair[0]] != person[pair[1]] and draw(st.integers(0, 4)) == 0
    )
    events = tuple(
        replace(
            event,
            hours=draw(st.sampled_from([Decimal(8), Decimal(16)])),
            head_counts=((DAY, draw(st.integers(0, 3))),),
        )
        for event in (FIRST, SECOND, BOTH)
    )
    attendances = tuple(
        Attendance(
            line,
            event.event,
            DAY,
            region=draw(st.sampled_from(["", "UZ-TK", "UZ-AN"])),
            signed=draw(st.sampled_from([True, None])),
        )
        for line in lines
        for event in events
        if draw(st.booleans())
    )
    assume(attendances)
    return Facts(attendances, events, Register(person, undecided=undecided - different, different=different))


@pytest.mark.parametrize(
    "rule_id",
    [
        "unique-in-operation",
        "signed",
        "min-contact-hours",
        "participations",
        "person-days",
        "unique-with-heads",
    ],
)
@pytest.mark.parametrize("by", ["region", "sector", "event"])
@given(facts=registers())
@settings(max_examples=40, deadline=None)
def test_exclusive_cells_sum_to_the_total_and_no_cell_exceeds_it(rule_id: str, by: By, facts: Facts) -> None:
    rule = load_rule(rule_id)
    found = disaggregate(rule, Scope(), facts, by=by, exclusive=True)
    assert found.total == count(rule, Scope(), facts)
    assert sum(cell.best for cell in found.values()) == found.total.best
    assert sum(cell.lower for cell in found.values()) <= found.total.lower
    assert sum(cell.upper for cell in found.values()) >= found.total.upper
    for cell in found.values():
        assert 0 <= cell.lower <= cell.best <= cell.upper <= found.total.upper


@given(facts=registers(), regions=st.lists(st.sampled_from(["UZ-TK", "UZ-AN"]), min_size=30, max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_cell_holds_the_truth_whatever_was_left_unstated(facts: Facts, regions: list[str]) -> None:
    told = tuple(
        one if one.region else replace(one, region=region)
        for one, region in zip(facts.attendances, regions, strict=False)
    )
    assume(len(facts.attendances) <= len(regions))
    doubtful = disaggregate(UNIQUE, Scope(), facts, by="region", exclusive=False)
    known = disaggregate(UNIQUE, Scope(), replace(facts, attendances=told), by="region", exclusive=False)
    for region in ("UZ-TK", "UZ-AN"):
        if region in doubtful and region in known:
            assert doubtful[region].lower <= known[region].best <= doubtful[region].upper


@pytest.mark.parametrize(
    "rule_id",
    ["unique-in-operation", "signed", "min-contact-hours", "participations", "person-days", "completed"],
)
@pytest.mark.parametrize("by", ["region", "sector", "event", "month"])
@given(facts=registers())
@settings(max_examples=30, deadline=None)
def test_every_cell_opens_to_as_many_as_it_counts(rule_id: str, by: By, facts: Facts) -> None:
    rule = load_rule(rule_id)
    for exclusive in (True, False):
        found = disaggregate(rule, Scope(), facts, by=by, exclusive=exclusive)
        opened = {
            value: sum(
                member.counted
                for member in cell_members(rule, Scope(), facts, by=by, value=value, exclusive=exclusive)
            )
            for value in found
        }
        assert opened == {value: cell.best for value, cell in found.items()}


def test_by_time_somebody_seen_in_two_months_is_in_both_and_once_in_their_quarter() -> None:
    november = replace(SECOND, starts=date(2018, 11, 6), ends=date(2018, 11, 6), days=(date(2018, 11, 6),))
    facts = Facts(
        (
            Attendance("A", "heat", DAY),
            Attendance("B", "water", date(2018, 11, 6)),
            Attendance("C", "water", None),
        ),
        (FIRST, november),
        Register({"A": "1", "B": "1", "C": "2"}, certain=frozenset({("A", "B")})),
    )
    nobody = {"": (0, 0, 0)}
    assert broken_down(facts, "month") == {"2018-10": (1, 1, 1), "2018-11": (2, 2, 2), **nobody}
    assert broken_down(facts, "quarter") == {"2018-Q4": (2, 2, 2), **nobody}
    assert broken_down(facts, "year") == {"2018": (2, 2, 2), **nobody}
    members = cell_members(UNIQUE, Scope(), facts, by="month", value="2018-11")
    assert [(one.person, one.seen) for one in members] == [
        ("1", (("B", "water"),)),
        ("2", (("C", "water"),)),
    ]


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from(["month", "quarter", "year"]))
def test_a_day_lies_in_the_period_its_time_names(day: date, by: Literal["month", "quarter", "year"]) -> None:
    period = period_of(time_of(day, by))
    assert period.starts is not None
    assert period.ends is not None
    assert period.holds(day)
    assert time_of(period.starts, by) == time_of(period.ends, by) == time_of(day, by)
    assert not period.holds(period.ends + timedelta(days=1)) if period.ends < date.max else True
