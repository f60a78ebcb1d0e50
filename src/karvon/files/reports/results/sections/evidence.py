"""The annex: every event, its sheets, whether a signed scan stands behind them, and the checksums."""

from collections.abc import Iterator

from karvon.files.reports.document import Block, Column, Heading, Paragraph, Row, Run, Table, Words
from karvon.files.reports.results.voice import Voice
from karvon.rules.reporting.content import (
    EventEvidence,
    EventHead,
    EvidenceDocument,
    EvidenceSheet,
    ResultsReport,
)


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    documents = tuple(document for event in report.evidence for document in event.documents) + tuple(
        report.documents
    )
    if report.evidence:
        yield Heading(1, voice("evidence.heading"), "evidence", numbered=False)
        yield Paragraph(voice("evidence.intro"))
        yield Paragraph(_totals(report, voice))
        yield _sheets(report, voice)
    if documents:
        yield Heading(1, voice("evidence.documents_heading"), "documents", numbered=False)
        yield _documents(documents, voice)


def _totals(report: ResultsReport, voice: Voice) -> str:
    sheets = [sheet for event in report.evidence for sheet in event.sheets]
    scanned = sum(sheet.scan is not None for sheet in sheets)
    lines = voice("summary.lines", n=sum(sheet.lines for sheet in sheets))
    return voice(
        "evidence.totals", n=len(sheets), scanned=scanned, transcript=len(sheets) - scanned, lines=lines
    )


def _sheets(report: ResultsReport, voice: Voice) -> Table:
    events = {event.key: event for visit in report.visits for event in visit.events}
    columns = (
        Column(voice("evidence.file"), share=3),
        Column(voice("evidence.lines"), "end"),
        Column(voice("evidence.sha256"), share=2.7),
    )
    rows: list[Row] = []
    for held in report.evidence:
        rows.append(Row((_event(held, events.get(held.event), voice),), "section"))
        if not held.sheets:
            rows.append(Row((Run(voice("evidence.no_sheet"), "muted"), "", "")))
        for sheet in held.sheets:
            rows.extend(_sheet(sheet, voice))
    return Table(columns, tuple(rows), voice("evidence.caption"))


def _event(held: EventEvidence, event: EventHead | None, voice: Voice) -> Words:
    if event is None:
        return held.event
    day = voice.period(event.period, short=True)
    return (voice.text(event.title), Run(f"\u2002{day}", "muted"))


def _sheet(sheet: EvidenceSheet, voice: Voice) -> Iterator[Row]:
    about = [
        voice("evidence.table_of", table=sheet.table) if sheet.table else "",
        voice.day(sheet.day, short=True),
        "" if sheet.role == "participant" else voice(f"results.values.{sheet.role}"),
        "" if sheet.scan else voice("evidence.transcript"),
        voice("evidence.withheld") if sheet.withheld else "",
    ]
    named = (Run(sheet.file, "code"), Run(voice.list(about), "muted", breaks=True))
    yield Row((named, voice.number(sheet.lines), Run(sheet.sha256, "code")))
    if sheet.scan:
        said = voice("evidence.scan")
        if sheet.scan.pages:
            pages = voice.list(str(page) for page in sheet.scan.pages)
            said = voice("evidence.scan_pages", n=len(sheet.scan.pages), pages=pages)
        scan = (Run(sheet.scan.file, "code"), Run(said, "muted", breaks=True))
        yield Row((scan, "", Run(sheet.scan.sha256, "code")), "detail")


def _documents(documents: tuple[EvidenceDocument, ...], voice: Voice) -> Table:
    rows: list[Row] = []
    for document in documents:
        about = [voice(f"evidence.kinds.{document.kind}"), voice.say(document.title)]
        if document.withheld:
            about.append(voice("evidence.withheld"))
        named = (Run(document.file, "code"), Run(voice.list(about), "muted", breaks=True))
        rows.append(Row((named, Run(document.sha256, "code"))))
    columns = (Column(voice("evidence.document"), share=3), Column(voice("evidence.sha256"), share=2.7))
    return Table(columns, tuple(rows), voice("evidence.documents_caption"))
