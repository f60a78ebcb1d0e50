"""The adapter for FEBRL reads its rows, weighs its further fields and links with the product's clustering."""

import csv
from pathlib import Path

import pytest

from bench import febrl

HEAD = [
    "rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
]  # fmt: skip
GIVEN = ["amelia", "bruno", "clara", "dorian", "esther", "felipe", "greta", "hugo", "iris", "jonas"]
SURNAMES = ["whitlock", "penrose", "gallagher", "ormonde", "fairbank", "tremaine", "holloway", "jessop"]


def people(count: int) -> list[list[str]]:
    """Fictitious rows, no two with a field beyond the names in common but for the state."""
    return [
        [
            f"rec-{n}-org",
            GIVEN[n % len(GIVEN)],
            SURNAMES[n % len(SURNAMES)],
            str(100 + n),
            f"{SURNAMES[-n % 8]} lane {n}",
            f"block {GIVEN[n % 7]} {n}",
            f"{GIVEN[n % 9]}ville",
            str(2000 + 7 * n),
            "nsw",
            f"19{40 + n % 50:02}{1 + n % 12:02}15",
            str(1234567 + 91331 * n),
        ]
        for n in range(count)
    ]


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])


def duplicate(row: list[str], **changed: str) -> list[str]:
    copy = dict(zip(HEAD, row, strict=True)) | changed
    copy["rec_id"] = row[0].replace("-org", "-dup-0")
    return [copy[field] for field in HEAD]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = people(60)
    changed = [
        duplicate(row, **change)
        for row, change in zip(
            rows,
            [
                {"given_name": "", "postcode": "9999"},
                {"given_name": rows[1][2], "surname": rows[1][1]},
                {"surname": "galagher", "date_of_birth": "19990909"},
                {"soc_sec_id": "1", "address_1": ""},
            ],
            strict=False,
        )
    ]
    write(tmp_path / "dataset3.csv", rows + changed)
    write(tmp_path / "dataset4a.csv", rows)
    write(tmp_path / "dataset4b.csv", changed)
    return tmp_path


def test_damaged_copies_are_linked_and_nothing_else(folder: Path) -> None:
    assert febrl.scores(folder) == {"FEBRL3": 1.0, "FEBRL4": 1.0}


def test_rows_of_one_source_are_never_one_when_it_has_each_person_once(folder: Path) -> None:
    rows = febrl.read(folder / "dataset4a.csv")
    copies = [row | {"rec_id": row["rec_id"].replace("org", "dup-0")} for row in rows]
    records, weights = febrl.records_of(rows + copies, sources=["a"] * len(rows + copies))
    groups = febrl.linked(records, weights, one_of_each=True)
    assert [len(group) for group in groups] == [1] * len(records)


def test_f1_falls_with_a_missed_and_with_a_wrong_pair(folder: Path) -> None:
    rows = febrl.read(folder / "dataset3.csv")
    records, _ = febrl.records_of(rows, sources=["3"] * len(rows))
    # of four true pairs two are found, and one wrong one
    assert febrl.f1(records, [(0, 60), (1, 61), (2, 3)]) == pytest.approx(4 / 7)


@pytest.mark.parametrize(
    ("field", "one", "two", "agreement"),
    [
        ("date_of_birth", "19560409", "19560409", "same"),
        ("date_of_birth", "19560409", "19560490", "near"),
        ("date_of_birth", "19560409", "19811128", "different"),
        ("suburb", "cleveland", "clevelnad", "near"),
        ("suburb", "cleveland", "granvile", "different"),
        ("postcode", "2119", "2191", "near"),
        ("state", "sa", "wa", "different"),
    ],
)
def test_further_fields_agree_by_levels(field: str, one: str, two: str, agreement: str) -> None:
    assert febrl.level(field, one, two) == agreement
