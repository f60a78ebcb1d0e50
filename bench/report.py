"""A results report of a thousand rows as PDF, beside typst alone compiling the same document.

Every call sets a document of its own: typst remembers what it has laid out before, in whichever call.
"""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from statistics import median

import typst
from tests.files.reports.sample import checksum, sample_report

from bench import Row, timed
from karvon.files.reports.results.report import compose, render
from karvon.files.writers.pdf.typesetting import STANDARDS, inputs, template
from karvon.rules.programme.text import Text
from karvon.rules.reporting.content import EvidenceSheet, ResultsReport

ROWS = 1000
ROUNDS = 5


def measure() -> list[Row]:
    reports = thousand_row_reports()
    render(next(reports), "en", "pdf")  # fonts and wording are read once per process
    ours: list[float] = []
    typst_alone: list[float] = []
    for _ in range(ROUNDS):
        for times, run in ((ours, _karvon), (typst_alone, _typst)):
            gc.collect()
            times.append(run(next(reports)))
    word = timed(lambda: render(next(reports), "en", "docx"))[1]
    page = timed(lambda: render(next(reports), "en", "html"))[1]
    return [
        Row(f"results report of {ROWS} rows as PDF", median(ours), median(typst_alone), "s", 1.5),
        Row(f"results report of {ROWS} rows as Word", word, None, "s", None),
        Row(f"results report of {ROWS} rows as HTML", page, None, "s", None),
    ]


def thousand_row_reports() -> Iterator[ResultsReport]:
    """The sample with a thousand sheets in its annex, no two reports alike."""
    report = sample_report()
    for turn in count(1):
        sheets = tuple(
            EvidenceSheet(
                f"sheets/{turn}-{number:04}.xlsx", checksum(f"{turn} {number}"), lines=20 + number % 30
            )
            for number in range(ROWS)
        )
        title = Text.of({"en": f"Programme {turn}"})
        yield replace(
            report,
            programme=replace(report.programme, title=title),
            evidence=(replace(report.evidence[0], sheets=sheets, documents=()),),
        )


def _karvon(report: ResultsReport) -> float:
    return timed(lambda: render(report, "en", "pdf"))[1]


def _typst(report: ResultsReport) -> float:
    """The document is composed before the clock starts."""
    document = compose(report, "en")
    told = inputs(document)
    day = document.dated
    return timed(
        lambda: typst.compile(
            template(),
            format="pdf",
            sys_inputs=told,
            pdf_standards=list(STANDARDS),
            ignore_system_fonts=True,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    )[1]
