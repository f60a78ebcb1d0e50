"""At a glance: the programme's own words, then what can be said in a few sentences."""

from collections.abc import Iterator

from karvon.files.reports.document import Block, Bullets, Heading, Paragraph
from karvon.files.reports.results.sections.front import (
    answered,
    directions,
    headline_figure,
    headline_row,
)
from karvon.files.reports.results.sections.visits import contract_numbers
from karvon.files.reports.results.voice import Voice
from karvon.rules.programme.values import ALWAYS
from karvon.rules.reporting.content import ResultsReport


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    yield Heading(1, voice("summary.heading"), "summary")
    if report.part.period != ALWAYS:
        yield Paragraph(voice("part.only", period=voice.period(report.part.period)))
    if report.further_contracts:
        numbers = voice.list(contract.number for contract in report.further_contracts)
        yield Paragraph(voice("part.shared", numbers=numbers))
    if report.programme.summary:
        yield Paragraph(voice.text(report.programme.summary), "lead")
    sentences = tuple(_sentences(report, voice))
    if sentences:
        yield Bullets(sentences)


def _sentences(report: ResultsReport, voice: Voice) -> Iterator[str]:
    yield from _people(report, voice)
    if report.visits:
        incoming, outgoing = directions(report)
        events = voice("summary.events", n=sum(len(visit.events) for visit in report.visits))
        yield voice(
            "summary.visits", n=len(report.visits), incoming=incoming, outgoing=outgoing, events=events
        )
    if report.advice:
        done, given = answered(report)
        groups = voice("summary.groups", n=len(report.advice))
        yield voice("summary.advice", n=given, groups=groups, answered=done)
    if report.proposals:
        yield voice("summary.proposals", n=len(report.proposals))
    sheets = sum(len(event.sheets) for event in report.evidence)
    if sheets:
        yield voice("summary.evidence", n=sheets, lines=voice("summary.lines", n=report.notes.lines))


def _people(report: ResultsReport, voice: Voice) -> Iterator[str]:
    row = headline_row(report)
    figure = headline_figure(row, report.part) if row else None
    if row is None or figure is None:
        return
    said = "summary.trained" if figure.settled else "summary.trained_bounds"
    yield voice(said, title=voice.say(row.title), best=figure.best, lower=figure.lower, upper=figure.upper)
    numbers = contract_numbers(report)
    for shared in row.overlaps:
        if len(shared.contracts) == 2:
            first, second = (numbers.get(key, key) for key in shared.contracts)
            said = "summary.both" if shared.figure.best else "summary.none_both"
            yield voice(said, best=shared.figure.best, first=first, second=second)
