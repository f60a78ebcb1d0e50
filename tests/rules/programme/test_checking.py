"""What contradicts itself between the records of a programme is named by record and field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from karvon.rules.problems import Place, Problem
from karvon.rules.programme.checking import check_programme
from karvon.rules.programme.description import (
    Contract,
    Event,
    HeadCount,
    Indicator,
    Programme,
    ProgrammeDescription,
    Scope,
    Sheet,
    Statement,
    Visit,
)
from karvon.rules.programme.ordering import in_canonical_order
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period, Share

TITLE = Text.of({"lv": "Nosaukums"})
OCTOBER = Period(date(2018, 10, 10), date(2018, 10, 12))
VISIT = Visit("v", "outgoing", TITLE, OCTOBER, shares=(Share("c", Decimal(100)),))
EVENT = Event("e", "v", "training", TITLE, OCTOBER)
PROGRAMME = ProgrammeDescription(
    Programme("p", TITLE, ("lv",), Period(date(2018, 9, 1), date(2018, 12, 31))),
    contracts=(Contract("c", "C 1", "f"),),
    visits=(VISIT,),
    events=(EVENT,),
)


def test_a_programme_that_holds_together_has_no_problem() -> None:
    assert check_programme(PROGRAMME) == ()


def test_each_end_that_lies_outside_is_a_problem_of_its_own() -> None:
    long = replace(EVENT, period=Period(date(2018, 10, 9), date(2018, 10, 13)))
    facts = {"visit": "v", "starts": "2018-10-10", "ends": "2018-10-12"}
    assert check_programme(replace(PROGRAMME, events=(long,))) == (
        Problem("folder.outside_visit", Place(key="event[e].starts"), {"day": "2018-10-09", **facts}),
        Problem("folder.outside_visit", Place(key="event[e].ends"), {"day": "2018-10-13", **facts}),
    )


def test_one_day_outside_is_said_once() -> None:
    late = replace(EVENT, period=Period(date(2018, 10, 13), date(2018, 10, 13)))
    assert [problem.where.key for problem in check_programme(replace(PROGRAMME, events=(late,)))] == [
        "event[e].starts"
    ]


def test_an_open_end_of_a_contract_holds_every_later_day() -> None:
    contract = replace(PROGRAMME.contracts[0], period=Period(date(2018, 10, 10), None))
    assert check_programme(replace(PROGRAMME, contracts=(contract,))) == ()


def test_the_first_and_the_last_day_of_an_event_are_days_of_it() -> None:
    counts = tuple(HeadCount(day, 3) for day in (date(2018, 10, 10), date(2018, 10, 12)))
    sheets = tuple(
        Sheet(day.isoformat(), f"sheets/{day}.csv", "e", day) for day in (OCTOBER.starts, OCTOBER.ends) if day
    )
    whole = replace(PROGRAMME, events=(replace(EVENT, head_counts=counts),), sheets=sheets)
    assert check_programme(whole) == ()


def test_references_to_what_is_not_there_are_passed_over() -> None:
    lost = ProgrammeDescription(
        PROGRAMME.programme, events=(EVENT,), sheets=(Sheet("s", "sheets/s.csv", "gone"),)
    )
    assert check_programme(lost) == ()


def test_people_are_counted_by_a_rule_and_other_things_without() -> None:
    people = Indicator("people", TITLE, "people")
    visits = Indicator("visits", TITLE, "visits")
    problems = check_programme(replace(PROGRAMME, indicators=(people, visits)))
    assert [(problem.code, problem.where.key) for problem in problems] == [
        ("folder.rule_missing", "indicator[people].rule")
    ]


def test_a_parameter_keeps_to_what_the_rule_allows() -> None:
    hours = Indicator("h", TITLE, "people", rule="min-contact-hours", parameters=(("hours", Decimal(0)),))
    (problem,) = check_programme(replace(PROGRAMME, indicators=(hours,)))
    assert (problem.code, problem.where.key) == ("folder.parameter_range", "indicator[h].parameters.hours")


def test_the_order_of_shares_head_counts_and_parameters_says_nothing() -> None:
    shares = (Share("b", Decimal(40)), Share("c", Decimal(60)))
    counts = (HeadCount(date(2018, 10, 11), 1), HeadCount(date(2018, 10, 10), 2))
    parameters = (("b", Decimal(1)), ("a", Decimal(2)))
    said = replace(
        PROGRAMME,
        contracts=(Contract("c", "C 1", "f"), Contract("b", "B 1", "f")),
        visits=(replace(VISIT, shares=shares),),
        events=(replace(EVENT, shares=shares, head_counts=counts),),
        indicators=(Indicator("i", TITLE, "visits", parameters=parameters),),
    )
    ordered = in_canonical_order(said)
    assert ordered.visits[0].shares == ordered.events[0].shares == shares[::-1]
    assert ordered.events[0].head_counts == counts[::-1]
    assert ordered.indicators[0].parameters == parameters[::-1]
    assert in_canonical_order(ordered) == ordered


def test_a_statement_about_what_its_indicator_does_not_count_is_named() -> None:
    indicator = Indicator("i", TITLE, "visits", scope=Scope(direction="incoming", contracts=("c",)))
    inside = Statement("s", TITLE, "i", "more_than", 0, scope=Scope(contracts=("c",)))
    outside = Statement("t", TITLE, "i", "more_than", 0, scope=Scope(direction="outgoing"))
    programme = replace(PROGRAMME, indicators=(indicator,), statements=(inside, outside))

    assert check_programme(programme) == (
        Problem("folder.outside_indicator", Place(key="statement[t].scope"), {"indicator": "i"}),
    )
