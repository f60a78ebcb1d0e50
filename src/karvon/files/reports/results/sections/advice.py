"""Recommendations by area: to whom, how urgent, what was answered and done."""

from collections.abc import Iterator
from datetime import date

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
from karvon.files.reports.results.sections.visits import said_list
from karvon.files.reports.results.voice import DASH, Voice
from karvon.rules.programme.description import ResponseStatus
from karvon.rules.reporting.content import Advice, AdviceGroup, ResultsReport


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    if not report.advice:
        return
    yield Heading(1, voice("advice.heading"), "recommendations", new_page=True)
    yield Paragraph(voice("advice.intro"))
    yield _overview(report, voice)
    numbers = advice_numbers(report)
    for group in report.advice:
        yield Heading(2, voice.say(group.title), f"area-{group.key}")
        for piece in group.advice:
            yield from _advice(piece, numbers[piece.key], report.programme.as_of, voice)


def advice_numbers(report: ResultsReport) -> dict[str, str]:
    """``R1.2`` for the second recommendation of the first area; the proposals refer to them."""
    return {
        piece.key: f"R{area}.{place}"
        for area, group in enumerate(report.advice, start=1)
        for place, piece in enumerate(group.advice, start=1)
    }


def _overview(report: ResultsReport, voice: Voice) -> Table:
    outcomes: tuple[ResponseStatus, ...] = ("accepted", "partly_accepted", "rejected")

    def tally(groups: tuple[AdviceGroup, ...]) -> list[Words]:
        statuses = [piece.response_status for group in groups for piece in group.advice]
        counts = [len(statuses), *(statuses.count(outcome) for outcome in outcomes), statuses.count(None)]
        return [voice.number(count) for count in counts]

    rows = [Row((voice.text(group.title), *tally((group,)))) for group in report.advice]
    if len(rows) > 1:
        rows.append(Row((voice("advice.total"), *tally(report.advice)), "total"))
    heads = ("given", *outcomes, "waiting")
    columns = (
        Column(voice("advice.area"), share=2.6),
        *(Column(voice(f"advice.{head}"), "end", share=1) for head in heads),
    )
    return Table(columns, tuple(rows), voice("advice.overview"))


def _advice(piece: Advice, number: str, as_of: date, voice: Voice) -> Iterator[Block]:
    yield Heading(3, f"{number}\u2002{voice.say(piece.title)}", f"advice-{piece.key}", numbered=False)
    if piece.text:
        yield Paragraph(voice.text(piece.text))
    about: list[tuple[str, Words]] = [
        (voice("advice.addressee"), voice.text(piece.addressee)),
        (voice("advice.priority"), voice(f"advice.priorities.{piece.priority}")),
        (voice("advice.given_on"), voice.day(piece.given_on)),
        (voice("advice.observed"), said_list(piece.observed, voice)),
    ]
    yield Facts(
        tuple((label, words) for label, words in about if runs_of(words)), on_one_line=True, leads_on=True
    )
    yield Facts(((voice("advice.response"), _response(piece, as_of, voice)),), leads_on=bool(piece.actions))
    if piece.actions:
        yield _actions(piece, number, voice)


def _response(piece: Advice, as_of: date, voice: Voice) -> Words:
    if piece.response_status is None:
        if piece.response_due is None:
            return voice("advice.response_none")
        waits = "overdue" if piece.response_due < as_of else "due"
        return voice(f"advice.response_{waits}", day=voice.day(piece.response_due))
    status = voice(f"advice.statuses.{piece.response_status}")
    if piece.responded_on:
        status = voice("advice.response_on", status=status, day=voice.day(piece.responded_on))
    said = voice.text(piece.response)
    return (Run(status, "strong"), Run(". "), said) if said.text else Run(status, "strong")


def _actions(piece: Advice, number: str, voice: Voice) -> Table:
    columns = (
        Column(voice("advice.action"), share=3),
        Column(voice("advice.owner"), share=1.6),
        Column(voice("advice.due"), share=1),
        Column(voice("advice.completed"), share=1),
        Column(voice("advice.verified"), share=1.3),
    )
    rows = tuple(
        Row(
            (
                voice.text(action.text),
                voice.text(action.owner) if action.owner else DASH,
                voice.day(action.due, short=True) or DASH,
                voice.day(action.completed_on, short=True) or DASH,
                voice.text(action.verified_by) if action.verified_by else DASH,
            )
        )
        for action in piece.actions
    )
    return Table(columns, rows, voice("advice.actions", number=number))
