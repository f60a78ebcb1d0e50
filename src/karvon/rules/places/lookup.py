"""Find a place of the catalogue by any spelling; name it in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from karvon import catalog
from karvon.rules.places.folding import fold_place, without_town
from karvon.rules.programme.text import Text

PlaceKind = Literal["country", "region", "town"]


@dataclass(frozen=True, slots=True)
class CataloguePlace:
    """A place everybody knows: its names in five languages and a point on the map."""

    key: str
    kind: PlaceKind
    country: str
    """ISO 3166-1 alpha-2."""
    region: str
    """ISO 3166-2 code of the region it is or lies in; '' where there is none."""
    latitude: Decimal
    longitude: Decimal
    name: Text
    spellings: tuple[str, ...] = ()


@cache
def catalogue_places() -> Mapping[str, CataloguePlace]:
    """Every place of the catalogue by its key."""
    places: dict[str, CataloguePlace] = {}
    for file in catalog.names("places"):
        data = catalog.load(f"places/{file}")
        for row in data["place"]:
            places[row["key"]] = CataloguePlace(
                key=row["key"],
                kind=row["kind"],
                country=data["country"],
                region=row.get("region", ""),
                latitude=Decimal(str(row["latitude"])),
                longitude=Decimal(str(row["longitude"])),
                name=Text.of(row["name"]),
                spellings=tuple(row.get("also", ())),
            )
    return places


def place_of_key(key: str) -> CataloguePlace | None:
    return catalogue_places().get(key)


def find_place(text: str, *, kind: PlaceKind | None = None) -> CataloguePlace | None:
    """The place written so, in any of its names and spellings and any script; ``None`` when nobody knows it.

    A town goes before a region of the same name, unless ``kind`` asks for one of them.
    """
    known = _spellings(kind)
    folded = fold_place(text)
    return known.get(folded) or known.get(without_town(folded))


@cache
def _spellings(kind: PlaceKind | None) -> Mapping[str, CataloguePlace]:
    known: dict[str, CataloguePlace] = {}
    for wanted in ("town", "region", "country"):
        for place in catalogue_places().values():
            if place.kind == wanted and kind in (None, wanted):
                for spelling in (place.key, *(name for _, name in place.name), *place.spellings):
                    known.setdefault(fold_place(spelling), place)
    if kind == "region":  # "Fergana" in a column of regions is the region
        for place in catalogue_places().values():
            if place.kind == "town":
                region = _chief_of(place)
                for spelling in (name for _, name in place.name) if region else ():
                    known.setdefault(fold_place(spelling), region)  # type: ignore[arg-type]  # not None here
    return known


def _chief_of(town: CataloguePlace) -> CataloguePlace | None:
    """The region that bears the town's name."""
    return catalogue_places().get(f"{town.key}-region")


def place_name(key: str, language: str) -> str:
    """The catalogue's name of a place; the key itself for a place it does not know."""
    place = place_of_key(key)
    return place.name.say(language) if place else key
