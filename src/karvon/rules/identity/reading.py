"""What identity reads of a line, in a form that can be kept: so that a new line is compared with ten thousand others
without any of them being read again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from karvon.rules.identity.candidates import LONGEST_WORD, LOOSEST, Readings, keys_of, said_by
from karvon.rules.identity.features import Features
from karvon.rules.names.organisation import ParsedOrganisation
from karvon.rules.names.parse import ParsedName

VERSION: Final = 1
"""Of what is kept. Raise it when names are folded, keyed or weighed otherwise: then everything is linked anew."""


@dataclass(frozen=True, slots=True)
class BlockKey:
    """A key lines meet by, as a number; ``wordy``: in a large block it leads only to lines with initials."""

    number: int
    wordy: bool


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as it was read. ``said``: digest of what decides its keys; ``component``: the smallest line of those it
    hangs together with."""

    features: Features
    said: int
    component: str


@dataclass(frozen=True, slots=True)
class LinkedLine:
    """A line of a register linked as a whole, with everything that is kept of it."""

    features: Features
    said: int
    keys: tuple[BlockKey, ...]
    component: str


def block_keys(f: Features, surnames: Readings, given: Readings, *, register: str) -> tuple[BlockKey, ...]:
    """The keys of a line; ``register`` keeps those of one register apart from another's."""
    return tuple(
        BlockKey(_digest("\0".join((register, *key))), key[0] == LOOSEST and f.given != "")
        for key in dict.fromkeys(keys_of(f, surnames, given))
    )


def said_digest(f: Features) -> int:
    """The same for lines that say the same."""
    return _digest(repr(said_by(f)))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def packed(f: Features) -> list[Any]:
    """Plain JSON values that ``unpacked`` makes the same features of."""
    name, organisation = f.name, f.organisation
    return [
        f.sheet,
        [
            name.surname, name.given, name.father, name.given_initial, name.father_initial, name.gender,
            name.orthography, name.sure, name.surname_as_written,
        ],
        *_read(f),
        [organisation.key, sorted(organisation.words), organisation.acronym, organisation.place]
        if organisation.key or organisation.place or organisation.words or organisation.acronym
        else None,
        f.position,
        f.place,
        f.phone,
        f.email,
        f.country,
        None if f.turned is None else _read(f.turned),
    ]  # fmt: skip


def _read(f: Features) -> list[str]:
    return [f.surname, f.given, f.father, f.given_initial, f.father_initial, f.gender, f.kind]


_NO_ORGANISATION: Final = ParsedOrganisation()


def unpacked(line: str, values: Sequence[Any]) -> Features:
    """The features ``packed`` was given, of this line."""
    sheet, name, surname, given, father, given_initial, father_initial, gender, kind, organisation, *rest = (
        values
    )
    position, place, phone, email, country, turned = rest
    parsed = ParsedName(*name)
    at = _NO_ORGANISATION
    if organisation is not None:
        key, words, acronym, town = organisation
        at = ParsedOrganisation(key, frozenset(words), acronym, town)

    def features(read: Sequence[Any], turned: Features | None) -> Features:
        surname, given, father, given_initial, father_initial, gender, kind = read
        return Features(
            line, sheet, parsed, surname, given, father, given_initial, father_initial, gender, at, position, place,
            phone, email, kind, country, turned,
        )  # fmt: skip

    own = (surname, given, father, given_initial, father_initial, gender, kind)
    return features(own, None if turned is None else features(turned, None))


class Words(NamedTuple):
    """Words a slip leads from or to; in lines whose names tell no order, also as they are read the other way round."""

    surnames: set[str]
    given: set[str]
    turned_surnames: set[str]
    turned_given: set[str]


def words_of(lines: Iterable[Features]) -> Words:
    """The words of these lines, without empty ones and those too long to be slips."""
    found = Words(set(), set(), set(), set())
    for f in lines:
        for kind, word in zip(found, four_words(f), strict=True):
            kind.add(word)
    for kind in found:
        kind.discard("")
    return found


def four_words(f: Features) -> tuple[str, str, str, str]:
    """Surname, given name, and both as they are read the other way round; '' for what there is none of."""
    turned = (f.turned.surname, f.turned.given) if f.turned else ("", "")
    surname, given, *other = (
        word if len(word) <= LONGEST_WORD else "" for word in (f.surname, f.given, *turned)
    )
    return surname, given, other[0], other[1]
