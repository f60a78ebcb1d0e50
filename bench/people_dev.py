"""Resolve a rows csv and score it against its gold: ``people_dev.py ROWS.csv GOLD.csv [OUT.csv] [--detail]``.

OUT gets row_id,cluster_id,certain_id.
ROWS: row_id,sheet_id,sheet_date,name,org,position,phone,email,region.
GOLD: row_id,person_id[,form,noise,tags].
Prints pairwise and B-cubed figures, the count's error, the certain band and the time, as JSON.
"""

import csv
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from karvon.rules.identity.line import IdentityLine, Resolution
from karvon.rules.identity.resolve import resolve


def read(path: str) -> list[dict[str, str]]:
    """The rows of a csv file."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(rows: list[dict[str, str]]) -> list[IdentityLine]:
    """Rows as identity sees them."""
    return [
        IdentityLine(
            line=row["row_id"],
            sheet=row["sheet_id"],
            name=row["name"],
            organisation=row.get("org", ""),
            position=row.get("position", ""),
            phone=row.get("phone", ""),
            email=row.get("email", ""),
            region=row.get("region", ""),
        )
        for row in rows
    ]


def certain_groups(resolution: Resolution) -> dict[str, str]:
    """Line -> the first line of its component of certain matches."""
    parent = {line: line for group in resolution.groups for line in group}

    def root(line: str) -> str:
        while parent[line] != line:
            parent[line] = parent[parent[line]]
            line = parent[line]
        return line

    for match in resolution.matches:
        if match.band == "certain":
            one, two = sorted((root(match.a), root(match.b)))
            parent[two] = one
    return {line: root(line) for line in parent}


def pairs(sizes: Counter[object]) -> int:
    """Pairs inside groups of these sizes."""
    return sum(n * (n - 1) // 2 for n in sizes.values())


def scored(gold: dict[str, str], found: dict[str, str]) -> dict[str, float]:
    """Pairwise and B-cubed precision, recall and F1, and the error of the count."""
    joint = Counter((gold[line], found[line]) for line in gold)
    true, guessed = Counter(gold.values()), Counter(found[line] for line in gold)
    hit, said, real = pairs(Counter(joint)), pairs(Counter(guessed)), pairs(Counter(true))
    precision, recall = hit / said if said else 1.0, hit / real if real else 1.0
    b_precision = sum(n * n / guessed[g] for (_, g), n in joint.items()) / len(gold)
    b_recall = sum(n * n / true[t] for (t, _), n in joint.items()) / len(gold)
    return {
        "P": precision,
        "R": recall,
        "F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "bP": b_precision,
        "bR": b_recall,
        "bF1": 2 * b_precision * b_recall / (b_precision + b_recall),
        "count_error": (len(guessed) - len(true)) / len(true),
    }


def detail(gold: list[dict[str, str]], found: dict[str, str]) -> None:
    """Where pairs are missed and where they are false, by tag, form and orthography."""
    by_person: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    by_group: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in gold:
        by_person[row["person_id"]].append(row)
        by_group[found[row["row_id"]]].append(row)
    recall: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    false: Counter[str] = Counter()
    short = {"Sip", "ipS", "Si", "iS"}
    for rows in by_person.values():
        for a, b in combinations(rows, 2):
            labels = ["orth " + "~".join(sorted((a["orth"], b["orth"])))]
            labels.append(f"initials {(a['form'] in short) + (b['form'] in short)}")
            labels.append(f"noisy {bool(a['noise']) + bool(b['noise'])}")
            labels += [f"tag {tag}" for tag in a["tags"].split("+")]
            for label in labels:
                recall[label][0] += found[a["row_id"]] == found[b["row_id"]]
                recall[label][1] += 1
    for rows in by_group.values():
        for a, b in combinations(rows, 2):
            if a["person_id"] != b["person_id"]:
                tags = sorted(set(a["tags"].split("+")) & set(b["tags"].split("+")))
                false[f"{tags} initials {(a['form'] in short) + (b['form'] in short)}"] += 1
    for label, (hit, total) in sorted(recall.items()):
        print(f"  recall {label:34s} {hit / total:.3f} of {total}")
    for label, count in false.most_common(30):
        print(f"  false  {label:34s} {count}")


def main() -> None:
    """Score one set."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    lines, gold_rows = lines_of(read(arguments[0])), read(arguments[1])
    gold = {row["row_id"]: row["person_id"] for row in gold_rows}
    started = time.process_time()
    resolution = resolve(lines)
    seconds = time.process_time() - started
    found = {line: group[0] for group in resolution.groups for line in group}
    certain = certain_groups(resolution)
    figures = scored(gold, found)
    band = scored(gold, certain)
    figures |= {
        "certain_wrong": 1 - band["P"],
        "certain_recall": band["R"],
        "certain_count": band["count_error"],
        "undecided": sum(m.band == "undecided" for m in resolution.matches),
        "seconds": seconds,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps({key: round(value, 4) for key, value in figures.items()}))
    if len(arguments) > 2:
        with Path(arguments[2]).open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["row_id", "cluster_id", "certain_id"])
            out.writerows((line, found[line], certain[line]) for line in gold)
    if "--detail" in sys.argv:
        detail(gold_rows, found)


if __name__ == "__main__":
    main()
