"""recordlinkage: blocks, compared fields and a logistic regression.

The regression learns from the *labelled* pairs of a list that is not judged, which no other method here is given:
``record_linkage.py ROWS.csv MODEL.json --learn GOLD.csv`` first, then ``record_linkage.py ROWS.csv OUT.csv --model
MODEL.json``. Names are turned into ASCII, as the usual recipe does, and compared as a whole and by their words, since
half the lists write the surname first. The threshold was chosen on the seeds the regression learned from.
"""

import csv
import json
from pathlib import Path

import numpy
import pandas
import recordlinkage
from listing import Row, ascii_words, digits, linked, pairs_within, read, told, write
from rapidfuzz.distance import JaroWinkler
from recordlinkage.base import BaseCompareFeature

CHOSEN = 0.8
LARGEST_BLOCK = 150
"""Rows of one key: a word of a name that more bear brings nobody together by itself."""
WINDOW = 9
"""Rows beside each other in the order of their sorted words, so that a slip is not the end of it."""


class ByWords(BaseCompareFeature):
    """How alike the words of two names are: each of the shorter name with its best of the other."""

    def _compute_vectorized(self, left: "pandas.Series[str]", right: "pandas.Series[str]") -> object:
        return pandas.Series(
            [_by_words(a.split(), b.split()) for a, b in zip(left, right, strict=True)], index=left.index
        )


def _by_words(a: list[str], b: list[str]) -> float:
    fewer, more = sorted((a, b), key=len)
    if not fewer:
        return 0.0
    return sum(max(JaroWinkler.similarity(one, other) for other in more) for one in fewer) / len(fewer)


def table(rows: list[Row]) -> pandas.DataFrame:
    """The compared fields; what was not written is missing."""
    read = {
        "name": [" ".join(ascii_words(row["name"])) for row in rows],
        "sorted": [" ".join(sorted(ascii_words(row["name"]))) for row in rows],
        "org": [" ".join(sorted(ascii_words(row["org"]))) for row in rows],
        "position": [" ".join(ascii_words(row["position"])) for row in rows],
        "region": [" ".join(ascii_words(row["region"])) for row in rows],
        "phone": [digits(row["phone"]) for row in rows],
        "email": [row["email"].strip().lower() for row in rows],
    }
    return pandas.DataFrame(read, index=range(len(rows)))


def compared(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The candidate pairs and how alike their fields are; a missing field is neither alike nor unlike."""
    pairs = candidates(frame)
    compare = recordlinkage.Compare()
    compare.add(ByWords("name", "name", label="words"))
    compare.string("sorted", "sorted", method="jarowinkler", label="name")
    compare.string("org", "org", method="jarowinkler", label="org")
    compare.string("position", "position", method="jarowinkler", label="position")
    compare.string("region", "region", method="jarowinkler", label="region")
    compare.exact("phone", "phone", label="phone")
    compare.exact("email", "email", label="email")
    alike = compare.compute(pairs, frame)
    for field in ("org", "position", "region", "phone", "email"):
        both = frame[field].to_numpy() != ""
        known = both[pairs.get_level_values(0)] & both[pairs.get_level_values(1)]
        alike[f"{field} unlike"] = (1 - alike[field]) * known
        alike[field] = alike[field] * known
    return alike


def candidates(frame: pandas.DataFrame) -> pandas.MultiIndex:
    """Pairs that share a telephone, an address or a word of the name that is not everybody's, and neighbours."""
    rows = frame[["sorted", "phone", "email"]].to_dict("records")
    shared = pairs_within(
        rows,
        (
            lambda row: [row["phone"]],
            lambda row: [row["email"]],
            lambda row: [word for word in row["sorted"].split() if len(word) > 2],
        ),
        largest=LARGEST_BLOCK,
    )
    near = recordlinkage.index.SortedNeighbourhood("sorted", window=WINDOW).index(frame)
    pairs = shared | {(min(pair), max(pair)) for pair in near}
    return pandas.MultiIndex.from_tuples(sorted(pairs))


def learn(rows: list[Row], gold: Path, model: Path) -> None:
    """The regression's coefficients from labelled pairs."""
    with gold.open(encoding="utf-8", newline="") as file:
        person = {row["row_id"]: row["person_id"] for row in csv.DictReader(file)}
    of = [person[row["row_id"]] for row in rows]
    alike = compared(table(rows))
    same = alike.index[[of[a] == of[b] for a, b in alike.index]]
    classifier = recordlinkage.LogisticRegressionClassifier()
    classifier.fit(alike, same)
    learned = {"coefficients": list(classifier.coefficients), "intercept": float(classifier.intercept)}
    model.write_text(json.dumps(learned), "utf-8")


if __name__ == "__main__":
    asked = told("learn", "model")
    listed = read(asked.rows)
    if asked.options["learn"]:
        learn(listed, Path(asked.options["learn"]), asked.out)
    else:
        known = json.loads(Path(asked.options["model"]).read_text("utf-8"))
        fields = compared(table(listed))
        classifier = recordlinkage.LogisticRegressionClassifier(**known)
        # recordlinkage 0.16 knows scikit-learn before it asked for the classes
        classifier.kernel.classes_ = numpy.array([0, 1])
        chances = classifier.prob(fields)
        scored = [(a, b, float(chance)) for (a, b), chance in chances.items()]
        write(
            asked.out,
            ids=[row["row_id"] for row in listed],
            clusters=linked(len(listed), scored, asked.thresholds(CHOSEN)),
        )
