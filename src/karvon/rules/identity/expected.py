"""How many people some lines most likely name, as a range: ``low95..high95`` beside the hard bounds.

Every join that is not certain has a chance ``p`` (``Resolution.chances``). Of the lines asked about, the best count
takes each join inside the likeliest grouping for right and each one across it for wrong; only joins with lines
asked about on both sides matter. A join that is wrong gives a new person only sometimes (``NEW``): else the lines are
those of somebody who is counted anyway. A join that was wrongly left out gives one person less. So on the average

    people = best + NEW * sum of (1 - p) over joins it made - sum of p over joins it did not make.

Taken as independent, their variances p (1 - p) add up. They are not quite independent (two spellings of one name are
right or wrong together), and every register has a share of its own of people no evidence links, so that

    variance = SPREAD * sum of p (1 - p) + (REGISTER * best)^2,     low, high = people +- 1.96 * its root.

Lines that are too many for one person (``Resolution.too_large``) and yet may be one's have no chances: the low end
takes them for one.

Measured on six made-up lists (``bench.people_generator``, seeds 1-6, groups of 60 sheets): NEW was .29-.50, mean .41;
the error of ``people`` within a list spread as SPREAD = 1.1 says, and its mean by .25 % of best between lists.
SPREAD and REGISTER are set wider, because real lists differ from one another more than made-up ones do.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from karvon.rules.identity.line import Resolution

ONE: Final = 10_000
NEW: Final = 0.41
SPREAD: Final = 1.5
REGISTER: Final = 0.007
NINETY_FIVE: Final = 1.96


@dataclass(frozen=True, slots=True)
class Range:
    """The calibrated range, ``low <= best <= high`` in whole people."""

    low: int
    best: int
    high: int


class Expected:
    """Ranges for any lines of one resolution."""

    def __init__(self, resolution: Resolution) -> None:
        self._person = {line: number for number, group in enumerate(resolution.groups) for line in group}
        self._chances = [
            (frozenset(one.one), frozenset(one.other), one.together, one.same / ONE)
            for one in resolution.chances
        ]
        self._too_large = {
            line: number for number, lines in enumerate(resolution.too_large) for line in lines
        }
        self._of_line: dict[str, list[int]] = {}
        for number, (_, other, _, _) in enumerate(self._chances):
            for line in other:
                self._of_line.setdefault(line, []).append(number)

    def people(self, lines: Collection[str]) -> Range:
        """The range of the people the lines name; empty lines name nobody, unknown ones are refused by ``KeyError``."""
        best, mean, variance = self.moments(lines)
        half = NINETY_FIVE * math.sqrt(SPREAD * variance + (REGISTER * best) ** 2)
        least = 1 if lines else 0
        low, high = math.floor(mean - half) - self._one_more(lines), math.ceil(mean + half)
        return Range(low=min(best, max(low, least)), best=best, high=max(best, min(high, len(set(lines)))))

    def _one_more(self, lines: Collection[str]) -> int:
        """How many people fewer there are if those of whom each has too many lines are one."""
        people = {(self._too_large[line], self._person[line]) for line in lines if line in self._too_large}
        return len(people) - len({crowd for crowd, _ in people})

    def moments(self, lines: Collection[str]) -> tuple[int, float, float]:
        """The best count, the mean and the summed variance of the people the lines name."""
        asked = set(lines)
        best = len({self._person[line] for line in asked})
        mean, variance = float(best), 0.0
        for number in sorted({number for line in asked for number in self._of_line.get(line, ())}):
            one, _, together, same = self._chances[number]
            if not one.isdisjoint(asked):
                mean += NEW * (1 - same) if together else -same
                variance += same * (1 - same)
        return best, mean, variance
