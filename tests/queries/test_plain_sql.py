"""Conditions on many values, on SQLite and PostgreSQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvon.queries.plain_sql import none_of, one_of, rows

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
AWKWARD = ["", "null", "NULL", '"', "\\", "{}", "a,b", "'", "%s", "%", " ", '\\"']


def _found(condition: tuple[str, list[object]], value: object, kind: str) -> bool:
    where, values = condition
    return bool(rows(f"SELECT 1 WHERE CAST(%s AS {kind}) {where}", [value, *values]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(value=TEXTS | st.sampled_from(AWKWARD), others=st.lists(TEXTS | st.sampled_from(AWKWARD), max_size=4))
def test_a_text_is_one_of_those_it_is_among_whatever_is_written_in_it(value: str, others: list[str]) -> None:
    assert _found(one_of([*others, value]), value, "TEXT")
    assert not _found(none_of([*others, value]), value, "TEXT")
    assert _found(one_of(others), value, "TEXT") == (value in others)
    assert _found(none_of(others), value, "TEXT") == (value not in others)


@pytest.mark.parametrize("value", [0, -1, 2**63 - 1, -(2**63)])
def test_a_number_of_64_bits_is_found_among_others(value: int) -> None:
    assert _found(one_of([5, value]), value, "BIGINT")
    assert not _found(one_of([5]), value, "BIGINT")
    assert not _found(one_of([]), value, "BIGINT")
    assert _found(none_of([]), value, "BIGINT")


def test_a_value_is_found_among_more_than_a_database_takes_one_by_one() -> None:
    many = range(300_000)
    assert _found(one_of(many), 299_999, "BIGINT")
    assert _found(one_of([str(one) for one in many]), "299999", "TEXT")
    assert _found(none_of(many), 300_000, "BIGINT")
