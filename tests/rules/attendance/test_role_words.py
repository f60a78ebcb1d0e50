"""As what somebody was there, by the words of the sheet."""

import pytest

from karvon import catalog
from karvon.rules.attendance import role_of_words
from karvon.rules.attendance.words import phrases
from karvon.rules.programme.description import Role


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("trainer", "trainer"),
        ("Interpreter (EN-UZ)", "interpreter"),
        ("Tulks", "interpreter"),
        ("tulce", "interpreter"),
        ("Pasniedzējs", "trainer"),
        ("pasniedzejs", "trainer"),
        ("LEKTORE", "trainer"),
        ("Dalībniece", "participant"),
        ("Переводчик", "interpreter"),
        ("переводчик-синхронист", "interpreter"),
        ("Преподаватель", "trainer"),
        ("участник", "participant"),
        ("Tarjimon", "interpreter"),
        ("oʻqituvchi", "trainer"),
        ("o'qituvchi", "trainer"),
        ("oqituvchi", "trainer"),
        ("ma’ruzachi", "trainer"),
        ("ishtirokchi", "participant"),
        ("таржимон", "interpreter"),
        ("ўқитувчи", "trainer"),
        ("тингловчи", "participant"),
        ("eksperts", "expert"),
        ("организатор", "organiser"),
        ("mehmon", "guest"),
        ("почётный гость", "guest"),
        ("participant, interpreter", "interpreter"),
        ("", None),
        ("Энергетик", None),
        ("heat engineer", None),
    ],
)
def test_a_role_column_is_read_in_every_language(cell: str, role: Role | None) -> None:
    assert role_of_words(cell) == role


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("Старший преподаватель кафедры", None),
        ("Galvenais eksperts", None),
        ("Доцент, лектор", None),
        ("tadbirlar tashkilotchisi", None),
        ("guest house manager", None),
        ("Tulkošanas nodaļas vadītāja", None),
        ("Tulks", "interpreter"),
        ("переводчик отдела международных связей", "interpreter"),
        ("Sinxron tarjimon", "interpreter"),
        ("Тренер", "trainer"),
        ("nodarbību vadītāja", "trainer"),
    ],
)
def test_a_position_tells_a_role_only_when_it_can_hardly_be_a_participants_job(
    cell: str, role: Role | None
) -> None:
    assert role_of_words(cell, column="position") == role


def test_no_word_stands_for_two_roles() -> None:
    for table in ("role", "position"):
        listed = [phrase for _, known in phrases(table) for phrase in known]
        assert len(listed) == len(set(listed))


def test_every_role_has_words_in_latin_and_in_cyrillic() -> None:
    for listed in catalog.load("role_words")["role"].values():
        assert any("а" <= word[0] <= "я" for word in listed)
        assert any("a" <= word[0] <= "z" for word in listed)
