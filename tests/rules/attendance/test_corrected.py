"""A person's word over what a sheet says: the last one holds, and taking it back leaves the sheet's."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.attendance import AttendedSession, Correction, corrected, hours_said, in_force, makes_sense

FIRST = date(2018, 10, 10)
DAYS = tuple(FIRST + timedelta(days=n) for n in range(3))
ON_FIRST = AttendedSession(FIRST, "participant", "sheet", "present", Decimal(6))
ON_SECOND = AttendedSession(DAYS[1], "participant", "sheet", "registered", None)
READ = (ON_FIRST, ON_SECOND)


def with_words(*words: Correction) -> tuple[AttendedSession, ...]:
    return corrected(READ, in_force(words))


def test_without_a_word_the_sheet_holds() -> None:
    assert with_words() == READ


def test_a_role_by_hand_holds_on_every_day() -> None:
    found = with_words(Correction("role", "interpreter"))
    assert [(one.role, one.role_reason, one.by_hand) for one in found] == [
        ("interpreter", "hand", {"role"}), ("interpreter", "hand", {"role"}),
    ]  # fmt: skip


def test_somebody_absent_has_no_session_that_day() -> None:
    assert with_words(Correction("status", "absent", FIRST)) == (ON_SECOND,)


def test_somebody_seen_on_a_day_the_sheet_does_not_name_gets_a_session_in_their_role() -> None:
    found = with_words(Correction("role", "guest"), Correction("status", "completed", DAYS[2]))
    assert found[2] == AttendedSession(
        DAYS[2], "guest", "hand", "completed", None, frozenset({"status", "role"})
    )


def test_hours_are_of_a_session_and_make_none() -> None:
    assert with_words(Correction("hours", "2.5", DAYS[1]))[1].hours == Decimal("2.5")
    assert with_words(Correction("hours", "8", DAYS[2])) == READ


def test_an_event_as_a_whole_is_a_session_too() -> None:
    whole = AttendedSession(None, "participant", "sheet", "present", None)
    words = in_force([Correction("status", "completed"), Correction("hours", "16")])
    assert corrected([whole], words) == (
        AttendedSession(
            None, "participant", "sheet", "completed", Decimal(16), frozenset({"status", "hours"})
        ),
    )


CORRECTIONS = st.one_of(
    st.builds(Correction, st.just("role"), st.sampled_from(["", "trainer", "guest"])),
    st.builds(
        Correction,
        st.just("status"),
        st.sampled_from(["", "absent", "registered", "present", "completed"]),
        st.sampled_from(DAYS),
    ),
    st.builds(Correction, st.just("hours"), st.sampled_from(["", "0", "7.5"]), st.sampled_from(DAYS)),
)


@given(st.lists(CORRECTIONS, max_size=8))
def test_taking_every_word_back_leaves_what_the_sheet_says(words: list[Correction]) -> None:
    back = [Correction(one.field, "", one.day) for one in words]
    assert with_words(*words, *back) == READ


@given(st.lists(CORRECTIONS, max_size=8))
def test_only_the_last_word_about_a_field_and_day_counts(words: list[Correction]) -> None:
    last = list({(one.field, one.day): one for one in words}.values())
    assert with_words(*words) == with_words(*last)


@given(st.lists(CORRECTIONS, max_size=8))
def test_a_line_has_one_session_a_day_in_order(words: list[Correction]) -> None:
    days = [one.day for one in with_words(*words) if one.day]
    assert days == sorted(set(days))


@pytest.mark.parametrize("value", ["", "0", "8", "7.25", "24"])
def test_these_are_hours_of_a_day(value: str) -> None:
    assert makes_sense(Correction("hours", value, FIRST), days=DAYS)


@pytest.mark.parametrize("value", ["x", "-1", "24.5", "0.001", "NaN", "Infinity", "1e9", "1e40", "sNaN"])
def test_these_are_no_hours_of_a_day(value: str) -> None:
    assert (hours_said(value), makes_sense(Correction("hours", value, FIRST), days=DAYS)) == (None, False)


@pytest.mark.parametrize(
    "correction",
    [
        Correction("role", "boss"), Correction("role", "guest", FIRST), Correction("status", "late", FIRST),
        Correction("status", "present", date(2020, 1, 1)),
    ],
)  # fmt: skip
def test_these_words_make_no_sense(correction: Correction) -> None:
    assert not makes_sense(correction, days=DAYS)
