"""The one alphabet: what one name shares in every orthography, and what two names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.names.cleaning import clean, one_script
from karvon.rules.names.orthography import fold, orthography_of
from karvon.rules.names.orthography.settled import loose, loose_each
from karvon.rules.names.parts import without_case_ending


def read(word: str) -> str:
    repaired = one_script(clean(word))
    return fold(repaired, orthography_of(repaired))


def read_latvian(word: str) -> str:
    return without_case_ending(fold(clean(word), "latvian"))


@pytest.mark.parametrize(
    ("uzbek_latin", "uzbek_cyrillic", "russian", "english", "latvian"),
    [
        ("Musayev", "Мусаев", "Мусаев", "Musaev", "Musajevs"),
        ("Fayziyev", "Файзиев", "Файзиев", "Fayziev", "Faizijevs"),
        ("Jahongir", "Жаҳонгир", "Джахонгир", "Zhakhongir", "Džahongirs"),
        ("Shavkat", "Шавкат", "Шавкат", "Shavkat", "Šavkats"),
        ("Ziyod", "Зиёд", "Зиёд", "Ziyod", "Zijods"),
        ("Gʻiyos", "Ғиёс", "Гиёс", "Giyos", "Gijos"),
        ("Elyor", "Элёр", "Элёр", "Elyor", "Eljors"),
        ("Chori", "Чори", "Чори", "Chori", "Čori"),
        ("Qahhor", "Қаҳҳор", "Каххор", "Kakhkhor", "Kahors"),
        ("Dmitriy", "Дмитрий", "Дмитрий", "Dmitry", "Dmitrijs"),
        ("Isʼhoq", "Исҳоқ", "Исхок", "Iskhok", "Ishoks"),
    ],
)
def test_one_name_folds_alike_in_five_orthographies(
    uzbek_latin: str, uzbek_cyrillic: str, russian: str, english: str, latvian: str
) -> None:
    others = {read(word) for word in (uzbek_latin, uzbek_cyrillic, russian, english)}
    assert others == {read_latvian(latvian)}


@pytest.mark.parametrize(("one", "two"), [("Hasan", "Husan"), ("Karim", "Kamol"), ("Olim", "Alisher")])
def test_two_names_do_not_fold_into_one(one: str, two: str) -> None:
    assert read(one) != read(two)


def test_o_stays_apart_from_a_and_u_but_is_looked_up_with_them() -> None:
    assert read("Ислам") == "islam"
    assert read("Islom") == "islom"
    assert loose(read("Ислам")) == loose(read("Islom"))


@pytest.mark.parametrize("written", ["Nuriddin", "Nuruddin", "Nureddin", "Нуриддин", "Нуруддин", "Nuridins"])
def test_servant_of_the_faith_is_one_ending(written: str) -> None:
    assert without_case_ending(read(written)) == "nuridin"


@pytest.mark.parametrize("written", ["Shukrulla", "Shukrullah", "Шукрулла", "Şukrulla"])
def test_an_h_after_the_name_of_god_is_no_letter(written: str) -> None:
    assert read(written) == "šukrula"


@given(st.lists(st.text(alphabet="abcčdefghijklmnoprsštuvyz", max_size=8), max_size=6))
def test_many_words_at_once_are_loosened_as_each_is(words: list[str]) -> None:
    assert loose_each(words) == [loose(word) for word in words]
