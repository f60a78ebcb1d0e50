"""Transliteration by ISO 9: one letter for each of the Cyrillic ones."""

import pytest

from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Ûldašev", "yuldašev"),
        ("Âkubov", "yakubov"),
        ("Ŝukin", "šukin"),
        ("Èlër", "elor"),
        ("Cʺezd", "cezd"),
        ("Džahongir", "jahongir"),
        ("Žaparov", "japarov"),
        ("Ilʹham", "ilham"),
        ("Hruŝëv", "hrušov"),
        ("Ûrij", "yuri"),
        ("Dmitrij", "dmitri"),
        ("Ķodir", "kodir"),
        ("Ġani", "gani"),
        ("Ŭtkir", "otkir"),
    ],
)
def test_transliteration_is_read(written: str, letters: str) -> None:
    assert fold(clean(written), "iso9") == letters


@pytest.mark.parametrize("text", ["Ûldašev", "Âkubov", "Ŝukin", "Èlina Garanča"])
def test_iso9_is_recognised_by_its_marks(text: str) -> None:
    assert orthography_of(text) == "iso9"


@pytest.mark.parametrize("text", ["Jūldaševs", "Šavkats", "Yuldashev"])
def test_other_writing_is_not_taken_for_iso9(text: str) -> None:
    assert orthography_of(text) != "iso9"
