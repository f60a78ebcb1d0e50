"""Uzbek Cyrillic: ў, қ, ғ and ҳ beside the letters Russian has."""

import pytest

from karvon.rules.names.orthography import fold, orthography_of


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Йўлдошев", "yoldošev"),
        ("Жаҳонгир", "jahongir"),
        ("Ғофуров", "gofurov"),
        ("Қаҳҳор", "kahor"),
        ("Ўткир", "otkir"),
        ("Хуршид", "huršid"),
        ("Чўлпон", "čolpon"),
        ("Маъмур", "mamur"),
        ("Элёр", "elor"),
        ("Ёқуб", "yokub"),
        ("Зиёд", "ziod"),
        ("Мирзиёев", "mirzioev"),
        ("Исҳоқ", "išok"),
        ("Хўжаев", "hojaev"),
        ("Нуриддин", "nuridin"),
    ],
)
def test_uzbek_cyrillic_is_read(written: str, letters: str) -> None:
    assert fold(written, "uzbek_cyrillic") == letters


@pytest.mark.parametrize("text", ["Ўткир", "Қодиров", "Ғани", "Жаҳонгир"])
def test_uzbek_cyrillic_is_recognised_by_its_marks(text: str) -> None:
    assert orthography_of(text) == "uzbek_cyrillic"


@pytest.mark.parametrize("text", ["Юлдашев", "Yoʻldosh", "Щукин"])
def test_other_writing_is_not_taken_for_uzbek_cyrillic(text: str) -> None:
    assert orthography_of(text) != "uzbek_cyrillic"
