"""A folder is written whole or not at all, and nothing of anybody else's is lost."""

import os
import resource
from pathlib import Path

import pytest
from tests.files.programme_folder.examples import FILES, guide_toml, make_folder

from karvon.files.programme_folder import read_folder, write_folder
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.description import ProgrammeDescription, Sheet


@pytest.fixture
def description(tmp_path: Path) -> ProgrammeDescription:
    return read_folder(make_folder(tmp_path / "by-hand", guide_toml())).description


def listed(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def refusal(
    description: ProgrammeDescription, folder: Path, files: dict[str, bytes] | None = None
) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        write_folder(description, folder, files=FILES if files is None else files)
    return refused.value.problems


def test_the_folder_holds_its_description_its_files_and_nothing_else(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    write_folder(description, tmp_path / "new/folder", files=FILES)
    assert listed(tmp_path / "new/folder") == sorted([*FILES, "programme.toml"])
    assert sorted(os.listdir(tmp_path / "new")) == ["folder"]


def test_an_empty_folder_is_filled_and_an_earlier_export_replaced(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write_folder(description, folder, files=FILES)
    write_folder(description, folder, files={**FILES, "documents/agenda-tashkent.pdf": b"a newer agenda"})
    assert (folder / "documents/agenda-tashkent.pdf").read_bytes() == b"a newer agenda"
    assert sorted(os.listdir(tmp_path)) == ["by-hand", "folder"]


def test_a_folder_of_somebody_elses_is_refused_and_left_alone(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    assert refusal(description, folder) == (Problem("folder.folder_not_empty", Place(str(folder))),)
    assert listed(folder) == ["thesis.txt"]


def test_an_export_that_holds_another_file_is_not_replaced(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    folder = tmp_path / "folder"
    write_folder(description, folder, files=FILES)
    (folder / "sheets/added.csv").write_text("mine")
    facts = {"found": "sheets/added.csv"}
    assert refusal(description, folder) == (Problem("folder.would_be_lost", Place(str(folder)), facts),)
    assert (folder / "sheets/added.csv").read_text() == "mine"


def test_a_file_in_the_way_is_refused(tmp_path: Path, description: ProgrammeDescription) -> None:
    (tmp_path / "folder").write_text("mine")
    assert refusal(description, tmp_path / "folder") == (
        Problem("folder.no_folder", Place(str(tmp_path / "folder"))),
    )


def test_every_file_that_was_not_given_is_named_and_nothing_is_written(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    assert refusal(description, tmp_path / "folder", {"documents/agenda-tashkent.pdf": b"x"}) == (
        Problem(
            "folder.file_missing",
            Place(key="sheet[tashkent-heat-1].file"),
            {"found": "sheets/2018-10-11-heat.xlsx"},
        ),
        Problem(
            "folder.file_missing",
            Place(key="sheet[tashkent-heat-1].scan"),
            {"found": "documents/2018-10-11-heat-signed.pdf"},
        ),
    )
    assert sorted(os.listdir(tmp_path)) == ["by-hand"]


def test_a_path_that_climbs_out_is_never_written(tmp_path: Path, description: ProgrammeDescription) -> None:
    climbing = ProgrammeDescription(description.programme, sheets=(Sheet("s", "sheets/../../out.csv", "e"),))
    assert refusal(climbing, tmp_path / "folder", {"sheets/../../out.csv": b"x"}) == (
        Problem(
            "folder.file_outside",
            Place(key="sheet[s].file"),
            {"found": "sheets/../../out.csv", "folder": "sheets, documents"},
        ),
    )
    assert sorted(os.listdir(tmp_path)) == ["by-hand"]


def test_a_write_that_fails_half_way_leaves_the_earlier_export_as_it_was(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    folder = tmp_path / "folder"
    write_folder(description, folder, files=FILES)
    before = {path: (folder / path).read_bytes() for path in listed(folder)}
    vanished: dict[str, Path | bytes] = {**FILES, "documents/agenda-tashkent.pdf": tmp_path / "vanished.pdf"}
    with pytest.raises(Refused) as refused:
        write_folder(description, folder, files=vanished)
    assert [problem.code for problem in refused.value.problems] == ["folder.cannot_write"]
    assert {path: (folder / path).read_bytes() for path in listed(folder)} == before
    assert sorted(os.listdir(tmp_path)) == ["by-hand", "folder"]


def test_no_space_left_is_said_and_nothing_stays_behind(
    tmp_path: Path, description: ProgrammeDescription
) -> None:
    """A limit on the size of files stands in for a disk that is full: the same error, on every machine."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    large = {**FILES, "documents/agenda-tashkent.pdf": b"x" * 200_000}
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        problems = refusal(description, tmp_path / "folder", large)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert problems == (
        Problem("folder.cannot_write", Place(str(tmp_path / "folder")), {"reason": "File too large"}),
    )
    assert sorted(os.listdir(tmp_path)) == ["by-hand"]
