"""Splink and recordlinkage on FEBRL 3 and 4: ``febrl_sets.py splink|recordlinkage OUT.csv SET.csv [SET.csv]``.

One file is searched for rows of one person, two files are linked with each other. Both learn without labels: Splink
and recordlinkage's ECM classifier by expectation maximisation, on the fields and blocks their own guides use.
"""

import sys
from pathlib import Path

import pandas
import recordlinkage
from listing import components, write
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import (
    DamerauLevenshteinAtThresholds,
    ExactMatch,
    JaroWinklerAtThresholds,
    LevenshteinAtThresholds,
)

WORDS = ("given_name", "surname", "address_1", "address_2", "suburb")
NUMBERS = ("date_of_birth", "soc_sec_id", "postcode", "street_number", "state")
BLOCKS = (
    ("soc_sec_id",),
    ("date_of_birth",),
    ("given_name", "surname"),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("address_1", "suburb"),
    ("address_1", "given_name"),
    ("postcode", "street_number"),
)
LIKELY = 0.5


def read(path: Path) -> pandas.DataFrame:
    """The rows of a set as text, blank cells missing."""
    frame = pandas.read_csv(path, dtype=str, skipinitialspace=True, encoding="utf-8")
    frame.columns = [column.strip() for column in frame.columns]
    return frame.apply(lambda column: column.str.strip()).replace("", None)


def by_splink(frames: list[pandas.DataFrame]) -> list[tuple[str, str]]:
    """Pairs of row ids."""
    settings = SettingsCreator(
        link_type="dedupe_only" if len(frames) == 1 else "link_only",
        unique_id_column_name="rec_id",
        comparisons=[
            *(JaroWinklerAtThresholds(field, [0.9, 0.75]) for field in WORDS),
            DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            LevenshteinAtThresholds("postcode", [1]),
            LevenshteinAtThresholds("street_number", [1]),
            ExactMatch("state"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*fields) for fields in BLOCKS],
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    read = [api.register(frame) for frame in frames]
    linker = Linker(read if len(read) > 1 else read[0], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=3e6, seed=60)
    for fields in (("soc_sec_id",), ("date_of_birth",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*fields))
    found = linker.inference.predict(threshold_match_probability=LIKELY)
    return api.duckdb_con.execute(f"SELECT rec_id_l, rec_id_r FROM {found.physical_name}").fetchall()


def by_recordlinkage(frames: list[pandas.DataFrame]) -> list[tuple[str, str]]:
    """Pairs of row ids."""
    sets = [frame.set_index("rec_id") for frame in frames]
    indexer = recordlinkage.Index()
    for fields in BLOCKS:
        indexer.block(list(fields))
    pairs = indexer.index(*sets)
    compare = recordlinkage.Compare()
    for field in WORDS:
        compare.string(field, field, method="jarowinkler", threshold=0.85, label=field)
    for field in NUMBERS:
        compare.string(field, field, method="damerau_levenshtein", threshold=0.75, label=field)
    alike = compare.compute(pairs, *sets)
    return list(recordlinkage.ECMClassifier().fit_predict(alike))


if __name__ == "__main__":
    method, out, *files = sys.argv[1:]
    frames = [read(Path(file)) for file in files]
    ids = [row for frame in frames for row in frame["rec_id"]]
    at = {row: number for number, row in enumerate(ids)}
    found = by_splink(frames) if method == "splink" else by_recordlinkage(frames)
    write(Path(out), ids=ids, clusters={LIKELY: components(len(ids), ((at[a], at[b]) for a, b in found))})
