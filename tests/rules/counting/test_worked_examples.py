"""The examples the definition of a count is explained with."""

from datetime import date
from decimal import Decimal

from karvon.rules.counting.count import Count, count, load_rule, overlap, union
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.programme.description import Scope

MONDAY, TUESDAY = date(2018, 10, 8), date(2018, 10, 9)
UNIQUE = load_rule("unique-in-operation")
WITH_HEADS = load_rule("unique-with-heads")
HOURS = load_rule("min-contact-hours")


def training(
    key: str,
    day: date = MONDAY,
    *,
    contracts: tuple[str, ...] = ("grant",),
    hours: int = 8,
    heads: int = 0,
    delegation: tuple[str, ...] = (),
) -> CountedEvent:
    return CountedEvent(
        event=key,
        visit="october",
        direction="outgoing",
        kind="training",
        starts=day,
        ends=day,
        days=(day,),
        hours=Decimal(hours),
        contracts=contracts,
        head_counts=((day, heads),) if heads else (),
        delegation=delegation,
    )


def seen(event: CountedEvent, *lines: str) -> tuple[Attendance, ...]:
    return tuple(Attendance(line, event.event, event.days[0]) for line in lines)


def said(number: Count) -> tuple[int, int, int]:
    return number.lower, number.best, number.upper


def test_a_certain_and_an_undecided_match_make_one_or_two_people() -> None:
    event = training("E")
    register = Register(
        {"A": "1", "B": "1", "C": "1"}, certain=frozenset({("A", "B")}), undecided=frozenset({("B", "C")})
    )
    assert said(count(UNIQUE, Scope(), Facts(seen(event, "A", "B", "C"), (event,), register))) == (1, 1, 2)


def test_two_who_differ_and_a_third_who_may_be_either_make_two_or_three_people() -> None:
    event = training("E")
    register = Register(
        {"A": "1", "B": "1", "C": "2"},
        undecided=frozenset({("A", "B"), ("B", "C")}),
        different=frozenset({("A", "C")}),
    )
    assert said(count(UNIQUE, Scope(), Facts(seen(event, "A", "B", "C"), (event,), register))) == (2, 2, 3)


def test_a_line_outside_the_scope_still_connects_two_inside() -> None:
    inside, outside = training("E"), training("F", contracts=("cluster",))
    register = Register({"A": "1", "B": "2", "C": "3"}, undecided=frozenset({("A", "B"), ("B", "C")}))
    facts = Facts(seen(inside, "A", "C") + seen(outside, "B"), (inside, outside), register)
    assert said(count(UNIQUE, Scope(contracts=("grant",)), facts)) == (1, 2, 2)


def test_a_decision_overrides_a_certain_match() -> None:
    event = training("E")
    register = Register(
        {"A": "1", "B": "2"}, certain=frozenset({("A", "B")}), different=frozenset({("A", "B")})
    )
    assert said(count(UNIQUE, Scope(), Facts(seen(event, "A", "B"), (event,), register))) == (2, 2, 2)


def test_a_chain_of_certain_matches_between_two_who_differ_is_broken_somewhere() -> None:
    event = training("E")
    register = Register(
        {"A": "1", "B": "1", "C": "2"},
        certain=frozenset({("A", "B"), ("B", "C")}),
        different=frozenset({("A", "C")}),
    )
    assert said(count(UNIQUE, Scope(), Facts(seen(event, "A", "B", "C"), (event,), register))) == (2, 2, 3)


def test_decisions_that_contradict_each_other_leave_safe_bounds() -> None:
    event = training("E")
    register = Register(
        {"A": "1", "B": "1", "C": "2"},
        same=frozenset({("A", "B"), ("B", "C")}),
        different=frozenset({("A", "C")}),
    )
    assert said(count(UNIQUE, Scope(), Facts(seen(event, "A", "B", "C"), (event,), register))) == (2, 2, 3)


def test_merging_two_days_of_eight_hours_raises_a_count_from_sixteen_hours() -> None:
    first, second = training("E", MONDAY), training("F", TUESDAY)
    register = Register({"A": "1", "B": "2"}, undecided=frozenset({("A", "B")}))
    facts = Facts(seen(first, "A") + seen(second, "B"), (first, second), register)
    assert said(count(HOURS, Scope(), facts)) == (0, 0, 1)
    assert said(count(UNIQUE, Scope(), facts)) == (1, 2, 2)


def test_a_session_signed_twice_counts_its_hours_once() -> None:
    event = training("E")
    register = Register({"A": "1", "B": "1"}, certain=frozenset({("A", "B")}))
    facts = Facts(seen(event, "A", "B"), (event,), register)
    assert said(count(HOURS, Scope(), facts)) == (0, 0, 0)
    assert said(count(load_rule("min-contact-hours", {"hours": Decimal(8)}), Scope(), facts)) == (1, 1, 1)


def test_eight_hours_under_each_contract_make_a_person_of_the_programme_and_of_neither_contract() -> None:
    first, second = training("E", contracts=("grant",)), training("F", contracts=("cluster",))
    facts = Facts(seen(first, "A") + seen(second, "A"), (first, second), Register({"A": "1"}))
    assert said(count(HOURS, Scope(), facts)) == (1, 1, 1)
    for contract in ("grant", "cluster"):
        assert said(count(HOURS, Scope(contracts=(contract,)), facts)) == (0, 0, 0)
    assert said(union(HOURS, ("grant", "cluster"), Scope(), facts)) == (0, 0, 0)
    assert said(overlap(HOURS, "grant", "cluster", Scope(), facts)) == (0, 0, 0)


def test_an_event_gives_its_full_hours_to_every_contract_that_pays_it() -> None:
    event = training("E", contracts=("grant", "cluster"), hours=16)
    facts = Facts(seen(event, "A"), (event,), Register({"A": "1"}))
    assert said(overlap(HOURS, "grant", "cluster", Scope(), facts)) == (1, 1, 1)


def test_an_undecided_match_across_contracts_may_be_an_overlap() -> None:
    first, second = training("E", contracts=("grant",)), training("F", contracts=("cluster",))
    register = Register({"A": "1", "B": "2"}, undecided=frozenset({("A", "B")}))
    facts = Facts(seen(first, "A") + seen(second, "B"), (first, second), register)
    assert said(overlap(UNIQUE, "grant", "cluster", Scope(), facts)) == (0, 0, 1)
    assert said(union(UNIQUE, ("grant", "cluster"), Scope(), facts)) == (1, 2, 2)


def test_thirty_said_the_organiser_and_two_names_are_on_the_sheet() -> None:
    event = training("E", heads=30)
    register = Register({"A": "1", "B": "2"}, undecided=frozenset({("A", "B")}))
    facts = Facts(seen(event, "A", "B"), (event,), register)
    counted = count(WITH_HEADS, Scope(), facts)
    assert (*said(counted), counted.unnamed) == (1, 2, 30, 28)
    uncounted = count(UNIQUE, Scope(), facts)
    assert (*said(uncounted), uncounted.unnamed) == (1, 2, 2, 0)


def test_a_head_count_below_the_names_adds_nobody() -> None:
    event = training("E", heads=1)
    facts = Facts(seen(event, "A", "B"), (event,), Register({"A": "1", "B": "2"}))
    assert said(count(WITH_HEADS, Scope(), facts)) == (2, 2, 2)


def test_a_head_of_one_contract_may_be_a_named_person_of_the_other() -> None:
    first = training("E", contracts=("grant",), heads=5)
    second = training("F", TUESDAY, contracts=("cluster",))
    facts = Facts(seen(first, "A") + seen(second, "B", "C"), (first, second), Register({}))
    shared = overlap(WITH_HEADS, "grant", "cluster", Scope(), facts)
    assert said(shared) == (0, 0, 2)  # not more than the two whom the cluster's own column holds
    assert shared.unnamed == 2


def test_nobody_is_interpreter_and_participant_at_once() -> None:
    event = training("E")
    facts = Facts(
        (Attendance("A", "E", MONDAY), Attendance("B", "E", MONDAY, role="interpreter")),
        (event,),
        Register({}),
    )
    assert said(count(UNIQUE, Scope(), facts)) == (1, 1, 1)


def test_who_may_be_one_of_the_visiting_experts_is_not_certain_to_be_counted() -> None:
    event = training("E", delegation=("expert",))
    register = Register({"A": "1", "expert": "2"}, undecided=frozenset({("A", "expert")}))
    facts = Facts(seen(event, "A"), (event,), register)
    assert said(count(UNIQUE, Scope(), facts)) == (0, 1, 1)


def test_a_visiting_expert_who_signs_the_list_is_never_trained() -> None:
    event = training("E", delegation=("expert",))
    register = Register({"A": "1", "expert": "1"}, certain=frozenset({("A", "expert")}))
    assert said(count(UNIQUE, Scope(), Facts(seen(event, "A"), (event,), register))) == (0, 0, 0)
