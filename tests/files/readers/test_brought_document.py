"""A document is what it holds: what people keep is taken, what runs or is something else is refused."""

import io
import zipfile
from pathlib import Path

import pytest

from karvon.files.readers.brought_document import TAKEN, brought_document
from karvon.rules.problems import Refused
from karvon.rules.wording import problem_text


def package(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return held.getvalue()


GOOD = {
    "minutes.docx": package(word__document_xml=b"<w/>"),
    "slides.odp": package(mimetype=b"application/vnd.oasis.opendocument.presentation"),
    "photo.JPG": b"\xff\xd8\xff\xe0 picture",
    "phone.heic": b"\x00\x00\x00\x18ftypheic picture",
    "notes.txt": "протокол".encode("cp1251"),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 letter",
}
BAD = {
    "empty.pdf": (b"", "empty.pdf is empty"),
    "agenda.pdf": (b"MZ\x90\x00 a program", "agenda.pdf is a program or a script"),
    "photo.jpg": (b"\x7fELF a program", "photo.jpg is a program or a script"),
    "notes.txt": (b"#!/bin/sh\nrm -rf", "notes.txt is a program or a script"),
    "setup.exe": (b"nothing much", "files ending in .exe are not kept"),
    "page.html": (b"<script>1</script>", "files ending in .html are not kept"),
    "picture.svg": (b"<svg/>", "files ending in .svg are not kept"),
    "list.pdf": (b"PK\x03\x04 a package", "list.pdf ends in .pdf, but holds something else"),
    "table.xlsx": (package(word__document_xml=b"<w/>"), "table.xlsx ends in .xlsx, but holds something else"),
    "letter.docx": (b"PK\x03\x04 cut", "letter.docx ends in .docx, but holds something else"),
    "macros.docx": (
        package(word__document_xml=b"<w/>", word__vbaProject_bin=b"1"),
        "macros.docx holds macros",
    ),
    "noname": (b"text", "noname: files ending in – are not kept"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_keep_is_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sent"
    path.write_bytes(GOOD[name])
    found = brought_document(path, name=name)
    assert (found.path, found.name) == (path, name)


@pytest.mark.parametrize("name", BAD)
def test_what_runs_or_is_something_else_is_refused_with_the_remedy(tmp_path: Path, name: str) -> None:
    content, says = BAD[name]
    path = tmp_path / "sent"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        brought_document(path, name=name)
    assert [says in problem_text(problem, "en") for problem in refused.value.problems] == [True]


@pytest.mark.parametrize("ending", TAKEN)
def test_a_program_is_refused_under_every_name(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "sent"
    path.write_bytes(b"\x7fELF a program")
    with pytest.raises(Refused) as refused:
        brought_document(path, name=f"file{ending}")
    assert [problem.code for problem in refused.value.problems] == ["documents.program"]
