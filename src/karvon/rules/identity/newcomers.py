"""New lines against a register that was linked before: only the components they touch are decided again.

The outcome is that of linking the whole register anew under the same snapshot and decisions (tested), whatever the
order and the portions lines come in. What a new line can change is followed exactly:

* it meets the lines that share a key with it;
* its names, if nobody bore them before, may be what a rare form of an older line is a slip of: such lines get new keys;
* with it a block of lines may grow too large for each to meet each, or another line may become the next of one.

Lines that leave a register are not followed: link the whole register then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, product
from operator import itemgetter
from typing import Final, Protocol

from karvon.rules.identity.candidates import (
    Either,
    Near,
    Readings,
    SlipSearch,
    Worth,
    always_fits,
    chained,
    copied,
    worth,
)
from karvon.rules.identity.comparison import Pair
from karvon.rules.identity.deciding import LEAST_WEIGHT, decide_each, said_of
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Chance, Decision, IdentityLine, Match
from karvon.rules.identity.reading import (
    BlockKey,
    KeptLine,
    Words,
    block_keys,
    reach_in,
    said_digest,
    words_of,
)
from karvon.rules.identity.snapshot import read_lines
from karvon.rules.identity.weights import Weights
from karvon.rules.names.orthography.settled import loose

LinePair = tuple[str, str]


Member = tuple[int, str, int, bool]
"""A key, a line under it, what the line says, and whether it is wordy there; plain, for there are very many."""


class KeptRegister(Protocol):
    """A register of lines that were read and linked before under one snapshot."""

    @property
    def name(self) -> str:
        """What its keys are made with."""
        ...

    def words(self) -> Words:
        """Every word of its lines (``words_of``)."""
        ...

    def bearing(self, surnames: Collection[str], given: Collection[str]) -> set[str]:
        """The lines of which one of these is a surname or a given name, in either order."""
        ...

    def meeting(self, keys: Collection[int]) -> Iterable[Member]:
        """Every line under one of these keys."""
        ...

    def sizes(self, keys: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        """Key -> what its lines say -> how many of them say it."""
        ...

    def lines(self, lines: Collection[str]) -> Mapping[str, KeptLine]:
        """These lines as they were read; those the register does not hold are left out."""
        ...

    def hanging_together(
        self, components: Collection[str], *, known: Collection[str]
    ) -> Mapping[str, KeptLine]:
        """Every line of these components as it was read, but those that are ``known``."""
        ...


@dataclass(frozen=True, slots=True)
class KeyedLine:
    """A line with the keys it is to be kept under."""

    features: Features
    said: int
    keys: tuple[BlockKey, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Whole components as they are now: every other line of the register is with whom it was.

    ``groups``, ``matches``, ``chances``, ``too_large``: as in a resolution, of the lines in ``components`` only.
    ``keyed``: the new lines, and older ones that got other keys. ``components``: line -> the smallest line of its
    component now.
    """

    groups: tuple[tuple[str, ...], ...]
    matches: tuple[Match, ...]
    chances: tuple[Chance, ...]
    too_large: tuple[tuple[str, ...], ...]
    keyed: tuple[KeyedLine, ...]
    components: Mapping[str, str]


def decide_with(
    new: Iterable[IdentityLine],
    *,
    register: KeptRegister,
    weights: Weights,
    given_shares: Mapping[str, int],
    decisions: Iterable[Decision] = (),
    about: Collection[str] = (),
) -> Decided:
    """Decide what the new lines, and the lines ``about`` which a decision came or went, touch.

    ``weights`` and ``given_shares`` are of the snapshot the register was linked under; ``decisions`` are all that
    stand. Lines of the register that come as new ones are refused with ``ValueError``.
    """
    read = {f.line: f for f in read_lines(sorted(new, key=lambda line: line.line), shares=given_shares)}
    if again := register.lines(read):
        raise ValueError(f"{len(again)} of the new lines are in the register already")
    kept = dict(register.lines(about)) if about else {}
    keyed = _keyed(read, kept, register, weights)
    met = _Meeting(
        register,
        keyed,
        left={number for line in keyed.keys() - read.keys() for number, _ in kept[line].keys},
    )
    touched = {*about, *met.changed}
    _load(kept, (met.lines | met.changed) - read.keys(), register)
    features = {**{line: one.features for line, one in kept.items()}, **read}

    linked = {
        pair: weight
        for pair in met.pairs()
        if (weight := weights.weight(features[pair[0]], features[pair[1]])) >= LEAST_WEIGHT
    }
    touched |= {line for pair in linked for line in pair} | (keyed.keys() - read.keys())
    older = {kept[line].component for line in touched if line in kept}
    if older:
        kept.update(register.hanging_together(older, known=kept))
    lines = sorted({*(line for line, one in kept.items() if one.component in older), *read})
    position = {line: at for at, line in enumerate(lines)}
    ordered = [read[line] if line in read else kept[line].features for line in lines]
    weighed: dict[Pair, int] = {}
    for one, other in met.pairs_among(lines, kept):
        pair = (position[one], position[other])
        known = linked.get((one, other))
        weight = weights.weight(ordered[pair[0]], ordered[pair[1]]) if known is None else known
        if weight >= LEAST_WEIGHT:
            weighed[pair] = weight
    made = decide_each(ordered, weighed=weighed, said=said_of(decisions, position), weights=weights)
    return Decided(
        groups=tuple(
            tuple(lines[at] for at in group)
            for group in sorted(group for _, component in made for group in component.groups)
        ),
        matches=tuple(
            sorted((match for _, component in made for match in component.matches), key=lambda m: (m.a, m.b))
        ),
        chances=tuple(chance for _, component in made for chance in component.chances),
        too_large=tuple(
            sorted(tuple(lines[at] for at in crowd) for _, component in made for crowd in component.too_large)
        ),
        keyed=tuple(keyed[line] for line in sorted(keyed)),
        components={lines[at]: lines[part[0]] for part, _ in made for at in part},
    )


def _load(kept: dict[str, KeptLine], wanted: Collection[str], register: KeptRegister) -> None:
    missing = set(wanted) - kept.keys()
    if missing:
        kept.update(register.lines(missing))


def _keyed(
    read: Mapping[str, Features], kept: dict[str, KeptLine], register: KeptRegister, weights: Weights
) -> dict[str, KeyedLine]:
    """The new lines, and older ones with other keys than before, which are loaded too."""
    if not read:
        return {}
    words, new = register.words(), words_of(read.values())
    surnames_near, given_near, turned_surnames_near, turned_given_near = words.near
    rare_surnames, surnames = _readings(
        surnames_near,
        new.surnames - words.surnames,
        asking=Either(surnames_near, turned_surnames_near),
        weights=weights,
    )
    rare_given, given = _readings(
        given_near, new.given - words.given, asking=Either(given_near, turned_given_near), weights=weights
    )
    changed = register.bearing(rare_surnames, rare_given) if rare_surnames or rare_given else set()
    _load(kept, changed, register)
    said = {line: said_digest(f) for line, f in read.items()} | {line: kept[line].said for line in changed}
    features = {**read, **{line: kept[line].features for line in changed}}
    return {
        line: KeyedLine(f, said[line], block_keys(f, surnames, given, register=register.name))
        for line, f in features.items()
    }


def _readings(
    words: Near, unseen: Collection[str], *, asking: Near, weights: Weights
) -> tuple[set[str], Readings]:
    """Those of the older words ``asking`` that are read otherwise with the unseen ones, and how all are read now."""
    if not unseen:
        return set(), Readings(words, weights)
    earlier, now = Readings(words, weights), Readings(Either(words, SlipSearch(unseen)), weights)
    changed = {
        word
        for one in unseen
        for word in asking.near(loose(one))
        if earlier.may_be_a_slip(word) and earlier.is_slip(word, one) and earlier.of(word) != now.of(word)
    }
    return changed, now


class _Meeting:
    """Who meets under the keys that new and changed lines stand under, or stood under."""

    def __init__(
        self, register: KeptRegister, keyed: Mapping[str, KeyedLine], *, left: Collection[int]
    ) -> None:
        self._register = register
        self._own: defaultdict[int, list[Member]] = defaultdict(list)
        for line, one in keyed.items():
            for key in one.keys:
                self._own[key.number].append((key.number, line, one.said, key.wordy))
        self._keyed = keyed
        concerned = {*self._own, *left}
        older = _by_key(register.meeting(concerned)) if concerned else {}
        self.changed: set[str] = set()
        """Older lines that met others by such a key, or meet others now."""
        self._now: dict[int, _Block] = {}
        self._new: set[LinePair] = set()
        fits = always_fits()
        for number in concerned:
            was, own = older.get(number, []), self._own.get(number, [])
            stay = [one for one in was if one[1] not in keyed]
            if len(was) + len(own) <= fits:
                self._now[number] = _FITS
                self._new.update(_meeting(chain(product(own, stay), combinations(own, 2)), _EACH))
                continue
            before, now = _Block(number, was), _Block(number, [*stay, *own])
            self._now[number] = now
            if now.plain and before.plain and now.worth == before.worth:
                if now.worth.each:
                    self._new.update(_meeting(chain(product(own, stay), combinations(own, 2)), now.worth))
                continue
            earlier, found = set(before.pairs()), set(now.pairs())
            self._new |= found - earlier
            self._new.update(pair for pair in found if pair[0] in keyed or pair[1] in keyed)
            self.changed.update(line for pair in earlier ^ found for line in pair)
        self.changed -= keyed.keys()

    @property
    def lines(self) -> set[str]:
        """Every line in one of the pairs that are new."""
        return {line for pair in self._new for line in pair}

    def pairs(self) -> Iterable[LinePair]:
        """Pairs of lines that meet now and may not have met before, smaller first, each once."""
        return sorted(self._new)

    def pairs_among(self, lines: Collection[str], kept: Mapping[str, KeptLine]) -> Iterable[LinePair]:
        """Every pair of these lines that meets, smaller first, each once."""
        wanted = set(lines)
        under: defaultdict[int, list[Member]] = defaultdict(list)
        for line in wanted - self._keyed.keys():
            said = kept[line].said
            for number, wordy in kept[line].keys:
                under[number].append((number, line, said, wordy))
        for number, own in self._own.items():
            under[number] += [member for member in own if member[1] in wanted]
        shared = {number: members for number, members in under.items() if len(members) > 1}
        unknown = shared.keys() - self._now.keys()
        sizes = self._register.sizes(unknown) if unknown else {}
        worths = {key: _worth(key, of_key) for key, of_key in sizes.items()}
        large = {key for key, of_key in sizes.items() if not _plain(worths[key], of_key)}
        blocks = dict(self._now)
        for key, members in _by_key(self._register.meeting(large) if large else ()).items():
            blocks[key] = _Block(key, members)
        found: set[LinePair] = set()
        for key, members in shared.items():
            block = blocks.get(key)
            if block is None or block.plain:
                worth = worths[key] if block is None else block.worth
                if worth.each:
                    found.update(_meeting(combinations(members, 2), worth))
            else:
                found.update(pair for pair in block.pairs() if pair[0] in wanted and pair[1] in wanted)
        return sorted(found)


def _by_key(members: Iterable[Member]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    for member in members:
        found.setdefault(member[0], []).append(member)
    return found


def _in_order(one: str, other: str) -> LinePair:
    return (one, other) if one < other else (other, one)


def _meeting(pairs: Iterable[tuple[Member, Member]], worth: Worth) -> Iterator[LinePair]:
    """Those of a plain block's pairs that meet."""
    every = worth.wordy
    for (_, one, _, wordy), (_, other, _, as_wordy) in pairs:
        if every or not (wordy and as_wordy):
            yield (one, other) if one < other else (other, one)


def _worth(key: int, sizes: Mapping[int, int]) -> Worth:
    few = [lines for lines in sizes.values() if not copied(lines)]
    return worth(reach_in(key), different=len(few), lines=sum(few))


def _plain(found: Worth, sizes: Mapping[int, int]) -> bool:
    return not found.chained and not any(map(copied, sizes.values()))


_EACH: Final = Worth(each=True, wordy=True, chained=False)


class _Block:
    """The lines under one key, and which of them meet: what ``candidate_pairs`` finds by it.

    *Plain* is a block in which whether two lines meet depends on these two and ``worth`` alone.
    """

    __slots__ = ("_members", "plain", "worth")

    def __init__(self, key: int, members: list[Member]) -> None:
        self._members = members
        if len(members) <= always_fits():
            self.worth, self.plain = _EACH, True
            return
        sizes: dict[int, int] = {}
        for _, _, said, _ in members:
            sizes[said] = sizes.get(said, 0) + 1
        self.worth = _worth(key, sizes)
        self.plain = _plain(self.worth, sizes)

    def pairs(self) -> Iterator[LinePair]:
        """Those that meet, smaller line first; some twice."""
        if self.plain:
            if self.worth.each:
                yield from _meeting(combinations(self._members, 2), self.worth)
            return
        classes: dict[int, list[str]] = {}
        wordy: dict[int, bool] = {}
        for _, line, said, as_wordy in sorted(self._members, key=itemgetter(1)):
            classes.setdefault(said, []).append(line)
            wordy[said] = as_wordy
        order = list(classes)
        for lines in classes.values():
            if copied(len(lines)):
                yield from pairwise(lines)
        if self.worth.chained:
            for at, other in chained(range(len(order))):
                yield from _linked(classes[order[at]], classes[order[other]])
        elif self.worth.each:
            for at, one in enumerate(order):
                for other in order[at:]:
                    if self.worth.wordy or not (wordy[one] and wordy[other]):
                        yield from _between(classes[one], classes[other])


_FITS: Final = _Block(0, [])
"""Any block so small that each of its lines meets each; its lines are not asked for."""


def _between(mine: list[str], yours: list[str]) -> Iterator[LinePair]:
    if copied(len(mine)) or copied(len(yours)):
        yield from _linked(mine, yours)
    elif mine is yours:
        yield from combinations(mine, 2)
    else:
        for a in mine:
            for b in yours:
                yield _in_order(a, b)


def _linked(mine: list[str], yours: list[str]) -> Iterator[LinePair]:
    if mine is yours:
        yield from pairwise(mine)
    else:
        yield _in_order(mine[0], yours[0])
