"""The front page: whose programme, which contracts, and the four figures everybody asks for."""

from karvon.files.reports.document import Column, Front, Row, Run, Table, Tile, Words, runs_of
from karvon.files.reports.results.voice import Voice, joined
from karvon.rules.programme.values import ALWAYS, Period
from karvon.rules.reporting.content import ResultRow, ResultsReport
from karvon.rules.reporting.figure import Figure
from karvon.rules.reporting.part import WHOLE, Part


def front(report: ResultsReport, voice: Voice) -> Front:
    programme = report.programme
    countries = [programme.home_country, *programme.partner_countries]
    facts: list[tuple[str, Words]] = [
        (voice("front.lead"), voice.text(programme.lead)),
        (voice("front.countries"), " – ".join(voice.country(code) for code in countries if code)),
        (voice("front.as_of"), voice.day(programme.as_of)),
    ]
    return Front(
        kicker=voice.say(programme.lead),
        title=voice.say(programme.title),
        subtitle=subtitle(report, voice),
        period=voice.period(_period(report)),
        tiles=tuple(_tiles(report, voice)),
        facts=tuple((label, words) for label, words in facts if runs_of(words)),
        contracts=_contracts(report, voice),
        acknowledgements=tuple(
            voice.text(contract.acknowledgement) for contract in report.contracts if contract.acknowledgement
        ),
        notice=voice("fictitious") if programme.fictitious else "",
    )


def subtitle(report: ResultsReport, voice: Voice) -> str:
    """What kind of report, and of which part of the programme."""
    said = voice("subtitle")
    if report.part.contract:
        said = voice("part.contract", report=said, number=own_number(report))
    if report.part.period != ALWAYS:
        said = voice("part.period", report=said, period=voice.period(report.part.period))
    return said


def own_number(report: ResultsReport) -> str:
    """The number of the one contract that the report speaks of."""
    return next((one.number for one in report.contracts if one.key == report.part.contract), "")


def _period(report: ResultsReport) -> Period:
    if report.part.period != ALWAYS:
        return report.part.period
    own = next((one.period for one in report.contracts if one.key == report.part.contract), ALWAYS)
    return own if own != ALWAYS else report.programme.period


def headline_row(report: ResultsReport) -> ResultRow | None:
    """The row of results shown large: the one named, else the first that counts people."""
    by_key = {row.key: row for row in report.results}
    if report.headline in by_key:
        return by_key[report.headline]
    return next((row for row in report.results if row.measure == "people"), None)


def headline_figure(row: ResultRow, part: Part = WHOLE) -> Figure | None:
    if part.contract:
        return next((one.figure for one in row.contracts if one.contract == part.contract), None)
    return row.programme or row.union


def answered(report: ResultsReport) -> tuple[int, int]:
    """How many recommendations have a response, of how many."""
    advice = [piece for group in report.advice for piece in group.advice]
    return sum(piece.response_status is not None for piece in advice), len(advice)


def directions(report: ResultsReport) -> tuple[int, int]:
    incoming = sum(visit.direction == "incoming" for visit in report.visits)
    return incoming, len(report.visits) - incoming


def _tiles(report: ResultsReport, voice: Voice) -> list[Tile]:
    tiles: list[Tile] = []
    row = headline_row(report)
    figure = headline_figure(row, report.part) if row else None
    if row and figure:
        details = [] if figure.settled else [voice.bounds(figure)]
        if report.notes.doubts_left:
            details.append(voice("front.tiles.doubts", n=report.notes.doubts_left))
        tiles.append(Tile(voice.number(figure.best), voice.say(row.title), "; ".join(details)))
    if report.visits:
        incoming, outgoing = directions(report)
        tiles.append(
            Tile(
                voice.number(len(report.visits)),
                voice("front.tiles.visits", n=len(report.visits)),
                voice("front.tiles.visits_detail", incoming=incoming, outgoing=outgoing),
            )
        )
    if report.advice:
        done, given = answered(report)
        tiles.append(
            Tile(
                voice.number(len(report.advice)),
                voice("front.tiles.advice", n=len(report.advice)),
                voice("front.tiles.advice_detail", answered=done, all=given),
            )
        )
    if report.proposals:
        submitted = sum(
            proposal.stage in ("submitted", "funded", "implemented") for proposal in report.proposals
        )
        tiles.append(
            Tile(
                voice.number(len(report.proposals)),
                voice("front.tiles.proposals", n=len(report.proposals)),
                voice("front.tiles.proposals_detail", n=submitted)
                if submitted
                else voice("front.tiles.proposals_none"),
            )
        )
    return tiles


def _contracts(report: ResultsReport, voice: Voice) -> Table:
    rows = tuple(
        Row(
            (
                joined((Run(contract.number, "strong"), voice.text(contract.title)), "\u2002"),
                voice.text(contract.funder),
                voice.period(contract.period, short=True),
                voice.money(contract.budget),
            )
        )
        for contract in report.contracts
    )
    columns = (
        Column(voice("contract.number"), share=2.6),
        Column(voice("contract.funder"), share=2),
        Column(voice("contract.period"), share=1.5),
        Column(voice("contract.budget"), "end"),
    )
    return Table(columns, rows, voice("front.contracts"))
