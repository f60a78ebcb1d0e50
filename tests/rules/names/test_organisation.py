"""One organisation, one key; places and positions alike."""

import pytest

from karvon.rules.names.organisation import organisation_key
from karvon.rules.names.place import place_of
from karvon.rules.names.position import position_key


@pytest.mark.parametrize(
    "written",
    ["Махсустранс", "Maxsustrans", "Makhsustrans", "Mahsustrans", "Махсустранc", "“Махсустранс” ДУК", "SUE Maxsustrans",
     "ГУП «Махсустранс» Фергана", "ООО Махсус транс", "Makhsustrans, Tashkent city"],
)  # fmt: skip
def test_makhsustrans_has_one_key(written: str) -> None:
    assert organisation_key(written) == organisation_key("Махсустранс")


@pytest.mark.parametrize(("one", "two"), [("LLU", "LU"), ("Ekodoma", "ZAAO"), ("Махсустранс", "Сувокова")])
def test_two_organisations_keep_two_keys(one: str, two: str) -> None:
    assert organisation_key(one) != organisation_key(two)


@pytest.mark.parametrize(
    "written",
    ["Fergana", "Fergāna", "Fargʻona", "Farg'ona viloyati", "Фергана", "Фарғона", "Ферганская область"],
)
def test_fergana_is_one_place(written: str) -> None:
    assert place_of(written) == "fergana"


@pytest.mark.parametrize("written", ["Margilāna", "Margʻilon", "Маргилан", "Марғилон шаҳри", "Margilan city"])
def test_a_town_the_catalogue_does_not_have_is_one_place(written: str) -> None:
    assert place_of(written) == place_of("Margilana")


@pytest.mark.parametrize(
    ("one", "two"), [("Marhamat", "Margʻilon"), ("Urgut", "Urganch"), ("Denov", "Boysun")]
)
def test_two_towns_are_two_places(one: str, two: str) -> None:
    assert place_of(one) != place_of(two)


@pytest.mark.parametrize(
    "written",
    ["bosh mutaxassis", "бош мутахассис", "гл. специалист", "chief specialist", "galvenais speciālists"],
)
def test_a_chief_specialist_is_one_in_every_language(written: str) -> None:
    assert position_key(written) == position_key("главный специалист")
