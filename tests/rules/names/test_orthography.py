"""Each orthography reads the same names into the same letters."""

import pytest

from karvon.rules.names.cleaning import clean, one_script
from karvon.rules.names.orthography import fold, orthography_of
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.parts import without_case_ending


def read(word: str) -> str:
    repaired = one_script(clean(word))
    return fold(repaired, orthography_of(repaired))


def read_latvian(word: str) -> str:
    return without_case_ending(fold(clean(word), "latvian"))


@pytest.mark.parametrize(
    "spelling",
    ["Yo'ldosh", "Yo‘ldosh", "Yoʻldosh", "Yo’ldosh", "Yo`ldosh", "Yo´ldosh", "Yöldosh", "Yöldoş", "Йўлдош"],
)
def test_every_apostrophe_habit_and_the_new_letters_are_one_uzbek_name(spelling: str) -> None:
    assert read(spelling) == "yoldoš"


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Mуxтaрoв", "Мухтаров"), ("Rustam0va", "Rustamova"), ("Hафисa", "Нафиса"), ("Ғyлoмoвa", "Ғуломова")],
)
def test_letters_of_the_other_script_and_digits_are_put_right(typed: str, meant: str) -> None:
    assert one_script(typed) == meant


def test_control_and_direction_marks_are_no_letters() -> None:
    assert clean("\u202eKari\u200fmov\x00\t A.\ufeff") == "Karimov A."
