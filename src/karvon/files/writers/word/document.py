"""From a document to Word: real styles, self-numbering headings, repeated table headers, described pictures."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from karvon.files.reports.document import (
    Bullets,
    Document,
    Facts,
    Front,
    Heading,
    Paragraph,
    Picture,
    Table,
    Words,
    runs_of,
)
from karvon.files.writers.pdf import picture_png
from karvon.files.writers.word.package import settled_zip
from karvon.files.writers.word.styles import TONES, WORD_LANGUAGES, dress
from karvon.files.writers.word.tables import TEXT_WIDTH, add_table

_LOOKS: Final = {"plain": "Normal", "lead": "Lead", "note": "Note", "small": "Small Print"}

_LONGEST: Final = 255
"""Characters that a property of the file may have."""


def write_docx(document: Document) -> bytes:
    """The document as .docx that Word and LibreOffice open without repair; the same bytes each time."""
    word = docx.Document()
    _forget_template(word)
    dress(word, language=document.language)
    _describe(word, document)
    writer = _Writer(word)
    writer.front(document.front)
    writer.contents(document)
    for block, _ in document.numbered():
        writer.block(block)
    _running_lines(word, document)
    out = BytesIO()
    word.save(out)
    return settled_zip(out.getvalue())


class _Writer:
    """Writes blocks one after another, keeping count of the bookmarks it has set."""

    def __init__(self, word: WordDocument) -> None:
        self.word = word
        self.bookmarks = 0

    def block(self, block: Any) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Paragraph():
                write_runs(self.word.add_paragraph(style=_LOOKS[block.look]), block.words)
            case Bullets():
                for item in block.items:
                    write_runs(self.word.add_paragraph(style="List Bullet"), item)
            case Facts():
                self.facts(block)
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)

    def heading(self, heading: Heading) -> None:
        paragraph = self.word.add_paragraph(style=f"Heading {heading.level}")
        if not heading.numbered and heading.level < 3:
            _unnumbered(paragraph)
        paragraph.paragraph_format.page_break_before = heading.new_page or None
        run = paragraph.add_run(heading.words)
        if heading.anchor:
            self.bookmarks += 1
            starts = parse_xml(
                f'<w:bookmarkStart {nsdecls("w")} w:id="{self.bookmarks}" w:name="{_bookmark(heading)}"/>'
            )
            run._r.addprevious(starts)
            run._r.addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.bookmarks}"/>'))

    def facts(self, facts: Facts) -> None:
        paragraph: WordParagraph | None = None
        for label, words in facts.pairs:
            if paragraph is None or not facts.on_one_line:
                paragraph = self.word.add_paragraph(style="Fact")
                paragraph.paragraph_format.keep_with_next = facts.leads_on or None
            else:
                paragraph.add_run("\u2002·\u2002", style="Muted")
            paragraph.add_run(f"{label}: ", style="Muted")
            write_runs(paragraph, words)
        if paragraph is not None:
            paragraph.paragraph_format.space_after = Pt(6)

    def table(self, table: Table) -> None:
        if table.caption_shown:
            self.word.add_paragraph(table.caption, style="Caption")
        add_table(self.word, table, write_cell=write_runs)
        self._gap()

    def picture(self, picture: Picture) -> None:
        if picture.caption:
            self.word.add_paragraph(picture.caption, style="Caption")
        width = min(picture.width, TEXT_WIDTH)
        paragraph = self.word.add_paragraph()
        image = picture_png(picture.svg, width=width)
        paragraph.add_run().add_picture(BytesIO(image), width=Mm(width))
        described = paragraph._p.find(f".//{qn('wp:docPr')}")
        described.set("descr", picture.alt)
        described.set("title", picture.caption or picture.alt.partition(".")[0])

    def front(self, front: Front) -> None:
        add = self.word.add_paragraph
        add(front.kicker, style="Front Line")
        add(front.title, style="Title")
        add(front.subtitle, style="Subtitle")
        add(front.period, style="Front Line")
        if front.notice:
            notice = add(style="Note")
            ground, letters = TONES["warn"]
            run = notice.add_run(front.notice)
            run.font.color.rgb = letters
            _shade(notice, ground)
        self.tiles(front)
        if runs_of(front.summary):
            write_runs(add(style="Lead"), front.summary)
        self.table(front.contracts)
        for words in front.acknowledgements:
            write_runs(add(style="Small Print"), words)
        self.facts(Facts(front.facts))

    def tiles(self, front: Front) -> None:
        """Large figures side by side; on paper a table without lines."""
        if not front.tiles:
            return
        grid = self.word.add_table(rows=1, cols=len(front.tiles))
        grid.alignment = WD_TABLE_ALIGNMENT.LEFT
        for cell, tile in zip(grid.rows[0].cells, front.tiles, strict=True):
            cell.width = Mm(TEXT_WIDTH / len(front.tiles))
            figure = cell.paragraphs[0]
            figure.style = "Figure Large"
            figure.add_run(tile.figure)
            words = cell.add_paragraph(tile.words, style="Table Text")
            words.runs[0].font.size = Pt(10)
            if tile.detail:
                cell.add_paragraph(style="Table Text").add_run(tile.detail, style="Muted")
        self._gap()

    def contents(self, document: Document) -> None:
        """A table of contents that Word can refresh and that is right without it: links, no page numbers."""
        title = self.word.add_paragraph(document.contents, style="Contents Heading")
        title.paragraph_format.page_break_before = True
        entries = [
            (block, number)
            for block, number in document.numbered()
            if isinstance(block, Heading) and block.level < 3 and block.anchor
        ]
        last: WordParagraph | None = None
        for place, (heading, number) in enumerate(entries):
            last = self.word.add_paragraph(style="Contents Entry")
            last.paragraph_format.left_indent = Mm(6 * (heading.level - 1))
            if place == 0:
                _field_part(last, "begin")
                _field_code(last, 'TOC \\o "1-2" \\h \\n \\z')
                _field_part(last, "separate")
            link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{_bookmark(heading)}" w:history="1"/>')
            run = last.add_run(f"{number}\u2002{heading.words}" if number else heading.words)
            run.font.bold = heading.level == 1
            last._p.append(link)
            link.append(run._r)
        if last is not None:
            _field_part(last, "end")
            last.add_run().add_break(WD_BREAK.PAGE)

    def _gap(self) -> None:
        """Two tables must not touch: Word would make them one."""
        self.word.add_paragraph(style="Table Text").paragraph_format.space_after = Pt(4)


def write_runs(paragraph: WordParagraph, words: Words) -> None:
    """Runs with their look, their language where it is another, and their line breaks."""
    for part in runs_of(words):
        run = paragraph.add_run()
        if part.breaks:
            run.add_break()
        run.add_text(part.text)
        if part.look == "strong":
            run.bold = True
        elif part.look == "emphasis":
            run.italic = True
        elif part.look == "code":
            run._r.get_or_add_rPr().style = "Checksum"
        elif part.look == "muted":
            run._r.get_or_add_rPr().style = "Muted"
        if part.language:
            said = OxmlElement("w:lang")
            said.set(qn("w:val"), WORD_LANGUAGES.get(part.language, part.language))
            run._r.get_or_add_rPr().append(said)


def _bookmark(heading: Heading) -> str:
    """Word allows 40 characters, letters, digits and underscores, and a letter first."""
    kept = "".join(c if c.isascii() and c.isalnum() else "_" for c in heading.anchor)
    return f"h_{kept}"[:40]


def _unnumbered(paragraph: WordParagraph) -> None:
    number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = 0
    number.get_or_add_numId().val = 0
    paragraph.paragraph_format.left_indent = Mm(0)
    paragraph.paragraph_format.first_line_indent = Mm(0)


def _shade(paragraph: WordParagraph, ground: str) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground}"/>')
    paragraph._p.get_or_add_pPr().insert_element_before(
        shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _field_part(paragraph: WordParagraph, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(part)


def _field_code(paragraph: WordParagraph, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)


def _field(paragraph: WordParagraph, code: str, shown: str) -> None:
    _field_part(paragraph, "begin")
    _field_code(paragraph, code)
    _field_part(paragraph, "separate")
    paragraph.add_run(shown)
    _field_part(paragraph, "end")


def _running_lines(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    head = section.header.paragraphs[0]
    head.style = "Running Head"
    head.add_run(document.running_head)
    foot = section.footer.paragraphs[0]
    foot.style = "Running Head"
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    fields: dict[str, Callable[[], None]] = {
        "{page}": lambda: _field(foot, "PAGE", "1"),
        "{pages}": lambda: _field(foot, "NUMPAGES", "1"),
    }
    rest = document.page_of
    while rest:
        found = min((rest.find(blank), blank) for blank in fields if blank in rest) if "{" in rest else None
        if found is None:
            foot.add_run(rest)
            return
        place, blank = found
        if place:
            foot.add_run(rest[:place])
        fields[blank]()
        rest = rest[place + len(blank) :]


def _describe(word: WordDocument, document: Document) -> None:
    about = word.core_properties
    about.title, about.author = document.title[:_LONGEST], document.author[:_LONGEST]
    about.subject, about.keywords = document.description[:_LONGEST], ", ".join(document.keywords)[:_LONGEST]
    about.language = WORD_LANGUAGES.get(document.language, document.language)
    about.comments, about.last_modified_by, about.revision = "", document.author[:_LONGEST], 1
    day = datetime(document.dated.year, document.dated.month, document.dated.day)  # noqa: DTZ001 - written as UTC
    about.created = about.modified = about.last_printed = day


def _forget_template(word: WordDocument) -> None:
    """The template's thumbnail shows another document."""
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
