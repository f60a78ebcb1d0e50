"""Which doubts are to be looked at first."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvon.rules.counting.count import count, load_rule, overlap_of
from karvon.rules.counting.doubts import open_doubts
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.standing import Bounds
from karvon.rules.programme.description import Comparator, Scope, Statement
from karvon.rules.programme.text import Text
from karvon.rules.statements import judge
from karvon.rules.statements.queue import Figured, Queued, Settled, queue

DAY = date(2018, 10, 10)
EVENT = CountedEvent("E", "V", "outgoing", "training", DAY, DAY, (DAY,), Decimal(8), ("grant",))
LATER = replace(EVENT, event="F", contracts=("cluster",))
UNIQUE = load_rule("unique-in-operation")
NOBODY: dict[tuple[str, str], int] = {}


def facts(
    *undecided: tuple[str, str], lines: str = "ABCDEFGH", seen: dict[str, tuple[str, ...]] | None = None
) -> Facts:
    at = dict.fromkeys(lines, ("E",)) if seen is None else seen
    attendances = tuple(Attendance(line, event, DAY) for line in lines for event in at.get(line, ()))
    register = Register({line: line for line in lines}, undecided=frozenset(undecided))
    return Facts(attendances, (EVENT, LATER), register)


def figured(
    rule: Rule,
    doubtful: Facts,
    *said: tuple[Comparator, int],
    scope: Scope | None = None,
    key: str = "trained",
) -> Figured:
    scope = scope or Scope()
    counted = count(rule, scope, doubtful)
    return Figured(
        key, rule, scope, ("grant", "cluster"), Bounds(counted.lower, counted.best, counted.upper),
        tuple(Statement(f"{key}-{how}-{number}", Text(), key, how, number) for how, number in said),
    )  # fmt: skip


def in_order(found: tuple[Queued, ...]) -> list[str]:
    return [one.a + one.b for one in found]


def test_without_a_figure_the_likeliest_comes_first_and_ties_go_by_line() -> None:
    doubtful = facts(("A", "B"), ("C", "D"), ("E", "F"))
    found = queue(doubtful, [], {("C", "D"): 200, ("A", "B"): 100, ("E", "F"): 200})
    assert in_order(found) == ["CD", "EF", "AB"]
    assert [(one.weight, one.settles, one.narrows) for one in found] == [
        (200, (), ()), (200, (), ()), (100, (), ()),
    ]  # fmt: skip


def test_a_pair_that_settles_a_statement_comes_before_any_that_only_narrow_a_count() -> None:
    # Only C and D were seen in the contract's scope; A and B are far likelier, and widen more figures.
    seen = dict.fromkeys("ABEFGH", ("E",)) | {"C": ("F",), "D": ("F",)}
    doubtful = facts(("A", "B"), ("C", "D"), seen=seen)
    under = Scope(contracts=("cluster",))
    asked = [
        figured(UNIQUE, doubtful),
        figured(UNIQUE, doubtful, ("more_than", 1), scope=under, key="cluster"),
    ]
    found = queue(doubtful, asked, {("A", "B"): 900, ("C", "D"): 1})
    assert in_order(found) == ["CD", "AB"]
    assert found[0].settles == (Settled("cluster-more_than-1", "not_supported", "supported"),)
    assert found[0].settles[0].either_way
    assert (found[1].settles, found[1].narrows, found[1].narrowing) == ((), ("trained",), 2)


def test_a_pair_that_settles_whichever_way_it_is_decided_comes_before_one_that_does_so_by_one_answer() -> (
    None
):
    doubtful = facts(("A", "B"), ("C", "D"), seen=dict.fromkeys("AEFGH", ("E",)) | {"C": ("F",), "D": ("F",)})
    asked = [
        figured(UNIQUE, doubtful, ("more_than", 6), key="all"),
        figured(UNIQUE, doubtful, ("exactly", 2), scope=Scope(contracts=("cluster",)), key="under"),
    ]
    found = queue(doubtful, asked, {("A", "B"): 900})
    assert in_order(found) == ["CD", "AB"]
    assert found[0].settles == (
        Settled("all-more_than-6", "not_supported", "supported"),
        Settled("under-exactly-2", "not_supported", "supported"),
    )


def test_after_the_statements_the_pair_that_narrows_a_count_most_comes_first() -> None:
    day = date(2018, 10, 11)
    doubtful = facts(("A", "B"), ("C", "D"))
    more = tuple(Attendance(line, "F", day) for line in "CD")
    doubtful = replace(doubtful, attendances=(*doubtful.attendances, *more))
    asked = [figured(UNIQUE, doubtful), figured(load_rule("participations"), doubtful, key="participations")]
    found = queue(doubtful, asked, {("A", "B"): 900})
    assert in_order(found) == ["CD", "AB"]
    assert [(one.narrowing, one.narrows) for one in found] == [
        (4, ("participations", "trained")),
        (2, ("trained", "participations")),
    ]


def test_of_pairs_that_narrow_alike_one_that_brings_an_open_statement_closer_comes_first() -> None:
    seen = dict.fromkeys("ABGH", ("E",)) | dict.fromkeys("CDEF", ("F",))
    doubtful = facts(("A", "B"), ("C", "D"), ("E", "F"), seen=seen)
    under = Scope(contracts=("cluster",))
    asked = [
        figured(UNIQUE, doubtful),
        figured(UNIQUE, doubtful, ("exactly", 3), scope=under, key="cluster"),
    ]
    found = queue(doubtful, asked, {("A", "B"): 900, ("E", "F"): 10})
    assert in_order(found) == ["EF", "CD", "AB"]
    assert [one.helps for one in found] == [("cluster-exactly-3",), ("cluster-exactly-3",), ()]
    assert [one.settles for one in found] == [(), (), ()]


def test_a_doubt_is_shown_by_its_strongest_pair() -> None:
    doubtful = replace(
        facts(("A", "C"), ("B", "C")),
        register=Register(
            {line: line for line in "ABC"},
            certain=frozenset({("A", "B")}),
            undecided=frozenset({("A", "C"), ("B", "C")}),
        ),
    )
    assert in_order(queue(doubtful, [], {("A", "C"): 100, ("B", "C"): 300})) == ["BC"]


def test_in_a_component_of_thousands_no_gain_is_worked_out_and_none_is_made_up() -> None:
    lines = [f"{at:04}" for at in range(3000)]
    register = Register(dict(zip(lines, lines, strict=True)), undecided=frozenset(pairwise(lines)))
    copied = Facts(tuple(Attendance(line, "E", DAY) for line in lines), (EVENT, LATER), register)
    found = queue(copied, [figured(UNIQUE, copied, ("exactly", 1))], {})
    assert [(one.a, one.b) for one in found] == list(pairwise(lines))
    assert {(one.settles, one.helps, one.narrows) for one in found} == {((), (), ())}


def test_a_freed_head_keeps_a_statement_open() -> None:
    crowded = replace(EVENT, head_counts=((DAY, 8),))
    doubtful = replace(facts(("A", "B")), events=(crowded, LATER))
    asked = [figured(load_rule("unique-with-heads"), doubtful, ("more_than", 7))]
    # 7..8: one person leaves a head without a name, who may be the eighth
    assert [one.settles for one in queue(doubtful, asked, NOBODY)] == [
        (Settled("trained-more_than-7", "open", "supported"),)
    ]


@pytest.mark.parametrize("rule_id", ["unique-in-operation", "min-contact-hours", "participations"])
@pytest.mark.parametrize("shape", ["star", "chain", "everybody with everybody"])
def test_a_component_too_large_for_exact_bounds_is_weighed_as_counting_everything_anew_would(
    rule_id: str, shape: str
) -> None:
    lines = "ABCDEFGHIJKLM"
    pairs = {
        "star": [("A", other) for other in lines[1:]],
        "chain": list(pairwise(lines)),
        "everybody with everybody": list(combinations(lines, 2)),
    }[shape]
    doubtful = facts(*pairs, lines=lines)
    more = tuple(Attendance(line, "F", DAY) for line in lines[::2])
    doubtful = replace(doubtful, attendances=(*doubtful.attendances, *more))
    rule = load_rule(rule_id)
    found = queue(doubtful, [figured(rule, doubtful)], NOBODY)
    assert len(found) == len(pairs)
    for one in found[:: max(1, len(found) // 12)]:
        after = [
            replace(doubtful, register=_decided(doubtful.register, (one.a, one.b), answer))
            for answer in ("same", "different")
        ]
        gains = [
            2 * _width(rule, doubtful, column) - sum(_width(rule, facts, column) for facts in after)
            for column in (None, "grant", "cluster")
        ]
        assert one.narrowing <= max(0, *gains)
        if shape != "chain":
            assert one.narrowing == max(0, *gains)


@st.composite
def registers(draw: st.DrawFn) -> Facts:
    """A few lines at a few events, with doubts, certain matches, decisions, delegates and heads."""
    lines = [f"L{i}" for i in range(draw(st.integers(2, 7)))]
    pairs = list(combinations(lines, 2))
    events = []
    for i in range(3):
        day = DAY + timedelta(days=i // 2)
        heads = draw(st.sampled_from([(), (), ((day, 3),), ((day, 6),)]))
        paying = tuple(sorted(draw(st.sets(st.sampled_from(("grant", "cluster")), max_size=2))))
        away = tuple(line for line in lines if draw(st.integers(0, 9)) == 0)
        events.append(
            CountedEvent(
                f"E{i}",
                "V",
                "outgoing",
                "training",
                day,
                day,
                (day,),
                Decimal(8),
                paying,
                head_counts=heads,
                delegation=away,
            )
        )
    attendances = tuple(
        Attendance(line, event.event, None, signed=draw(st.sampled_from([True, True, None])))
        for line in lines
        for event in draw(st.lists(st.sampled_from(events), min_size=1, max_size=2, unique=True))
    )
    kinds: dict[str, set[tuple[str, str]]] = {"certain": set(), "undecided": set(), "different": set()}
    for pair in pairs:
        kind = draw(st.sampled_from(["", "", "", "certain", "undecided", "undecided", "different"]))
        if kind:
            kinds[kind].add(pair)
    return Facts(
        attendances,
        tuple(events),
        Register({line: line for line in lines}, **{kind: frozenset(held) for kind, held in kinds.items()}),
    )


@pytest.mark.parametrize(
    "rule_id",
    [
        "unique-in-operation",
        "min-contact-hours",
        "signed",
        "participations",
        "person-days",
        "unique-with-heads",
    ],
)
@given(doubtful=registers(), number=st.integers(1, 7))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_decision_is_said_to_do_is_what_counting_everything_anew_finds(
    rule_id: str, doubtful: Facts, number: int
) -> None:
    rule = load_rule(rule_id)
    asked = figured(rule, doubtful, ("more_than", number), ("exactly", number))
    found = queue(doubtful, [asked], NOBODY)
    assert {(one.a, one.b) for one in found} == {max(pairs) for pairs in open_doubts(doubtful.register)}
    for one in found:
        pair = (one.a, one.b)
        after = {
            answer: replace(doubtful, register=_decided(doubtful.register, pair, answer))
            for answer in ("same", "different")
        }
        settled = {said.statement: said for said in one.settles}
        for statement in asked.statements:
            now = judge(count(rule, Scope(), doubtful), statement.comparator, statement.number)
            then = {
                answer: judge(count(rule, Scope(), facts), statement.comparator, statement.number)
                for answer, facts in after.items()
            }
            said = settled.get(statement.key)
            for answer, verdict in then.items():
                claimed = getattr(said, answer) if said else "open"
                if now != "open":
                    assert said is None
                elif rule.counts_unnamed:
                    assert claimed in ("open", verdict)
                else:
                    assert claimed == verdict
        if not rule.counts_unnamed:
            gains = [
                2 * _width(rule, doubtful, column)
                - sum(_width(rule, facts, column) for facts in after.values())
                for column in (None, "grant", "cluster")
            ]
            # a decision against certain matches tears them and may widen bounds; then nothing narrows
            assert one.narrowing == max(0, *gains)


def _decided(register: Register, pair: tuple[str, str], answer: str) -> Register:
    if answer == "same":
        return replace(register, same=register.same | {pair})
    return replace(register, different=register.different | {pair})


def _width(rule: Rule, facts: Facts, contract: str | None) -> int:
    found = count(rule, Scope(), facts) if contract is None else overlap_of(rule, (contract,), Scope(), facts)
    return found.upper - found.lower
