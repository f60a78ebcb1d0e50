"""How many pairs of a list are compared, and how lines hang together: ``python -m bench.people_meeting ROWS ...``.

For lists of made-up people (10,000, 30,000 and 100,000 rows unless others are asked for): pairs that meet under a key,
pairs of them with evidence, components of two lines and more, the lines of the largest, and CPU seconds of the steps;
last, the exponents with which pairs and seconds grow from the smallest list to the largest.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from time import process_time

from bench.bulk_rows import rows
from karvon.rules.identity.candidates import candidate_pairs, readings
from karvon.rules.identity.deciding import LEAST_WEIGHT, components, decide_each
from karvon.rules.identity.snapshot import read_and_measure
from karvon.rules.identity.weights import Weights

SIZES = (10_000, 30_000, 100_000)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One list; ``keys``, ``weighing`` and ``deciding`` are CPU seconds."""

    rows: int
    pairs: int
    with_evidence: int
    components: int
    largest: int
    reading: float
    keys: float
    weighing: float
    deciding: float


def met(number: int) -> Meeting:
    """Link so many rows, step by step."""
    lines = sorted((line for line, _ in rows(number)), key=lambda line: line.line)
    times = [process_time()]
    read, snapshot = read_and_measure(lines, number=1)
    times.append(process_time())
    weights = Weights(snapshot)
    pairs = candidate_pairs(read, readings(read, weights))
    times.append(process_time())
    weighed = {
        (a, b): weight for a, b in pairs if (weight := weights.weight(read[a], read[b])) >= LEAST_WEIGHT
    }
    times.append(process_time())
    decide_each(read, weighed=weighed, said={}, weights=weights)
    times.append(process_time())
    hanging = [len(part) for part in components(len(read), weighed) if len(part) > 1]
    seconds = [after - before for before, after in pairwise(times)]
    return Meeting(number, len(pairs), len(weighed), len(hanging), max(hanging, default=1), *seconds)


def main(sizes: Sequence[int]) -> None:
    print("".join(f"{field.name.replace('_', ' '):>15}" for field in fields(Meeting)))
    found = []
    for size in sorted(sizes):
        found.append(met(size))
        cells = (f"{value:,}" if isinstance(value, int) else f"{value:.1f}" for value in astuple(found[-1]))
        print("".join(f"{cell:>15}" for cell in cells), flush=True)
    small, large = astuple(found[0]), astuple(found[-1])
    if large[0] > small[0]:
        grows = (math.log(b / a) / math.log(large[0] / small[0]) for a, b in zip(small, large, strict=True))
        print("".join(f"{exponent:>15.2f}" for exponent in grows) + "   exponent")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
