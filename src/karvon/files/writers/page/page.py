"""From a document to HTML: semantic elements, our own style sheet inside, no script and no request."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib import resources

from karvon.files.reports.document import (
    Badge,
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Front,
    Heading,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    Tile,
    Words,
    runs_of,
)


def write_page(document: Document) -> bytes:
    """The document as UTF-8 HTML in one file, readable on screen, on paper and aloud.

    Every text is escaped; headings, tables and pictures are marked as such, also for screen readers.
    """
    numbered = list(document.numbered())
    body = [_front(document.front), _contents(document, numbered), '<main id="report">']
    body += [_block(block, number) for block, number in numbered]
    body.append("</main>")
    return "\n".join([_head(document), *body, "</body>", "</html>", ""]).encode()


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("page.css").read_text("utf-8")


def _head(document: Document) -> str:
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(document.title)}</title>",
            f'<meta name="author" content="{escape(document.author)}">',
            f'<meta name="description" content="{escape(document.description)}">',
            f'<meta name="date" content="{document.dated.isoformat()}">',
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
        ]
    )


def _front(front: Front) -> str:
    parts = [
        "<header>",
        f'<p class="kicker">{escape(front.kicker)}</p>',
        f"<h1>{escape(front.title)}</h1>",
        f'<p class="subtitle">{escape(front.subtitle)}</p>',
        f'<p class="period">{escape(front.period)}</p>',
    ]
    if front.notice:
        parts.append(f'<p class="notice">{escape(front.notice)}</p>')
    if front.tiles:
        parts += ['<ul class="tiles">', *(_tile(tile) for tile in front.tiles), "</ul>"]
    if runs_of(front.summary):
        parts.append(f'<p class="lead">{_words(front.summary)}</p>')
    parts.append(_table(front.contracts))
    parts += [f'<p class="acknowledgement">{_words(words)}</p>' for words in front.acknowledgements]
    parts += [_facts(front.facts), "</header>"]
    return "\n".join(parts)


def _tile(tile: Tile) -> str:
    detail = f' <span class="detail">{escape(tile.detail)}</span>' if tile.detail else ""
    return f'<li><strong>{escape(tile.figure)}</strong> <span class="what">{escape(tile.words)}</span>{detail}</li>'


def _contents(document: Document, numbered: Sequence[tuple[Block, str]]) -> str:
    entries = [
        f'<li class="level-{block.level}"><a href="#{escape(block.anchor)}">{_numbered(number, block.words)}</a></li>'
        for block, number in numbered
        if isinstance(block, Heading) and block.level < 3 and block.anchor
    ]
    title = escape(document.contents)
    return "\n".join(
        [
            '<nav aria-labelledby="contents">',
            f'<h2 id="contents">{title}</h2>',
            "<ul>",
            *entries,
            "</ul>",
            "</nav>",
        ]
    )


def _numbered(number: str, words: str) -> str:
    return f'<span class="number">{number}</span> {escape(words)}' if number else escape(words)


def _block(block: Block, number: str) -> str:
    match block:
        case Heading():
            level = block.level + 1
            anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
            starts = ' class="starts-a-page"' if block.new_page else ""
            return f"<h{level}{anchor}{starts}>{_numbered(number, block.words)}</h{level}>"
        case Paragraph():
            look = "" if block.look == "plain" else f' class="{block.look}"'
            return f"<p{look}>{_words(block.words)}</p>"
        case Bullets():
            return "\n".join(["<ul>", *(f"<li>{_words(item)}</li>" for item in block.items), "</ul>"])
        case Facts():
            return _facts(block.pairs, on_one_line=block.on_one_line)
        case Table():
            return _table(block)
        case Picture():
            caption = f"<figcaption>{escape(block.caption)}</figcaption>\n" if block.caption else ""
            return f"<figure>\n{caption}{block.svg}\n</figure>"


def _facts(pairs: Iterable[tuple[str, Words]], *, on_one_line: bool = False) -> str:
    opens = '<dl class="on-one-line">' if on_one_line else "<dl>"
    entries = [f"<div><dt>{escape(label)}</dt><dd>{_words(words)}</dd></div>" for label, words in pairs]
    return "\n".join([opens, *entries, "</dl>"]) if entries else ""


def _table(table: Table) -> str:
    """A wide table scrolls inside its own focusable region, so that the page itself never does."""
    caption = escape(table.caption)
    unseen = "" if table.caption_shown else ' class="unseen"'
    heads = "".join(_head_cell(column) for column in table.columns)
    return "\n".join(
        [
            f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">',
            "<table>",
            f"<caption{unseen}>{caption}</caption>",
            f"<thead><tr>{heads}</tr></thead>",
            *_bodies(table),
            "</table>",
            "</div>",
        ]
    )


def _head_cell(column: Column) -> str:
    return f'<th scope="col"{_aligned(column)}>{escape(column.head)}</th>'


def _bodies(table: Table) -> Iterable[str]:
    """A section row starts a body of its own, whose header it is."""
    yield "<tbody>"
    for place, row in enumerate(table.rows):
        if row.look == "section":
            if place:
                yield "</tbody>\n<tbody>"
            spans = f' colspan="{len(table.columns)}"'
            yield f'<tr class="section"><th scope="rowgroup"{spans}>{_cell(row.cells[0])}</th></tr>'
        else:
            yield _row(row, table)
    yield "</tbody>"


def _row(row: Row, table: Table) -> str:
    look = "" if row.look == "plain" else f' class="{row.look}"'
    cells = [
        f'<th scope="row">{_cell(cell)}</th>'
        if place == 0 and table.row_heads
        else f"<td{_aligned(column)}>{_cell(cell)}</td>"
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
    ]
    return f"<tr{look}>{''.join(cells)}</tr>"


def _aligned(column: Column) -> str:
    return "" if column.align == "start" else f' class="{column.align}"'


def _cell(cell: Words | Badge) -> str:
    if isinstance(cell, Badge):
        detail = f'<br><span class="muted">{escape(cell.detail)}</span>' if cell.detail else ""
        return f'<span class="badge {cell.tone}">{escape(cell.words)}</span>{detail}'
    return _words(cell)


_ELEMENTS = {
    "plain": ("", ""),
    "strong": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "code": ("<code>", "</code>"),
    "muted": ('<span class="muted">', "</span>"),
}


def _words(words: Words) -> str:
    return "".join(_run(run) for run in runs_of(words))


def _run(run: Run) -> str:
    opens, closes = _ELEMENTS[run.look]
    text = f"{opens}{escape(run.text)}{closes}"
    if run.language:
        text = f'<span lang="{escape(run.language)}">{text}</span>'
    return f"<br>{text}" if run.breaks else text
