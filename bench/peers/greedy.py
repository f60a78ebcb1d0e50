"""Splink's scored pairs under the clustering of Karvon: average linkage from the strongest down, with veto.

The clustering is the product's own class, so that what Splink lacks here is evidence alone. Vetoed are rows of which
the folded features say plainly that they are two people: gender, given names, patronymics.
"""

import sys
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

import duckdb
from rapidfuzz.distance import OSA

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
from karvon.rules.identity.clustering import Grouping

UNSEEN = -800
"""Hundredths of a bit of a pair that no block brought together or that scored very low."""


def two_people(a: str | None, b: str | None) -> bool:
    """Whether two folded names, both written out, are more than a slip apart."""
    return a is not None and b is not None and a != b and OSA.distance(a, b) > 1


def grouped(
    connection: duckdb.DuckDBPyConnection, table: str, thresholds: Iterable[float]
) -> tuple[list[str], dict[float, Sequence[Hashable]]]:
    """Row ids, and for each least average (in bits) the group of each."""
    rows = connection.execute(
        "SELECT row_id, gender, given_loose, father_loose FROM rows ORDER BY row_id"
    ).fetchall()
    ids = [row[0] for row in rows]
    at = {row: number for number, row in enumerate(ids)}
    weights = {
        (min(at[a], at[b]), max(at[a], at[b])): round(100 * weight)
        for a, b, weight in connection.execute(
            f"SELECT row_id_l, row_id_r, match_weight FROM {table}"
        ).fetchall()
    }

    def vetoed(a: int, b: int) -> bool:
        (_, gender, given, father), (_, other_gender, other_given, other_father) = rows[a], rows[b]
        return (
            bool(gender and other_gender and gender != other_gender)
            or two_people(given, other_given)
            or two_people(father, other_father)
        )

    clusters: dict[float, Sequence[Hashable]] = {}
    for threshold in thresholds:
        grouping = Grouping(
            len(rows),
            weights=weights,
            weigh=lambda a, b: UNSEEN,
            vetoed=vetoed,
            apart=lambda a, b: False,
            least=round(100 * threshold),
        )
        grouping.merge()
        clusters[threshold] = list(grouping.group_of)
    return ids, clusters
