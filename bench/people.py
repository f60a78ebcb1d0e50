"""Who is who on made-up lists of several seeds, beside the bars: ``python -m bench.people [--seeds N] [--people N]``.

Prints a line a seed and their means: pairwise and B-cubed F1; the mean error of the count of groups of 60 sheets; how
often the truth lies inside the hard bounds and inside the range, and their median widths; wrong pairs inside the
certain band; fathers and sons or twins with full clean names put together; CPU seconds and peak memory.

The seeds are none of those the constants were measured on. ``--chances`` prints instead, for joins of about equal
chance, how often they were right.
"""

import argparse
import random
import resource
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from itertools import combinations
from statistics import mean, median

from bench.people_dev import lines_of, scored
from bench.people_generator import Row, generate
from karvon.rules.counting.facts import Register
from karvon.rules.counting.named import Named
from karvon.rules.identity.expected import ONE, Expected
from karvon.rules.identity.line import Resolution
from karvon.rules.identity.resolve import resolve

FIRST_SEED = 101
GROUPS = 200
SHEETS = 60
INITIALS = ("Sip", "ipS", "Si", "iS")
KIN = {"twins", "father_son"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured on one list; shares are of one."""

    f1: float
    b_cubed: float
    report_error: float
    hard_coverage: float
    hard_width: float
    range_coverage: float
    range_width: float
    certain_wrong: float
    kin_merged: float
    seconds: float
    megabytes: float


BARS = Figures(0.90, 0.94, 0.015, 0.99, 0.25, 0.93, 0.06, 0.005, 3, 0, 0)
HEADINGS = (
    "F1", "B3", "report err", "in bounds", "width", "in range", "width", "certain wrong", "kin", "CPU s", "MB",
)  # fmt: skip


def named_by(resolution: Resolution) -> Named:
    """The bounds of any lines, given what was found certain and undecided."""
    return Named(
        Register(
            person_of={line: group[0] for group in resolution.groups for line in group},
            certain=frozenset((m.a, m.b) for m in resolution.matches if m.band == "certain"),
            undecided=frozenset((m.a, m.b) for m in resolution.matches if m.band == "undecided"),
        )
    )


def measured(rows: list[Row], gold: list[Row]) -> Figures:
    """Link one list and score it against its truth."""
    started = time.process_time()
    resolution = resolve(lines_of(rows))
    named, expected = named_by(resolution), Expected(resolution)
    seconds = time.process_time() - started
    person = {row["row_id"]: row["person_id"] for row in gold}
    found = {line: group[0] for group in resolution.groups for line in group}
    pairs = scored(person, found)
    on_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        on_sheet[row["sheet_id"]].append(row["row_id"])
    draw = random.Random(60)
    errors, hard, hard_width, soft, soft_width = [], [], [], [], []
    for _ in range(GROUPS):
        asked = [
            line
            for sheet in draw.sample(sorted(on_sheet), min(SHEETS, len(on_sheet)))
            for line in on_sheet[sheet]
        ]
        true = len({person[line] for line in asked})
        bounds, likely = named.people(asked), expected.people(asked)
        low, high = max(bounds.lower, likely.low), min(bounds.upper, likely.high)
        errors.append(abs(bounds.best - true) / true)
        hard.append(bounds.lower <= true <= bounds.upper)
        hard_width.append((bounds.upper - bounds.lower) / true)
        soft.append(low <= true <= high)
        soft_width.append((high - low) / true)
    certain = scored(person, {line: named.certainly(line) for line in person})
    return Figures(
        f1=pairs["F1"],
        b_cubed=pairs["bF1"],
        report_error=mean(errors),
        hard_coverage=mean(hard),
        hard_width=median(hard_width),
        range_coverage=mean(soft),
        range_width=median(soft_width),
        certain_wrong=1 - certain["P"],
        kin_merged=kin_merged(gold, found),
        seconds=seconds,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def kin_merged(gold: list[Row], found: dict[str, str]) -> int:
    """Pairs of clean lines with full names, of twins or of father and son, that were put together."""
    together: defaultdict[str, list[Row]] = defaultdict(list)
    for row in gold:
        if row["form"] not in INITIALS and not row["noise"]:
            together[found[row["row_id"]]].append(row)
    return sum(
        a["person_id"] != b["person_id"] and bool(set(a["tags"].split("+")) & set(b["tags"].split("+")) & KIN)
        for rows in together.values()
        for a, b in combinations(rows, 2)
    )


def print_chances(seeds: range, people: int) -> None:
    """By tenths of a chance: how many joins had it, and how many of them were right."""
    said: dict[bool, defaultdict[int, list[bool]]] = {True: defaultdict(list), False: defaultdict(list)}
    for seed in seeds:
        rows, gold = generate(seed=seed, people=people)
        person = {row["row_id"]: row["person_id"] for row in gold}

        def mostly(lines: tuple[str, ...], person: dict[str, str] = person) -> str:
            return Counter(person[line] for line in lines).most_common(1)[0][0]

        for one in resolve(lines_of(rows)).chances:
            tenth = min(one.same * 10 // ONE, 9)
            said[one.together][tenth].append(mostly(one.one) == mostly(one.other))
    for together, tenths in said.items():
        print("joins that were made" if together else "joins that were not made")
        for tenth, right in sorted(tenths.items()):
            print(
                f"  chance {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}  right {mean(right):.3f}  of {len(right)}"
            )


def shown(name: str, figures: Figures) -> str:
    values = [getattr(figures, field.name) for field in fields(Figures)]
    forms = ("{:.3f}", "{:.3f}", *["{:.2%}"] * 6, "{:.1f}", "{:.1f}", "{:.0f}")
    cells = (form.format(value) for form, value in zip(forms, values, strict=True))
    return f"{name:10}" + "".join(f"{cell:>14}" for cell in cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--people", type=int, default=2300)
    parser.add_argument("--chances", action="store_true")
    told = parser.parse_args()
    seeds = range(FIRST_SEED, FIRST_SEED + told.seeds)
    if told.chances:
        print_chances(seeds, told.people)
        return
    print(" " * 10 + "".join(f"{heading:>14}" for heading in HEADINGS))
    all_figures = []
    for seed in seeds:
        all_figures.append(measured(*generate(seed=seed, people=told.people)))
        print(shown(f"seed {seed}", all_figures[-1]), flush=True)
    means = [mean(getattr(one, field.name) for one in all_figures) for field in fields(Figures)]
    print(shown("mean", Figures(*means)))
    print(shown("bar", BARS))


if __name__ == "__main__":
    main()
