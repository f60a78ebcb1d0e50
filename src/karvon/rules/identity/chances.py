"""Support and evidence as chances, in ten thousandths.

Measured on made-up lists (``bench.people_generator``, seeds 1-6), never on the lists that are judged:
``python -m bench.people --chances`` prints how often joins of each chance were right.
"""

import math
from typing import Final

ONE: Final = 10_000
AT_ODDS: Final = 6800
"""Sets of one likeliest group that contradict each other somewhere, mostly by a slip."""
STRANGERS_START: Final = -350
"""log2 of the odds of two groups whose best pair weighs nothing (1/100 bit)."""
STRANGERS_SLOPE: Final = 0.5
STRANGERS_LEAST: Final = 850


def chance_of_support(support: int | None) -> int:
    """The chance that a join of this support is right; ``None``: its sets contradict each other."""
    return AT_ODDS if support is None else _chance(support)


def chance_of_strangers(weight: int) -> int:
    """The chance that two groups whose best pair weighs this much are one person all the same."""
    return max(_chance(STRANGERS_START + STRANGERS_SLOPE * weight), STRANGERS_LEAST)


def _chance(odds: float) -> int:
    """From log2 of the odds, in 1/100 bit; beyond 40 bits there is no difference to see."""
    bits = max(min(odds / 100, 40.0), -40.0)
    return round(ONE / (1 + math.exp2(-bits)))
