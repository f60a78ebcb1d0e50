"""Funders of the catalogue: a contract may name one without describing the organisation again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from karvon import catalog
from karvon.rules.programme.description import Organisation, OrganisationKind
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class Funder:
    key: str
    name: Text
    kind: OrganisationKind
    country: str
    place: str
    currency: str
    spellings: tuple[str, ...] = ()

    def organisation(self) -> Organisation:
        """The funder as an organisation of a programme."""
        return Organisation(self.key, self.name, kind=self.kind, country=self.country, place=self.place)


@cache
def catalogue_funders() -> Mapping[str, Funder]:
    funders: dict[str, Funder] = {}
    for file in catalog.names("funders"):
        row = catalog.load(f"funders/{file}")
        funders[row["key"]] = Funder(
            row["key"], Text.of(row["name"]), row["kind"], row["country"], row["place"], row["currency"],
            tuple(row["also"]),
        )  # fmt: skip
    return funders


def find_funder(text: str) -> Funder | None:
    """The funder of a key or one of its other short names."""
    wanted = text.strip().casefold()
    return next(
        (f for f in catalogue_funders().values() if wanted in (f.key, *f.spellings)),
        None,
    )
