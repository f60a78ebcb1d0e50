"""The register taken apart, so that a decision is worked out in the component it falls into and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from karvon.rules.counting.components import Component, Pair, components, shape_of
from karvon.rules.counting.facts import Register

Answer = Literal["same", "different"]
ANSWERS: Final[tuple[Answer, Answer]] = ("same", "different")


def parts_of(register: Register, components: Sequence[Component]) -> list[Register]:
    """The lines, matches and decisions of each of these components of the register."""
    place = {line: i for i, component in enumerate(components) for line in component.lines}
    kinds = {
        "certain": register.certain,
        "undecided": register.undecided,
        "same": register.same,
        "different": register.different,
    }
    found: list[dict[str, set[Pair]]] = [{} for _ in components]
    for kind, pairs in kinds.items():
        for a, b in pairs:
            if a in place and place[a] == place.get(b):
                found[place[a]].setdefault(kind, set()).add((a, b))
    return [
        Register(
            {line: register.person_of[line] for line in component.lines if line in register.person_of},
            **{kind: frozenset(part.get(kind, ())) for kind in kinds},
        )
        for component, part in zip(components, found, strict=True)
    ]


def together(parts: Sequence[Register]) -> Register:
    """Several parts as one register; they share no line."""
    return Register(
        {line: person for part in parts for line, person in part.person_of.items()},
        certain=frozenset(pair for part in parts for pair in part.certain),
        undecided=frozenset(pair for part in parts for pair in part.undecided),
        same=frozenset(pair for part in parts for pair in part.same),
        different=frozenset(pair for part in parts for pair in part.different),
    )


def with_answers(register: Register, answers: Iterable[tuple[Pair, Answer]]) -> Register:
    """The register were these pairs decided so."""
    said = list(answers)
    return replace(
        register,
        same=register.same | {pair for pair, answer in said if answer == "same"},
        different=register.different | {pair for pair, answer in said if answer == "different"},
    )


def answered(component: Component, register: Register, pair: Pair) -> tuple[list[Component], list[Component]]:
    """What a component falls into were one of its undecided pairs decided *same*, and were it *different*.

    ``register`` is its part of the register. Bounds over the parts are those over ``components`` of the decided
    register; nothing is said of the likeliest grouping.
    """
    if register.different:
        # decisions may tear chains of certain matches, or mend them again: that is for the whole to find out
        same, different = (components(with_answers(register, [(pair, answer)])) for answer in ANSWERS)
        return same, different
    one, other = (next(i for i, atom in enumerate(component.atoms) if line in atom) for line in pair)
    return [_joined(component, one, other)], _kept_apart(component, one, other)


def _joined(component: Component, one: int, other: int) -> Component:
    atoms, links = list(component.atoms), list(component.shape.links)
    atoms[one] = tuple(sorted(atoms[one] + atoms[other]))
    links[one] = (links[one] | links[other]) & ~(1 << one | 1 << other)
    below = (1 << other) - 1
    moved = []
    for mask in links[:other] + links[other + 1 :]:
        if mask >> other & 1:
            mask |= 1 << one
        moved.append(mask & below | mask >> other + 1 << other)
    del atoms[other]
    return _made(atoms, moved, [0] * len(atoms))


def _kept_apart(component: Component, one: int, other: int) -> list[Component]:
    links, apart = list(component.shape.links), [0] * len(component.atoms)
    for a, b in ((one, other), (other, one)):
        links[a] &= ~(1 << b)
        apart[a] = 1 << b
    reached, border = 1 << one, [one]
    while border:
        fresh = links[border.pop()] & ~reached
        reached |= fresh
        border.extend(i for i in range(len(links)) if fresh >> i & 1)
    if reached >> other & 1:
        return [_made(component.atoms, links, apart)]
    sides = [[i for i in range(len(links)) if bool(reached >> i & 1) is here] for here in (True, False)]
    return [
        _made(
            [component.atoms[i] for i in side],
            [sum(1 << place for place, j in enumerate(side) if links[i] >> j & 1) for i in side],
            [0] * len(side),
        )
        for side in sides
    ]


def _made(atoms: Sequence[tuple[str, ...]], links: Sequence[int], apart: Sequence[int]) -> Component:
    return Component(
        tuple(atoms), shape_of(tuple(links), tuple(apart)), tuple(1 << i for i in range(len(atoms)))
    )
