"""Small cells are withheld so that nobody can work them out again, not even who knows how it is done."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.rules.programme.text import Text
from karvon.rules.reporting.content import Breakdown, Cell
from karvon.rules.reporting.figure import Figure
from karvon.rules.reporting.suppression import Sum, publishable, withheld

tables = st.lists(st.integers(0, 9), min_size=1, max_size=4).map(tuple)


def hidden_of(cells: tuple[int, ...]) -> frozenset[str]:
    values = {f"c{place}": value for place, value in enumerate(cells)}
    return withheld(values | {"total": sum(cells)}, sums=[Sum("total", tuple(values))])


def breakdown(*cells: int, contract: str = "", exclusive: bool = True, total: int | None = None) -> Breakdown:
    return Breakdown(
        "sex",
        tuple(Cell(f"c{place}", Text(), Figure.exact(value)) for place, value in enumerate(cells)),
        Figure.exact(sum(cells) if total is None else total),
        contract=contract,
        exclusive=exclusive,
    )


def shown(of: Breakdown) -> list[int | None]:
    return [cell.figure.best if cell.figure else None for cell in of.cells]


def test_a_table_of_large_cells_is_published_whole() -> None:
    assert shown(publishable([breakdown(48, 99, 7)])[0]) == [48, 99, 7]


def test_one_small_cell_takes_the_smallest_other_with_it() -> None:
    assert shown(publishable([breakdown(48, 99, 2, 7)])[0]) == [48, 99, None, None]


def test_a_cell_of_nobody_points_at_nobody() -> None:
    assert shown(publishable([breakdown(20, 0, 30)])[0]) == [20, 0, 30]


def test_two_small_cells_that_make_fewer_than_five_take_a_third() -> None:
    assert shown(publishable([breakdown(1, 2, 30, 40)])[0]) == [None, None, None, 40]


def test_a_table_of_fewer_than_five_people_loses_its_total_too() -> None:
    published = publishable([breakdown(3, 1)])[0]

    assert (shown(published), published.total) == ([None, None], None)


def test_overlapping_cells_do_not_sum_so_only_the_small_one_goes() -> None:
    assert shown(publishable([breakdown(30, 3, 25, exclusive=False, total=40)])[0]) == [30, None, 25]


def test_a_contract_s_table_does_not_give_away_the_few_outside_the_contract() -> None:
    programme, contract = publishable([breakdown(50, 60), breakdown(48, 30, contract="lv79")])

    assert (shown(programme), shown(contract)) == ([50, 60], [None, None])


def test_a_contract_s_table_stays_when_enough_are_outside_it() -> None:
    programme, contract = publishable([breakdown(50, 60), breakdown(40, 30, contract="lv79")])

    assert (shown(programme), shown(contract)) == ([50, 60], [40, 30])


@given(tables)
def test_no_small_cell_is_shown_and_no_large_table_is_hidden_without_need(cells: tuple[int, ...]) -> None:
    hidden = hidden_of(cells)

    assert [value for place, value in enumerate(cells) if 0 < value < 5 and f"c{place}" not in hidden] == []
    if all(value == 0 or value >= 5 for value in cells):
        assert hidden == frozenset()


@pytest.mark.parametrize(("cells", "most"), [(1, 30), (2, 16), (3, 10), (4, 7), (5, 5)])
def test_whoever_knows_the_method_cannot_tell_a_small_cell_either(cells: int, most: int) -> None:
    """Every table is published; among those that look alike in print, a withheld small cell must differ."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for table in product(range(most + 1), repeat=cells):
        hidden = hidden_of(table)
        printed = tuple(None if f"c{place}" in hidden else value for place, value in enumerate(table))
        alike[printed, None if "total" in hidden else sum(table)].append(table)

    for (printed, _), candidates in alike.items():  # type: ignore[misc, unused-ignore]
        for place in range(cells):
            values = {table[place] for table in candidates}
            if printed[place] is None and min(values) < 5:
                assert len(values) > 1, (printed, candidates)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5),
)
def test_contract_and_programme_together_determine_no_small_number(pairs: list[tuple[int, int]]) -> None:
    """Rank of the equations by brute force: shifting along a hidden cycle must change every small number."""
    whole = [inside + outside for inside, outside in pairs]
    programme, contract = publishable([breakdown(*whole), breakdown(*(a for a, _ in pairs), contract="lv79")])

    for (_, outside), all_of, part in zip(pairs, shown(programme), shown(contract), strict=True):
        if all_of is not None and part is not None:
            assert not 0 < outside < 5
