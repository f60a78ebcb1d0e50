"""Files are taken for what they hold, whatever they are called; what they are called is made fit to keep."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.files.readers.conftest import Write

from karvon.files.readers.brought_file import brought_file, fit_name
from karvon.rules.problems import Refused

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
PDF = b"%PDF-1.7 something"


def _file(folder: Path, content: bytes, name: str) -> tuple[str, str]:
    path = folder / "upload"
    path.write_bytes(content)
    found = brought_file(path, name=name)
    return found.kind, found.name


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [(PNG, "list.png", "list.png"), (JPEG, "list.JPG", "list.JPG"), (JPEG, "list.png", "list.jpg"),
     (PDF, "C:\\scans\\list.pdf", "list.pdf"), (PDF, "list.jpeg", "list.pdf")],
)  # fmt: skip
def test_a_scan_is_known_by_its_bytes_and_ends_as_they_ask(
    tmp_path: Path, content: bytes, name: str, kept: str
) -> None:
    assert _file(tmp_path, content, name) == ("scan", kept)


def test_a_list_is_a_list_and_carries_its_grids(text: Write) -> None:
    found = brought_file(text("Name\nAziz Karimov\n"), name="list.csv")
    assert (found.kind, found.name, len(found.opened.grids) if found.opened else 0) == (
        "sheet",
        "list.csv",
        1,
    )


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (PNG, "list.xlsx", "bringing.picture_as_list"),
        (PDF, "list", "bringing.picture_as_list"),
        (b"MZ\x90\0 program", "list.xlsx", "sheet.unknown_format"),
        (b"\x7fELF\x02\x01", "list.csv", "sheet.unknown_format"),
        (b"MZ\x90\0 program", "list.pdf", "bringing.no_picture"),
        (b"Name\nAziz Karimov\n", "list.jpg", "bringing.no_picture"),
        (b"GIF89a", "list.gif", "sheet.scan"),
        (b"", "list.csv", "sheet.empty_file"),
        (b"PK\x03\x04 broken", "list.xlsx", "sheet.damaged"),
    ],
)  # fmt: skip
def test_what_is_neither_is_refused_by_its_content(
    tmp_path: Path, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _file(tmp_path, content, name)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("<script>alert(1)</script>.csv", "script_.csv"), ("../../etc/passwd", "passwd"), ("...", "list"),
     ("a\x00b\u202e.csv", "ab.csv"), ("", "list"), ("Ёлка.xlsx", "Ёлка.xlsx"), (".hidden.csv", "hidden.csv"),
     ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"), ('=cmd|"calc".csv', "=cmd__calc_.csv")],
)  # fmt: skip
def test_a_name_is_made_fit_to_keep(name: str, kept: str) -> None:
    assert fit_name(name) == kept


@given(st.text(max_size=200))
def test_any_name_becomes_one_plain_part_of_a_path(name: str) -> None:
    kept = fit_name(name)
    assert 0 < len(kept) <= 120
    assert not set(kept) & set('/\\<>:"|?*\0')
    assert (kept.isprintable(), kept.startswith("."), fit_name(kept) == kept) == (True, False, True)
