"""`karvon people resolve` and `karvon people count`, as they are typed: no database, no Django."""

import csv
import json
import os
import subprocess
from pathlib import Path

import pytest
from bench.bulk_rows import rows as generated
from click.testing import CliRunner, Result
from tests.bulk.test_linking import ENGINES
from tests.installation import KARVON

from karvon.cli.main import COMMANDS, command_line
from karvon.cli.main import run as run_command
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.wording import problem_text

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


@pytest.mark.parametrize("engine", ["built-in", *ENGINES])
def test_rows_too_many_for_one_person_are_said(tmp_path: Path, engine: str) -> None:
    everywhere = "".join(
        f"{at},S{at},2018-10-10,Karimov Aziz Rustamovich,NEK,,971112233,,\n" for at in range(1000, 1350)
    )
    rows, groups = given(tmp_path, ROWS + everywhere)
    done = run("resolve", rows, str(tmp_path / "out.csv"), "--engine", engine)
    said = "rows.csv: 350 rows may name one person, the first of them with row_id 1000."
    assert (done.exit_code, done.stderr.count(said)) == (0, 1)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        people = [row[1] for row in csv.reader(file)][6:]
    assert [people.count(first) for first in ("1000", "1300")] == [300, 50]
    (tmp_path / "groups.csv").write_text(
        "group_id,sheet_id\n" + "".join(f"all,S{at}\n" for at in range(1000, 1350)), encoding="utf-8"
    )
    counted = run("count", rows, "--groups", groups, "--json")
    assert json.loads(counted.stdout)["groups"] == [
        {"group_id": "all", "lower": 1, "low95": 1, "best": 2, "high95": 2, "upper": 2}
    ]
    assert counted.stderr.count(said) == 1


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


def test_a_link_is_followed_and_a_pipe_is_written_to_and_neither_is_replaced(tmp_path: Path) -> None:
    rows, _ = given(tmp_path)
    run("resolve", rows, str(tmp_path / "out.csv"))
    expected = (tmp_path / "out.csv").read_bytes()
    link, pipe = tmp_path / "link.csv", tmp_path / "pipe"
    link.symlink_to(tmp_path / "elsewhere.csv")
    run("resolve", rows, str(link))
    assert link.is_symlink()
    assert (tmp_path / "elsewhere.csv").read_bytes() == expected
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    run("resolve", rows, str(pipe))
    assert os.read(reader, 100_000) == expected
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("language", ["lv", "ru", "uz", "uz-Cyrl"])
def test_a_refusal_speaks_the_language_that_was_asked_for(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.csv")
    with pytest.raises(SystemExit) as ended:
        run_command(
            command_line(), ["people", "resolve", missing, str(tmp_path / "out.csv"), "--language", language]
        )
    problem = Problem("people_rows.missing_file", Place(file="none.csv"))
    assert (ended.value.code, capsys.readouterr().err.strip()) == (2, problem_text(problem, language))


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


def generated_list(folder: Path, number: int) -> str:
    with (folder / "long.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["row_id", "sheet_id", "name", "org", "position", "phone", "email", "region"])
        for line, _ in sorted(generated(number, seed=4), key=lambda row: row[0].name):
            table.writerow(
                [line.line, line.sheet, line.name, line.organisation, line.position, line.phone, line.email,
                 line.region]
            )  # fmt: skip
    return str(folder / "long.csv")


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_writes_the_same_bytes(tmp_path: Path, engine: str) -> None:
    rows = generated_list(tmp_path, 600)
    built_in = run("resolve", rows, str(tmp_path / "built-in.csv"))
    other = run("resolve", rows, str(tmp_path / "other.csv"), "--engine", engine)
    assert (built_in.exit_code, other.exit_code) == (0, 0)
    assert (tmp_path / "other.csv").read_bytes() == (tmp_path / "built-in.csv").read_bytes()
    assert other.stderr == built_in.stderr.replace("built-in.csv", "other.csv")


def test_a_process_ends_without_a_word_of_the_engines_own(tmp_path: Path) -> None:
    rows, _ = given(tmp_path, ROWS.replace("5,S3,2018-10-12,,,,,,\n", ""))
    command = [KARVON, "people", "resolve", rows, str(tmp_path / "out.csv"), "--language", "en"]
    built_in, other = (
        subprocess.run([*command, "--engine", engine], capture_output=True, encoding="utf-8")
        for engine in ("built-in", "duckdb")
    )
    assert (built_in.returncode, other.returncode) == (0, 0), other.stderr
    assert other.stderr == built_in.stderr


def test_an_engine_finds_the_same_wrong_with_a_list(tmp_path: Path) -> None:
    rows, _ = given(tmp_path)
    done = run("resolve", rows, str(tmp_path / "out.csv"), "--engine", "duckdb")
    assert "rows.csv!6: the name is empty." in done.stderr
    rows, _ = given(tmp_path, ROWS + "1,S1,,Somebody,,,,,\n,S1,,Nobody,,,,,\n")
    (tmp_path / "out.csv").write_text("before", encoding="utf-8")
    refused = run("resolve", rows, str(tmp_path / "out.csv"), "--engine", "duckdb").exception
    assert isinstance(refused, Refused)
    assert [one.code for one in refused.problems] == ["people_rows.same_row_id", "people_rows.no_row_id"]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_an_engine_that_is_not_installed_is_refused_with_the_remedy(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("karvon.bulk.linking.find_spec", lambda name: None)
    rows, _ = given(tmp_path)
    refused = run("resolve", rows, str(tmp_path / "out.csv"), "--engine", engine).exception
    assert isinstance(refused, Refused)
    assert problem_text(refused.problems[0], "en") == (
        f"The engine {engine} is not installed. Install it with: pip install 'karvon[bulk]'"
    )
    assert not (tmp_path / "out.csv").exists()


def test_spark_without_java_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    rows, _ = given(tmp_path)
    refused = run("resolve", rows, str(tmp_path / "out.csv"), "--engine", "spark").exception
    assert isinstance(refused, Refused)
    assert [one.code for one in refused.problems] == ["people_rows.no_java"]


def test_the_commands_are_found_under_people() -> None:
    assert COMMANDS["people"] == "karvon.cli.people:people"
