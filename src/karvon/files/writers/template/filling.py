"""A .docx with ``{{fields}}``: what it holds, what of it nobody knows, and the same file with the fields filled.

Nothing in it is ever run. A file with macros, with embedded objects or with parts that Word would fetch from elsewhere
is refused. Only the text of paragraphs is changed; every other part is handed on byte for byte.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from karvon.files.reports.document import Table, printable
from karvon.files.writers.template.table import table_xml
from karvon.files.writers.word.package import settled_zip
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.suggesting import nearest

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_ENTRIES: Final = 2_000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_MAIN: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FILLED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_RUNS: Final = re.compile(
    r"vba|macro|activex|/embeddings/|oleobject|\.bin$|\.exe$|\.dll$|\.js$", re.IGNORECASE
)
_EXTERNAL: Final = re.compile(rb'<Relationship\b[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>')
_HARMLESS: Final = b"/relationships/hyperlink"
TABLE: Final = "table."
"""What the names of fields begin with that stand for a whole table."""
MISSING: Final = "–"


@dataclass(frozen=True, slots=True)
class Used:
    """A field where it stands."""

    field: str
    place: Place
    """The file, and where it is not the text itself, the header or footer."""
    paragraph: int
    alone: bool
    """Nothing else stands in its paragraph."""


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    parts: Mapping[str, bytes]
    """The parts whose text may hold fields."""
    data: bytes

    @property
    def used(self) -> tuple[Used, ...]:
        """Every field in the order of the text."""
        return tuple(self._used())

    def _used(self) -> Iterator[Used]:
        for part, content in self.parts.items():
            where = "" if part == "word/document.xml" else part.removeprefix("word/").removesuffix(".xml")
            for number, paragraph in enumerate(parse_xml(content).iter(f"{_W}p"), 1):
                text = "".join(each.text or "" for each in _texts(paragraph))
                for found in _FIELD.finditer(text):
                    place = Place(file=self.name, sheet=where)
                    yield Used(found[1], place, number, text.strip() == found[0])


def open_template(data: bytes, *, name: str) -> Template:
    """The file, if it is a Word document that holds nothing that runs or is fetched from elsewhere.

    Raises `Refused` with one problem: ``template.too_big``, ``template.not_word``, ``template.runs``,
    ``template.fetches``. What counts is what the file holds, not what it is called.
    """
    here = Place(file=name)
    if len(data) > MOST_BYTES:
        raise Refused(Problem("template.too_big", here, {"limit": MOST_BYTES // 1024 // 1024}))
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise Refused(Problem("template.too_big", here, {"limit": MOST_BYTES // 1024 // 1024}))
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names):
                raise Refused(Problem("template.not_word", here))
            types = archive.read("[Content_Types].xml")
            if (
                any(_RUNS.search(each) for each in names)
                or b"macroEnabled" in types
                or b"vbaProject" in types
            ):
                raise Refused(Problem("template.runs", here))
            if _MAIN not in types:
                raise Refused(Problem("template.not_word", here))
            rels = b"".join(archive.read(each) for each in names if each.endswith(".rels"))
            if any(_HARMLESS not in found for found in _EXTERNAL.findall(rels)):
                raise Refused(Problem("template.fetches", here))
            parts = {each: archive.read(each) for each in sorted(names) if _FILLED.fullmatch(each)}
            if "word/document.xml" not in parts or any(b"<!DOCTYPE" in part for part in parts.values()):
                raise Refused(Problem("template.not_word", here))
            template = Template(name, parts, data)
            template.used  # noqa: B018  # reads it all once, so that it can be filled
    except (
        BadZipFile,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        SyntaxError,
    ):
        raise Refused(Problem("template.not_word", here)) from None
    return template


def unknown_fields(template: Template, known: Iterable[str]) -> tuple[Problem, ...]:
    """Each field nobody knows, with its place and the nearest one that is known; tables that do not stand alone."""
    names = list(known)
    problems = []
    for used in template.used:
        if used.field not in names:
            near = nearest(used.field, names)
            code = "template.unknown_field" if near else "template.no_such_field"
            facts: dict[str, str | int] = {
                "field": used.field,
                "near": near,
                "paragraph": used.paragraph,
            }
            problems.append(Problem(code, used.place, facts))
        elif used.field.startswith(TABLE) and not used.alone:
            problems.append(
                Problem(
                    "template.table_in_text", used.place, {"field": used.field, "paragraph": used.paragraph}
                )
            )
    return tuple(problems)


def fill(template: Template, fields: Mapping[str, str], tables: Mapping[str, Table]) -> bytes:
    """The file with every field filled, a dash for one without a value. The same values give the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(template.data)) as source, ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in template.parts:
                content = _filled(content, fields, tables)
            target.writestr(entry.filename, content)
    return settled_zip(out.getvalue())


def _filled(content: bytes, fields: Mapping[str, str], tables: Mapping[str, Table]) -> bytes:
    root = parse_xml(content)
    for paragraph in list(root.iter(f"{_W}p")):
        texts = _texts(paragraph)
        whole = "".join(each.text or "" for each in texts)
        if "{{" not in whole:
            continue
        alone = _FIELD.fullmatch(whole.strip())
        if alone and alone[1].startswith(TABLE):
            table = tables.get(alone[1])
            if table is not None:
                paragraph.addprevious(parse_xml(table_xml(table)))
            _write(texts, [(0, len(whole), "" if table is not None else MISSING)])
            continue
        _write(
            texts,
            [
                (found.start(), found.end(), printable(fields.get(found[1], MISSING)) or MISSING)
                for found in _FIELD.finditer(whole)
            ],
        )
    return bytes(serialize_part_xml(root))


def _texts(paragraph: Any) -> list[Any]:
    """The pieces of text of the paragraph itself, not of a paragraph in a box within it."""
    return [
        each
        for each in paragraph.iter(f"{_W}t")
        if next(above for above in each.iterancestors(f"{_W}p")) is paragraph
    ]


def _write(texts: list[Any], changes: list[tuple[int, int, str]]) -> None:
    """Put each value where its field begins; a field may run over several pieces."""
    for start, end, value in reversed(changes):
        at = 0
        placed = False
        for each in texts:
            text = each.text or ""
            left, right = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if left >= len(text) or right <= 0 or left >= right:
                continue
            each.text = text[:left] + ("" if placed else " ".join(value.split())) + text[right:]
            each.set(_SPACE, "preserve")
            placed = True
