"""A whole name beside its parts: all three columns are told."""

from pathlib import Path

from karvon.files.readers.sign_in_sheet import read_sheet


def test_a_full_name_beside_first_and_last_names_is_told_with_both(tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text(
        "Full Name,First Name,Last Name,Organisation\n"
        "Dilshod Ergashev,Dilshod,Ergashev,Water company\n"
        "Nigora Saidova,Nigora,Saidova,Heat company\n"
        "Bekzod Tursunov,Bekzod,Tursunov,Waste company\n",
        encoding="utf-8",
    )

    (table,) = read_sheet(sheet).tables

    assert dict(table.columns) == {"name": "A", "given_name": "B", "surname": "C", "organisation": "D"}
    assert [row.cells["name"] for row in table.rows] == [
        "Dilshod Ergashev",
        "Nigora Saidova",
        "Bekzod Tursunov",
    ]
