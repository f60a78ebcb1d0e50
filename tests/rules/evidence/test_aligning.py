"""Lines are recognised in a corrected sheet by what they say, then by where they stand."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.evidence.line import KeptLine, WrittenLine, align, recognition_key, written_name


def row(at: int, name: str, **cells: str) -> WrittenLine:
    return WrittenLine("", at, "", None, name, {"name": name, **cells}, {})


def kept(lines: Sequence[WrittenLine]) -> list[KeptLine]:
    return [KeptLine(f"id{n}", x.table, x.row, x.block, x.cells, x.marks) for n, x in enumerate(lines)]


def ids(rows: Sequence[WrittenLine], before: Sequence[KeptLine]) -> list[str | None]:
    return [found.line if found else None for found in align(rows, before).kept]


def test_a_row_put_in_the_middle_is_new_and_the_others_are_recognised() -> None:
    before = kept([row(2, "Aziz", number="1"), row(3, "Bahrom", number="2")])
    after = [row(2, "Aziz", number="1"), row(3, "Kamol", number="2"), row(4, "Bahrom", number="3")]

    assert ids(after, before) == ["id0", None, "id1"]


def test_a_corrected_organisation_does_not_make_another_line() -> None:
    before = kept([row(2, "Aziz", organisation="NEC"), row(3, "Bahrom")])
    after = [row(2, "Bahrom"), row(3, "Aziz", organisation="NEK")]

    assert ids(after, before) == ["id1", "id0"]


def test_a_corrected_name_in_its_place_keeps_the_line() -> None:
    assert ids([row(2, "Azizbek")], kept([row(2, "Aziz")])) == ["id0"]


def test_of_two_equal_rows_the_first_stays_the_first() -> None:
    before = kept([row(2, "Aziz"), row(3, "Aziz")])

    assert ids([row(2, "Aziz"), row(3, "Aziz")], before) == ["id0", "id1"]


def test_a_line_no_row_says_any_more_is_gone() -> None:
    assert align([row(2, "Aziz")], kept([row(2, "Aziz"), row(3, "Bahrom")])).gone == ("id1",)


def test_a_retired_line_that_is_said_again_comes_back() -> None:
    line = KeptLine("old", "", 9, "", {"name": "Aziz"}, {}, retired=True)

    assert ids([row(2, "Aziz")], [line]) == ["old"]
    assert align([], [line]).gone == ()


names = st.sampled_from(["Aziz", "Bahrom", "Kamol", "Dilshod"])
sheets = st.lists(names, max_size=8).map(lambda said: [row(n, name) for n, name in enumerate(said, 2)])


@given(sheets, sheets)
def test_no_line_is_recognised_twice_and_none_is_lost(
    before: list[WrittenLine], after: list[WrittenLine]
) -> None:
    known = kept(before)
    alignment = align(after, known)

    found = [line.line for line in alignment.kept if line]
    assert len(found) == len(set(found))
    assert sorted([*found, *alignment.gone]) == sorted(line.line for line in known)


@given(sheets)
def test_the_same_sheet_is_recognised_whole(sheet: list[WrittenLine]) -> None:
    known = kept(sheet)

    assert ids(sheet, known) == [line.line for line in known]


def test_the_key_says_nothing_without_its_salt_and_ignores_the_running_number() -> None:
    def key(salt: bytes, cells: Mapping[str, str]) -> str:
        return recognition_key(salt, event="e", day=None, cells=cells, nth=0)

    assert key(b"a", {"name": "Aziz", "number": "1"}) == key(b"a", {"name": "Aziz", "number": "7"})
    assert key(b"a", {"name": "Aziz"}) != key(b"b", {"name": "Aziz"})
    assert key(b"a", {"name": "Йўлдош"}) == key(b"a", {"name": "Йўлдош"})


def test_a_name_in_three_columns_is_read_from_left_to_right() -> None:
    cells = {"given_name": "Shavkat", "surname": "Karimov", "middle_name": "Anvarovich"}

    assert (
        written_name(cells, {"surname": "B", "given_name": "C", "middle_name": "D"})
        == "Karimov Shavkat Anvarovich"
    )
    assert (
        written_name(cells, {"surname": "AA", "given_name": "C", "middle_name": "D"})
        == "Shavkat Anvarovich Karimov"
    )
    assert written_name({"name": " Karimov  Sh. "}, {"name": "B"}) == " Karimov  Sh. "


def test_a_whole_name_beside_its_parts_is_not_written_twice() -> None:
    cells = {"name": "Karimov Shavkat", "surname": "Karimov", "given_name": "Shavkat"}

    assert written_name(cells, {"name": "B", "surname": "C", "given_name": "D"}) == "Karimov Shavkat"
