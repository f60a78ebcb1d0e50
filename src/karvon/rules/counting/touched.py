"""What of a register a change touched, so that figures move by the difference of that part alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Set

from karvon.rules.counting.components import Pair
from karvon.rules.counting.facts import Register


def touched_lines(before: Register, after: Register, also: Collection[str] = ()) -> frozenset[str]:
    """The lines that hang together, before or after, with anything that differs between the two registers.

    ``also``: lines of which something else differs.

    They hang together by a match, by a decision of any kind, or by being one person: so the part is made of whole
    components of both registers, and of whole people.
    """
    differing = {*also, *(line for pair in _differing_pairs(before, after) for line in pair)}
    for line in before.person_of.keys() | after.person_of.keys():
        if before.person_of.get(line) != after.person_of.get(line):
            differing.add(line)
    if not differing:
        return frozenset()
    beside = _beside(before, after)
    found, border = set(differing), list(differing)
    while border:
        fresh = beside[border.pop()] - found
        found |= fresh
        border.extend(fresh)
    return frozenset(line for line in found if not line.startswith(_PERSON))


def part_of(register: Register, lines: Set[str]) -> Register:
    """These lines of the register, with what is known of pairs among them."""

    def within(pairs: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset(pair for pair in pairs if pair[0] in lines and pair[1] in lines)

    return Register(
        {line: person for line, person in register.person_of.items() if line in lines},
        certain=within(register.certain),
        undecided=within(register.undecided),
        same=within(register.same),
        different=within(register.different),
    )


_PERSON = "person of "
"""Before a person's id, so that it stands beside the lines without being mistaken for one."""


def _differing_pairs(before: Register, after: Register) -> Iterator[Pair]:
    yield from before.certain ^ after.certain
    yield from before.undecided ^ after.undecided
    yield from before.same ^ after.same
    yield from before.different ^ after.different


def _beside(*registers: Register) -> defaultdict[str, set[str]]:
    """Line or person -> those it hangs together with at once."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for register in registers:
        for pairs in (register.certain, register.undecided, register.same, register.different):
            for a, b in pairs:
                beside[a].add(b)
                beside[b].add(a)
        for line, person in register.person_of.items():
            beside[line].add(_PERSON + person)
            beside[_PERSON + person].add(line)
    return beside
