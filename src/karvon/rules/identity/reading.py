"""What identity reads of a line, in a form that can be kept: so that a new line is compared with ten thousand others
without any of them being read again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from karvon.rules.identity.candidates import (
    LONGEST_WORD,
    Reach,
    Readings,
    SlipSearch,
    is_wordy,
    keys_of,
    reach_of,
    said_by,
)
from karvon.rules.identity.features import Features
from karvon.rules.names.organisation import ParsedOrganisation
from karvon.rules.names.parse import ParsedName

VERSION: Final = 3
"""Of what is kept. Raise it when names are folded, keyed or weighed otherwise: then everything is linked anew."""


class BlockKey(NamedTuple):
    """A key lines meet by, as a number that tells its reach; ``wordy``: in a large block it leads only to lines with
    initials."""

    number: int
    wordy: bool


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as it was read and linked. ``said``: digest of what decides its keys; ``component``: the smallest line of
    those it hangs together with. Once kept, it is without its parsed name."""

    features: Features
    said: int
    packed_keys: str
    """Seldom looked at, so packed until then."""
    component: str

    @property
    def keys(self) -> list[tuple[int, bool]]:
        return unpacked_keys(self.packed_keys)


def block_keys(f: Features, surnames: Readings, given: Readings, *, register: str) -> tuple[BlockKey, ...]:
    """The keys of a line; ``register`` keeps those of one register apart from another's."""
    return tuple(
        BlockKey(_numbered("\0".join((register, *key)), reach_of(key)), is_wordy(key, f))
        for key in dict.fromkeys(keys_of(f, surnames, given))
    )


def _numbered(key: str, reach: Reach) -> int:
    return _digest(key) // _REACHES_IN_ALL * _REACHES_IN_ALL + reach


def reach_in(number: int) -> Reach:
    """The reach of a key, from its number."""
    return _REACHES[number % _REACHES_IN_ALL]


_REACHES: Final = tuple(Reach)
_REACHES_IN_ALL: Final = len(_REACHES)


def said_digest(f: Features) -> int:
    """The same for lines that say the same."""
    return _digest(repr(said_by(f)))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def packed_keys(keys: Iterable[BlockKey]) -> str:
    """Text that ``unpacked_keys`` makes the same keys of: the plain ones, then the wordy."""
    apart: tuple[list[int], list[int]] = ([], [])
    for number, wordy in keys:
        apart[wordy].append(number)
    return json.dumps(apart, separators=(",", ":"))


def unpacked_keys(text: str) -> list[tuple[int, bool]]:
    """Number and whether it is wordy, of each key."""
    plain, wordy = json.loads(text)
    return [*((number, False) for number in plain), *((number, True) for number in wordy)]


def packed(f: Features) -> str:
    """Text that ``unpacked`` makes the same features of, but for the parsed name, which only keys need."""
    organisation = f.organisation
    own = (f.surname, f.given, f.father, f.given_initial, f.father_initial, f.gender, f.kind)
    turned = f.turned and (
        f.turned.surname, f.turned.given, f.turned.father, f.turned.given_initial, f.turned.father_initial,
        f.turned.gender, f.turned.kind,
    )  # fmt: skip
    return json.dumps(
        (
            f.sheet, *own, organisation.key, " ".join(sorted(organisation.words)), organisation.acronym,
            organisation.place, f.position, f.place, f.phone, f.email, f.country, *(turned or ()),
        ),
        ensure_ascii=False,
        separators=(",", ":"),
    )  # fmt: skip


def unpacked(line: str, text: str) -> Features:
    """The features ``packed`` was given, of this line."""
    (
        sheet, surname, given, father, given_initial, father_initial, gender, kind, organisation, words, acronym, town,
        position, place, phone, email, country, *turned,
    ) = json.loads(text)  # fmt: skip
    at = _organisation(organisation, words, acronym, town)
    other = None
    if turned:
        surname_2, given_2, father_2, given_initial_2, father_initial_2, gender_2, kind_2 = turned
        other = Features(
            line, sheet, _NO_NAME, surname_2, given_2, father_2, given_initial_2, father_initial_2, gender_2, at,
            position, place, phone, email, kind_2, country, None,
        )  # fmt: skip
    return Features(
        line, sheet, _NO_NAME, surname, given, father, given_initial, father_initial, gender, at, position, place,
        phone, email, kind, country, other,
    )  # fmt: skip


_NO_NAME: Final = ParsedName()


@lru_cache(maxsize=10_000)
def _organisation(key: str, words: str, acronym: str, place: str) -> ParsedOrganisation:
    return ParsedOrganisation(key, frozenset(words.split()), acronym, place)


@dataclass(frozen=True)
class Words:
    """Words of a register that a slip leads from or to; in lines whose names tell no order, also as they are read the
    other way round. Without empty ones and those too long to be slips."""

    surnames: frozenset[str]
    given: frozenset[str]
    turned_surnames: frozenset[str]
    turned_given: frozenset[str]

    @cached_property
    def near(self) -> tuple[SlipSearch, SlipSearch, SlipSearch, SlipSearch]:
        """What finds words near to another, for each of the four."""
        kinds = (self.surnames, self.given, self.turned_surnames, self.turned_given)
        return tuple(map(SlipSearch, kinds))  # type: ignore[return-value]  # four of them

    def __or__(self, other: "Words") -> "Words":
        """The words of the lines of both."""
        return Words(
            self.surnames | other.surnames,
            self.given | other.given,
            self.turned_surnames | other.turned_surnames,
            self.turned_given | other.turned_given,
        )


def packed_words(words: Words) -> str:
    """Text that ``unpacked_words`` makes the same words of; the same for the same words."""
    kinds = (words.surnames, words.given, words.turned_surnames, words.turned_given)
    return json.dumps([" ".join(sorted(kind)) for kind in kinds], ensure_ascii=False, separators=(",", ":"))


def unpacked_words(text: str) -> Words:
    """The words ``packed_words`` was given: folded words hold no spaces."""
    return Words(*(frozenset(kind.split(" ")) - {""} for kind in json.loads(text)))


def words_of(lines: Iterable[Features]) -> Words:
    """The words of these lines."""
    kinds = list(zip(*map(four_words, lines), strict=True)) or [()] * 4
    return Words(*(frozenset(kind) - {""} for kind in kinds))


def four_words(f: Features) -> tuple[str, str, str, str]:
    """Surname, given name, and both as they are read the other way round; '' for what there is none of."""
    turned = (f.turned.surname, f.turned.given) if f.turned else ("", "")
    surname, given, *other = (
        word if len(word) <= LONGEST_WORD else "" for word in (f.surname, f.given, *turned)
    )
    return surname, given, other[0], other[1]
