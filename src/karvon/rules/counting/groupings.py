"""The least and the most over all groupings of one component, exactly.

A *group* is a mask of atoms; it is *legal* when it hangs together by undecided matches and holds no two atoms
that a person decided to be different. A set of groups is one integer: bit ``g`` says that group ``g`` is in it.
"""

from functools import lru_cache

from karvon.rules.counting.components import Shape

EXACT_ATOMS = 10
"""Up to so many atoms a component's bounds are exact, whatever the rule. Beyond it a safe outer bound may stand in."""


@lru_cache(maxsize=4096)
def legal_groups(shape: Shape) -> tuple[tuple[int, ...], ...]:
    """Every legal group, listed by its lowest atom."""
    found: list[list[int]] = [[] for _ in shape.links]
    for group in range(1, 1 << shape.size):
        low = group & -group
        if not _hangs_together(group, low, shape):
            continue
        if any(group >> i & 1 and shape.apart[i] & group for i in range(shape.size)):
            continue
        found[low.bit_length() - 1].append(group)
    return tuple(tuple(groups) for groups in found)


def _hangs_together(group: int, start: int, shape: Shape) -> bool:
    reached, border = start, start
    while border:
        low = border & -border
        border ^= low
        fresh = shape.links[low.bit_length() - 1] & group & ~reached
        reached |= fresh
        border |= fresh
    return reached == group


@lru_cache(maxsize=4096)
def groups_of(shape: Shape) -> tuple[int, ...]:
    """Every legal group, those of fewer atoms first."""
    return tuple(
        sorted((g for groups in legal_groups(shape) for g in groups), key=lambda g: (g.bit_count(), g))
    )


@lru_cache(maxsize=65536)
def least(shape: Shape, counted: int) -> int:
    """The fewest counted groups over all groupings."""
    alone = _counted_alone(shape, counted)
    if not alone:
        return 0  # nobody merged with anybody
    if not touching(shape.size, alone) & _legal(shape) & ~counted:
        # Whatever group an atom that counts alone is in counts: no grouping can be below a clique of them.
        bound = separate(shape, alone)
        if bound == sum(counted >> group & 1 for group in merged(shape)):
            return bound
    return _least(shape, counted)


@lru_cache(maxsize=65536)
def most(shape: Shape, counted: int) -> int:
    """The most counted groups over all groupings.

    An atom that counts alone may as well stand alone. What is left is to find as many counted groups as
    possible among the others that share no atom; who is in none of them stands alone and does not count.
    """
    alone = _counted_alone(shape, counted)
    fits: list[list[int]] = [[] for _ in shape.links]
    smallest: list[int] = []
    for group in groups_of(shape):
        if counted >> group & 1 and not group & alone and not any(group & one == one for one in smallest):
            smallest.append(group)
            fits[(group & -group).bit_length() - 1].append(group)
    return alone.bit_count() + (_most_apart(fits, (1 << shape.size) - 1 & ~alone) if smallest else 0)


def _counted_alone(shape: Shape, counted: int) -> int:
    return sum(1 << i for i in range(shape.size) if counted >> (1 << i) & 1)


@lru_cache(maxsize=4096)
def _legal(shape: Shape) -> int:
    return sum(1 << group for group in groups_of(shape))


def _most_apart(fits: list[list[int]], atoms: int) -> int:
    """The most groups that share no atom; ``fits`` lists them by their lowest atom."""
    known = {0: 0}

    def among(rest: int) -> int:
        if (value := known.get(rest)) is None:
            low = rest & -rest
            value = among(rest ^ low)
            for group in fits[low.bit_length() - 1]:
                if not group & ~rest:
                    value = max(value, 1 + among(rest & ~group))
            known[rest] = value
        return value

    return among(atoms)


def _least(shape: Shape, counted: int) -> int:
    by_lowest = legal_groups(shape)
    known = {0: 0}

    def over(rest: int) -> int:
        if (value := known.get(rest)) is None:
            value = min(
                (counted >> group & 1) + over(rest & ~group)
                for group in by_lowest[(rest & -rest).bit_length() - 1]
                if not group & ~rest
            )
            known[rest] = value
        return value

    return over((1 << shape.size) - 1)


@lru_cache(maxsize=65536)
def touching(size: int, atoms: int) -> int:
    """The set of groups that hold at least one of these atoms."""
    return sum(1 << group for group in range(1, 1 << size) if group & atoms)


@lru_cache(maxsize=4096)
def separate(shape: Shape, atoms: int) -> int:
    """A size below which no grouping can press the groups holding these atoms: a greedy clique of *different*."""
    best = 0
    for start in range(shape.size):
        if not atoms >> start & 1:
            continue
        clique, allowed = 1, shape.apart[start] & atoms
        while allowed:
            nearest = max(
                (i for i in range(shape.size) if allowed >> i & 1),
                key=lambda i: ((shape.apart[i] & allowed).bit_count(), -i),
            )
            clique += 1
            allowed &= shape.apart[nearest]
        best = max(best, clique)
    return best


@lru_cache(maxsize=4096)
def merged(shape: Shape) -> tuple[int, ...]:
    """One grouping of few groups: neighbours are joined while no decision keeps them apart."""
    groups = [1 << i for i in range(shape.size)]
    apart = list(shape.apart)
    links = list(shape.links)
    i = 0
    while i < len(groups):
        near = next(
            (j for j in range(len(groups)) if j != i and links[i] & groups[j] and not apart[i] & groups[j]),
            None,
        )
        if near is None:
            i += 1
            continue
        keep, gone = min(i, near), max(i, near)
        groups[keep] |= groups.pop(gone)
        links[keep] |= links.pop(gone)
        apart[keep] |= apart.pop(gone)
        i = 0
    return tuple(groups)
