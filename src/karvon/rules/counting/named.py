"""How many people some lines of a register name, between the least and the most over all its groupings.

For lines without events, days or roles: everybody named counts once. Components hang together over the whole
register, also by lines that are not asked about.
"""

from collections.abc import Collection

from karvon.rules.counting.components import Component, components
from karvon.rules.counting.facts import Register
from karvon.rules.counting.groupings import EXACT_ATOMS, least, merged, separate, touching
from karvon.rules.counting.standing import Bounds


class Named:
    """Bounds for any lines of one register."""

    def __init__(self, register: Register) -> None:
        self._components = components(register)
        self._at = {
            line: (number, index)
            for number, component in enumerate(self._components)
            for index, lines in enumerate(component.atoms)
            for line in lines
        }

    def certainly(self, line: str) -> str:
        """The first line of those that are one person with this one in every grouping."""
        number, index = self._at[line]
        return self._components[number].atoms[index][0]

    def people(self, lines: Collection[str]) -> Bounds:
        """The bounds; ``upper`` is the number of different ``certainly`` among the lines.

        Exact but where a component has more than ``EXACT_ATOMS`` atoms and a decision keeps some of them apart.
        """
        asked: dict[int, int] = {}
        for line in lines:
            number, index = self._at[line]
            asked[number] = asked.get(number, 0) | 1 << index
        total = Bounds()
        for number, mask in asked.items():
            total += _bounds(self._components[number], mask)
        return total


def _bounds(component: Component, asked: int) -> Bounds:
    shape, upper = component.shape, asked.bit_count()
    outer = False
    if upper == 1 or not any(shape.apart):
        # nobody is kept apart, so one grouping makes one person of the whole component
        lower = 1
    elif shape.size <= EXACT_ATOMS:
        lower = least(shape, touching(shape.size, asked))
    else:
        lower = separate(shape, asked)
        outer = lower != sum(bool(group & asked) for group in merged(shape))
    best = sum(bool(group & asked) for group in component.best)
    return Bounds(lower, min(max(best, lower), upper), upper, outer)
