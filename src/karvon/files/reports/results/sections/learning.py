"""What participants learned and thought: tests before and after, and marks given without names."""

from collections.abc import Iterator
from decimal import Decimal

from karvon.files.reports.document import Block, Column, Heading, Paragraph, Row, Run, Table, Words
from karvon.files.reports.results.voice import DASH, Voice
from karvon.rules.feedback import BEST, MARKS
from karvon.rules.reporting.content import EventLearning, ResultsReport
from karvon.rules.reporting.least import LEAST
from karvon.rules.wording import sign_of


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    if not report.learning:
        return
    yield Heading(1, voice("learning.heading"), "learning")
    yield from tests(report, voice)
    yield from marks(report, voice)


def tests(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    """Event by event, how many took both tests and what became of their scores."""
    rows = tuple(
        Row(
            (
                _event(learned, voice, voice("learning.out_of", most=voice.number(learned.tests.out_of))),
                voice.number(learned.tests.both),
                voice.number(learned.tests.gained),
                voice.tenths(learned.tests.before),
                voice.tenths(learned.tests.after),
                _signed(learned.tests.gain, voice),
            )
        )
        for learned in report.learning
        if learned.tests is not None
    )
    if not rows:
        return
    columns = (
        Column(voice("learning.event"), share=3),
        Column(voice("learning.both"), "end", share=1.2),
        Column(voice("learning.gained"), "end", share=1.2),
        Column(voice("learning.before"), "end"),
        Column(voice("learning.after"), "end"),
        Column(voice("learning.gain"), "end"),
    )
    yield Paragraph(voice("learning.tests_intro", n=LEAST))
    yield Table(columns, rows, voice("learning.tests_caption"))


def marks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    """Event by event, how many answered and the mean mark of each question."""
    rows = []
    for learned in report.learning:
        if learned.feedback is not None:
            given = dict(learned.feedback.means)
            means = [given.get(mark) for mark in MARKS]
            shown = [DASH if mean is None else voice.tenths(mean) for mean in means]
            rows.append(Row((_event(learned, voice), voice.number(learned.feedback.answers), *shown)))
    if not rows:
        return
    columns = (
        Column(voice("learning.event"), share=3),
        Column(voice("learning.answers"), "end"),
        *(Column(voice(f"learning.marks.{mark}"), "end", share=1.2) for mark in MARKS),
    )
    yield Paragraph(voice("learning.marks_intro", n=LEAST, best=BEST))
    yield Table(columns, tuple(rows), voice("learning.marks_caption"))


def _event(learned: EventLearning, voice: Voice, *further: str) -> Words:
    below = (voice.period(learned.period, short=True), *further)
    return (voice.text(learned.title), Run(" · ".join(part for part in below if part), "muted", breaks=True))


def _signed(change: Decimal, voice: Voice) -> str:
    return f"{sign_of(change)}{voice.tenths(abs(change))}"
