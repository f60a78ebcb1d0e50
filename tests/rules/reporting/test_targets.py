"""A target is reached when every number between the bounds reaches it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.reporting.figure import Figure
from karvon.rules.reporting.targets import reach


@pytest.mark.parametrize(
    ("figure", "target", "said"),
    [
        (Figure(150, 160, 166), "150", ("reached", 106, 0)),
        (Figure(149, 160, 166), "150", ("open", 106, 0)),
        (Figure(120, 149, 150), "150", ("open", 99, 1)),
        (Figure(120, 130, 149), "150", ("short", 86, 20)),
        (Figure(2, 2, 2), "2.5", ("short", 80, 1)),
        (Figure(0, 0, 0), "0", ("reached", 100, 0)),
    ],
)
def test_how_far_a_figure_is(figure: Figure, target: str, said: tuple[str, int, int]) -> None:
    found = reach(figure, Decimal(target))
    assert (found.state, found.percent, found.missing) == said


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3).map(sorted), st.integers(1, 500))
def test_a_hundred_per_cent_says_that_the_likeliest_number_is_enough(numbers: list[int], target: int) -> None:
    found = reach(Figure(*numbers), Decimal(target))
    assert (found.percent >= 100) == (found.missing == 0) == (numbers[1] >= target)
    assert found.state != "reached" or found.missing == 0
