"""Splink 5 on DuckDB: ``splink_rows.py ROWS.csv OUT.csv --fields generic``, or ``KEYS.csv OUT.csv --fields keys``.

*generic* is what a careful user writes for names, employers and contacts in ASCII. *keys* compares Karvon's folded
features of the same rows, handed over as a file. ``--clustering components`` is Splink's own clustering;
``--clustering greedy`` gives its scored pairs to the average linkage with veto that Karvon uses.

Parameters are learned by expectation maximisation on the rows themselves, without labels, as Splink is meant to be
used; on a sample of their pairs when there are many. Blocks, levels and thresholds were chosen on seeds that are not
judged. ``--memory 3GB`` caps DuckDB, which then spills to disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow
from greedy import grouped
from listing import Told, ascii_words, digits, read, told, write
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import (
    CustomLevel,
    ElseLevel,
    ExactMatchLevel,
    JaroWinklerLevel,
    LevenshteinLevel,
    NullLevel,
)
from splink.comparison_library import CustomComparison, JaroWinklerAtThresholds

MOST_RANDOM_PAIRS, MOST_LEARNED_PAIRS = 3e6, 5e5
"""Pairs that parameters are learned on at most: two random rows, and those of one block."""
SEED = 60
LEAST_WEIGHT = -6.0
"""Bits of the weakest pairs that average linkage is told of; all others count as ``greedy.UNSEEN``."""
LEAST_AVERAGE = -1.5
"""Bits two groups need on the average."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is compared, which pairs meet, and what parameters are learned on."""

    comparisons: Sequence[CustomComparison]
    blocks: Sequence[Sequence[str]]
    loose_blocks: Sequence[Sequence[str]]
    loose_up_to: int
    """Rows above which the loose blocks are left out: their pairs grow with the square of the rows."""
    sure: Sequence[Sequence[str]]
    """Columns that, when all agree, mean one person nearly always; ``recall``: the share of pairs they find."""
    recall: float
    learned_on: Sequence[Sequence[str]]
    threshold: float


def _word(column: str, *levels: object) -> CustomComparison:
    """A comparison whose exact level counts how rare the value is."""
    exact = ExactMatchLevel(column, term_frequency_adjustments=True)
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[NullLevel(column), exact, *levels, ElseLevel()],
    )


def _name_part(part: str) -> CustomComparison:
    """A folded given name or patronymic: in full, loosely, by a slip, or by its initial where one says no more."""
    initials = f"{part}_initial_l = {part}_initial_r"
    return CustomComparison(
        output_column_name=part,
        comparison_levels=[
            CustomLevel(f"{part}_initial_l IS NULL OR {part}_initial_r IS NULL").configure(
                is_null_level=True
            ),
            ExactMatchLevel(part, term_frequency_adjustments=True),
            CustomLevel(f"{part}_loose_l = {part}_loose_r"),
            LevenshteinLevel(part, 1),
            CustomLevel(f"({part}_l IS NULL OR {part}_r IS NULL) AND {initials}"),
            CustomLevel(f"{part}_l IS NULL OR {part}_r IS NULL"),
            ElseLevel(),
        ],
    )


def _plain(column: str) -> CustomComparison:
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[NullLevel(column), ExactMatchLevel(column), ElseLevel()],
    )


KEYS = Model(
    comparisons=(
        CustomComparison(
            output_column_name="surname",
            comparison_levels=[
                NullLevel("surname"),
                ExactMatchLevel("surname", term_frequency_adjustments=True),
                CustomLevel("surname_loose_l = surname_loose_r"),
                LevenshteinLevel("surname", 1),
                JaroWinklerLevel("surname", 0.9),
                ElseLevel(),
            ],
        ),
        _name_part("given"),
        _name_part("father"),
        _plain("gender"),
        _word("org", JaroWinklerLevel("org", 0.9)),
        _word("position"),
        _word("place"),
        _word("phone", LevenshteinLevel("phone", 1)),
        _word("email", LevenshteinLevel("email", 1)),
    ),
    blocks=(
        ("phone",),
        ("email",),
        ("surname_loose", "given_loose"),
        ("surname_loose", "given_initial", "org"),
        ("surname_loose", "given_initial", "father_initial"),
        ("given_loose", "father_loose", "org"),
        ("given_loose", "org", "place", "gender"),
    ),
    loose_blocks=(("surname_loose", "given_initial"), ("given_loose", "father_loose")),
    loose_up_to=200_000,
    sure=(
        ("surname_loose", "given_loose", "father_loose"),
        ("surname_loose", "phone"),
        ("surname_loose", "email"),
    ),
    recall=0.4,
    learned_on=(("surname_loose", "given_loose"), ("phone",), ("org", "given_loose")),
    threshold=0.9,
)

GENERIC = Model(
    comparisons=(
        CustomComparison(
            output_column_name="name",
            comparison_levels=[
                NullLevel("name"),
                ExactMatchLevel("name", term_frequency_adjustments=True),
                JaroWinklerLevel("name", 0.95),
                JaroWinklerLevel("name", 0.88),
                CustomLevel("len(list_intersect(words_l, words_r)) >= 2"),
                CustomLevel("len(list_intersect(words_l, words_r)) >= 1"),
                JaroWinklerLevel("name", 0.75),
                ElseLevel(),
            ],
        ),
        _word("org", JaroWinklerLevel("org", 0.9), JaroWinklerLevel("org", 0.75)),
        JaroWinklerAtThresholds("position", [0.9]),
        JaroWinklerAtThresholds("region", [0.85]),
        _word("phone", LevenshteinLevel("phone", 1)),
        _word("email", LevenshteinLevel("email", 1)),
    ),
    blocks=(
        ("phone",),
        ("email",),
        ("name",),
        ("first", "last"),
        ("first", "org"),
        ("last", "org"),
        ("first_start", "last_start", "org"),
    ),
    loose_blocks=(("first",), ("last",), ("first_start", "last_start")),
    loose_up_to=30_000,
    sure=(("name", "org"), ("first", "phone"), ("first", "email")),
    recall=0.3,
    learned_on=(("name",), ("phone",), ("org", "first")),
    threshold=0.7,
)


def generic_fields(path: Path) -> list[tuple[object, ...]]:
    """Rows in ASCII: the name's words sorted, its first and last of them, employer, contacts."""
    found: list[tuple[object, ...]] = []
    for row in read(path):
        words = sorted(ascii_words(row["name"]))
        long = [word for word in words if len(word) > 2] or words or [""]
        org = " ".join(sorted(ascii_words(row["org"])))
        found.append(
            (
                row["row_id"],
                row["sheet_id"],
                " ".join(words) or None,
                long,
                long[0] or None,
                long[-1] or None,
                long[0][:3] or None,
                long[-1][:3] or None,
                org or None,
                " ".join(ascii_words(row["position"])) or None,
                " ".join(ascii_words(row["region"])) or None,
                digits(row["phone"]) or None,
                row["email"].strip().lower() or None,
            )
        )
    return found


def load(connection: duckdb.DuckDBPyConnection, asked: Told) -> int:
    """Make the table ``rows``; how many there are."""
    if asked.options["fields"] == "keys":
        connection.execute(
            "CREATE TABLE rows AS SELECT * FROM read_csv(?, header = true, all_varchar = true, nullstr = '')",
            [str(asked.rows)],
        )
    else:
        heads = "row_id sheet_id name words first last first_start last_start org position region phone email"
        columns = zip(*generic_fields(asked.rows), strict=True)
        table = pyarrow.table(dict(zip(heads.split(), map(list, columns), strict=True)))
        connection.register("read", table)
        connection.execute("CREATE TABLE rows AS SELECT * FROM read")
        connection.unregister("read")
    return int(connection.execute("SELECT count(*) FROM rows").fetchall()[0][0])


def settings_of(model: Model, number: int) -> SettingsCreator:
    blocks = [*model.blocks, *(model.loose_blocks if number <= model.loose_up_to else ())]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row_id",
        comparisons=list(model.comparisons),
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in blocks],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def trained(api: DuckDBAPI, settings: SettingsCreator, model: Model) -> Linker:
    """A linker of all rows whose parameters are learned on a sample of their pairs."""
    linker = Linker(api.register("rows"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*columns) for columns in model.sure], recall=model.recall
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_RANDOM_PAIRS, seed=SEED)
    for columns in model.learned_on:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), max_pairs=MOST_LEARNED_PAIRS, record_sample_proportion=1.0
        )
    return linker


def run(asked: Told) -> None:
    """Read, learn, predict, cluster, write."""
    model = KEYS if asked.options["fields"] == "keys" else GENERIC
    with_veto = asked.options["clustering"] == "greedy"
    thresholds = asked.thresholds(LEAST_AVERAGE if with_veto else model.threshold)
    with TemporaryDirectory() as name:
        config = {"temp_directory": name, "threads": "2", "preserve_insertion_order": "false"}
        if asked.options["memory"]:
            config["memory_limit"] = asked.options["memory"]
        connection = duckdb.connect(":memory:", config=config)
        number = load(connection, asked)
        linker = trained(DuckDBAPI(connection), settings_of(model, number), model)
        if with_veto:
            predicted = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
            ids, clusters = grouped(connection, predicted.physical_name, thresholds)
            write(asked.out, ids=ids, clusters=clusters)
            return
        predicted = linker.inference.predict(threshold_match_probability=min(thresholds))
        tables = [
            linker.clustering.cluster_pairwise_predictions_at_threshold(
                predicted, threshold_match_probability=threshold
            ).physical_name
            for threshold in thresholds
        ]
        if len(tables) == 1:
            # a million rows need not pass through Python
            connection.execute(f"COPY (SELECT row_id, cluster_id FROM {tables[0]}) TO '{asked.out}' (HEADER)")
            return
        found: dict[str, list[str]] = {}
        for table in tables:
            for row, cluster in connection.execute(f"SELECT row_id, cluster_id FROM {table}").fetchall():
                found.setdefault(row, []).append(cluster)
        columns = zip(*found.values(), strict=True)
        write(asked.out, ids=list(found), clusters=dict(zip(thresholds, columns, strict=True)))


if __name__ == "__main__":
    run(told("fields", "clustering", "memory"))
