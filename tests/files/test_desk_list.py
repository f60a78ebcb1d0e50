"""The list typed at the desk: written, read back, and taken for nothing else."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.files.desk_list import desk_list_bytes, read_desk_list
from karvon.rules.attendance.typed import TypedRow, added, days_ticked
from karvon.rules.programme.description import Role

DAYS = tuple(date(2018, 10, 10) + timedelta(days=n) for n in range(3))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
ROWS = st.lists(
    st.builds(
        TypedRow,
        TEXT,
        TEXT,
        TEXT,
        st.sampled_from(["", *get_args(Role)]),
        st.lists(st.sampled_from(DAYS), unique=True).map(lambda days: tuple(sorted(days))),
    ),
    max_size=6,
)


@given(ROWS)
def test_the_list_is_read_back_as_it_was_typed(rows: list[TypedRow]) -> None:
    assert read_desk_list(desk_list_bytes(rows, days=DAYS)) == tuple(rows)


@given(ROWS, ROWS)
def test_nobody_stands_on_the_list_twice(rows: list[TypedRow], more: list[TypedRow]) -> None:
    once = added(added((), rows), more)
    assert added(once, more) == once
    people = [(row.name, row.organisation, row.position, row.role) for row in once]
    assert len(people) == len(set(people))


@pytest.mark.parametrize(
    "data",
    [b"", b"Name\nA\n", b"\xff\xfe", b"No.,Name,Organisation,Position,Role,monday\n",
     b"No.,Name,Organisation,Position,Role\n1,A,B\n", b"No.,Name,Organisation,Position,Role\n1,A,B,C,boss\n"],
)  # fmt: skip
def test_another_file_is_no_desk_list(data: bytes) -> None:
    assert read_desk_list(data) is None


def test_days_are_ticked_where_there_are_several_and_not_too_many() -> None:
    assert [len(days_ticked(DAYS[:n])) for n in (0, 1, 2, 3)] == [0, 0, 2, 3]
    assert days_ticked([DAYS[0] + timedelta(days=n) for n in range(15)]) == ()
