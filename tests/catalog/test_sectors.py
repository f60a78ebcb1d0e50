"""Sectors are DAC purpose codes with short names a person can remember."""

import re

import pytest

from karvon.rules.places import Sector, find_funder, find_sector, sector_name
from karvon.rules.places.funders import catalogue_funders
from karvon.rules.places.sectors import catalogue_sectors
from karvon.rules.wording import LANGUAGES

SECTORS = catalogue_sectors()


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("23620", "heat-supply"), ("23183", "energy-efficiency"), ("14021", "water-supply"), ("14022", "wastewater"),
        ("14081", "water-training"), ("14050", "waste-management"), ("43032", "smart-city"),
        ("31166", "agricultural-extension"), ("31161", "crops"), ("15110", "planning"), ("23181", "energy-training"),
    ],
)  # fmt: skip
def test_the_sectors_of_the_first_programme_are_found_by_code_and_by_short_name(code: str, slug: str) -> None:
    assert find_sector(slug) == find_sector(code) == SECTORS[code]


def test_case_blanks_and_underscores_do_not_matter() -> None:
    assert find_sector(" Water_Supply ") == find_sector("water supply") == SECTORS["14021"]


def test_an_unknown_sector_is_not_found_and_shows_as_it_is() -> None:
    assert find_sector("14099") is None
    assert sector_name("14099", "lv") == "14099"


@pytest.mark.parametrize("sector", SECTORS.values(), ids=lambda sector: sector.code)
def test_every_sector_has_a_code_short_names_and_a_name_per_language(sector: Sector) -> None:
    assert re.fullmatch(r"\d{5}", sector.code)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in (sector.slug, *sector.slugs))
    assert tuple(language for language, _ in sector.name) == LANGUAGES


def test_no_short_name_or_name_stands_for_two_sectors() -> None:
    slugs = [slug for sector in SECTORS.values() for slug in (sector.slug, *sector.slugs)]
    assert len(slugs) == len(set(slugs))
    for language in LANGUAGES:
        names = [sector_name(code, language) for code in SECTORS]
        assert len(names) == len(set(names))


def test_the_guide_lists_every_sector() -> None:
    from tests.files.programme_folder.examples import GUIDE

    rows = re.findall(r"^\| (\d{5}) \| `([a-z-]+)` \|(.*)\|.*\|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    listed = [(code, slug, tuple(re.findall("`([a-z-]+)`", also))) for code, slug, also in rows]
    assert listed == [(sector.code, sector.slug, sector.slugs) for sector in SECTORS.values()]


def test_a_funder_is_found_by_its_key_and_other_short_names() -> None:
    assert find_funder("ERAF") == find_funder("erdf") == catalogue_funders()["erdf"]
    assert find_funder("nobody") is None


@pytest.mark.parametrize("key", catalogue_funders())
def test_a_funder_becomes_an_organisation_named_in_every_language(key: str) -> None:
    organisation = catalogue_funders()[key].organisation()
    assert (organisation.key, tuple(language for language, _ in organisation.name)) == (key, LANGUAGES)
