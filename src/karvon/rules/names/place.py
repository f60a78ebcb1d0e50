"""Which place a cell names, in any orthography."""

from functools import lru_cache

from karvon.rules.names.concepts import cell_words, concept_of, concepts, folded_words, word_list
from karvon.rules.names.orthography.settled import loose


@lru_cache(maxsize=50_000)
def place_of(cell: str) -> str:
    """One key per place: a place of the catalogue, or the folded words left when generic ones are gone."""
    known = place_in(cell)
    if known:
        return known
    filler = word_list("organisation_words", "filler")
    return loose("".join(word for written, word in cell_words(cell) if written not in filler))


@lru_cache(maxsize=50_000)
def place_in(cell: str) -> str:
    """The catalogue's place named somewhere in a cell, or ``""``."""
    stems = concepts("place_words", "places")
    for word in folded_words(cell):
        place = concept_of(word, stems)
        if place:
            return place
    return ""
