"""What a position says in any language."""

from functools import lru_cache

from karvon.rules.names.concepts import concept_of, concepts, folded_words


@lru_cache(maxsize=50_000)
def position_key(cell: str) -> str:
    """One key for one position in any of the languages: its concepts and words, sorted."""
    stems = concepts("position_words", "concepts")
    return " ".join(
        sorted({"+" + c if (c := concept_of(word, stems)) else word for word in folded_words(cell)})
    )
