"""What no orthography can see is repaired first."""

import pytest

from karvon.rules.names.cleaning import clean, one_script


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Mуxтaрoв", "Мухтаров"), ("Rustam0va", "Rustamova"), ("Hафисa", "Нафиса"), ("Ғyлoмoвa", "Ғуломова")],
)
def test_letters_of_the_other_script_and_digits_are_put_right(typed: str, meant: str) -> None:
    assert one_script(typed) == meant


def test_control_and_direction_marks_are_no_letters() -> None:
    assert clean("\u202eKari\u200fmov\x00\t A.\ufeff") == "Karimov A."
