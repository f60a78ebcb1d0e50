"""A number as it is shown: with its bounds."""

from dataclasses import dataclass

from karvon.rules.counting.count import Count


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported number with its bounds: lower <= best <= upper.

    ``outer``: a safe outer bound stands in for the exact one. ``unnamed``: heads without a name inside ``upper``.
    """

    lower: int
    best: int
    upper: int
    outer: bool = False
    unnamed: int = 0

    @classmethod
    def of(cls, count: Count) -> "Figure":
        return cls(count.lower, count.best, count.upper, outer=count.outer, unnamed=count.unnamed)

    @classmethod
    def exact(cls, number: int) -> "Figure":
        """A number without doubt: of visits, of proposals."""
        return cls(number, number, number)

    @property
    def settled(self) -> bool:
        """Both bounds are the number itself, so that they need not be printed."""
        return self.lower == self.best == self.upper
