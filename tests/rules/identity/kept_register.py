"""A linked register in memory, for tests of what new lines change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Resolution
from karvon.rules.identity.newcomers import Decided, Member
from karvon.rules.identity.reading import (
    KeptLine,
    Words,
    four_words,
    packed,
    packed_keys,
    packed_words,
    unpacked,
    unpacked_words,
    words_of,
)
from karvon.rules.names.parse import ParsedName


def without_name(f: Features) -> Features:
    return replace(f, name=ParsedName(), turned=f.turned and replace(f.turned, name=ParsedName()))


class RegisterInMemory:
    """What the records keep of a register. Features go through their kept form and back."""

    name = "test"

    def __init__(self, linked: Iterable[KeptLine]) -> None:
        self._kept: dict[str, KeptLine] = {}
        self._members: dict[str, list[Member]] = {}
        self.groups: dict[str, str] = {}
        for one in linked:
            self._keep(one)

    def _keep(self, one: KeptLine) -> None:
        line = one.features.line
        features = unpacked(line, packed(one.features))
        assert features == without_name(one.features)
        self._kept[line] = replace(one, features=features)
        self._members[line] = [(number, line, one.said, wordy) for number, wordy in one.keys]

    def take(self, decided: Decided) -> None:
        """Keep what was decided, as the records do."""
        for one in decided.keyed:
            self._keep(KeptLine(one.features, one.said, packed_keys(one.keys), ""))
        for line, component in decided.components.items():
            kept = self._kept[line]
            self._kept[line] = replace(kept, component=component)

    def words(self) -> Words:
        words = words_of(one.features for one in self._kept.values())
        assert unpacked_words(packed_words(words)) == words
        return words

    def bearing(self, surnames: Collection[str], given: Collection[str]) -> set[str]:
        found = set()
        for line, one in self._kept.items():
            surname, first, turned_surname, turned_given = four_words(one.features)
            if {surname, turned_surname} & set(surnames) or {first, turned_given} & set(given):
                found.add(line)
        return found

    def meeting(self, keys: Collection[int]) -> Iterable[Member]:
        return [member for members in self._members.values() for member in members if member[0] in keys]

    def sizes(self, keys: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        for key, _, said, _ in self.meeting(keys):
            found[key][said] += 1
        return found

    def keys(self, lines: Collection[str]) -> Iterable[Member]:
        return [member for line in lines for member in self._members[line]]

    def lines(self, lines: Collection[str]) -> Mapping[str, KeptLine]:
        return {line: self._kept[line] for line in lines if line in self._kept}

    def hanging_together(
        self, components: Collection[str], *, known: Collection[str]
    ) -> Mapping[str, KeptLine]:
        return {
            line: one for line, one in self._kept.items() if one.component in components and line not in known
        }

    def components(self) -> dict[str, str]:
        return {line: one.component for line, one in self._kept.items()}


class Standing:
    """Groups, matches and chances of a whole register, kept true component by component."""

    def __init__(self, resolution: Resolution) -> None:
        self.groups = set(resolution.groups)
        self.matches = set(resolution.matches)
        self.chances = {_unordered(chance) for chance in resolution.chances}
        self.too_large = set(resolution.too_large)

    def take(self, decided: Decided) -> None:
        here = decided.components.keys()
        self.groups = {group for group in self.groups if here.isdisjoint(group)} | set(decided.groups)
        self.matches = {m for m in self.matches if m.a not in here and m.b not in here} | set(decided.matches)
        self.chances = {c for c in self.chances if here.isdisjoint(c[0])} | set(
            map(_unordered, decided.chances)
        )
        self.too_large = {crowd for crowd in self.too_large if here.isdisjoint(crowd)} | set(
            decided.too_large
        )


def _unordered(chance: object) -> tuple[tuple[str, ...], object]:
    one, other = chance.one, chance.other  # type: ignore[attr-defined]
    return (*one, *other), chance
