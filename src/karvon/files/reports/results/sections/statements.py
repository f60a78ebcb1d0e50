"""What the programme says in public, and what the evidence says to it."""

from collections.abc import Iterator
from typing import Final

from karvon.files.reports.document import (
    Badge,
    Block,
    Column,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
    Words,
)
from karvon.files.reports.results.voice import Voice
from karvon.rules.reporting.content import JudgedStatement, Judgement, ResultsReport

_TONE: Final[dict[Judgement, Tone]] = {"supported": "good", "not_supported": "bad", "open": "warn"}


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    if not report.statements:
        return
    yield Heading(1, voice("statements.heading"), "statements")
    yield Paragraph(voice("statements.intro"))
    yield Table(
        (
            Column(voice("statements.statement"), share=3.2),
            Column(voice("statements.claim"), share=1.3),
            Column(voice("statements.evidence"), "end"),
            Column(voice("statements.judgement"), share=1.9),
        ),
        tuple(_row(statement, voice) for statement in report.statements),
        voice("statements.caption"),
    )


def _row(statement: JudgedStatement, voice: Voice) -> Row:
    claim = voice(f"statements.comparator.{statement.comparator}", n=statement.number)
    return Row(
        (_sentence(statement, voice), claim, voice.figure(statement.figure), _finding(statement, voice))
    )


def _sentence(statement: JudgedStatement, voice: Voice) -> Words:
    sentence = voice.text(statement.text)
    quoted = Run(voice("quoted", text=sentence.text), sentence.look, sentence.language)
    published = ""
    if statement.published_in and statement.published_on:
        day = voice.day(statement.published_on)
        published = voice("statements.published_on", place=statement.published_in, day=day)
    elif statement.published_in:
        published = voice("statements.published", place=statement.published_in)
    return (quoted, Run(published, "muted", breaks=True)) if published else quoted


def _finding(statement: JudgedStatement, voice: Voice) -> Badge:
    return Badge(
        voice(f"statements.{statement.judgement}"), _TONE[statement.judgement], _because(statement, voice)
    )


def _because(statement: JudgedStatement, voice: Voice) -> str:
    """Why it is not supported, or what would settle it."""
    figure = statement.figure
    if statement.judgement == "open" and statement.settled_by:
        return voice("statements.settled_by", n=statement.settled_by)
    if statement.judgement == "not_supported":
        too_many = statement.comparator in ("at_most", "fewer_than") or (
            statement.comparator == "exactly" and figure.lower > statement.number
        )
        if too_many:
            return voice("statements.at_least", n=figure.lower)
        return voice("statements.at_most", n=figure.upper)
    return ""
