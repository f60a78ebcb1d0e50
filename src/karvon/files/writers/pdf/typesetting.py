"""From a document to typst and back with bytes: no file is written, no system font is looked at."""

import json
import re
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import typst

from karvon.files.reports.document import (
    Badge,
    Bullets,
    Document,
    Facts,
    Front,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
    Words,
    runs_of,
)

STANDARDS: Final[tuple[Literal["a-2a", "ua-1"], ...]] = ("a-2a", "ua-1")
"""Archivable with its structure, and accessible."""
SHORT_TABLE: Final = 12
"""Tables of at most so many rows are kept on one page."""

_LONGEST_WORD: Final = 36
_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_STEP: Final = re.compile(r".{1,11}[/._?&=-]|.{12}")


def write_pdf(document: Document) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1: tagged, fonts embedded, the same bytes for the same document.

    The date inside the file is the document's own, at midnight UTC, whatever the machine's clock or zone.
    """
    written = _compiler().compile(
        template(),
        format="pdf",
        sys_inputs=inputs(document),
        pdf_standards=list(STANDARDS),
        timestamp=datetime(document.dated.year, document.dated.month, document.dated.day, tzinfo=UTC),
    )
    return _one(written)


def picture_png(svg: str, *, width: float, ppi: float = 200) -> bytes:
    """An SVG drawn as PNG, ``width`` millimetres wide, with the fonts the PDF uses."""
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {width}mm, alt: "")'
    )
    return _one(_compiler().compile(source.encode(), format="png", ppi=ppi, sys_inputs={"svg": svg}))


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def template() -> bytes:
    """The typst source that gives every document its form."""
    return resources.files(__package__).joinpath("document.typ").read_bytes()


def inputs(document: Document) -> dict[str, str]:
    """What the template is told: the document as JSON."""
    return {"document": json.dumps(typst_data(document), ensure_ascii=False)}


def _one(written: bytes | list[bytes] | None) -> bytes:
    if isinstance(written, list):
        written = written[0]
    assert written is not None  # noqa: S101 - typst answers None only when it was given a file to write to
    return written


def typst_data(document: Document) -> dict[str, Any]:
    """The document as the plain values that ``document.typ`` walks through."""
    language, _, script = document.language.partition("-")
    return {
        "language": language,
        "script": script.lower(),
        "title": document.title,
        "author": document.author,
        "description": document.description,
        "keywords": document.keywords,
        "contents": document.contents,
        "page_of": document.page_of,
        "running_head": document.running_head,
        "front": _front(document.front),
        "blocks": [_block(block, number) for block, number in document.numbered()],
    }


def _front(front: Front) -> dict[str, Any]:
    return {
        "kicker": front.kicker,
        "title": _breakable(front.title),
        "subtitle": front.subtitle,
        "period": front.period,
        "tiles": [[tile.figure, tile.words, tile.detail] for tile in front.tiles],
        "facts": [[label, _words(words)] for label, words in front.facts],
        "contracts": _table(front.contracts),
        "acknowledgements": [_words(words) for words in front.acknowledgements],
        "notice": front.notice,
        "summary": _words(front.summary),
    }


def _block(block: Any, number: str) -> dict[str, Any]:
    match block:
        case Heading():
            return {
                "is": "heading",
                "level": block.level,
                "words": _breakable(block.words),
                "number": number,
                "new_page": block.new_page,
            }
        case Paragraph():
            return {"is": "paragraph", "look": block.look, "words": _words(block.words)}
        case Bullets():
            return {"is": "bullets", "items": [_words(item) for item in block.items]}
        case Facts():
            return {
                "is": "facts",
                "pairs": [[label, _words(words)] for label, words in block.pairs],
                "on_one_line": block.on_one_line,
                "leads_on": block.leads_on,
            }
        case Table():
            return _table(block)
        case Picture():
            return {
                "is": "picture",
                "svg": block.svg,
                "alt": block.alt,
                "caption": _breakable(block.caption),
                "width": block.width,
            }
    raise TypeError(f"no form for {type(block).__name__}")


def _table(table: Table) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": _breakable(table.caption) if table.caption_shown else "",
        "breakable": len(table.rows) > SHORT_TABLE,
        "columns": [[column.head, column.align, column.share or 0] for column in table.columns],
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: Row) -> list[Any]:
    return [row.look, [_cell(cell) for cell in row.cells]]


def _cell(cell: Words | Badge) -> Any:
    if isinstance(cell, Badge):
        return {"badge": cell.words, "tone": cell.tone, "detail": cell.detail}
    return _words(cell)


def _words(words: Words) -> Any:
    """A plain string where it is nothing more, else a list of [text, look, language, breaks]."""
    runs = runs_of(words)
    if not runs:
        return ""
    if len(runs) == 1 and runs[0].look == "plain" and not runs[0].language and not runs[0].breaks:
        return _breakable(runs[0].text)
    return [
        [
            run.text if run.look == "code" else _breakable(run.text),
            run.look,
            run.language.partition("-")[0],
            run.breaks,
        ]
        for run in runs
    ]


def _breakable(text: str) -> str:
    """Words longer than any real one, such as addresses, may break, so that they stay on the paper."""
    if len(text) < _LONGEST_WORD:
        return text
    return _LONG_WORD.sub(lambda word: _STEP.sub("\\g<0>\u200b", word.group()), text)
