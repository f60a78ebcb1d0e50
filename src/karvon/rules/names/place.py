"""Which place a cell names, in any orthography."""

from functools import cache, lru_cache

from karvon.catalog import load
from karvon.rules.names.concepts import cell_words, concept_of, concepts, folded_words, word_list
from karvon.rules.names.orthography.settled import loose


@cache
def place_stems() -> dict[str, str]:
    """Folded beginnings of the catalogue's place names -> the place."""
    return {
        stem: place
        for country in load("names/place_words")
        for stem, place in concepts("place_words", country).items()
    }


@cache
def country_of() -> dict[str, str]:
    """Place -> its country, for the catalogue's places."""
    return {place: country for country, places in load("names/place_words").items() for place in places}


@lru_cache(maxsize=50_000)
def place_of(cell: str) -> str:
    """One key per place: a place of the catalogue, or the folded words left when generic ones are gone."""
    known = place_in(cell)
    if known:
        return known
    filler = word_list("organisation_words", "filler")
    key = loose("".join(word for written, word in cell_words(cell) if written not in filler))
    # Latvian gives towns an -a (Margilāna) that their own languages do not write
    return key[:-1] if len(key) > 4 and key[-1] == "a" and key[-2] not in "ae" else key


@lru_cache(maxsize=50_000)
def place_in(cell: str) -> str:
    """The catalogue's place named somewhere in a cell, or ``""``."""
    stems = place_stems()
    for word in folded_words(cell):
        place = concept_of(word, stems)
        if place:
            return place
    return ""
