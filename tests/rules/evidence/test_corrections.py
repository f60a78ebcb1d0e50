"""Corrections of a reading: few sentences that are data, said and read to the same text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.evidence.corrections import (
    MEANINGS,
    ColumnMeaning,
    Correction,
    SheetCorrections,
    about,
    corrected,
    correction,
    unreadable,
    without,
    without_pages,
)

SHEETS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=31)
LETTERS = st.from_regex(r"[A-Z]{1,2}", fullmatch=True)
ROWS = st.integers(1, 1_000_000)
CORRECTIONS = st.one_of(
    st.builds(Correction, SHEETS, st.just("header"), st.one_of(st.just("none"), ROWS.map(str))),
    st.builds(Correction, SHEETS, LETTERS, st.sampled_from(MEANINGS)),
    st.builds(Correction, SHEETS, LETTERS, st.just("day"), st.dates(date(1990, 1, 1), date(2060, 1, 1))),
    st.builds(Correction, SHEETS, ROWS, st.sampled_from(("person", "nobody"))),
    st.builds(Correction, SHEETS, st.integers(1, 9999).map("page {}".format), ROWS.map("row {}".format)),
)


@given(CORRECTIONS)
def test_what_is_said_is_read_as_it_was_meant(said: Correction) -> None:
    assert correction(str(said)) == said


@given(st.lists(CORRECTIONS, max_size=12))
def test_sentences_stand_in_one_order_and_say_each_spot_once(said: list[Correction]) -> None:
    once = corrected((), *said)
    assert corrected(once) == once
    latest = {(one.sheet, one.spot): one for one in said}
    assert {str(one) for one in latest.values()} == set(once)


@pytest.mark.parametrize(
    "text",
    ["", "B", "B=name", "B = anything", "b = name", "header = 0", "header = last", "row 0 = person", "row 3 = twin",
     "E = day 11.10.2018", "E = day 20181011", "!B = name", "B = name ", "E = day 2018-13-01", "ABCD = name",
     "page 2 = 24", "page 0 = row 24", "page 2 = row 0", "row 24 = page 2", "B = row 24"],
)  # fmt: skip
def test_a_sentence_that_says_nothing_is_told_apart(text: str) -> None:
    assert (correction(text), unreadable([text, "B = name"])) == (None, (text,))


def test_a_sheets_corrections_are_gathered_and_the_later_sentence_holds() -> None:
    said = ("header = 3", "B = name", "C = day 2018-10-11", "row 7 = person", "row 9 = nobody", "B = surname",
            "Other!B = email", "row 7 = nobody")  # fmt: skip
    assert about("", said) == SheetCorrections(
        header=3,
        columns=(("B", ColumnMeaning("surname")), ("C", ColumnMeaning("day", date(2018, 10, 11)))),
        nobody=frozenset({7, 9}),
    )
    assert about("Other", said) == SheetCorrections(columns=(("B", ColumnMeaning("email")),))
    assert (bool(about("Third", said)), about("", ["header = none"]).header) == (False, 0)


def test_a_row_stands_on_the_page_of_the_scan_that_begins_last_before_it() -> None:
    said = about("", ("page 7 = row 47", "page 3 = row 24"))
    assert [said.page_of(row) for row in (1, 23, 24, 46, 47, 900)] == [None, None, 3, 3, 7, 7]
    assert (about("Other", ("page 2 = row 5",)).page_of(5), bool(said)) == (None, False)
    assert [one for text in ("page 2 = row 5", "row 5 = nobody", "B = name", "header = 3")
            if (one := correction(text)) and not one.counts_rows] == [
        Correction("", "B", "name"), Correction("", "header", "3"),
    ]  # fmt: skip
    assert without_pages(("header = 3", "page 2 = row 5", "row 5 = nobody")) == (
        "header = 3",
        "row 5 = nobody",
    )


def test_what_is_said_of_a_spot_can_be_taken_back() -> None:
    said = ("header = 3", "B = name", "row 7 = person")
    assert without(said, ("", "B"), ("", 7)) == ("header = 3",)
    assert without(said, ("Other", "B")) == said
