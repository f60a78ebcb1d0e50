"""The register as components: what may be one person, what must be, and what never is.

An *atom* holds the lines that every grouping keeps together (certain and decided-same matches). Atoms
hang together in *components* by undecided matches; a grouping never reaches across components.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from karvon.rules.counting.facts import Register

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """How the atoms of a component hang together; atom ``i`` is bit ``1 << i`` of a mask.

    Equal shapes are one object (``shape_of``), so that what is worked out for one is found again at once.
    """

    links: tuple[int, ...]
    """Per atom the mask of the atoms it has an undecided match with."""
    apart: tuple[int, ...]
    """Per atom the mask of the atoms a person decided to be somebody else."""

    @property
    def size(self) -> int:
        return len(self.links)


@cache
def shape_of(links: tuple[int, ...], apart: tuple[int, ...]) -> Shape:
    """The one shape with these links and these decisions."""
    return Shape(links, apart)


@dataclass(frozen=True, slots=True)
class Component:
    atoms: tuple[tuple[str, ...], ...]
    """Sorted lines of every atom, atoms sorted by first line."""
    shape: Shape
    best: tuple[int, ...]
    """The likeliest grouping as masks of atoms."""

    @property
    def settled(self) -> bool:
        """No undecided match is left in it: all its lines are one person in every grouping."""
        return len(self.atoms) == 1

    @property
    def lines(self) -> Iterator[str]:
        return (line for atom in self.atoms for line in atom)


class _Joined:
    """Disjoint sets of lines; the smallest line of a set stands for it, so no order of joining shows."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, line: str) -> str:
        parent = self._parent.get(line, line)
        if parent == line:
            return line
        root = parent
        while (above := self._parent.get(root, root)) != root:
            root = above
        while parent != root:
            self._parent[line] = root
            line, parent = parent, self._parent.get(parent, parent)
        return root

    def join(self, pairs: Iterable[Pair]) -> None:
        for a, b in pairs:
            first, second = self.find(a), self.find(b)
            if first != second:
                self._parent[max(first, second)] = min(first, second)


def _ordered(pairs: Iterable[Pair]) -> set[Pair]:
    return {(a, b) if a <= b else (b, a) for a, b in pairs if a != b}


def ties(register: Register) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """The pairs every grouping joins, those it may join, and those it keeps apart.

    A person's decision overrides a certain match. Where a chain of certain matches would join two lines that a
    person decided to be different, the chain is broken somewhere nobody knows: its certain matches become
    undecided. Were decisions themselves to contradict one another, *different* stands and those of *same* on
    the chain become undecided, so that the bounds stay safe.
    """
    apart = _ordered(register.different)
    same = _ordered(register.same) - apart
    certain = _ordered(register.certain) - apart - same
    open_ = _ordered(register.undecided) - apart - same - certain
    for matches in (certain, same) if apart else ():
        together = _Joined()
        together.join(same)
        together.join(certain)
        torn = {together.find(a) for a, b in apart if together.find(a) == together.find(b)}
        if not torn:
            break  # nobody was decided apart whom a chain would join: the other matches make no longer chains
        loosened = {pair for pair in matches if together.find(pair[0]) in torn}
        matches -= loosened
        open_ |= loosened
    return same | certain, open_, apart


def components(
    register: Register, lines: Iterable[str] = (), *, unsettled_only: bool = False
) -> list[Component]:
    """The components of the register, sorted by first line; every line of ``lines`` and of it is in exactly one."""
    must, may, apart = ties(register)
    together = _Joined()
    together.join(must)
    hanging = _Joined()
    hanging.join((together.find(a), together.find(b)) for a, b in may)
    known = set(register.person_of) if not unsettled_only else set()
    known.update(line for pair in must | may for line in pair)
    if not unsettled_only:
        known.update(lines)
    atoms: dict[str, list[str]] = defaultdict(list)
    for line in known:
        atoms[together.find(line)].append(line)
    found: dict[str, list[str]] = defaultdict(list)
    for root in atoms:
        found[hanging.find(root)].append(root)
    place: dict[str, tuple[str, int]] = {}
    for first, roots in found.items():
        roots.sort()
        for index, root in enumerate(roots):
            place[root] = (first, index)
    links = {first: [0] * len(roots) for first, roots in found.items() if len(roots) > 1}
    conflicts = {first: [0] * len(roots) for first in links for roots in (found[first],)}
    for pairs, masks in ((may, links), (apart, conflicts)):
        for a, b in pairs:
            one, other = place.get(together.find(a)), place.get(together.find(b))
            if one is not None and other is not None and one[0] == other[0] and one[1] != other[1]:
                masks[one[0]][one[1]] |= 1 << other[1]
                masks[one[0]][other[1]] |= 1 << one[1]
    result = []
    for first in sorted(found):
        roots = found[first]
        if len(roots) == 1:
            if not unsettled_only:
                result.append(Component((tuple(sorted(atoms[roots[0]])),), _ALONE, (1,)))
            continue
        shape = shape_of(tuple(links[first]), tuple(conflicts[first]))
        members = tuple(tuple(sorted(atoms[root])) for root in roots)
        result.append(Component(members, shape, _best(members, register)))
    return result


_ALONE = shape_of((0,), (0,))


def _best(atoms: tuple[tuple[str, ...], ...], register: Register) -> tuple[int, ...]:
    by_person: dict[str, int] = {}
    for index, atom in enumerate(atoms):
        person = person_of(atom, register)
        by_person[person] = by_person.get(person, 0) | 1 << index
    return tuple(by_person.values())


def person_of(atom: tuple[str, ...], register: Register) -> str:
    """The person the register gives the atom's first line; a line it does not know is a person of its own."""
    return register.person_of.get(atom[0], atom[0])
