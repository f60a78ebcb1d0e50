"""A worded document before any format: what PDF, Word and HTML have in common.

A report composes one ``Document`` in one language; the writers give it form. So the three forms of a
report say the same, and a new report needs no writer of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

RunLook = Literal["plain", "strong", "emphasis", "code", "muted"]
ParagraphLook = Literal["plain", "lead", "note", "small"]
Align = Literal["start", "end", "centre"]
RowLook = Literal["plain", "total", "section", "detail"]
Tone = Literal["neutral", "good", "warn", "bad"]

_UNPRINTABLE: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; ``language`` where it differs from the document's."""

    text: str
    look: RunLook = "plain"
    language: str = ""
    breaks: bool = False
    """A line break stands before it."""


Words = str | Run | tuple[Run, ...]


def printable(text: str) -> str:
    """The text without the control characters that neither XML nor paper knows."""
    return text.translate(_UNPRINTABLE)


def runs_of(words: Words) -> tuple[Run, ...]:
    """Words as printable runs; empty runs are left out."""
    runs = (Run(words),) if isinstance(words, str) else (words,) if isinstance(words, Run) else words
    cleaned = (run if run.text.isprintable() else replace(run, text=printable(run.text)) for run in runs)
    return tuple(run for run in cleaned if run.text)


def plain(words: Words) -> str:
    """The words without their look, line breaks as spaces."""
    return "".join((" " if run.breaks else "") + run.text for run in runs_of(words)).strip()


@dataclass(frozen=True, slots=True)
class Heading:
    level: Literal[1, 2, 3]
    words: str
    anchor: str = ""
    numbered: bool = True
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words
    look: ParagraphLook = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says, a line each or all on one line."""

    pairs: tuple[tuple[str, Words], ...]
    on_one_line: bool = False
    leads_on: bool = False
    """What follows belongs to it: no page break between."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A short verdict with its tone: the tone is never the only sign, the words say it too."""

    words: str
    tone: Tone = "neutral"
    detail: str = ""
    """A sentence below it."""


@dataclass(frozen=True, slots=True)
class Column:
    head: str
    align: Align = "start"
    share: float | None = None
    """Weight of its width among the columns that have one; ``None`` is as wide as its text."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Words | Badge, ...]
    look: RowLook = "plain"
    """A *section* row has one cell that spans the table; a *detail* row belongs to the row above it."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    """Shown above it, and its name for a screen reader."""
    row_heads: bool = True
    """The first cell of each row names it."""
    caption_shown: bool = True
    """Not shown, the caption is still the table's name for a screen reader."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG; ``alt`` says in words what it shows."""

    svg: str
    alt: str
    caption: str
    """'' where a heading already says it."""
    width: float
    """In millimetres on paper."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A large figure of the front page, its words, and a line of detail."""

    figure: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    kicker: str
    title: str
    subtitle: str
    period: str
    tiles: tuple[Tile, ...]
    facts: tuple[tuple[str, Words], ...]
    contracts: Table
    acknowledgements: tuple[Words, ...] = ()
    notice: str = ""
    summary: Words = ""


Block = Heading | Paragraph | Bullets | Facts | Table | Picture


@dataclass(frozen=True, slots=True)
class Document:
    language: str
    title: str
    author: str
    dated: date
    front: Front
    blocks: tuple[Block, ...]
    contents: str
    """The heading of the contents."""
    page_of: str
    """``{page} of {pages}`` in the document's language, with these two blanks."""
    running_head: str
    description: str = ""
    keywords: tuple[str, ...] = ()

    def numbered(self) -> Iterator[tuple[Block, str]]:
        """Every block in order, with the number of a numbered heading of level 1 or 2, else ''."""
        chapter = section = 0
        for block in self.blocks:
            number = ""
            if isinstance(block, Heading) and block.numbered:
                if block.level == 1:
                    chapter, section = chapter + 1, 0
                    number = f"{chapter}"
                elif block.level == 2:
                    section += 1
                    number = f"{chapter}.{section}"
            yield block, number
