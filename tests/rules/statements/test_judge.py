"""Verdicts on sentences with numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.counting.count import Count, Selection
from karvon.rules.programme.description import Comparator, Scope
from karvon.rules.statements import judge

HOLDS = {
    "more_than": lambda true, number: true > number,
    "at_least": lambda true, number: true >= number,
    "exactly": lambda true, number: true == number,
    "at_most": lambda true, number: true <= number,
    "fewer_than": lambda true, number: true < number,
}


def between(lower: int, upper: int) -> Count:
    return Count(lower, lower, upper, Selection("unique-in-period", 1, (), Scope(), 1))


@pytest.mark.parametrize(
    ("lower", "upper", "comparator", "number", "verdict"),
    [
        (151, 160, "more_than", 150, "supported"),
        (150, 160, "more_than", 150, "open"),
        (140, 150, "more_than", 150, "not_supported"),
        (150, 160, "at_least", 150, "supported"),
        (140, 149, "at_least", 150, "not_supported"),
        (140, 149, "fewer_than", 150, "supported"),
        (150, 151, "fewer_than", 150, "not_supported"),
        (140, 150, "at_most", 150, "supported"),
        (151, 151, "at_most", 150, "not_supported"),
        (150, 150, "exactly", 150, "supported"),
        (149, 150, "exactly", 150, "open"),
        (151, 160, "exactly", 150, "not_supported"),
    ],
)
def test_a_sentence_is_judged_by_the_bounds(
    lower: int, upper: int, comparator: Comparator, number: int, verdict: str
) -> None:
    assert judge(between(lower, upper), comparator, number) == verdict


@given(st.integers(0, 9), st.integers(0, 9), st.sampled_from(sorted(HOLDS)), st.integers(0, 10))
def test_a_verdict_is_what_every_number_between_the_bounds_says(
    lower: int, more: int, comparator: Comparator, number: int
) -> None:
    holds = [HOLDS[comparator](true, number) for true in range(lower, lower + more + 1)]
    expected = "supported" if all(holds) else "open" if any(holds) else "not_supported"
    assert judge(between(lower, lower + more), comparator, number) == expected
