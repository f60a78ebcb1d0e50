"""Russian: дж is one sound, soft and hard signs are none, е opens with a glide."""

import pytest

from karvon.rules.names.orthography import fold, orthography_of


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Юлдашев", "yuldašev"),
        ("Джахонгир", "jahongir"),
        ("Жанибеков", "janibekov"),
        ("Хусанов", "husanov"),
        ("Цой", "coi"),
        ("Шацких", "šackih"),
        ("Щукин", "šukin"),
        ("Хрущёв", "hrušov"),
        ("Горбачёв", "gorbačov"),
        ("Гульнара", "gulnara"),
        ("Ильхам", "ilham"),
        ("Объедков", "obedkov"),
        ("Елена", "elena"),
        ("Эльёр", "elor"),
        ("Якубов", "yakubov"),
        ("Вентспилс", "vencpils"),
        ("Кызылкум", "kizilkum"),
        ("Дмитрий", "dmitri"),
        ("Абдуллаев", "abdulaev"),
        ("Нуруддин", "nuridin"),
    ],
)
def test_russian_is_read(written: str, letters: str) -> None:
    assert fold(written, "russian") == letters


@pytest.mark.parametrize("text", ["Рашидов", "Щукин", "Кызылкум"])
def test_russian_is_recognised_by_its_marks(text: str) -> None:
    assert orthography_of(text) == "russian"


@pytest.mark.parametrize("text", ["Ўткир", "Rashidov"])
def test_other_writing_is_not_taken_for_russian(text: str) -> None:
    assert orthography_of(text) != "russian"
