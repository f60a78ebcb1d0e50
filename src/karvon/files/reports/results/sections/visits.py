"""The visits: where, when, for what, paid by whom, and what stood on the agenda."""

from collections.abc import Iterator
from dataclasses import replace

from karvon.files.reports.document import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    Words,
    runs_of,
)
from karvon.files.reports.results import pictures
from karvon.files.reports.results.voice import DASH, Voice, joined
from karvon.rules.programme.text import Text
from karvon.rules.reporting.content import EventHead, ResultsReport, VisitHead


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    if not report.visits:
        return
    yield Heading(1, voice("visits.heading"), "visits", new_page=True)
    yield from pictures.where(report, voice)
    yield from pictures.when(report, voice)
    yield _overview(report, voice)
    numbers = contract_numbers(report)
    for visit in report.visits:
        yield Heading(2, voice.say(visit.title), f"visit-{visit.key}")
        yield from _visit(visit, numbers, voice)
    if report.members:
        yield Heading(2, voice("visits.members"), "members")
        yield Paragraph(voice("visits.members_intro"))
        yield _members(report, voice)


def contract_numbers(report: ResultsReport) -> dict[str, str]:
    return {contract.key: contract.number for contract in (*report.contracts, *report.further_contracts)}


def said_list(texts: tuple[Text, ...], voice: Voice) -> tuple[Run, ...]:
    """Texts as one list, each keeping its own language."""
    return joined((voice.text(text) for text in texts), voice("list_comma"))


def _overview(report: ResultsReport, voice: Voice) -> Table:
    numbers = contract_numbers(report)
    columns = (
        Column(voice("visits.number")),
        Column(voice("visits.visit"), share=3),
        Column(voice("visits.dates"), share=1.6),
        Column(voice("visits.places"), share=1.5),
        Column(voice("visits.paid_by"), share=1.9),
    )
    rows = tuple(
        Row(
            (
                str(place),
                (
                    voice.text(visit.title),
                    Run(voice(f"visits.{visit.direction}"), "muted", breaks=True),
                ),
                voice.period(visit.period, short=True),
                said_list(tuple(where.name for where in visit.places), voice),
                voice.list(
                    voice(
                        "visits.share",
                        contract=numbers.get(share.contract, share.contract),
                        percent=share.percent.normalize(),
                    )
                    for share in visit.shares
                )
                or voice("visits.no_contract"),
            )
        )
        for place, visit in enumerate(report.visits, start=1)
    )
    return Table(columns, rows, voice("visits.table"))


def _visit(visit: VisitHead, numbers: dict[str, str], voice: Voice) -> Iterator[Block]:
    travelled = "delegates" if visit.direction == "incoming" else "experts"
    facts: list[tuple[str, Words]] = [
        (voice("visits.dates"), voice.period(visit.period)),
        (voice("visits.host"), voice.text(visit.host)),
        (voice("visits.sectors"), said_list(visit.sectors, voice)),
    ]
    if visit.experts:
        facts.append((voice(f"visits.{travelled}"), voice(f"visits.{travelled}_many", n=visit.experts)))
    if visit.purpose:
        yield Paragraph(voice.text(visit.purpose))
    yield Facts(
        tuple((label, words) for label, words in facts if runs_of(words)), leads_on=bool(visit.events)
    )
    if visit.events:
        yield Table(
            (
                Column(voice("visits.dates"), share=1.35),
                Column(voice("visits.event"), share=3),
                Column(voice("visits.kind"), share=1.25),
                Column(voice("visits.hours"), "end"),
                Column(voice("visits.paid_by"), share=1.5),
            ),
            tuple(_event(event, numbers, voice) for event in visit.events),
            voice("visits.agenda", visit=voice.say(visit.title)),
            row_heads=False,
        )


def _event(event: EventHead, numbers: dict[str, str], voice: Voice) -> Row:
    where = joined(
        (voice.text(event.facility, look="muted"), voice.text(event.place, look="muted")), voice("list_comma")
    )
    title = voice.text(event.title)
    shown: Words = title
    if where:
        shown = (title, replace(where[0], breaks=True), *where[1:])
    return Row(
        (
            voice.period(event.period, short=True),
            shown,
            voice(f"visits.kinds.{event.kind}"),
            voice.number(event.hours.normalize()) if event.hours is not None else DASH,
            voice.list(numbers.get(key, key) for key in event.contracts) or voice("visits.no_contract"),
        )
    )


def _members(report: ResultsReport, voice: Voice) -> Table:
    order = {visit.key: str(place) for place, visit in enumerate(report.visits, start=1)}
    rows = tuple(
        Row((voice.text(member.name), voice.list(order[key] for key in member.visits if key in order)))
        for member in report.members
    )
    return Table(
        (Column(voice("visits.company"), share=3), Column(voice("visits.on_visits"), share=1)),
        rows,
        voice("visits.members"),
    )
