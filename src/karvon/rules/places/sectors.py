"""Sectors: OECD DAC purpose codes with readable short names and names in five languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from karvon import catalog
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class Sector:
    code: str
    """DAC purpose code, five digits; IATI sector vocabulary 1."""
    slug: str
    name: Text
    slugs: tuple[str, ...] = ()
    """Other short names."""


@cache
def catalogue_sectors() -> Mapping[str, Sector]:
    """Every sector of the catalogue by its code, in the order of the codes."""
    sectors = [
        Sector(row["code"], row["slug"], Text.of(row["name"]), tuple(row.get("also", ())))
        for file in catalog.names("sectors")
        for row in catalog.load(f"sectors/{file}")["sector"]
    ]
    return {sector.code: sector for sector in sorted(sectors, key=lambda sector: sector.code)}


@cache
def _by_any_name() -> Mapping[str, Sector]:
    known: dict[str, Sector] = {}
    for sector in catalogue_sectors().values():
        for name in (sector.code, sector.slug, *sector.slugs):
            known.setdefault(name, sector)
    return known


def find_sector(text: str) -> Sector | None:
    """The sector of a code or short name; ``None`` when the catalogue does not have it."""
    return _by_any_name().get(text.strip().casefold().replace("_", "-").replace(" ", "-"))


def sector_slugs() -> tuple[str, ...]:
    return tuple(sector.slug for sector in catalogue_sectors().values())


def sector_name(code: str, language: str) -> str:
    """The sector's name in our own words; the code itself for a sector the catalogue does not have."""
    sector = find_sector(code)
    return sector.name.say(language) if sector else code
