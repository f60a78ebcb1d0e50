"""`karvon people resolve` and `karvon people count`, as they are typed: no database, no Django."""

import csv
import json
from pathlib import Path

from click.testing import CliRunner, Result

from karvon.cli.main import COMMANDS, command_line
from karvon.rules.problems import Refused

ROWS = """row_id,sheet_id,sheet_date,name,org,position,phone,email,region
1,S1,2018-10-10,Umarov Islom Fozil oʻgʻli,NEK,engineer,971112233,,Tashkent
2,S2,2018-10-11,УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ,НЭК,инженер,97 111 22 33,,Ташкент
3,S2,2018-10-11,Bērziņa Ilze,SIA Ekodoma,,,,Rīga
4,S3,2018-10-12,Umarov I.,NEK,,,,
5,S3,2018-10-12,,,,,,
"""
GROUPS = "group_id,sheet_id\nboth,S1\nboth,S2\nall,S1\nall,S2\nall,S3\nnone,S9\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line({}), ["people", *arguments, "--language", "en"])


def given(folder: Path, rows: str = ROWS) -> tuple[str, str]:
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    (folder / "groups.csv").write_text(GROUPS, encoding="utf-8")
    return str(folder / "rows.csv"), str(folder / "groups.csv")


def test_every_row_gets_its_person_and_its_certain_person_in_order(tmp_path: Path) -> None:
    rows, _ = given(tmp_path)
    done = run("resolve", rows, str(tmp_path / "out.csv"))
    assert done.exit_code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        out = list(csv.reader(file))
    assert out[0] == ["row_id", "cluster_id", "certain_id"]
    assert [row[0] for row in out[1:]] == ["1", "2", "3", "4", "5"]
    assert [row[2] for row in out[1:]] == ["1", "1", "3", "4", "5"]
    assert "rows.csv!6: the name is empty." in done.stderr


def test_groups_are_counted_between_bounds_that_hold(tmp_path: Path) -> None:
    rows, groups = given(tmp_path)
    done = run("count", rows, "--groups", groups, "--json")
    counted = {one["group_id"]: one for one in json.loads(done.stdout)["groups"]}
    assert list(counted) == ["both", "all", "none"]
    assert counted["both"] == {
        "group_id": "both",
        "lower": 2,
        "low95": 2,
        "best": 2,
        "high95": 2,
        "upper": 2,
    }
    assert (counted["all"]["lower"], counted["all"]["upper"]) == (3, 4)
    assert counted["none"] == {
        "group_id": "none",
        "lower": 0,
        "low95": 0,
        "best": 0,
        "high95": 0,
        "upper": 0,
    }
    assert "group none names sheet S9" in done.stderr


def test_without_json_a_table_is_printed(tmp_path: Path) -> None:
    rows, groups = given(tmp_path)
    printed = run("count", rows, "--groups", groups).stdout.splitlines()
    assert printed[0].split() == ["group", "lower", "low95", "best", "high95", "upper"]
    assert printed[1].split() == ["both", "2", "2", "2", "2", "2"]


def test_a_refused_list_leaves_what_was_written_before(tmp_path: Path) -> None:
    rows, _ = given(tmp_path, ROWS + "1,S1,,Somebody,,,,,\n")
    (tmp_path / "out.csv").write_text("before", encoding="utf-8")
    done = run("resolve", rows, str(tmp_path / "out.csv"))
    assert isinstance(done.exception, Refused)
    assert [problem.code for problem in done.exception.problems] == ["people_rows.same_row_id"]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["groups.csv", "out.csv", "rows.csv"]


def test_the_list_itself_is_never_overwritten(tmp_path: Path) -> None:
    rows, _ = given(tmp_path)
    done = run("resolve", rows, rows)
    assert isinstance(done.exception, Refused)
    assert Path(rows).read_text(encoding="utf-8") == ROWS


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    rows, _ = given(tmp_path)
    done = run("resolve", rows, str(tmp_path / "nowhere" / "out.csv"))
    assert isinstance(done.exception, Refused)
    assert [problem.code for problem in done.exception.problems] == ["people_rows.cannot_write"]


def test_one_row_copied_over_and_over_and_one_name_on_every_row_are_merged_by_no_one(tmp_path: Path) -> None:
    copied = "".join(f"c{n},S1,,Karimov Aziz,NEK,,,,\n" for n in range(2000))
    same = "".join(f"d{n},T{n},,Karimov Aziz,Office {n},,,,\n" for n in range(400))
    rows, _ = given(tmp_path, ROWS.splitlines(keepends=True)[0] + copied + same)
    done = run("resolve", rows, str(tmp_path / "out.csv"))
    assert done.exit_code == 0
    certain = {
        line.split(",")[2] for line in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1:]
    }
    assert len(certain) == 2400


def test_the_commands_are_found_under_people() -> None:
    assert COMMANDS["people"] == "karvon.cli.people:people"
