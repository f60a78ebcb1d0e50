"""What is asked of one component: many figures at once, each worked out only where it can be more than nothing."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from typing import Literal

from karvon.rules.counting.components import Component, Shape
from karvon.rules.counting.desk import Desk
from karvon.rules.counting.standing import Bounds, Exact, Standing, counted_in_both, counted_in_either
from karvon.rules.counting.tally import Column


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure: counted in all, or in any, of some columns."""

    columns: tuple[Column, ...]
    mode: Literal["all", "any"] = "all"


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern:
    """Figures by the position of their columns among those present; equal patterns are one object."""

    figures: tuple[tuple[tuple[int, ...], str], ...]


@lru_cache(maxsize=4096)
def _pattern(figures: tuple[tuple[tuple[int, ...], str], ...]) -> _Pattern:
    return _Pattern(figures)


@dataclass(frozen=True, slots=True)
class Plan:
    """Figures to work out, looked up by the columns in which a component was seen at all."""

    asked: tuple[Asked, ...]
    columns: frozenset[Column]
    _by_present: dict[frozenset[Column], tuple[tuple[Column, ...], tuple[int, ...], _Pattern]] = field(
        default_factory=dict, compare=False
    )

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> "Plan":
        return cls(tuple(asked), frozenset(column for one in asked for column in one.columns))

    def component(self, at: Desk, component: Component) -> dict[Hashable, dict[int, Bounds]]:
        """Per event or day, where these are bounded by themselves: the bounds of each figure that is not nothing.

        Figures are named by their index in ``asked``. Unnamed heads are not among them.
        """
        tally = at.tally
        seen = tally.seen(component, at.sightings.by_line)
        if not any(seen):
            return {}
        away = tally.away(component)
        return {
            unit: self._figures(component, tally.standings(component, there, away, self.columns))
            for unit, there in tally.by_unit(seen).items()
        }

    def _figures(self, component: Component, standings: dict[Column, Standing]) -> dict[int, Bounds]:
        columns, indexes, pattern = self._relevant(frozenset(standings))
        present = tuple(standings[column] for column in columns)
        bounds = (
            (
                _exact(component.shape, component.best, pattern, present)
                if isinstance(present[0], Exact)
                else _worked_out(component, pattern, present)
            )
            if present
            else ()
        )
        return {index: one for index, one in zip(indexes, bounds, strict=True) if one}

    def _relevant(self, present: frozenset[Column]) -> tuple[tuple[Column, ...], tuple[int, ...], _Pattern]:
        found = self._by_present.get(present)
        if found is None:
            columns = tuple(sorted(present, key=lambda column: (column is not None, column or "")))
            position = {column: i for i, column in enumerate(columns)}
            indexes, figures = [], []
            for index, one in enumerate(self.asked):
                there = tuple(position[column] for column in one.columns if column in position)
                if there and (one.mode == "any" or len(there) == len(one.columns)):
                    indexes.append(index)
                    figures.append((there, one.mode))
            found = self._by_present[present] = columns, tuple(indexes), _pattern(tuple(figures))
        return found


@lru_cache(maxsize=65536)
def _exact(
    shape: Shape, best: tuple[int, ...], pattern: _Pattern, present: tuple[Standing, ...]
) -> tuple[Bounds, ...]:
    return _worked_out(Component(((),) * shape.size, shape, best), pattern, present)


def _worked_out(component: Component, pattern: _Pattern, present: tuple[Standing, ...]) -> tuple[Bounds, ...]:
    return tuple(
        reduce(
            counted_in_both if mode == "all" else counted_in_either, [present[i] for i in positions]
        ).bounds(component)
        for positions, mode in pattern.figures
    )
