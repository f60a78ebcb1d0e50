"""Withholding of small cells, so that a published table points at nobody.

A cell of one to four people is withheld (primary suppression), and with it as many others as are needed
so that no such cell, and no such remainder between a contract and the programme, can be worked out from
what is still published (complementary suppression; see Hundepool and others, "Statistical Disclosure
Control", 2012, chapter 4). A cell of nobody stays: it points at no one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from karvon.rules.reporting.content import Breakdown, Cell
from karvon.rules.reporting.least import LEAST


@dataclass(frozen=True, slots=True)
class Sum:
    """``whole`` is the sum of ``parts``: names of quantities of one table or of several."""

    whole: str
    parts: tuple[str, ...]


def withheld(
    values: Mapping[str, int],
    *,
    sums: Sequence[Sum] = (),
    never_shown: frozenset[str] = frozenset(),
    least: int = LEAST,
) -> frozenset[str]:
    """The names to withhold; ``never_shown`` are quantities of no table that the shown ones may give away.

    Guaranteed: no quantity from 1 to ``least - 1`` is shown or follows from the sums and what is shown, and
    withheld parts of one sum never add up to so few. The same input gives the same answer.
    """
    hidden = {name for name, value in values.items() if 0 < value < least} - never_shown
    while True:
        endangered = _endangered_sums(values, sums, hidden | never_shown, least)
        further = _smallest_shown(values, endangered, hidden | never_shown)
        if not further:
            return frozenset(hidden)
        hidden |= further


def publishable(breakdowns: Sequence[Breakdown], *, least: int = LEAST) -> tuple[Breakdown, ...]:
    """The breakdowns with small cells withheld, seen together: a contract's table and the programme's of the
    same kind give away the people outside the contract. Their order is kept."""
    values: dict[str, int] = {}
    sums: list[Sum] = []
    rests: set[str] = set()
    for place, breakdown in enumerate(breakdowns):
        cells = {_name(place, cell.key): cell.figure.best for cell in breakdown.cells if cell.figure}
        values |= cells
        if breakdown.total is not None:
            values[_name(place, None)] = breakdown.total.best
        if breakdown.exclusive and breakdown.total is not None and len(cells) == len(breakdown.cells):
            sums.append(Sum(_name(place, None), tuple(cells)))
        whole = _programme_of(breakdown, breakdowns)
        if whole is not None:
            for cell in breakdown.cells:
                part, all_of = _name(place, cell.key), _name(whole, cell.key)
                outside = _best(breakdowns[whole], cell.key) - values.get(part, 0)
                if outside >= 0:
                    rest = f"{place} outside {cell.key}"
                    values[rest] = outside
                    rests.add(rest)
                    sums.append(Sum(all_of, (part, rest)))
    known = [each for each in sums if all(name in values for name in (each.whole, *each.parts))]
    hidden = withheld(values, sums=known, never_shown=frozenset(rests), least=least)
    return tuple(_shown(place, breakdown, hidden) for place, breakdown in enumerate(breakdowns))


def _endangered_sums(
    values: Mapping[str, int], sums: Sequence[Sum], unknown: set[str] | frozenset[str], least: int
) -> list[Sum]:
    """Sums through which a small quantity can be worked out as things stand."""
    determined = {name for name in _determined(sums, unknown) if 0 < values[name] < least}
    found = _reached(sums, determined, unknown)
    for each in sums:
        hidden = [values[name] for name in each.parts if name in unknown]
        if each.whole in unknown or len(hidden) < 2:
            continue
        all_small = all(value < least for value in hidden)
        at_an_end = all_small and sum(hidden) in (len(hidden), (least - 1) * len(hidden))
        # Cells known to lie from 1 to 4 that sum to the least or the most they can are no secret.
        if 0 < sum(hidden) < least or at_an_end:
            found.append(each)
    return found


def _reached(sums: Sequence[Sum], names: set[str], unknown: set[str] | frozenset[str]) -> list[Sum]:
    """The sums that speak of these quantities, and those tied to them by what both leave unknown."""
    reached: list[Sum] = []
    rest, seen = list(sums), set(names)
    while True:
        touching = [each for each in rest if seen & {each.whole, *each.parts}]
        if not touching:
            return reached
        rest = [each for each in rest if each not in touching]
        reached += touching
        seen |= {name for each in touching for name in (each.whole, *each.parts) if name in unknown}


def _determined(sums: Sequence[Sum], unknown: set[str] | frozenset[str]) -> set[str]:
    """The unknown quantities that the sums fix, by Gauss's elimination."""
    rows: list[dict[str, Fraction]] = []
    for each in sums:
        row = {name: Fraction(1) for name in each.parts if name in unknown}
        if each.whole in unknown:
            row[each.whole] = row.get(each.whole, Fraction(0)) - 1
        for before in rows:
            row = _without_pivot(row, before)
        if row:
            pivot = next(iter(row))
            row = {name: factor / row[pivot] for name, factor in row.items()}
            rows = [_without_pivot(before, row) for before in rows]
            rows.append(row)
    return {next(iter(row)) for row in rows if len(row) == 1}


def _without_pivot(row: dict[str, Fraction], other: dict[str, Fraction]) -> dict[str, Fraction]:
    pivot = next(iter(other))
    factor = row.get(pivot)
    if not factor:
        return row
    changed = dict(row)
    for name, value in other.items():
        changed[name] = changed.get(name, Fraction(0)) - factor * value
    return {name: value for name, value in changed.items() if value}


def _smallest_shown(
    values: Mapping[str, int], endangered: Sequence[Sum], hidden: set[str] | frozenset[str]
) -> set[str]:
    """The parts whose loss costs least; wholes only when every part of their sums is withheld already.

    Equal ones go together: a choice among them would tell who knows the method which one is the small one.
    """
    parts = {name for each in endangered for name in each.parts if name not in hidden and values[name]}
    wholes = {each.whole for each in endangered if each.whole not in hidden and values[each.whole]}
    names = parts or wholes
    least = min((values[name] for name in names), default=0)
    return {name for name in names if values[name] == least}


def _name(place: int, key: str | None) -> str:
    return f"{place} total" if key is None else f"{place} cell {key}"


def _programme_of(breakdown: Breakdown, breakdowns: Sequence[Breakdown]) -> int | None:
    """Where the programme's breakdown of the same kind stands."""
    if not breakdown.contract:
        return None
    alike = (breakdown.by, breakdown.indicator, breakdown.participations)
    for place, other in enumerate(breakdowns):
        if not other.contract and (other.by, other.indicator, other.participations) == alike:
            return place
    return None


def _best(breakdown: Breakdown, key: str) -> int:
    return next((cell.figure.best for cell in breakdown.cells if cell.key == key and cell.figure), 0)


def _shown(place: int, breakdown: Breakdown, hidden: frozenset[str]) -> Breakdown:
    cells = tuple(
        Cell(cell.key, cell.label, None) if _name(place, cell.key) in hidden else cell
        for cell in breakdown.cells
    )
    total = None if _name(place, None) in hidden else breakdown.total
    return replace(breakdown, cells=cells, total=total)
