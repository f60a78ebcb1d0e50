"""Results: a column per contract, the overlap and the union beside them, and the figure broken down."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from karvon.files.reports.document import Block, Column, Heading, Paragraph, Row, Run, Table, Words
from karvon.files.reports.results import pictures
from karvon.files.reports.results.sections.front import own_number
from karvon.files.reports.results.sections.visits import contract_numbers
from karvon.files.reports.results.voice import DASH, Voice
from karvon.rules.programme.text import Text
from karvon.rules.reporting.content import Breakdown, ContractHead, ResultRow, ResultsReport
from karvon.rules.reporting.figure import Figure

CONTRACTS_PER_TABLE: Final = 3
"""A fourth column of contracts would leave the indicator's name too narrow on A4."""


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    if not report.results:
        return
    yield Heading(1, voice("results.heading"), "results", new_page=True)
    if report.part.contract:
        yield Paragraph(voice("part.intro", number=own_number(report)))
    else:
        yield Paragraph(voice("results.intro"))
    yield Paragraph(voice("results.bounds_note"))
    yield from _tables(report, voice)
    for note in _notes(report, voice):
        yield Paragraph(note, "small")
    if not report.part.contract:
        yield from pictures.by_contract(report, voice)
    yield from _breakdowns(report, voice)


def _notes(report: ResultsReport, voice: Voice) -> Iterator[str]:
    figures = [figure for row in report.results for figure in _figures(row)]
    if None in figures:
        yield voice("results.not_measured")
    if any(figure.outer for figure in figures if figure):
        yield voice("results.outer_note")


def _figures(row: ResultRow) -> list[Figure | None]:
    own = [contract.figure for contract in row.contracts]
    if row.programme is None and row.union is None:
        return [*own, *(shared.figure for shared in row.overlaps)]
    return [*own, *(shared.figure for shared in row.overlaps), row.union, row.programme]


def _tables(report: ResultsReport, voice: Voice) -> Iterator[Table]:
    contracts = report.contracts
    if report.part.contract:
        yield _one_contract_table(report, contracts[0], voice)
        return
    if len(contracts) <= 2:
        yield _whole_table(report, voice)
        return
    yield _programme_table(report, voice)
    parts = [
        contracts[start : start + CONTRACTS_PER_TABLE]
        for start in range(0, len(contracts), CONTRACTS_PER_TABLE)
    ]
    for place, part in enumerate(parts, start=1):
        caption = voice("results.caption_part", part=place, parts=len(parts))
        yield _contract_table(report, part, voice("results.caption") if len(parts) == 1 else caption, voice)
    if any(row.overlaps for row in report.results):
        yield _overlap_table(report, voice)


def _whole_table(report: ResultsReport, voice: Voice) -> Table:
    """Everything in one table: up to two contracts, what is under both, the union, the programme."""
    two = len(report.contracts) == 2
    rules = _rule_names(report)
    columns = [Column(voice("results.indicator"), share=2.4)]
    columns += [Column(contract.number, "end", share=1.15) for contract in report.contracts]
    if two:
        columns += [
            Column(voice("results.both"), "end", share=1),
            Column(voice("results.union"), "end", share=1),
        ]
    columns.append(Column(voice("results.programme"), "end", share=1.15))
    rows: list[Row] = []
    for row in report.results:
        cells = [
            _name(row, rules, voice),
            *(_contract_cell(row, contract, voice) for contract in report.contracts),
        ]
        if two:
            shared = next((each.figure for each in row.overlaps), None)
            cells += [voice.figure(shared), voice.figure(row.union)]
        cells.append(_programme_cell(row, voice))
        rows.append(Row(tuple(cells)))
        rows.extend(_participations(row, len(columns), voice))
    return Table(tuple(columns), tuple(rows), voice("results.caption"))


def _one_contract_table(report: ResultsReport, contract: ContractHead, voice: Voice) -> Table:
    """The contract's own figures, and beside each how much of it is counted under another contract too."""
    rules = _rule_names(report)
    others = [
        one
        for one in report.further_contracts
        if any(one.key in shared.contracts for row in report.results for shared in row.overlaps)
    ][:CONTRACTS_PER_TABLE]
    columns = [Column(voice("results.indicator"), share=2.6), Column(contract.number, "end", share=1.2)]
    columns += [Column(voice("part.also", number=one.number), "end", share=1.2) for one in others]
    rows: list[Row] = []
    for row in report.results:
        shared = {key: one.figure for one in row.overlaps for key in one.contracts if key != contract.key}
        cells = [_name(row, rules, voice), _contract_cell(row, contract, voice)]
        cells += [voice.figure(shared.get(other.key)) for other in others]
        rows.append(Row(tuple(cells)))
        if row.participations is not None:
            blank: tuple[Words, ...] = ("",) * len(others)
            said = Run(voice("results.participations"), "muted")
            rows.append(Row((said, _quiet_figure(row.participations, voice), *blank), "detail"))
    return Table(tuple(columns), tuple(rows), voice("results.caption"))


def _programme_table(report: ResultsReport, voice: Voice) -> Table:
    columns = (
        Column(voice("results.indicator"), share=3),
        Column(voice("results.union"), "end", share=1.4),
        Column(voice("results.programme"), "end", share=1),
    )
    rules = _rule_names(report)
    rows: list[Row] = []
    for row in report.results:
        rows.append(Row((_name(row, rules, voice), voice.figure(row.union), _programme_cell(row, voice))))
        rows.extend(_participations(row, len(columns), voice))
    return Table(columns, tuple(rows), voice("results.caption_programme"))


def _contract_table(
    report: ResultsReport, contracts: tuple[ContractHead, ...], caption: str, voice: Voice
) -> Table:
    columns = (
        Column(voice("results.indicator"), share=2.4),
        *(Column(contract.number, "end", share=1.2) for contract in contracts),
    )
    rules = _rule_names(report)
    rows = tuple(
        Row((_name(row, rules, voice), *(_contract_cell(row, contract, voice) for contract in contracts)))
        for row in report.results
    )
    return Table(columns, rows, caption)


def _rule_names(report: ResultsReport) -> dict[str, Text]:
    return {rule.id: rule.name for rule in report.rules}


def _overlap_table(report: ResultsReport, voice: Voice) -> Table:
    numbers = contract_numbers(report)
    rows: list[Row] = []
    for row in report.results:
        if row.overlaps:
            rows.append(Row((voice.text(row.title),), "section"))
        for shared in row.overlaps:
            together = " + ".join(numbers.get(key, key) for key in shared.contracts)
            rows.append(Row((together, voice.figure(shared.figure))))
    columns = (Column(voice("results.contracts"), share=3), Column(voice("results.figure"), "end", share=1))
    return Table(columns, tuple(rows), voice("results.caption_overlaps"))


def _name(row: ResultRow, rules: Mapping[str, Text], voice: Voice) -> Words:
    """The indicator, and below it the rule it is counted by."""
    title = voice.text(row.title)
    rule = rules.get(row.rule)
    if not rule:
        return title
    return (title, Run(voice("results.rule", rule=voice.say(rule)), "muted", breaks=True))


def _goals(baseline: Decimal | None, target: Decimal | None, voice: Voice) -> list[str]:
    said = [] if baseline is None else [voice("results.baseline", n=baseline.normalize())]
    return said if target is None else [*said, voice("results.target", n=target.normalize())]


def _contract_cell(row: ResultRow, contract: ContractHead, voice: Voice) -> Words:
    of_contract = next((each for each in row.contracts if each.contract == contract.key), None)
    if of_contract is None:
        return DASH
    return voice.figure(of_contract.figure, *_goals(None, of_contract.target, voice))


def _programme_cell(row: ResultRow, voice: Voice) -> Words:
    return voice.figure(row.programme, *_goals(row.baseline, row.target, voice))


def _participations(row: ResultRow, columns: int, voice: Voice) -> Iterator[Row]:
    """The usual wrong total, under its own name right below the unique one."""
    if row.participations is None:
        return
    blank: tuple[Words, ...] = ("",) * (columns - 2)
    yield Row(
        (
            Run(voice("results.participations"), "muted"),
            *blank,
            _quiet_figure(row.participations, voice),
        ),
        "detail",
    )


def _quiet_figure(figure: Figure, voice: Voice) -> Words:
    bounds = voice.bounds(figure)
    number = Run(voice.number(figure.best), "muted")
    return (number, Run(bounds, "muted", breaks=True)) if bounds else number


def _breakdowns(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    titles = {row.key: row.title for row in report.results}
    numbers = contract_numbers(report)
    withheld = False
    for breakdown in report.breakdowns:
        if not breakdown.cells:
            continue
        by = voice(f"results.by.{breakdown.by}")
        if breakdown.participations:
            caption = voice("results.breakdown_participations", by=by)
        else:
            facts = {"title": voice.say(titles.get(breakdown.indicator, report.programme.title)), "by": by}
            caption = voice("results.breakdown", **facts)
            if breakdown.contract:
                number = numbers.get(breakdown.contract, breakdown.contract)
                caption = voice("results.breakdown_contract", contract=number, **facts)
        yield Heading(2, caption, f"by-{breakdown.by}-{breakdown.indicator}-{breakdown.contract}".rstrip("-"))
        yield from pictures.breakdown(breakdown, caption, voice)
        yield _breakdown_table(breakdown, caption, voice)
        withheld = withheld or any(cell.figure is None for cell in breakdown.cells)
        if not breakdown.exclusive:
            yield Paragraph(voice("results.breakdown_overlapping"), "small")
    if withheld:
        yield Paragraph(voice("results.values.withheld_note", n=report.notes.least_cell), "small")


def _breakdown_table(breakdown: Breakdown, caption: str, voice: Voice) -> Table:
    """The same figures as the bars, a line each, with the bounds in a column of their own."""
    total = breakdown.total
    bounded = any(figure and not figure.settled for figure in (total, *(c.figure for c in breakdown.cells)))
    shared = breakdown.exclusive and total is not None and total.best > 0
    figure_head = voice("results.figure" if breakdown.participations else "results.breakdown_people")
    columns = [Column(voice("results.breakdown_value"), share=3), Column(figure_head, "end", share=1)]
    if bounded:
        columns.append(Column(voice("results.breakdown_bounds"), "end", share=1))
    if shared:
        columns.append(Column(voice("results.breakdown_share"), "end", share=1))

    def row(name: str, figure: Figure | None, share: str) -> tuple[Words, ...]:
        withheld = Run(voice("results.values.withheld"), "muted")
        cells: list[Words] = [name, withheld if figure is None else voice.number(figure.best)]
        if bounded:
            cells.append("" if figure is None else Run(voice.bounds(figure), "muted"))
        return (*cells, share) if shared else tuple(cells)

    rows = [
        Row(row(pictures.cell_name(cell, voice), cell.figure, _share(cell.figure, total, voice)))
        for cell in breakdown.cells
    ]
    if total is not None:
        rows.append(Row(row(voice("results.breakdown_total"), total, ""), "total"))
    return Table(tuple(columns), tuple(rows), caption, caption_shown=False)


def _share(part: Figure | None, whole: Figure | None, voice: Voice) -> str:
    if part is None or whole is None or not whole.best:
        return DASH
    percent = (Decimal(part.best) * 100 / Decimal(whole.best)).quantize(Decimal("1"))
    return f"{voice.number(percent)}\u00a0%"
