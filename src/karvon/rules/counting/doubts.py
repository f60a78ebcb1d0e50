"""The doubts a register holds: who may be one person, and nobody has said."""

from collections import defaultdict

from karvon.rules.counting.components import Pair, components, ties
from karvon.rules.counting.facts import Register


def open_doubts(register: Register) -> tuple[tuple[Pair, ...], ...]:
    """Every doubt as the undecided pairs that raise it, in order.

    Two people-to-be who share several lines are one doubt, however many pairs of their lines are undecided;
    pairs that certain matches or a decision settle another way are none.
    """
    _, may, apart = ties(register)
    atom: dict[str, tuple[int, int]] = {}
    shapes = []
    for place, component in enumerate(components(register, unsettled_only=True)):
        shapes.append(component.shape)
        for index, lines in enumerate(component.atoms):
            atom.update((line, (place, index)) for line in lines)
    raised: dict[tuple[tuple[int, int], tuple[int, int]], list[Pair]] = defaultdict(list)
    for a, b in may - apart:
        one, other = atom.get(a), atom.get(b)
        if one is None or other is None or one == other:
            continue
        if not shapes[one[0]].apart[one[1]] >> other[1] & 1:
            raised[min(one, other), max(one, other)].append((a, b))
    return tuple(sorted(tuple(sorted(pairs)) for pairs in raised.values()))
