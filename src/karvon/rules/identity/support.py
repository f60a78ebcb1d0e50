"""How well a person's lines support one another: which of them are certainly one, and how likely the others are.

Average evidence alone calls two namesakes of one ministry one person. What the *sets* of lines say tells more: a
telephone one set has and the other contradicts, a position they share, a stranger's line that fits nearly as well.

``support`` is log2 of the odds that two sets of lines of one likeliest group are one person, in hundredths of a bit:

    START + MEAN * average evidence of their pairs - RIVAL * best evidence of any line elsewhere
          + one term for each thing the two sets agree or differ in

Its terms are a logistic regression on the joins that made-up lists of ``bench.people_generator`` (seeds 1-6) lead to;
``python -m bench.people --chances`` prints how often joins of each chance are right on lists of other seeds. Sets are
joined from the best supported down, and never two that contradict each other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

from karvon.rules.identity.comparison import Comparison
from karvon.rules.identity.features import Features
from karvon.rules.identity.weights import Part

START: Final = 44
MEAN: Final = 53
"""Per hundred of average evidence."""
RIVAL: Final = 25
CONTACT_DIFFERS: Final = -265
CONTACT_SHARED: Final = 146
FATHERS_AGREE: Final = 101
NAMES_IN_FULL: Final = 26
GROUP_AT_ODDS: Final = -157
ORGANISATION: Final = 124
POSITION: Final = 245
SURE: Final = 95
SURER: Final = 66
INITIALS_ONLY: Final = -25
CERTAIN: Final = 520
"""Least support of a certain join: odds of 37 to 1 at the very edge. Of all certain pairs about 1 in 500 is wrong."""
NO_RIVAL: Final = -300
MARGIN: Final = 200
"""How much worse than the average of its own pairs somebody else's line must be not to contest a join."""
MOST_LINES: Final = 60
"""Lines of a group whose sets are weighed; in a larger one only pairs that are sure by themselves are certain."""

AGAINST: Final = -400
"""A name's part of this much or less contradicts. A surname may change."""
CONFLICT: Final = -300
"""Lines certain matches bring together may not weigh less than this with one another."""
NAME_FIELDS: Final = ("given_name", "patronymic", "gender")

SAME_CONTACT: Final = 500
NAME_AND_FATHER: Final = 450
NAME_AND_WORK: Final = 400
NAME_AND_PLACE: Final = 500
NAME_ALONE: Final = 700
NAMES_AMONG: Final = -1100
"""The prior of a register of some five thousand lines. Where names are all there is, a smaller one is taken for one
of that size: few lines on the desk do not make few people of a common name in the country."""
MOVED: Final = 300
"""What more is asked for where the two lines name different organisations."""
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Join:
    """Two sets of lines (sorted positions) and how well they support being one person (``None``: they contradict)."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    support: int | None
    certain: bool


def sure(parts: list[Part], weight: int, *, contested: bool = False) -> bool:
    """Whether the evidence of one pair is strong and of a kind that tells people apart."""
    given = ""
    patronymic = work = place = 0
    for field, level, bits in parts:  # in the order of ``Weights.parts``
        if field in NAME_FIELDS:
            if bits <= AGAINST:
                return False
            if field == "given_name":
                given = level
            elif field == "patronymic":
                patronymic = bits
        elif field in ("phone", "email"):
            if level == "same" and bits >= SAME_CONTACT and weight >= SAME_CONTACT:
                return True  # the names came before it, and none of them was against
        elif field == "organisation":
            work = bits
        elif field == "region":
            place = bits
    if given not in ("same", "spelling", "slip"):
        # initials alone are never sure: sisters and twins share them, and so do strangers
        return False
    if patronymic > 0:
        return weight >= NAME_AND_FATHER + (MOVED if work < 0 else 0) + (MOVED if contested else 0)
    if contested or work < 0:
        return False
    if work > 100:
        return weight >= NAME_AND_WORK
    if place > 0:
        return weight >= NAME_AND_PLACE
    return weight - _too_few(parts) >= NAME_ALONE + (MOVED if place < 0 else 0)


def names_alone(parts: list[Part]) -> bool:
    """Whether nothing but names and initials speaks for one person, and no patronymic in full."""
    for field, level, bits in parts:
        more_than_names = field not in ("surname", "given_name", "patronymic")
        if bits > 0 and (more_than_names or (field == "patronymic" and not level.startswith("initial"))):
            return False
    return True


def _too_few(parts: list[Part]) -> int:
    """How much more the names would have to say in a register of ``NAMES_AMONG``."""
    return max(parts[0][2] - NAMES_AMONG, 0)


def contradicts(parts: list[Part], weight: int) -> bool:
    """Whether two lines' names contradict each other, or their evidence speaks against one person."""
    if weight < CONFLICT:
        return True
    for field, _, bits in parts:  # noqa: SIM110  # asked very often
        if bits <= AGAINST and field in NAME_FIELDS:
            return True
    return False


@dataclass(slots=True)
class Between:
    """What the pairs of lines of two sets say, summed so that sets can be joined."""

    weight: int
    pairs: int
    organisation: bool
    sure: int
    at_odds: bool
    alone: int | None
    """Where names alone speak for every pair: how much too few lines there are for them to be sure by."""

    def add(self, other: "Between") -> "Between":
        return Between(
            self.weight + other.weight,
            self.pairs + other.pairs,
            self.organisation or other.organisation,
            max(self.sure, other.sure),
            self.at_odds or other.at_odds,
            None if other.alone is None else self.alone,
        )


class Core(NamedTuple):
    """A set of lines, and what its lines say together."""

    lines: tuple[int, ...]
    phones: frozenset[str]
    emails: frozenset[str]
    positions: frozenset[str]
    organisations: bool
    father: bool
    given: bool
    rival: int

    @classmethod
    def of(cls, line: int, f: Features, rival: int) -> "Core":
        return cls(
            lines=(line,),
            phones=frozenset((f.phone,)) if f.phone else _NONE,
            emails=frozenset((f.email,)) if f.email else _NONE,
            positions=frozenset((f.position,)) if f.position else _NONE,
            organisations=bool(f.organisation.key),
            father=bool(f.father),
            given=bool(f.given),
            rival=max(rival, NO_RIVAL),
        )

    def add(self, other: "Core") -> "Core":
        return Core(
            lines=tuple(sorted(self.lines + other.lines)),
            phones=self.phones | other.phones,
            emails=self.emails | other.emails,
            positions=self.positions | other.positions,
            organisations=self.organisations or other.organisations,
            father=self.father or other.father,
            given=self.given or other.given,
            rival=max(self.rival, other.rival),
        )


def between(comparison: Comparison, a: int, b: int, *, apart: bool | None) -> Between:
    """One pair; ``apart`` is what a person said of it (``None``: nothing)."""
    parts, weight = comparison.parts(a, b), comparison.weight(a, b)
    at_odds = apart if apart is not None else contradicts(parts, weight) or comparison.vetoed(a, b)
    surely = 1 + sure(parts, weight, contested=True) if sure(parts, weight) else 0
    organisation = any(field == "organisation" and bits > 0 for field, _, bits in parts)
    alone = _too_few(parts) if names_alone(parts) else None
    return Between(weight, 1, organisation, surely, at_odds, alone)


def support(one: Core, other: Core, said: Between, *, group_at_odds: bool) -> int:
    """log2 of the odds that the two sets are one person, in 1/100 bit."""
    value = START + MEAN * (said.weight // said.pairs / 100) - RIVAL * (max(one.rival, other.rival) / 100)
    shared = False
    differ = False
    for mine, yours in ((one.phones, other.phones), (one.emails, other.emails)):
        if mine and yours:
            if mine.isdisjoint(yours):
                differ = True
            else:
                shared = True
    if differ:
        value += CONTACT_DIFFERS
    if shared:
        value += CONTACT_SHARED
    if one.father and other.father:
        value += FATHERS_AGREE
    if one.given and other.given:
        value += NAMES_IN_FULL
    elif not shared:
        value += INITIALS_ONLY
    if group_at_odds:
        value += GROUP_AT_ODDS
    if one.organisations and other.organisations:
        value += ORGANISATION if said.organisation else -ORGANISATION
    if one.positions and other.positions:
        value += -POSITION if one.positions.isdisjoint(other.positions) else POSITION
    if said.sure >= 1:
        value += SURE if said.sure == 1 else SURE + SURER
    return round(value)


def told_apart(one: Core, other: Core) -> bool:
    """Whether the sets say enough to tell people apart at all.

    Initials never do without a telephone or an address: sisters and twins share them, and so do strangers.
    """
    return (one.given and other.given) or _contact_shared(one, other)


def uncontested(one: Core, other: Core, said: "Between") -> bool:
    """Whether no line of somebody else fits about as well and no telephone or address speaks against it.

    A telephone or an address in common settles both, and so do patronymics on both sides (which agree, or the sets
    would contradict each other).
    """
    if (one.father and other.father) or _contact_shared(one, other):
        return True
    differ = (one.phones and other.phones) or (one.emails and other.emails)
    return not differ and max(one.rival, other.rival) <= said.weight // said.pairs - MARGIN


def _contact_shared(one: Core, other: Core) -> bool:
    return bool(one.phones & other.phones or one.emails & other.emails)


def certainly(one: Core, other: Core, said: Between, value: int) -> bool:
    """Whether two sets that do not contradict each other are certainly one person; ``value`` is their support."""
    if said.alone and said.weight // said.pairs - said.alone < NAME_ALONE:
        return False
    return value >= CERTAIN and told_apart(one, other) and uncontested(one, other, said)


def joins(
    group: tuple[int, ...],
    comparison: Comparison,
    *,
    rival: Callable[[int], int],
    said: Callable[[int, int], bool | None],
    bound: Iterable[tuple[int, int]] = (),
) -> list[Join]:
    """The joins that make a group of its lines, from the best supported down; contradicting sets come last.

    ``said``: whether a person put two lines apart (``None``: nothing said); ``bound``: pairs a person said are one.
    """
    cores = {line: Core.of(line, comparison.lines[line], rival(line)) for line in group}
    table = {(a, b): between(comparison, a, b, apart=said(a, b)) for a, b in combinations(sorted(group), 2)}
    group_at_odds = any(one.at_odds for one in table.values())
    found: list[Join] = []

    known: dict[tuple[int, int], tuple[bool, int, tuple[int, int]]] = {}

    def weigh(pair: tuple[int, int]) -> None:
        one = table[pair]
        if not one.at_odds:
            mine, yours = cores[pair[0]], cores[pair[1]]
            value = support(mine, yours, one, group_at_odds=group_at_odds)
            known[pair] = (not certainly(mine, yours, one, value), -value, pair)

    def join(x: int, y: int) -> list[tuple[int, int]]:
        """The pairs that say more now."""
        cores[x] = cores[x].add(cores.pop(y))
        table.pop((x, y))
        known.pop((x, y), None)
        changed = []
        for z in cores:
            if z != x:
                gone, kept = (y, z) if y < z else (z, y), (x, z) if x < z else (z, x)
                table[kept] = table[kept].add(table.pop(gone))
                known.pop(gone, None)
                known.pop(kept, None)
                changed.append(kept)
        return changed

    for a, b in sorted(bound):
        x, y = sorted(next(at for at, core in cores.items() if line in core.lines) for line in (a, b))
        if x != y:
            found.append(Join(cores[x].lines, cores[y].lines, CERTAIN, True))
            join(x, y)
    for pair in table:
        weigh(pair)
    certain = True
    while known:
        doubtful, negative, (x, y) = min(known.values())
        certain = certain and not doubtful
        found.append(Join(cores[x].lines, cores[y].lines, -negative, certain))
        for pair in join(x, y):
            weigh(pair)
    rest = sorted(cores.values(), key=lambda core: core.lines)
    found.extend(Join(rest[0].lines, other.lines, None, False) for other in rest[1:])
    return found
