"""A place is found by any spelling people use, and named as its readers name it."""

from decimal import Decimal

import pytest

from karvon.rules.places import (
    CataloguePlace,
    country_codes,
    country_name,
    find_country,
    find_place,
    place_name,
    place_of_key,
)
from karvon.rules.places.lookup import catalogue_places
from karvon.rules.programme.text import Text
from karvon.rules.wording import LANGUAGES

BOXES = {"UZ": ((37, 46), (55, 74)), "LV": ((55, 59), (20, 29))}
"""Latitude and longitude of each country, rounded outwards."""


@pytest.mark.parametrize(
    "spelling",
    [
        "Fergana", "Ferghana", "Fergāna", "Фергана", "Фарғона", "ФАРГОНА", "Fargʻona",
        "Farg'ona", "Farg‘ona", "Farg`ona",
        "FARGONA", "Farğona", "г. Фергана", "Farg'ona shahri", "fergana",
    ],
)  # fmt: skip
def test_fergana_is_found_by_any_spelling(spelling: str) -> None:
    found = find_place(spelling)
    assert found is not None
    assert found.key == "fergana"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Tashkent", "tashkent"),
        ("Тошкент шаҳри", "tashkent"),
        ("Toşkent", "tashkent"),
        ("Taškenta", "tashkent"),
        ("город Ташкент", "tashkent"),
        ("Ташкентская область", "tashkent-region"),
        ("Toshkent viloyati", "tashkent-region"),
        ("Қўқон", "kokand"),
        ("Qo'qon", "kokand"),
        ("Chirchik", "chirchiq"),
        ("Çirçiq", "chirchiq"),
        ("Qoraqalpogʻiston", "karakalpakstan"),
        ("RĪGA", "riga"),
        ("Резекне", "rezekne"),
        ("Liepaja", "liepaja"),
        ("Latgale", "latgale"),
        ("Ўзбекистон", "uzbekistan"),
    ],
)
def test_towns_regions_and_countries_are_told_apart(spelling: str, key: str) -> None:
    found = find_place(spelling)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("nowhere", ["", " ", "Atlantis", "г.", "shahri", "-"])
def test_what_is_no_place_is_not_found(nowhere: str) -> None:
    assert find_place(nowhere) is None


def test_in_a_column_of_regions_the_name_of_a_town_means_its_region() -> None:
    assert find_place("Andijon", kind="region") == place_of_key("andijan-region")
    assert find_place("Andijon") == place_of_key("andijan")
    assert find_place("Riga", kind="region") is None


@pytest.mark.parametrize("place", catalogue_places().values(), ids=lambda place: place.key)
def test_every_name_of_a_place_leads_back_to_it_or_to_its_namesake_town(place: CataloguePlace) -> None:
    for language in LANGUAGES:
        assert find_place(place.name.say(language), kind=place.kind) == place


@pytest.mark.parametrize("place", catalogue_places().values(), ids=lambda place: place.key)
def test_every_place_lies_in_its_country(place: CataloguePlace) -> None:
    (south, north), (west, east) = BOXES[place.country]
    assert south < place.latitude < north
    assert west < place.longitude < east
    assert place.region[:2] in ("", place.country)


def test_the_fourteen_regions_of_uzbekistan_are_complete() -> None:
    regions = {
        place.region for place in catalogue_places().values() if place.country == "UZ" and place.region
    }
    assert regions == {
        "UZ-AN", "UZ-BU", "UZ-FA", "UZ-JI", "UZ-NG", "UZ-NW", "UZ-QA", "UZ-QR", "UZ-SA", "UZ-SI", "UZ-SU", "UZ-TK",
        "UZ-TO", "UZ-XO",
    }  # fmt: skip


def test_every_town_of_uzbekistan_lies_nearer_to_its_own_region_than_half_the_country() -> None:
    places = catalogue_places().values()
    regions = {place.region: place for place in places if place.kind == "region" and place.region}
    far = [
        town.key
        for town in places
        if town.kind == "town"
        and town.region in regions
        and abs(town.latitude - regions[town.region].latitude)
        + abs(town.longitude - regions[town.region].longitude)
        > Decimal(4)
    ]
    assert far == []


def test_places_are_named_in_every_language() -> None:
    assert [place_name("fergana", language) for language in LANGUAGES] == [
        "Fergāna", "Fergana", "Фергана", "Fargʻona", "Фарғона",
    ]  # fmt: skip
    assert place_name("nowhere", "lv") == "nowhere"


def test_countries_are_named_in_every_language_with_the_uzbek_letter() -> None:
    assert [country_name("UZ", language) for language in LANGUAGES] == [
        "Uzbekistāna", "Uzbekistan", "Узбекистан", "Oʻzbekiston", "Ўзбекистон",
    ]  # fmt: skip
    assert country_name("US", "uz") == "Amerika Qoʻshma Shtatlari"
    assert country_name("QQ", "lv") == "QQ"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_that_leads_back_to_it(language: str) -> None:
    lost = {code for code in country_codes() if find_country(country_name(code, language)) != code}
    assert lost == set()


def test_groups_of_countries_are_no_countries() -> None:
    assert country_codes() & {"EU", "UN", "ZZ", "XA"} == frozenset()
    assert len({"UZ", "LV", "KZ", "DE", "US"} & country_codes()) == 5


def test_a_catalogue_text_keeps_its_five_languages_in_order() -> None:
    place = place_of_key("riga")
    assert place is not None
    assert place.name == Text(
        (("lv", "Rīga"), ("en", "Riga"), ("ru", "Рига"), ("uz", "Riga"), ("uz-Cyrl", "Рига"))
    )
