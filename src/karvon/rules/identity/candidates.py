"""Which pairs of lines are worth comparing: keys lines share, with blocks that are too large broken up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import combinations, pairwise
from typing import Final, NamedTuple, Protocol

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from karvon.rules.identity.features import Features
from karvon.rules.identity.weights import Weights
from karvon.rules.names.orthography.settled import loose, loose_each

LARGEST_BLOCK: Final = 120
"""Different lines a key may gather for each to meet each."""
LARGEST_LOOSEST_BLOCK: Final = 30
"""The same for a key of a surname and an initial and nothing else."""
MOST_LINES: Final = 300
"""Lines a key may gather for each to meet each: an interpreter who signs every sheet is still found."""
LARGEST_WORDY_BLOCK: Final = 5
"""Different lines above which two that write their given names out do not meet by a key of an initial.

Two such lines share a key of their names unless these differ by more than one slip, and most pairs of a large
register would be of that kind.
"""
NEXT: Final = 3
"""How many of the next different lines a line meets in a block that is too large for each to meet each."""
MOST_READINGS: Final = 12
GENDERS: Final = ("f", "m")


class Reach(IntEnum):
    """What becomes of a key's block that is too large for each line to meet each."""

    LOOSEST = 0
    """Nothing, and it is too large soon: a surname and an initial."""
    LOOSE = 1
    """Nothing: what its lines share says too little."""
    TELLING = 2
    """Its lines may well be one person's: each meets the next few."""


REACH: Final[Mapping[str, Reach]] = {
    "initial": Reach.LOOSEST,
    "initials": Reach.LOOSE,
    "initial+place": Reach.LOOSE,
}
"""All other keys are telling."""
OF_INITIALS: Final = frozenset({"initial", "initials", "initial+org", "initial+place"})


def reach_of(key: tuple[str, ...]) -> Reach:
    return REACH.get(key[0], Reach.TELLING)


def is_wordy(key: tuple[str, ...], f: Features) -> bool:
    """Whether the key is of an initial of a name the line writes out."""
    return key[0] in OF_INITIALS and f.given != ""


class Worth(NamedTuple):
    """Which lines of a block meet."""

    each: bool
    """Each meets each, also those that write their names out if ``wordy``."""
    wordy: bool
    chained: bool
    """Each meets the next few different ones and the next of its own."""


def copied(lines: int) -> bool:
    """Whether so many lines that say the same are too many for each to meet each."""
    return lines > MOST_LINES


def always_fits() -> int:
    """So many lines meet by any key, each with each."""
    return min(LARGEST_WORDY_BLOCK, LARGEST_LOOSEST_BLOCK, LARGEST_BLOCK, MOST_LINES)


def worth(reach: Reach, *, different: int, lines: int) -> Worth:
    """Of a block of so many different lines and so many lines, those that are ``copied`` left out."""
    most = LARGEST_LOOSEST_BLOCK if reach is Reach.LOOSEST else LARGEST_BLOCK
    each = different <= most and lines <= MOST_LINES
    return Worth(each, each and different <= LARGEST_WORDY_BLOCK, not each and reach is Reach.TELLING)


LONGEST_WORD = 60
"""Letters of a word that may still be a slip of a name, or a name another is a slip of."""


class Near(Protocol):
    """Finds the words of a register that may be a slip apart from a loose form."""

    def near(self, own: str) -> Iterable[str]:
        """Words whose loose form becomes equal to ``own`` when each of the two loses one letter at most."""
        ...


class SlipIndex:
    """Finds near words fast and takes memory and time to make: for asking about all of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._index: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if len(word) <= LONGEST_WORD:
                for key in _deletions(loose(word)):
                    self._index[key].append(word)

    def near(self, own: str) -> Iterable[str]:
        if len(own) > LONGEST_WORD:
            return ()
        return dict.fromkeys(form for key in _deletions(own) for form in self._index.get(key, ()))


class SlipSearch:
    """Finds the same by looking at every word: for asking about a few."""

    def __init__(self, words: Iterable[str]) -> None:
        self._forms: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        short = [word for word in words if len(word) <= LONGEST_WORD]
        for word, key in zip(short, loose_each(short), strict=True):
            self._forms[len(key)][key].append(word)

    def near(self, own: str) -> Iterable[str]:
        if len(own) > LONGEST_WORD:
            return
        mine = _deletions(own)
        for length in (len(own) - 1, len(own), len(own) + 1):
            forms: Mapping[str, list[str]] = self._forms.get(length, {})
            # when each loses one letter at most, two edits lead from one to the other
            found = extract(
                own, forms.keys(), processor=None, scorer=Levenshtein.distance, score_cutoff=2, limit=None
            )
            for other, _, _ in found:
                if not mine.isdisjoint(_deletions(other)):
                    yield from forms[other]


class Either:
    """Finds what any of these finds."""

    def __init__(self, *words: Near) -> None:
        self._words = words

    def near(self, own: str) -> Iterable[str]:
        for words in self._words:
            yield from words.near(own)


def _deletions(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


class Readings:
    """The names a rare form may be a slip of."""

    def __init__(self, words: Near, weights: Weights) -> None:
        self._words = words
        self._weights = weights
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """Loose forms to look under: the word's own first, then those it may be a slip of."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._find(word)
        return found

    def _find(self, word: str) -> tuple[str, ...]:
        own = loose(word)
        if not self.may_be_a_slip(word):
            return (own,)
        near: set[str] = set()
        for other in self._words.near(own):
            if other != word and self.is_slip(word, other):
                near.add(loose(other))
                if len(near) > MOST_READINGS:
                    # a form near to very many is no slip of any one of them
                    return (own,)
        near.discard(own)
        return (own, *sorted(near))

    def may_be_a_slip(self, word: str) -> bool:
        """Whether the word is long and rare enough to be read as another."""
        return len(word) >= 4 and not self._weights.known(word)

    def is_slip(self, word: str, other: str) -> bool:
        return self._weights.level(word, other) in ("slip", "spelling", "slips")


def keys_of(f: Features, surnames: Readings, given: Readings) -> Iterator[tuple[str, ...]]:
    """The keys of one line, in both orders of its names when nothing tells which is the surname."""
    yield from _keys_in_order(f, surnames, given)
    if f.turned:
        yield from _keys_in_order(f.turned, surnames, given)


def _keys_in_order(f: Features, surnames: Readings, given: Readings) -> Iterator[tuple[str, ...]]:
    """The keys of one line, from telling ones to loose ones."""
    if f.phone:
        yield "phone", f.phone
    if f.email:
        yield "email", f.email
    place, organisation = f.place, f.organisation.key
    genders = (f.gender,) if f.gender else GENDERS
    initial = _initial_class(f.given_initial)
    for surname in surnames.of(f.surname) if f.surname else ():
        if f.given:
            for name in given.of(f.given):
                yield "name", surname, name
                if f.father_initial:
                    yield "name+father", surname, name, _initial_class(f.father_initial)
                if organisation:
                    yield "name+org", surname, name, organisation
                if place:
                    yield "name+place", surname, name, place
        # a man and a woman are never one person, and an initial alone brings many of both together
        for gender in genders if initial else ():
            yield "initial", surname, initial, gender
            if f.father_initial:
                yield "initials", surname, initial, _initial_class(f.father_initial), gender
            if organisation:
                yield "initial+org", surname, initial, organisation, gender
            if place:
                yield "initial+place", surname, initial, place, gender
    if f.given:
        for name in given.of(f.given):
            if f.father:
                yield "given+father", name, loose(f.father), f.gender
            if organisation and place:
                yield "given+org", name, organisation, place, f.gender


def _initial_class(letter: str) -> str:
    return _CLASSES.get(letter, letter)


_CLASSES = {"o": "a", "u": "a", "y": "a", "e": "i", "d": "j", "č": "c", "š": "s"}


def candidate_pairs(read: list[Features], words: "tuple[Readings, Readings]") -> set[tuple[int, int]]:
    """Pairs of positions that meet under a key they share; ``words`` are the lines' own ``readings``.

    Lines that say the same are looked up once. In a block of more than ``LARGEST_BLOCK`` different lines or
    ``MOST_LINES`` lines, and among more than ``MOST_LINES`` lines that say the same, a line meets only the next few,
    so that pairs are never many more than lines.
    """
    classes = alike(read)
    surnames, given = words
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, lines in enumerate(classes):
        for key in dict.fromkeys(keys_of(read[lines[0]], surnames, given)):
            blocks[key].append(number)
    met: set[tuple[int, int]] = set()
    linked: set[tuple[int, int]] = set()
    for key, numbers in blocks.items():
        few = [len(classes[n]) for n in numbers if not copied(len(classes[n]))]
        linked.update((n, n) for n in numbers if copied(len(classes[n])))
        found = worth(reach_of(key), different=len(few), lines=sum(few))
        if found.each:
            wordy = [not found.wordy and is_wordy(key, read[classes[n][0]]) for n in numbers]
            met.update(
                (one, other)
                for at, one in enumerate(numbers)
                for behind, other in enumerate(numbers[at:], at)
                if not (wordy[at] and wordy[behind])
            )
        elif found.chained:
            linked.update(chained(numbers))
    pairs: set[tuple[int, int]] = set()
    for one, two in met:
        pairs.update(line_pairs(classes, one, two))
    for one, two in linked:
        pairs.update(line_pairs(classes, one, two, linked=True))
    return pairs


def chained(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each with itself and with the next few."""
    for at, one in enumerate(numbers):
        for other in numbers[at : at + 1 + NEXT]:
            yield one, other


def alike(read: Iterable[Features]) -> list[list[int]]:
    """Positions of lines that say the same, so that they are looked up once; in the order they are met."""
    classes: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, f in enumerate(read):
        classes[said_by(f)].append(at)
    return list(classes.values())


def said_by(f: Features) -> tuple[object, ...]:
    """What decides the keys of a line: lines that say the same are looked up once."""
    return (f.name, f.gender, f.organisation.key, f.organisation.place, f.place, f.phone, f.email)


def readings(read: Iterable[Features], weights: Weights) -> tuple[Readings, Readings]:
    """What the surnames and the given names of these lines may be slips of."""
    surnames: set[str] = set()
    given: set[str] = set()
    for f in read:
        surnames.add(f.surname)
        given.add(f.given)
    return Readings(SlipIndex(surnames - {""}), weights), Readings(SlipIndex(given - {""}), weights)


def line_pairs(
    classes: Sequence[Sequence[int]], one: int, two: int, *, linked: bool = False
) -> Iterator[tuple[int, int]]:
    """The pairs of lines, smaller position first, of two classes that met; of one class when both are the same.

    Where they are only ``linked``, or one is ``copied``: the first line of each, or each
    line and the next of its own.
    """
    mine, yours = classes[one], classes[two]
    linked = linked or copied(len(mine)) or copied(len(yours))
    if one == two:
        yield from pairwise(mine) if linked else combinations(mine, 2)
    elif linked:
        yield (mine[0], yours[0]) if mine[0] < yours[0] else (yours[0], mine[0])
    else:
        for a in mine:
            for b in yours:
                yield (a, b) if a < b else (b, a)
