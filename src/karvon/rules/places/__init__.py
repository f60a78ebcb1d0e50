"""Places, countries, sectors and funders of the catalogue, found by any spelling, named in five languages."""

from karvon.rules.places.countries import country_codes, country_name, find_country
from karvon.rules.places.funders import Funder, find_funder
from karvon.rules.places.lookup import CataloguePlace, find_place, place_name, place_of_key
from karvon.rules.places.sectors import Sector, find_sector, sector_name

__all__ = [
    "CataloguePlace",
    "Funder",
    "Sector",
    "country_codes",
    "country_name",
    "find_country",
    "find_funder",
    "find_place",
    "find_sector",
    "place_name",
    "place_of_key",
    "sector_name",
]
