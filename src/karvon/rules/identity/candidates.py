"""Which pairs of lines are worth comparing: keys lines share, with blocks that are too large broken up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from karvon.rules.identity.features import Features
from karvon.rules.identity.weights import Weights
from karvon.rules.names.orthography.settled import loose

LARGEST_BLOCK = 120
"""Lines a key may gather; a key of more says too little to be worth its pairs."""
MOST_READINGS = 6


def _deletions(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


class Readings:
    """The names a rare form may be a slip of."""

    def __init__(self, words: Iterable[str], weights: Weights) -> None:
        self._weights = weights
        self._index: defaultdict[str, list[str]] = defaultdict(list)
        self._known: dict[str, tuple[str, ...]] = {}
        for word in sorted(set(words)):
            for key in _deletions(loose(word)):
                self._index[key].append(word)

    def of(self, word: str) -> tuple[str, ...]:
        """Loose forms to look under: the word's own first, then those it may be a slip of."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._find(word)
        return found

    def _find(self, word: str) -> tuple[str, ...]:
        own = loose(word)
        if len(word) < 4 or self._weights.known(word):
            return (own,)
        near: set[str] = set()
        for key in _deletions(own):
            for other in self._index.get(key, ())[:200]:
                if other != word and self._weights.level(word, other) in ("slip", "spelling", "slips"):
                    near.add(loose(other))
        near.discard(own)
        return (own, *sorted(near)[:MOST_READINGS])


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
    for surname in surnames.of(f.surname) if f.surname else ():
        initial = _initial_class(f.given_initial)
        if f.given:
            for name in given.of(f.given):
                yield "name", surname, name
                if f.father_initial:
                    yield "name+father", surname, name, _initial_class(f.father_initial)
                if organisation:
                    yield "name+org", surname, name, organisation
                if place:
                    yield "name+place", surname, name, place
        if initial:
            yield "initial", surname, initial
            if f.father_initial:
                yield "initials", surname, initial, _initial_class(f.father_initial)
            if organisation:
                yield "initial+org", surname, initial, organisation
            if place:
                yield "initial+place", surname, initial, place
    if f.given:
        for name in given.of(f.given):
            if f.father:
                yield "given+father", name, loose(f.father), f.gender
            if organisation and place:
                yield "given+org", name, organisation, place, f.gender


def _initial_class(letter: str) -> str:
    return _CLASSES.get(letter, letter)


_CLASSES = {"o": "a", "u": "a", "y": "a", "e": "i", "d": "j", "č": "c", "š": "s"}


def candidate_pairs(read: list[Features], weights: Weights) -> set[tuple[int, int]]:
    """Pairs of positions that share a key of at most ``LARGEST_BLOCK`` lines."""
    surnames = Readings((f.surname for f in read if f.surname), weights)
    given = Readings((f.given for f in read if f.given), weights)
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, f in enumerate(read):
        for key in dict.fromkeys(keys_of(f, surnames, given)):
            blocks[key].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= LARGEST_BLOCK:
            for i, a in enumerate(members):
                pairs.update((a, b) for b in members[i + 1 :])
    return pairs
