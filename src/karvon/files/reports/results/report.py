"""From the report's content to bytes: composed once in a language, then given the form asked for."""

from textwrap import shorten
from typing import Literal

from karvon.files.reports.document import Block, Document
from karvon.files.reports.results.sections import (
    advice,
    counting,
    evidence,
    front,
    learning,
    proposals,
    results,
    statements,
    summary,
    visits,
)
from karvon.files.reports.results.voice import Voice
from karvon.files.writers.page import write_page
from karvon.files.writers.pdf import write_pdf
from karvon.files.writers.word import write_docx
from karvon.rules.reporting.content import ResultsReport

Form = Literal["pdf", "docx", "html"]

_SECTIONS = (
    summary.blocks,
    statements.blocks,
    visits.blocks,
    results.blocks,
    learning.blocks,
    advice.blocks,
    proposals.blocks,
    counting.blocks,
    evidence.blocks,
)


def render(report: ResultsReport, language: str, form: Form) -> bytes:
    """The results report as a file: PDF/A-2a + PDF/UA-1, an editable Word document, or one HTML page.

    The same report gives the same bytes on any machine, whatever its clock, zone, fonts or folder.
    Raises ``KeyError`` for a language Karvon does not speak.
    """
    document = compose(report, language)
    if form == "pdf":
        return write_pdf(document)
    if form == "docx":
        return write_docx(document)
    return write_page(document)


def compose(report: ResultsReport, language: str) -> Document:
    """The report worded in one language, before any form; empty sections are left out."""
    voice = Voice.of(language)
    title = voice.say(report.programme.title)
    day = voice.day(report.programme.as_of)
    blocks: tuple[Block, ...] = tuple(block for section in _SECTIONS for block in section(report, voice))
    return Document(
        language=language,
        title=f"{title}. {front.subtitle(report, voice)}",
        author=voice.say(report.programme.lead),
        dated=report.programme.as_of,
        front=front.front(report, voice),
        blocks=blocks,
        contents=voice("contents"),
        page_of=voice("page_of", page="{page}", pages="{pages}"),
        running_head=voice("running_head", title=shorten(title, 90, placeholder="…"), day=day),
        description=voice("description", title=title, day=day),
        keywords=tuple(voice.word.entries["keywords"]),
    )
