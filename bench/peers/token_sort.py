"""Naive: names in ASCII whose words, sorted, are at least 90 % alike are one person; every pair is compared.

The 90 is the usual recipe's. ``--try`` shows what other thresholds give.
"""

from listing import ascii_words, linked, read, told, write
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

CHOSEN = 90.0
ROWS_AT_ONCE = 500

if __name__ == "__main__":
    asked = told()
    rows = read(asked.rows)
    names = [" ".join(sorted(ascii_words(row["name"]))) for row in rows]
    thresholds = asked.thresholds(CHOSEN)
    scored: list[tuple[int, int, float]] = []
    for start in range(0, len(names), ROWS_AT_ONCE):
        alike = cdist(
            names[start : start + ROWS_AT_ONCE], names[start:], scorer=ratio, score_cutoff=min(thresholds)
        )
        for a, b in zip(*alike.nonzero(), strict=True):
            if a < b:
                scored.append((int(a) + start, int(b) + start, float(alike[a, b])))
    write(
        asked.out,
        ids=[row["row_id"] for row in rows],
        clusters=linked(len(rows), scored, thresholds),
    )
