"""Every figure opens to who is counted, and who is left out and why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from karvon.rules.counting.count import count, load_rule
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.counting.members import left_out, members
from karvon.rules.counting.unreviewed import certain_unreviewed
from karvon.rules.programme.description import Scope
from karvon.rules.programme.values import Period

OCTOBER = (date(2018, 10, 10), date(2018, 10, 11))
COURSE = CountedEvent(
    event="course",
    visit="tashkent",
    direction="outgoing",
    kind="training",
    starts=OCTOBER[0],
    ends=OCTOBER[1],
    days=OCTOBER,
    hours=Decimal(16),
    contracts=("grant",),
)
MEETING = replace(
    COURSE, event="meeting", kind="partner_meeting", days=(OCTOBER[1],), starts=OCTOBER[1], structured=False
)
NOVEMBER = replace(
    COURSE, event="andijan", days=(date(2018, 11, 5),), starts=date(2018, 11, 5), ends=date(2018, 11, 5)
)
UNIQUE = load_rule("unique-in-operation")


def test_a_member_has_the_lines_events_and_days_that_prove_it() -> None:
    facts = Facts(
        (
            Attendance("A", "course", OCTOBER[0]),
            Attendance("B", "andijan", None),
            Attendance("C", "andijan", None),
        ),
        (COURSE, NOVEMBER),
        Register({"A": "anna", "B": "anna", "C": "olim"}, certain=frozenset({("A", "B")})),
    )
    anna, olim = members(UNIQUE, Scope(), facts)
    assert (anna.person, anna.lines, anna.events) == ("anna", ("A", "B"), ("course", "andijan"))
    assert (anna.entered, anna.left, anna.counted) == (OCTOBER[0], date(2018, 11, 5), 1)
    assert (olim.person, olim.lines) == ("olim", ("C",))


def test_under_a_rule_per_contract_the_first_entry_is_kept_although_it_was_before_the_period() -> None:
    facts = Facts(
        (Attendance("A", "course", OCTOBER[0]), Attendance("A", "andijan", None)),
        (COURSE, NOVEMBER),
        Register({}),
    )
    november = Scope(period=Period(starts=date(2018, 11, 1)))
    (per_contract,) = members(UNIQUE, november, facts)
    (per_period,) = members(load_rule("unique-in-period"), november, facts)
    assert (per_contract.entered, per_contract.events) == (OCTOBER[0], ("andijan",))
    assert per_period.entered == date(2018, 11, 5)


def test_members_of_participations_count_their_events_and_sum_to_the_best() -> None:
    rule = load_rule("participations")
    facts = Facts(
        (
            Attendance("A", "course", OCTOBER[0]),
            Attendance("A", "andijan", None),
            Attendance("B", "andijan", None),
        ),
        (COURSE, NOVEMBER),
        Register({}),
    )
    assert [(one.person, one.counted) for one in members(rule, Scope(), facts)] == [("A", 2), ("B", 1)]
    assert count(rule, Scope(), facts).best == 3


def test_members_from_enough_hours_show_their_hours() -> None:
    rule = load_rule("min-contact-hours")
    facts = Facts(
        (
            Attendance("A", "course", None),
            Attendance("B", "course", OCTOBER[0]),
            Attendance("B", "course", OCTOBER[1], hours=Decimal("9.5")),
        ),
        (COURSE,),
        Register({}),
    )
    assert [(one.person, one.hours) for one in members(rule, Scope(), facts)] == [
        ("A", Decimal(16)),
        ("B", Decimal("17.5")),
    ]


def test_every_line_that_is_left_out_has_its_reason() -> None:
    facts = Facts(
        (
            Attendance("tulks", "course", OCTOBER[0], role="interpreter"),
            Attendance("early", "course", OCTOBER[0]),
            Attendance("absent", "course", OCTOBER[1], status="registered"),
            Attendance("partner", "meeting", OCTOBER[1]),
            Attendance("one-day", "course", OCTOBER[1]),
            Attendance("expert", "course", OCTOBER[1]),
            Attendance("unknown", "blank", None),
            Attendance("trained", "course", OCTOBER[1], hours=Decimal(16)),
        ),
        (
            replace(COURSE, delegation=("expert",)),
            MEETING,
            replace(COURSE, event="blank", hours=None, days=(OCTOBER[1],)),
        ),
        Register({}),
    )
    scope = Scope(period=Period(starts=OCTOBER[1]))
    rule = load_rule("min-contact-hours")
    assert [(one.line, one.reason) for one in left_out(rule, scope, facts)] == [
        ("unknown", "hours_not_known"),
        ("absent", "registered_only"),
        ("early", "outside_period"),
        ("expert", "delegation"),
        ("one-day", "below_hours"),
        ("tulks", "role"),
        ("partner", "not_structured"),
    ]
    assert [one.person for one in members(rule, scope, facts)] == ["trained"]


def test_a_signature_nobody_looked_for_is_in_the_upper_bound_alone() -> None:
    rule = load_rule("signed")
    facts = Facts(
        (
            Attendance("yes", "course", OCTOBER[0], signed=True),
            Attendance("no", "course", OCTOBER[0], signed=False),
            Attendance("unknown", "course", OCTOBER[0]),
        ),
        (COURSE,),
        Register({}),
    )
    counted = count(rule, Scope(), facts)
    assert (counted.lower, counted.best, counted.upper) == (1, 1, 2)
    assert [(one.line, one.reason) for one in left_out(rule, Scope(), facts)] == [
        ("no", "not_signed"),
        ("unknown", "signature_not_known"),
    ]


def test_a_country_not_stated_is_in_the_upper_bound_of_a_country_alone() -> None:
    facts = Facts(
        (
            Attendance("A", "course", OCTOBER[0], country="UZ"),
            Attendance("B", "course", OCTOBER[0], country="LV"),
            Attendance("C", "course", OCTOBER[0]),
        ),
        (COURSE,),
        Register({}),
    )
    counted = count(UNIQUE, Scope(countries=("UZ",)), facts)
    assert (counted.lower, counted.best, counted.upper) == (1, 1, 2)
    assert [(one.line, one.reason) for one in left_out(UNIQUE, Scope(countries=("UZ",)), facts)] == [
        ("C", "country_not_stated")
    ]


def test_a_scope_holds_what_its_every_field_asks() -> None:
    other = replace(COURSE, event="study", visit="riga", direction="incoming", sectors=("14021",))
    facts = Facts(
        (Attendance("A", "course", None), Attendance("B", "study", None), Attendance("C", "meeting", None)),
        (replace(COURSE, sectors=("23620",)), other, replace(MEETING, sectors=("23620", "14050"))),
        Register({}),
    )

    def counted(scope: Scope) -> int:
        return count(UNIQUE, scope, facts).best

    assert counted(Scope(direction="incoming")) == 1
    assert counted(Scope(visits=("tashkent",))) == 2
    assert counted(Scope(event_kinds=("partner_meeting",))) == 1
    assert counted(Scope(sectors=("23620", "14021"))) == 3
    assert counted(Scope(sectors=("14050",))) == 1
    assert counted(Scope(contracts=("cluster",))) == 0


def test_certain_matches_nobody_decided_on_are_counted_in_scope() -> None:
    facts = Facts(
        (Attendance("A", "course", None), Attendance("B", "andijan", None), Attendance("C", "andijan", None)),
        (COURSE, NOVEMBER),
        Register({}, certain=frozenset({("A", "B"), ("B", "C"), ("X", "Y")}), same=frozenset({("C", "B")})),
    )
    assert certain_unreviewed(facts, Scope()) == 1
    assert certain_unreviewed(facts, Scope(period=Period(ends=date(2018, 9, 1)))) == 0
