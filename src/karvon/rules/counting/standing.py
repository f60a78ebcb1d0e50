"""How the lines of one component stand to one figure: which of its groups are counted, and between what bounds.

``Exact`` knows every group and gives the true least and most. ``Outer`` serves components of more than
``EXACT_ATOMS`` atoms and gives bounds that are never too narrow, saying whether they are known to be exact.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from karvon.rules.counting.components import Component, Shape
from karvon.rules.counting.groupings import least, merged, most, separate


@dataclass(frozen=True, slots=True)
class Bounds:
    """lower <= best <= upper of people, participations or person-days."""

    lower: int = 0
    best: int = 0
    upper: int = 0
    outer: bool = False

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(
            self.lower + other.lower,
            self.best + other.best,
            self.upper + other.upper,
            self.outer or other.outer,
        )

    def __bool__(self) -> bool:
        return self.upper > 0


NOTHING = Bounds()


@dataclass(frozen=True, slots=True)
class Exact:
    """Sets of groups: counted for certain, counted as far as is known, and possibly counted."""

    low: int = 0
    best: int = 0
    up: int = 0

    def both(self, other: "Exact") -> "Exact":
        return Exact(self.low & other.low, self.best & other.best, self.up & other.up)

    def either(self, other: "Exact") -> "Exact":
        return Exact(self.low | other.low, self.best | other.best, self.up | other.up)

    def bounds(self, component: Component) -> Bounds:
        """The least and the most over all groupings."""
        return (
            _exact_bounds(component.shape, component.best, self.low, self.best, self.up)
            if self.up
            else NOTHING
        )


@lru_cache(maxsize=65536)
def _exact_bounds(shape: Shape, grouping: tuple[int, ...], low: int, best: int, up: int) -> Bounds:
    lower, upper = least(shape, low), most(shape, up)
    counted = sum(best >> group & 1 for group in grouping)
    return Bounds(lower, min(max(counted, lower), upper), upper)


@dataclass(frozen=True, slots=True)
class Outer:
    """``certain``: atoms whose group counts in every grouping. ``possible``: atoms that may count alone.
    ``more``: how many groups without such an atom may count at most; they are made of ``pieces``."""

    certain: int
    possible: int
    pieces: int
    more: int
    counts: Callable[[int], bool] = field(compare=False)
    """Whether a group is counted for certain."""

    def both(self, other: "Outer") -> "Outer":
        possible = self.possible & other.possible
        pieces = (self.pieces | self.possible | other.pieces | other.possible) & ~possible
        alone = possible.bit_count()
        more = min(
            self.possible.bit_count() - alone + self.more,
            other.possible.bit_count() - alone + other.more,
            pieces.bit_count() // 2,
        )
        return Outer(
            self.certain & other.certain,
            possible,
            pieces,
            more,
            lambda group: self.counts(group) and other.counts(group),
        )

    def either(self, other: "Outer") -> "Outer":
        possible = self.possible | other.possible
        pieces = (self.pieces | self.possible | other.pieces | other.possible) & ~possible
        more = min(self.more + other.more, pieces.bit_count() // 2)
        return Outer(
            self.certain | other.certain,
            possible,
            pieces,
            more,
            lambda group: self.counts(group) or other.counts(group),
        )

    def bounds(self, component: Component) -> Bounds:
        """Safe bounds; ``outer`` unless groupings are known that reach them."""
        shape = component.shape
        lower = separate(shape, self.certain)
        upper = self.possible.bit_count() + self.more
        # Two groupings at hand: everybody merged as far as decisions allow, and nobody merged.
        reached = min(
            sum(self.counts(group) for group in merged(shape)),
            sum(self.counts(1 << i) for i in range(shape.size)),
        )
        best = sum(self.counts(group) for group in component.best)
        return Bounds(lower, min(max(best, lower), upper), upper, outer=reached != lower or self.more > 0)


Standing = Exact | Outer


def counted_in_both(first: Standing, second: Standing) -> Standing:
    """The groups counted by both figures; both stand in the same component."""
    if isinstance(first, Exact) and isinstance(second, Exact):
        return first.both(second)
    if isinstance(first, Outer) and isinstance(second, Outer):
        return first.both(second)
    raise TypeError("standings of different components")


def counted_in_either(first: Standing, second: Standing) -> Standing:
    """The groups counted by at least one of the figures; both stand in the same component."""
    if isinstance(first, Exact) and isinstance(second, Exact):
        return first.either(second)
    if isinstance(first, Outer) and isinstance(second, Outer):
        return first.either(second)
    raise TypeError("standings of different components")
