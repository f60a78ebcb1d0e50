"""A person or an organisation is found by any spelling."""

import pytest

from karvon.rules.names.search import query_keys, search_keys


def finds(typed: str, stored: str) -> bool:
    keys = search_keys(stored)
    return all(any(key.startswith(tuple(alternatives)) for key in keys) for alternatives in query_keys(typed))


@pytest.mark.parametrize(
    "stored", ["Каримов", "Karimovs Aziz", "Karimova", "KARIMOV A.", "Азиз Каримов", "Каримова Лола"]
)
@pytest.mark.parametrize("typed", ["Karimov", "karim", "Каримов", "Karimovs", "Karimova"])
def test_karimov_is_found_by_any_spelling(typed: str, stored: str) -> None:
    assert finds(typed, stored)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Shavkat", "Шавкат Мирзаев"),
        ("Shavkat", "Šavkats Mirzajevs"),
        ("Юлдашев", "Yoʻldoshev B."),
        ("Jakubova", "Якубова Рано"),
        ("Jalolov", "Джалолов А."),
        ("Maxsustrans", "Махсус транс"),
        ("Махсустранс", "SUE Makhsustrans"),
        ("AAA", "Aaa Group"),
        ("z", "Zane Zariņa"),
        ("islom umarov", "УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ"),
    ],
)
def test_one_spelling_finds_another(typed: str, stored: str) -> None:
    assert finds(typed, stored)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Karimov", "Kamolov"),
        ("Shavkat", "Sherzod"),
        ("Umarov Islom", "Umarov Aziz"),
        ("zzzz", "Zane Zariņa"),
        ("ааа", "Азиз Каримов"),
    ],
)
def test_another_name_is_not_found(typed: str, stored: str) -> None:
    assert not finds(typed, stored)


def test_nothing_typed_asks_for_no_word() -> None:
    assert query_keys("  … ") == ()
