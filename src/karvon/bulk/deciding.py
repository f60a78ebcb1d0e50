"""Pairs -> people: weights of the pairs that meet, then each connected component decided by itself.

``rules.identity.deciding`` says why components may be decided in any order and on any core.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import TypeAlias, TypeVar

from karvon.bulk.crew import each
from karvon.bulk.joining import read_pairs
from karvon.bulk.reading import Register
from karvon.rules.identity.candidates import line_pairs
from karvon.rules.identity.comparison import Pair
from karvon.rules.identity.deciding import LEAST_WEIGHT, Component, decide
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Verdict
from karvon.rules.identity.weights import Weights

PORTION = 5_000
"""Lines of the components one task decides, or those of one component that has more."""

Numbers: TypeAlias = "array[int]"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs of positions (``a < b``) with enough evidence, in the order of their components."""

    a: Numbers
    b: Numbers
    weight: Numbers

    def columns(self) -> tuple[Numbers, Numbers, Numbers]:
        return self.a, self.b, self.weight


@dataclass(frozen=True, slots=True)
class _Weighing:
    register: Register
    classes: list[list[int]]


@dataclass(frozen=True, slots=True)
class _Deciding:
    register: Register
    root: Numbers
    """The smallest position of each position's component."""
    order: Numbers
    """Positions by component."""
    weighed: Weighed
    """Pairs by component."""
    said: Mapping[int, Mapping[Pair, Verdict]]
    """What people said of the lines of a component, by its root."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Components next to each other: slices of the ordered positions and of the pairs."""

    positions: slice
    pairs: slice


def weigh(register: Register, classes: list[list[int]], pairs: Path, *, processes: int) -> Weighed:
    """The weights of all lines that meet; those with too little evidence are left out."""
    found = Weighed(array("i"), array("i"), array("i"))
    files = sorted(pairs.rglob("*.csv")) if pairs.exists() else []
    shared = _Weighing(register=register, classes=classes)
    for a, b, weight in each(_weigh_file, files, shared=shared, processes=processes):
        found.a.frombytes(a)
        found.b.frombytes(b)
        found.weight.frombytes(weight)
    return found


def _weigh_file(shared: _Weighing, path: Path) -> tuple[bytes, bytes, bytes]:
    # what weights remember of words they compared is let go with each file
    weights = Weights(shared.register.snapshot)
    read, classes = shared.register.read, shared.classes
    found = Weighed(array("i"), array("i"), array("i"))
    for one, two, linked in read_pairs(path):
        for a, b in line_pairs(classes, one, two, linked=linked):
            weight = weights.weight(read[a], read[b])
            if weight >= LEAST_WEIGHT:
                found.a.append(a)
                found.b.append(b)
                found.weight.append(weight)
    return found.a.tobytes(), found.b.tobytes(), found.weight.tobytes()


def assign(
    register: Register,
    weighed: Weighed,
    said: Mapping[Pair, Verdict],
    *,
    processes: int,
    too_large: list[tuple[int, ...]],
) -> Iterator[tuple[int, int, int]]:
    """Each position, the first position of its group and the first of its certain group; by component.

    ``too_large`` takes the positions that would be one group were a person given so many lines.
    """
    for portion, crowds in _decided(_assign, register, weighed, said, processes=processes):
        too_large.extend(crowds)
        numbers = array("i")
        numbers.frombytes(portion)
        yield from zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)


def components(
    register: Register, weighed: Weighed, said: Mapping[Pair, Verdict], *, processes: int
) -> Iterator[Component]:
    """Groups and matches in full, component by component."""
    for portion in _decided(_components, register, weighed, said, processes=processes):
        yield from portion


def _decided(
    task: Callable[[_Deciding, _Span], T],
    register: Register,
    weighed: Weighed,
    said: Mapping[Pair, Verdict],
    *,
    processes: int,
) -> Iterator[T]:
    root = _roots(len(register.read), weighed, said)
    order = array("i", sorted(range(len(root)), key=root.__getitem__))
    by_component = sorted(range(len(weighed.a)), key=lambda at: root[weighed.a[at]])
    ordered = Weighed(*(array("i", map(column.__getitem__, by_component)) for column in weighed.columns()))
    del by_component
    said_of: defaultdict[int, dict[Pair, Verdict]] = defaultdict(dict)
    for pair, verdict in said.items():
        said_of[root[pair[0]]][pair] = verdict
    shared = _Deciding(register=register, root=root, order=order, weighed=ordered, said=said_of)
    yield from each(task, _spans(shared), shared=shared, processes=processes)


def _roots(size: int, weighed: Weighed, said: Iterable[Pair]) -> Numbers:
    parent = array("i", range(size))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, b in chain(zip(weighed.a, weighed.b, strict=True), said):
        one, two = root(a), root(b)
        if one < two:
            parent[two] = one
        elif two < one:
            parent[one] = two
    for at in range(size):
        parent[at] = root(at)
    return parent


def _spans(shared: _Deciding) -> Iterator[_Span]:
    first = first_pair = at = pair = 0
    root, order, a = shared.root, shared.order, shared.weighed.a
    while at < len(order):
        this = root[order[at]]
        while at < len(order) and root[order[at]] == this:
            at += 1
        while pair < len(a) and root[a[pair]] == this:
            pair += 1
        if at - first >= PORTION or at == len(order):
            yield _Span(positions=slice(first, at), pairs=slice(first_pair, pair))
            first, first_pair = at, pair


def _assign(shared: _Deciding, span: _Span) -> tuple[bytes, list[tuple[int, ...]]]:
    found = array("i")
    too_large: list[tuple[int, ...]] = []
    for component in _each_component(shared, span):
        too_large.extend(component.too_large)
        certain = _certain(component, shared.register.read)
        for group in component.groups:
            for at in group:
                found.extend((at, group[0], certain(at)))
    return found.tobytes(), too_large


def _certain(component: Component, read: list[Features]) -> Callable[[int], int]:
    """The first position certain matches bind a position of the component to."""
    position = {read[at].line: at for group in component.groups for at in group}
    parent = {at: at for at in position.values()}

    def first(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for match in component.matches:
        if match.band == "certain":
            one, two = sorted((first(position[match.a]), first(position[match.b])))
            parent[two] = one
    return first


def _components(shared: _Deciding, span: _Span) -> list[Component]:
    return list(_each_component(shared, span))


def _each_component(shared: _Deciding, span: _Span) -> Iterator[Component]:
    weights = Weights(shared.register.snapshot)
    pairs = zip(*(column[span.pairs] for column in shared.weighed.columns()), strict=True)
    weighed_of = {
        root: {(a, b): weight for a, b, weight in found}
        for root, found in groupby(pairs, key=lambda pair: shared.root[pair[0]])
    }
    for root, positions in groupby(shared.order[span.positions], key=shared.root.__getitem__):
        here = list(positions)
        own = {position: at for at, position in enumerate(here)}
        made = decide(
            [shared.register.read[position] for position in here],
            weighed={(own[a], own[b]): weight for (a, b), weight in weighed_of.get(root, {}).items()},
            said={(own[a], own[b]): word for (a, b), word in shared.said.get(root, {}).items()},
            weights=weights,
        )
        yield made.at(here)
