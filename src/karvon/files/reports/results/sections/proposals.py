"""Project proposals: how far each has come, what it costs and which advice it follows from."""

from collections.abc import Iterator
from dataclasses import replace

from karvon.files.reports.document import Block, Column, Facts, Heading, Paragraph, Row, Run, Table, Words
from karvon.files.reports.results.sections.advice import advice_numbers
from karvon.files.reports.results.sections.visits import said_list
from karvon.files.reports.results.voice import DASH, Voice
from karvon.rules.reporting.content import ProposalHead, ResultsReport


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    if not report.proposals:
        return
    yield Heading(1, voice("proposals.heading"), "proposals")
    yield Paragraph(voice("proposals.intro"))
    numbers = advice_numbers(report)
    columns = (
        Column(voice("proposals.number")),
        Column(voice("proposals.proposal"), share=3),
        Column(voice("proposals.stage"), share=1.4),
        Column(voice("proposals.cost"), "end"),
        Column(voice("proposals.sought"), "end"),
        Column(voice("proposals.follows"), share=0.95),
    )
    rows = tuple(
        _row(proposal, f"P{place}", numbers, voice)
        for place, proposal in enumerate(report.proposals, start=1)
    )
    yield Table(columns, rows, voice("proposals.caption"))
    for place, proposal in enumerate(report.proposals, start=1):
        yield from _proposal(proposal, f"P{place}", voice)


def _row(proposal: ProposalHead, number: str, numbers: dict[str, str], voice: Voice) -> Row:
    stage: Words = voice(f"proposals.stages.{proposal.stage}")
    if proposal.stage_on:
        since = voice("proposals.since", day=voice.day(proposal.stage_on, short=True))
        stage = (Run(str(stage)), Run(since, "muted", breaks=True))
    follows = voice.list(numbers[key] for key in proposal.advice if key in numbers)
    cells = (number, _named(proposal, voice), stage, voice.money(proposal.cost))
    return Row((*cells, voice.money(proposal.funding_sought), follows or DASH))


def _named(proposal: ProposalHead, voice: Voice) -> Words:
    """The title, and below it who owns it and where."""
    below = [voice.text(text, look="muted") for text in (proposal.owner, proposal.place) if text]
    runs = [voice.text(proposal.title)]
    for place, run in enumerate(below):
        if place:
            runs.append(Run(voice("list_comma"), "muted"))
        runs.append(replace(run, breaks=place == 0))
    return tuple(runs)


def _proposal(proposal: ProposalHead, number: str, voice: Voice) -> Iterator[Block]:
    """More than the table says, where there is more."""
    if not proposal.summary:
        return
    title = f"{number}\u2002{voice.say(proposal.title)}"
    yield Heading(2, title, f"proposal-{proposal.key}", numbered=False)
    yield Paragraph(voice.text(proposal.summary))
    if proposal.sectors:
        yield Facts(((voice("proposals.sectors"), said_list(proposal.sectors, voice)),))
