"""An archive of a programme folder is unpacked whole, or refused with what is wrong with it."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from karvon import catalog
from karvon.files.programme_folder import unpacking
from karvon.files.programme_folder.unpacking import unpack_folder
from karvon.rules.problems import Refused
from karvon.rules.wording import LANGUAGES, problem_text

DESCRIPTION = 'format = 1\n[programme]\nkey = "p"\n'


def packed(*files: tuple[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out


def entry(name: str, *, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def refusal(archive: io.BytesIO, tmp_path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        unpack_folder(archive, tmp_path / "in")
    problem = refused.value.problems[0]
    for language in LANGUAGES:
        assert problem_text(problem, language)
    return problem.code.removeprefix("editing."), dict(problem.facts)


@pytest.mark.parametrize("below", ["", "programme/"])
def test_a_folder_is_unpacked_as_it_was_packed(tmp_path: Path, below: str) -> None:
    archive = packed(
        (f"{below}programme.toml", DESCRIPTION), (f"{below}sheets/список.csv", "a;b"), ("__MACOSX/x", "x"),
        (f"{below}.DS_Store", "x"), (f"{below}documents/", ""),
    )  # fmt: skip
    root = unpack_folder(archive, tmp_path / "in")
    found = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
    assert found == {"programme.toml": DESCRIPTION.encode(), "sheets/список.csv": b"a;b"}


def test_names_in_the_letters_of_dos_are_read(tmp_path: Path) -> None:
    raw = packed(("programme.toml", DESCRIPTION), ("sheets/AAAAAA.csv", "1")).getvalue()
    root = unpack_folder(io.BytesIO(raw.replace(b"AAAAAA", "список".encode("cp866"))), tmp_path / "in")
    assert [path.name for path in (root / "sheets").iterdir()] == ["список.csv"]


@pytest.mark.parametrize(
    "bytes_", [b"", b"MZ\x90\x00" + b"\0" * 200, b"%PDF-1.4", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"programme"]
)
def test_what_is_no_archive_is_refused_whatever_it_is_called(tmp_path: Path, bytes_: bytes) -> None:
    assert refusal(io.BytesIO(bytes_), tmp_path) == ("no_archive", {})


def test_a_program_with_an_archive_behind_it_is_no_archive(tmp_path: Path) -> None:
    archive = packed(("programme.toml", DESCRIPTION)).getvalue()
    assert zipfile.is_zipfile(io.BytesIO(b"MZ" + b"\0" * 500 + archive))
    assert refusal(io.BytesIO(b"MZ" + b"\0" * 500 + archive), tmp_path) == ("no_archive", {})


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_an_archive_that_is_cut_off_is_damaged(tmp_path: Path, cut: int) -> None:
    archive = packed(("programme.toml", DESCRIPTION), ("sheets/a.csv", "1" * 1000)).getvalue()
    assert refusal(io.BytesIO(archive[:cut]), tmp_path)[0] == "archive_damaged"


def test_an_archive_whose_bytes_were_changed_is_damaged(tmp_path: Path) -> None:
    archive = packed(("programme.toml", DESCRIPTION * 5), compression=zipfile.ZIP_STORED).getvalue()
    assert refusal(io.BytesIO(archive.replace(b"format", b"farmot", 1)), tmp_path)[0] == "archive_damaged"


def test_an_archive_under_a_password_says_so(tmp_path: Path) -> None:
    archive = bytearray(packed(("programme.toml", DESCRIPTION)).getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(mark) + offset] |= 1
    assert refusal(io.BytesIO(bytes(archive)), tmp_path) == ("archive_encrypted", {})


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "C:/evil", "..\\evil", "a//b", "./a", "a\nb", "a\x1bb"]
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    code, _ = refusal(packed(("programme.toml", DESCRIPTION), (name, "x")), tmp_path)
    assert (code, sorted(path.name for path in tmp_path.rglob("*evil*"))) == ("archive_outside", [])


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o600, stat.S_IFBLK | 0o600])
def test_a_link_or_a_device_is_refused(tmp_path: Path, mode: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("programme.toml", DESCRIPTION)
        archive.writestr(entry("sheets/passwd", mode=mode), "/etc/passwd")
    assert refusal(out, tmp_path) == ("archive_link", {"found": "sheets/passwd"})


def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive = packed(("programme.toml", DESCRIPTION), ("sheets/a", "1"), ("sheets/a", "2"))
    assert refusal(archive, tmp_path) == ("archive_twice", {"found": "sheets/a"})
    archive = packed(("programme.toml", DESCRIPTION), ("sheets/a", "1"), ("sheets/A", "2"))
    assert refusal(archive, tmp_path) == ("archive_twice", {"found": "sheets/A"})


def test_a_workbook_is_no_programme_folder(tmp_path: Path) -> None:
    assert (
        refusal(packed(("xl/workbook.xml", "<x/>"), ("a/b/programme.toml", "x")), tmp_path)[0]
        == "archive_no_folder"
    )


def test_what_unpacks_to_too_much_is_refused_by_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 3_000_000)
    archive = packed(
        ("programme.toml", DESCRIPTION), *((f"sheets/{n}.csv", b"0" * 1_000_000) for n in range(4))
    )
    assert len(archive.getvalue()) < 10_000
    assert refusal(archive, tmp_path) == ("archive_bomb", {"n": 3})


def test_a_packed_file_larger_than_allowed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 1_000)
    archive = packed(
        ("programme.toml", DESCRIPTION), ("a", bytes(range(256)) * 8), compression=zipfile.ZIP_STORED
    )
    assert refusal(archive, tmp_path)[0] == "archive_too_large"


def test_more_files_than_a_programme_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_FILES", 3)
    archive = packed(("programme.toml", DESCRIPTION), *((f"sheets/{n}", "x") for n in range(3)))
    assert refusal(archive, tmp_path) == ("archive_too_many", {"n": 3})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence_in_every_language(language: str) -> None:
    assert sorted(catalog.load(f"problems/editing/{language}")) == sorted(catalog.load("problems/editing/en"))
