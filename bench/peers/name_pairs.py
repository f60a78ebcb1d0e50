"""How alike each method finds two written names: ``name_pairs.py PAIRS.csv OUT.csv``, a column of scores a method.

PAIRS has the columns kind (``place``, or any word for a person), one, two.
"""

import csv
import sys
from pathlib import Path

import icu_or_stand_in  # noqa: F401  (before everything that reads names)
from followthemoney import Dataset, StatementEntity
from listing import ascii_words, read
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio

DATASET = Dataset.make({"name": "names", "title": "names"})
CONFIG = ScoringConfig.defaults()


def named(name: str, kind: str) -> StatementEntity:
    """A person, or for the name of a place a public body, whose names are compared word by word too."""
    schema = "PublicBody" if kind == "place" else "Person"
    entity = StatementEntity(DATASET, {"id": name, "schema": schema, "properties": {}})
    entity.unsafe_add(entity.schema.properties["name"], name)
    return entity


def scores(kind: str, one: str, two: str) -> dict[str, float]:
    """By each method."""
    a, b = (" ".join(sorted(ascii_words(name))) for name in (one, two))
    first, second = named(one, kind), named(two, kind)
    return {
        "exact, small letters": float(one.casefold() == two.casefold()),
        "anyascii + token_sort": ratio(a, b) / 100,
        "anyascii + Jaro-Winkler": JaroWinkler.similarity(a, b),
        "nomenklatura logic-v2 (rigour)": max(
            LogicV2.compare(first, second, CONFIG).score, LogicV2.compare(second, first, CONFIG).score
        ),
    }


if __name__ == "__main__":
    scored = [scores(pair["kind"], pair["one"], pair["two"]) for pair in read(Path(sys.argv[1]))]
    with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(scored[0]))
        out.writeheader()
        out.writerows(scored)
