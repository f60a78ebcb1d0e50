"""Names stand in a list by the alphabet of their script, whoever sorts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.names.order import LONGEST_KEY, NAMELESS, order_key

IN_ORDER = (
    "3. Abbosov", "Čepkovs Jānis", "Čerņajeva Anna", "gʻaniyev ali", "KARIMOV ANVAR", "Karimov Botir", "Oʻktamov",
    "Ozods", "Šarma", "Sarmins", "Yoʻldoshev", "Žukova", "Абдулов", "Евдокимова", "Ёлкин", "Йўлдошев", "каримов",
    "КАРИМОВА", "Чориев", "Якубов", "Ўктамов", "Қодиров", "Ғаниев", "Ҳамидов", "",
)  # fmt: skip


def test_latin_stands_before_cyrillic_each_by_its_own_alphabet_and_the_nameless_last() -> None:
    assert sorted(set(IN_ORDER), key=order_key) == list(IN_ORDER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yo'ldoshev", "Yoʻldoshev"),
        ("Yo‘ldoshev", "YOʼLDOSHEV"),
        ("Bērziņš  Anna", "BERZINS ANNA"),
        ("Karimov-Aliyev", "Karimov Aliyev"),
        ("Фёдоров", "федоров"),
        ("Кaримов", "Каримов"),  # a Latin a among Cyrillic letters
    ],
)
def test_what_a_reader_does_not_look_for_does_not_change_the_place(one: str, other: str) -> None:
    assert order_key(one) == order_key(other)


@given(st.text(max_size=200))
def test_any_text_has_a_place_that_a_database_can_keep(name: str) -> None:
    key = order_key(name)
    assert 0 < len(key) <= LONGEST_KEY
    assert key == key.strip()
    assert key <= NAMELESS
    assert "\x00" not in key
