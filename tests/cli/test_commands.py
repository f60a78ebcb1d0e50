"""The commands as a coordinator types them: what they print, what they refuse, and with which exit code."""

import hashlib
import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from tests.installation import KARVON, Installation
from tests.small_folder import PROGRAMME, small_folder


def test_the_first_command_imports_a_folder_and_its_figures_are_printed(
    untouched: Installation, tmp_path: Path
) -> None:
    imported = untouched.karvon("import", small_folder(tmp_path / "given"), "--language", "en")

    assert imported.returncode == 0
    assert imported.stdout.startswith("small: 11 lines from 2 sheets. 7 people. ")
    printed = untouched.karvon("results", "--language", "en")
    assert printed.returncode == 0
    assert "Specialists trained" in printed.stdout
    assert "supported" in printed.stdout


def test_results_as_json_carry_every_bound_contract_overlap_and_verdict(imported: Installation) -> None:
    results = json.loads(imported.karvon("results", "--json").stdout)

    trained = results["indicators"][0]
    assert trained["figure"] == {"lower": 5, "best": 5, "upper": 5, "outer": False, "unnamed": 0}
    assert [(one["number"], one["figure"]["best"]) for one in trained["by_contract"]] == [
        ("LV-1", 5),
        ("3.2/1", 4),
    ]
    assert [one["figure"]["best"] for one in trained["overlaps"]] == [4]
    assert trained["union"]["best"] == 5
    assert [(one["key"], one["verdict"]) for one in results["statements"]] == [
        ("more-than-four", "supported")
    ]


def test_a_figure_is_traced_to_file_sheet_row_and_hash(imported: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "given"

    traced = json.loads(imported.karvon("trace", "trained", "--json").stdout)

    assert len(traced["people"]) == traced["figure"]["best"]
    for person in traced["people"]:
        for line in person["lines"]:
            data = (folder / line["path"]).read_bytes()
            row = data.decode().splitlines()[line["row"] - 1]
            assert line["name"] in row
            assert line["sha256"] == hashlib.sha256(data).hexdigest()
    told = imported.karvon("trace", "trained", "--contract", "3.2/1", "--language", "en").stdout
    assert "Counted under contract 3.2/1" in told
    assert "sheets/second.csv!2  sha256:" in told
    assert "transcript only" in told
    assert "Bekzod" not in told


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("language", ["lv", "en", "ru", "uz", "uz-Cyrl"])
def test_a_refusal_speaks_the_readers_language_and_changes_nothing(
    installation: Installation, tmp_path: Path, language: str
) -> None:
    broken = small_folder(
        tmp_path / "given", description=PROGRAMME.replace("A = 50, B = 50", "A = 80, B = 50")
    )
    environment = {**installation.environment, "KARVON_LANGUAGE": language}

    refused = subprocess.run(
        [KARVON, "import", broken], env=environment, capture_output=True, encoding="utf-8"
    )

    assert refused.returncode == 2
    assert "programme.toml" in refused.stderr
    assert "130" in refused.stderr
    assert installation.karvon("results", "--language", "en").stderr.startswith("There is no programme yet.")


def test_nothing_to_do_is_said_when_the_folder_was_imported_before(
    imported: Installation, tmp_path: Path
) -> None:
    folder = tmp_path / "given"

    again = imported.karvon("import", folder, "--language", "en")

    assert again.stdout == "small: nothing to do, the folder was imported before and has not changed.\n"


def test_an_exported_folder_imported_elsewhere_exports_to_the_same_bytes(
    imported: Installation, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert imported.karvon("export", first).returncode == 0

    assert imported.karvon("import", first, "--language", "en").stdout.endswith("has not changed.\n")
    assert imported.karvon("export", second).returncode == 0

    def files(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }

    assert files(first) == files(second)


@pytest.mark.only_on("sqlite")
def test_an_export_does_not_write_into_a_folder_that_holds_something_else(
    imported: Installation, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")

    refused = imported.karvon("export", tmp_path / "mine")

    assert refused.returncode == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_decision_moves_the_figure_and_undo_moves_it_back(imported: Installation) -> None:
    people = json.loads(imported.karvon("trace", "trained", "--json").stdout)["people"]
    a, b = (line["line"] for line in next(p for p in people if len(p["lines"]) == 2)["lines"])

    assert imported.karvon("people", "decide", a, b, "different", "--reason", "cousins").returncode == 0
    apart = json.loads(imported.karvon("results", "--json").stdout)["indicators"][0]["figure"]["best"]
    undone = imported.karvon("people", "decide", a, b, "undo", "--language", "en")
    assert (undone.returncode, undone.stdout.splitlines()[0]) == (
        0, "The decision is taken back; the figures now:",
    )  # fmt: skip
    together = json.loads(imported.karvon("results", "--json").stdout)["indicators"][0]["figure"]["best"]

    assert (apart, together) == (6, 5)

    nothing = imported.karvon("people", "decide", a, b, "undo", "--language", "en")
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert nothing.stderr.endswith(
        "no decision stands about these two lines, so there is nothing to take back.\n"
    )


@pytest.mark.only_on("sqlite")
def test_what_somebody_types_as_an_id_does_not_steer_the_terminal(imported: Installation) -> None:
    for command in (("decide", "\x1b[2J", "b", "same"), ("explain", "\x1b[2J", "\x9bx")):
        refused = imported.karvon("people", *command)
        assert refused.returncode == 2
        assert "[2J" in refused.stderr
        assert not any(sign in refused.stderr for sign in ("\x1b", "\x9b"))


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "address", ["0.0.0.0:8000", "192.168.1.5:8000", "[::]:8000", "example.org:80", "8000", "127.0.0.1:x"]
)
def test_the_website_is_served_to_this_machine_only(installation: Installation, address: str) -> None:
    refused = installation.karvon("serve", "--address", address, "--language", "en")

    assert refused.returncode == 2
    assert address in refused.stderr


@pytest.mark.only_on("sqlite")
def test_a_port_in_use_is_said_with_the_remedy(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = installation.karvon("serve", "--address", f"127.0.0.1:{port}", "--language", "en")

    assert refused.returncode == 2
    assert f"127.0.0.1:{port} is in use" in refused.stderr


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "arguments", [("import", "nowhere"), ("results",), ("trace", "trained"), ("report",), ("export", "there")]
)
def test_what_is_not_there_is_a_sentence_not_a_traceback(
    installation: Installation, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    refused = installation.karvon(*arguments)

    assert refused.returncode == 2
    assert refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.only_on("sqlite")
def test_an_unknown_figure_names_those_there_are(imported: Installation) -> None:
    refused = imported.karvon("trace", "traned", "--language", "en")

    assert (refused.returncode, refused.stderr) == (
        2,
        "There is no figure “traned”. There is: trained, missions.\n",
    )


def test_a_data_folder_nobody_may_write_to_is_a_sentence(installation: Installation, tmp_path: Path) -> None:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("on PostgreSQL the database is elsewhere")
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    environment = {**installation.environment, "KARVON_HOME": str(blocked)}

    refused = subprocess.run([KARVON, "results"], env=environment, capture_output=True, encoding="utf-8")

    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


@pytest.mark.only_on("sqlite")
def test_the_same_facts_give_the_same_report_bytes(imported: Installation, tmp_path: Path) -> None:
    chosen = ("--in", "uz", "--in", "lv")

    assert imported.karvon("report", "--output", tmp_path / "one", *chosen).returncode == 0
    assert imported.karvon("report", "--output", tmp_path / "two", *chosen).returncode == 0

    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    two = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert sorted(one) == [
        "small-lv.docx", "small-lv.html", "small-lv.pdf", "small-uz.docx", "small-uz.html", "small-uz.pdf",
    ]  # fmt: skip
    assert one == two
