"""Which doubts would settle an open statement."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from karvon.rules.counting.count import count, load_rule
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.programme.description import Comparator, Scope, Statement
from karvon.rules.programme.text import Text
from karvon.rules.statements import judge, settling

DAY = date(2018, 10, 10)
EVENT = CountedEvent("E", "V", "outgoing", "training", DAY, DAY, (DAY,), Decimal(8), ("grant",))
UNIQUE = load_rule("unique-in-operation")


def said(comparator: Comparator, number: int) -> Statement:
    return Statement("s", Text(), "specialists", comparator, number)


def facts(*undecided: tuple[str, str], best: dict[str, str] | None = None, lines: str = "ABCDEFGH") -> Facts:
    person = {line: line for line in lines} | (best or {})
    seen = tuple(Attendance(line, "E", DAY) for line in lines)
    return Facts(seen, (EVENT,), Register(person, undecided=frozenset(undecided)))


def test_the_pairs_that_settle_more_than_six_of_eight_lines() -> None:
    doubtful = facts(("A", "B"), ("C", "D"))  # 6..8, best 8
    assert [
        (p.a, p.b, p.likely, p.lower, p.upper, p.settles)
        for p in settling(UNIQUE, Scope(), doubtful, said("more_than", 6))
    ] == [("A", "B", "different", 7, 8, True)]


def test_a_statement_that_is_likely_wrong_is_settled_from_above() -> None:
    doubtful = facts(("A", "B"), ("C", "D"), best={"B": "A", "D": "C"})  # 6..8, best 6
    found = settling(UNIQUE, Scope(), doubtful, said("at_least", 7))
    assert [(p.likely, p.upper, p.settles) for p in found] == [("same", 7, False), ("same", 6, True)]


def test_the_line_that_joins_many_is_looked_at_first() -> None:
    # E, F and G hang together by F alone; A-B is one pair.
    doubtful = facts(("A", "B"), ("E", "F"), ("F", "G"))
    found = settling(UNIQUE, Scope(), doubtful, said("exactly", 8))
    assert [p.settles for p in found] == [False, False, True]
    assert {(p.a, p.b) for p in found} == {("A", "B"), ("E", "F"), ("F", "G")}
    assert found[-1].lower == found[-1].upper == 8


def test_of_thousands_that_hang_together_no_pair_is_named_and_the_others_are() -> None:
    copies = [f"{at:04}" for at in range(2000)]
    lines = ["A", "B", *copies]
    register = Register(
        dict(zip(lines, lines, strict=True)), undecided=frozenset([("A", "B"), *pairwise(copies)])
    )
    copied = Facts(tuple(Attendance(line, "E", DAY) for line in lines), (EVENT,), register)
    found = settling(UNIQUE, Scope(), copied, said("exactly", 2002))
    assert [(p.a, p.b, p.settles) for p in found] == [("A", "B", False)]


def test_no_more_pairs_are_named_than_asked_for() -> None:
    doubtful = facts(("A", "B"), ("C", "D"), ("E", "F"))
    assert len(settling(UNIQUE, Scope(), doubtful, said("exactly", 8), limit=2)) == 2


@pytest.mark.parametrize("number", [5, 8])
def test_a_settled_statement_needs_no_decision(number: int) -> None:
    doubtful = facts(("A", "B"), ("C", "D"))
    assert settling(UNIQUE, Scope(), doubtful, said("more_than", number)) == ()


def test_what_no_decision_can_settle_names_no_pair() -> None:
    signed = replace(
        facts(("A", "B"), best={"B": "A"}),
        attendances=(Attendance("A", "E", DAY, signed=True), Attendance("C", "E", DAY)),
    )
    counted = count(load_rule("signed"), Scope(), signed)
    assert (counted.lower, counted.upper) == (1, 2)
    assert settling(load_rule("signed"), Scope(), signed, said("more_than", 1)) == ()


def test_a_decision_whose_place_an_unnamed_head_takes_settles_nothing() -> None:
    heads = load_rule("unique-with-heads")
    doubtful = facts(("A", "B"), best={"B": "A"})
    crowded = replace(doubtful, events=(replace(EVENT, head_counts=((DAY, 8),)),))
    assert (count(heads, Scope(), crowded).lower, count(heads, Scope(), crowded).upper) == (7, 8)
    assert [p.settles for p in settling(heads, Scope(), doubtful, said("at_least", 8))] == [True]
    assert settling(heads, Scope(), crowded, said("at_least", 8)) == ()


@pytest.mark.parametrize("comparator", ["more_than", "at_least", "exactly", "at_most", "fewer_than"])
@pytest.mark.parametrize("number", [5, 6, 7, 8])
@pytest.mark.parametrize("merged", [True, False])
def test_decided_as_named_the_pairs_settle_the_statement(
    comparator: Comparator, number: int, merged: bool
) -> None:
    doubtful = facts(
        ("A", "B"), ("B", "C"), ("A", "C"), ("E", "F"), best={"B": "A", "C": "A", "F": "E"} if merged else {}
    )
    counted = count(UNIQUE, Scope(), doubtful)
    found = settling(UNIQUE, Scope(), doubtful, said(comparator, number))
    if judge(counted, comparator, number) != "open":
        assert found == ()
        return
    register = doubtful.register
    for pair in found:
        kind = {"same": register.same, "different": register.different}[pair.likely]
        register = replace(register, **{pair.likely: kind | {(pair.a, pair.b)}})
        after = count(UNIQUE, Scope(), replace(doubtful, register=register))
        assert (pair.lower, pair.upper) == (after.lower, after.upper)
        assert pair.settles == (judge(after, comparator, number) != "open")
    assert found[-1].settles
