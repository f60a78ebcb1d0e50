"""What a position says in any language."""

from functools import lru_cache

from karvon.rules.names.concepts import cell_words, concept_of, concepts, word_list


@lru_cache(maxsize=50_000)
def position_key(cell: str) -> str:
    """One key for one position in any of the languages: its concepts and words, sorted."""
    stems = concepts("position_words", "concepts")
    filler = word_list("organisation_words", "filler")
    found = {
        "+" + concept if (concept := concept_of(word, stems)) else word
        for written, word in cell_words(cell)
        if written not in filler
    }
    if "+docent" in found:
        # an associate professor is a docent and no professor
        found.discard("+professor")
    return " ".join(sorted(found))
