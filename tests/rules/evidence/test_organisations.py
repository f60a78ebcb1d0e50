"""A cell means one of the programme's organisations, in whatever spelling and script."""

import pytest

from karvon.rules.evidence.organisations import OrganisationFinder

FINDER = OrganisationFinder(
    [
        ("waste", "Махсустранс"),
        ("waste", "Makhsustrans"),
        ("fergana", "Фарғона вилояти ҳокимлиги"),
        ("andijan", "Андижон вилояти ҳокимлиги"),
        ("nek", "National Energy Efficiency Company"),
    ]
)


@pytest.mark.parametrize(
    "cell", ["Махсустранс", "Maxsustrans", "MAHSUSTRANS", '"Махсустранс" ДУК', "Махсустранc"]
)
def test_every_spelling_finds_the_organisation_even_with_a_latin_last_letter(cell: str) -> None:
    assert FINDER.find(cell) == "waste"


def test_organisations_of_one_name_are_told_apart_by_their_place() -> None:
    assert FINDER.find("Хокимият Ферганской области") == "fergana"
    assert FINDER.find("Andijon viloyati hokimligi") == "andijan"


@pytest.mark.parametrize("cell", ["", "   ", "Suvtaminot", "12345"])
def test_what_the_programme_does_not_know_finds_nothing(cell: str) -> None:
    assert FINDER.find(cell) == ""
