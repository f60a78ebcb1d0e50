"""What an organisation's name says once legal forms, places, languages and orthographies are set aside."""

import re
from dataclasses import dataclass
from functools import lru_cache

from karvon.rules.names.cleaning import clean
from karvon.rules.names.concepts import cell_words, concept_of, concepts, word_list
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.place import place_in, place_stems


@dataclass(frozen=True, slots=True)
class ParsedOrganisation:
    """``words``: concepts (``+energy``), numbers (``#12``) and folded words of its own; ``acronym``: first letters.

    ``key`` is one string for all spellings of one name (not for its translations).
    """

    key: str = ""
    words: frozenset[str] = frozenset()
    acronym: str = ""
    place: str = ""


_NUMBER = re.compile(r"(?<!\w)(?<!\d[-., /])0*(\d{1,3})(?!\w)(?![-., /]\d)")
"""A school's or a clinic's number; years, house and telephone numbers are none."""


def numbers(words: frozenset[str]) -> frozenset[str]:
    """Those of an organisation's words that are numbers."""
    return frozenset(word for word in words if word[0] == "#")


@lru_cache(maxsize=100_000)
def parse_organisation(cell: str) -> ParsedOrganisation:
    """Read an organisation's name. Махсустранс, "Mahsustrans", SUE Makhsustrans and ООО Махсус транс share one key."""
    words = cell_words(cell)
    legal, filler = word_list("organisation_words", "legal_forms"), word_list("organisation_words", "filler")
    stems, places = concepts("organisation_words", "concepts"), place_stems()
    own: list[str] = []
    meant: set[str] = set()
    letters = ""
    for written, word in words:
        if concept_of(word, places) or written in filler or (written in legal and len(words) > 1):
            continue
        letters += word[0]
        concept = concept_of(word, stems)
        if concept:
            meant.add("+" + concept)
        else:
            own.append(word)
    joined = "".join(own)
    if len(joined) > 4:
        joined = loose(joined)
    if joined:
        meant.add(joined)
    if meant:
        meant.update("#" + number for number in _NUMBER.findall(clean(cell)))
    return ParsedOrganisation(
        key=" ".join(sorted(meant)),
        words=frozenset(meant),
        acronym=letters if len(letters) > 1 else "",
        place=place_in(cell),
    )


def organisation_key(cell: str) -> str:
    """One key for every spelling of one organisation's name; legal forms and places do not count."""
    return parse_organisation(cell).key
