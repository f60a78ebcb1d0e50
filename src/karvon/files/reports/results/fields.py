"""What an organisation's own template may ask of the results report, by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from karvon.files.reports.document import Block, Table
from karvon.files.reports.results.sections import (
    advice,
    evidence,
    learning,
    proposals,
    results,
    statements,
    visits,
)
from karvon.files.reports.results.sections.front import answered, directions, headline_figure, subtitle
from karvon.files.reports.results.voice import Voice
from karvon.rules.reporting.content import ContractHead, ResultsReport
from karvon.rules.reporting.figure import Figure

_TABLES: Final[Mapping[str, Callable[[ResultsReport, Voice], Iterable[Block]]]] = {
    "table.statements": statements.blocks,
    "table.visits": visits.blocks,
    "table.results": results.blocks,
    "table.tests": learning.tests,
    "table.feedback": learning.marks,
    "table.recommendations": advice.blocks,
    "table.proposals": proposals.blocks,
    "table.evidence": evidence.blocks,
}
"""The first table of these chapters."""


def fields_of(report: ResultsReport, language: str) -> dict[str, str]:
    """Name -> value in this language, in an order to be read; '' for what is not known."""
    voice = Voice.of(language)
    return {
        **_programme(report, voice),
        **_contracts(report, voice),
        **_counts(report, voice),
        **_figures(report, voice),
    }


def tables_of(report: ResultsReport, language: str) -> dict[str, Table]:
    """Name -> table in this language; those with nothing in them are left out."""
    voice = Voice.of(language)
    found = {}
    for name, blocks in _TABLES.items():
        table = next((block for block in blocks(report, voice) if isinstance(block, Table)), None)
        if table is not None:
            found[name] = table
    return found


def table_names() -> tuple[str, ...]:
    return tuple(_TABLES)


def _programme(report: ResultsReport, voice: Voice) -> dict[str, str]:
    programme = report.programme
    return {
        "programme.title": voice.say(programme.title),
        "programme.period": voice.period(programme.period),
        "programme.lead": voice.say(programme.lead),
        "programme.summary": voice.say(programme.summary),
        "report.title": subtitle(report, voice),
        "report.period": voice.period(report.part.period),
        "report.as_of": voice.day(programme.as_of),
    }


def _contracts(report: ResultsReport, voice: Voice) -> dict[str, str]:
    """Of every contract the report speaks of, one after the other."""

    def all_of(say: Callable[[ContractHead], str]) -> str:
        return voice("list_semicolon").join(said for one in report.contracts if (said := say(one)))

    return {
        "contract.number": all_of(lambda one: one.number),
        "contract.title": all_of(lambda one: voice.say(one.title)),
        "contract.funder": all_of(lambda one: voice.say(one.funder)),
        "contract.period": all_of(lambda one: voice.period(one.period)),
        "contract.budget": all_of(lambda one: voice.money(one.budget) if one.budget else ""),
        "contract.acknowledgement": all_of(lambda one: voice.say(one.acknowledgement)),
        "contract.shared_with": voice.list(one.number for one in report.further_contracts),
    }


def _counts(report: ResultsReport, voice: Voice) -> dict[str, str]:
    incoming, outgoing = directions(report)
    done, given = answered(report)
    sheets = sum(len(event.sheets) for event in report.evidence)
    numbers = {
        "visits.count": len(report.visits),
        "visits.incoming": incoming,
        "visits.outgoing": outgoing,
        "events.count": sum(len(visit.events) for visit in report.visits),
        "recommendations.count": given,
        "recommendations.answered": done,
        "proposals.count": len(report.proposals),
        "sheets.count": sheets,
        "lines.count": report.notes.lines,
        "doubts.left": report.notes.doubts_left,
        "matches.unseen": report.notes.certain_unseen,
    }
    return {name: voice.number(number) for name, number in numbers.items()}


def _figures(report: ResultsReport, voice: Voice) -> dict[str, str]:
    """Of every figure; in the report of the whole programme also as each contract counts it."""
    found: dict[str, str] = {}
    for row in report.results:
        name = f"figure.{row.key}"
        found[f"{name}.title"] = voice.say(row.title)
        found.update(_numbers(name, headline_figure(row, report.part), voice))
        for own in row.contracts:
            found.update(_numbers(f"{name}.{own.contract}", own.figure, voice))
            found[f"{name}.{own.contract}.target"] = (
                voice.number(own.target.normalize()) if own.target is not None else ""
            )
    return found


def _numbers(name: str, figure: Figure | None, voice: Voice) -> Iterator[tuple[str, str]]:
    for bound in ("best", "lower", "upper"):
        yield f"{name}.{bound}", voice.number(getattr(figure, bound)) if figure else ""
