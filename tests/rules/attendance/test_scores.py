"""Scores of tests before and after: what is one, whose it is, and what they show together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.attendance import (
    LineScores,
    Scores,
    ScoreSummary,
    score_kept,
    score_read,
    score_said,
    scores_of,
    summary,
)


def score(number: str) -> Decimal:
    return Decimal(number)


@pytest.mark.parametrize(
    ("text", "out_of", "said"),
    [
        ("32", 40, "32"), ("7,5", 40, "7.5"), ("7.50", 40, "7.5"), (" 0 ", 40, "0"), ("40", 40, "40"),
        ("32/40", 40, "32"), ("80 %", 100, "80"), ("80%", 100, "80"), ("41", 40, None), ("32/50", 40, None),
        ("80 %", 40, None), ("-1", 40, None), ("1e1", 40, None), ("seven", 40, None), ("7.555", 40, None),
        ("", 40, None), ("NaN", 40, None), ("9 10", 40, None),
    ],
)  # fmt: skip
def test_a_typed_score_is_a_number_up_to_the_highest(text: str, out_of: int, said: str | None) -> None:
    found = score_said(text, out_of=Decimal(out_of))
    assert found == (None if said is None else Decimal(said))


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("32", "32"), ("7,5", "7.5"), ("80 %", "80"), ("32/40", "32"), ("66.6667", "66.67"), ("120", "120"),
        ("absent", None), ("-", None), ("", None), ("12.10.2018", None), ("99999.9999", None), ("+998 90 1", None),
    ],
)  # fmt: skip
def test_a_sheet_states_a_score_or_none(cell: str, read: str | None) -> None:
    assert score_read(cell) == (None if read is None else Decimal(read))


@given(st.decimals(min_value=0, max_value=99_999, places=2))
def test_what_is_typed_is_kept_and_read_back_the_same(number: Decimal) -> None:
    said = score_said(f"{number:f}", out_of=Decimal(99_999))
    assert said == number
    assert score_kept(f"{said:f}") == said


def test_of_several_lists_the_first_before_and_the_last_after_hold() -> None:
    lines = [
        LineScores("a", after=score("10")),
        LineScores("b", before=score("20"), after=score("50")),
        LineScores("c", before=score("30")),
    ]
    assert scores_of(lines) == Scores(score("20"), score("50"), "b", "b")


def test_means_speak_of_those_who_took_both_tests() -> None:
    people = [
        Scores(score("40"), score("70")),
        Scores(score("60"), score("55")),
        Scores(score("50"), score("50")),
        Scores(score("90"), None),
        Scores(None, score("10")),
        Scores(),
    ]
    assert summary(people, out_of=Decimal(100)) == ScoreSummary(
        people=5, both=3, gained=1, mean_before=score("50"), mean_after=score("58.3"), mean_gain=score("8.3")
    )


def test_scores_above_the_highest_are_in_no_mean() -> None:
    people = [Scores(score("4"), score("8")), Scores(score("70"), score("9"))]
    found = summary(people, out_of=Decimal(10))
    assert (found.people, found.both, found.beyond, found.mean_before) == (2, 1, 1, score("4"))


def test_a_mean_of_fewer_than_five_points_at_somebody() -> None:
    four = [Scores(score("1"), score("2"))] * 4
    assert [summary(people, out_of=Decimal(10)).enough for people in (four, [*four, four[0]])] == [
        False,
        True,
    ]


def test_nobody_has_no_mean() -> None:
    assert summary([], out_of=Decimal(100)) == ScoreSummary()
