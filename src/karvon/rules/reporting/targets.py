"""How far a figure is on the way to its target."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from math import ceil
from typing import Literal

from karvon.rules.programme.values import ALWAYS, Period
from karvon.rules.reporting.figure import Figure


@dataclass(frozen=True, slots=True)
class Reach:
    """A target, and whether its figure reaches it: at every number between the bounds, at none, or at some."""

    target: Decimal
    period: Period
    state: Literal["reached", "open", "short"]
    percent: int
    """Of the likeliest number, rounded down, so that 100 says that it is reached."""
    missing: int
    """How many the likeliest number lacks; 0 where it is enough."""


def reach(figure: Figure, target: Decimal, period: Period = ALWAYS) -> Reach:
    """How far the figure is; a target of nothing is reached."""
    state: Literal["reached", "open", "short"] = "open"
    if figure.lower >= target:
        state = "reached"
    elif figure.upper < target:
        state = "short"
    percent = 100 if target <= 0 else int((figure.best * 100 / target).to_integral_value(ROUND_FLOOR))
    return Reach(target, period, state, percent, max(0, ceil(target - figure.best)))
