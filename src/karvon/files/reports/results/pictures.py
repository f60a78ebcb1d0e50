"""The report's drawings with the words that stand for them when they cannot be seen."""

from collections.abc import Iterator

from karvon.files.drawing import (
    Bar,
    ContractBar,
    MapPlace,
    TimelineEvent,
    TimelineVisit,
    bar_chart,
    contract_chart,
    route_map,
    timeline,
)
from karvon.files.reports.document import Picture
from karvon.files.reports.results.sections.front import headline_row
from karvon.files.reports.results.voice import Voice
from karvon.rules.programme.text import Text
from karvon.rules.reporting.content import Breakdown, Cell, PlaceSeen, ResultsReport
from karvon.rules.reporting.figure import Figure

WIDTH = 166.0
"""Millimetres: the text's width on A4."""


def where(report: ResultsReport, voice: Voice) -> Iterator[Picture]:
    """The map, when at least one place has coordinates."""
    home, away = _home_and_away(report)
    if home is None and not away:
        return
    title = voice("visits.map")
    named = voice.list(dict.fromkeys(voice.say(place.name) for place in away))
    if home and away:
        alt = voice("visits.map_alt", home=voice.say(home.name), away=named)
    else:
        alt = voice("visits.map_alt_places", places=named or (voice.say(home.name) if home else ""))
    svg = route_map(
        _placed(home, voice) if home else None,
        [_placed(place, voice) for place in away],
        title=title,
        description=alt,
        language=voice.language,
        name="route-map",
        standalone=True,
    )
    yield Picture(svg, alt, title, WIDTH)


def _home_and_away(report: ResultsReport) -> tuple[PlaceSeen | None, list[PlaceSeen]]:
    """Home is the first place of the home country, among the further places or the incoming visits."""
    every = [*report.places, *(place for visit in report.visits for place in visit.places)]
    located = {
        place.key: place for place in every if place.latitude is not None and place.longitude is not None
    }
    country = report.programme.home_country
    home = next((place for place in located.values() if place.country == country), None)
    visited = [place.key for visit in report.visits for place in visit.places]
    away = [located[key] for key in dict.fromkeys(visited) if key in located and located[key] != home]
    return home, away


def _placed(place: PlaceSeen, voice: Voice) -> MapPlace:
    return MapPlace(
        voice.say(place.name), place.country, float(place.longitude or 0), float(place.latitude or 0)
    )


def when(report: ResultsReport, voice: Voice) -> Iterator[Picture]:
    """The timeline of the visits whose days are known."""
    visits = [
        TimelineVisit(
            voice.say(visit.title),
            visit.direction,
            visit.period.starts,
            visit.period.ends,
            tuple(
                TimelineEvent(voice.say(event.title), event.kind, event.period.starts, event.period.ends)
                for event in visit.events
                if event.period.starts and event.period.ends
            ),
        )
        for visit in report.visits
        if visit.period.starts and visit.period.ends
    ]
    if not visits:
        return
    title = voice("visits.timeline")
    told = voice("list_semicolon").join(
        f"{voice.say(visit.title)}, {voice.period(visit.period)}"
        for visit in report.visits
        if visit.period.starts
    )
    alt = voice("visits.timeline_alt", visits=told)
    svg = timeline(
        visits, title=title, description=alt, language=voice.language, name="timeline", standalone=True
    )
    yield Picture(svg, alt, title, WIDTH)


def by_contract(report: ResultsReport, voice: Voice) -> Iterator[Picture]:
    """The headline figure per contract, with the overlap."""
    row = headline_row(report)
    if row is None:
        return
    numbers = {contract.key: contract.number for contract in report.contracts}
    bars = [
        ContractBar(numbers.get(each.contract, each.contract), each.figure)
        for each in row.contracts
        if each.figure is not None
    ]
    if not bars:
        return
    both = row.overlaps[0].figure if len(row.overlaps) == 1 else None
    title = voice("results.chart", title=voice.say(row.title))
    told = [_told(bar.number, bar.figure, voice) for bar in bars]
    if len(bars) == 2 and both is not None:
        told.append(_told(voice("results.both"), both, voice))
    if row.union is not None:
        told.append(_told(voice("results.union"), row.union, voice))
    if row.programme is not None:
        told.append(_told(voice("results.programme"), row.programme, voice))
    alt = voice("results.chart_alt", bars=voice("list_semicolon").join(told))
    svg = contract_chart(
        bars,
        both=both,
        union=row.union,
        programme=row.programme,
        title=title,
        description=alt,
        language=voice.language,
        name="by-contract",
        standalone=True,
    )
    yield Picture(svg, alt, title, WIDTH)


def breakdown(breakdown: Breakdown, title: str, voice: Voice) -> Iterator[Picture]:
    """A bar per cell; a long breakdown stays a table."""
    if not 2 <= len(breakdown.cells) <= 24 or all(cell.figure is None for cell in breakdown.cells):
        return
    named = [(cell_name(cell, voice), cell.figure) for cell in breakdown.cells]
    told = [
        _told(name, figure, voice) if figure else f"{name} – {voice('results.values.withheld')}"
        for name, figure in named
    ]
    alt = voice("results.chart_alt", bars=voice("list_semicolon").join(told))
    svg = bar_chart(
        [Bar(name, figure) for name, figure in named],
        title=title,
        description=alt,
        language=voice.language,
        name=f"by-{breakdown.by.replace('_', '-')}",
        standalone=True,
    )
    yield Picture(svg, alt, "", WIDTH)


def cell_name(cell: Cell, voice: Voice) -> str:
    """The cell's own label, else the report's word for its key, else the key."""
    if cell.label != Text():
        return voice.say(cell.label)
    known = f"results.values.{cell.key}"
    return voice(known) if voice.word.knows(known) else cell.key


def _told(name: str, figure: Figure, voice: Voice) -> str:
    bounds = voice.bounds(figure)
    return f"{name} – {voice.number(figure.best)}" + (f" ({bounds})" if bounds else "")
