"""The drawings of our pages: small SVG written into the page itself, so that nothing else is requested."""

from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from karvon.files.drawing import (
    MapPlace,
    TimelineEvent,
    TimelineVisit,
    route_map,
    timeline,
)
from karvon.queries.programme import ProgrammeRow
from karvon.queries.visits import VisitRow
from karvon.rules.places import CataloguePlace, find_place, place_of_key
from karvon.rules.programme.description import Event, Visit
from karvon.web.languages import current


def overview_map(programme: ProgrammeRow, visits: Iterable[Visit]) -> SafeString | None:
    """Home and every place visited."""
    seen = dict.fromkeys(place for visit in visits for place in visit.places)
    return _map(programme, seen, title=_("Where the visits went"), name="map")


def visit_map(programme: ProgrammeRow, visit: VisitRow) -> SafeString | None:
    return _map(programme, visit.places, title=_("Where the visit went"), name="map")


def overview_timeline(visits: Iterable[Visit], events: Iterable[Event]) -> SafeString | None:
    """The visits along the months, each with its events."""
    language = current()
    by_visit: dict[str, list[TimelineEvent]] = {}
    for event in events:
        starts, ends = event.period.starts, event.period.ends
        if starts and ends:
            by_visit.setdefault(event.visit, []).append(
                TimelineEvent(event.title.say(language), event.kind, starts, ends)
            )
    drawn = [
        TimelineVisit(
            visit.title.say(language),
            visit.direction,
            visit.period.starts,
            visit.period.ends,
            tuple(by_visit.get(visit.key, ())),
        )
        for visit in visits
        if visit.period.starts and visit.period.ends
    ]
    if not drawn:
        return None
    return _inline(timeline(drawn, title=_("When the visits and their events were"), language=language))


def _map(programme: ProgrammeRow, keys: Iterable[str], *, title: str, name: str) -> SafeString | None:
    known = [place for key in keys if (place := place_of_key(key))]
    home = _home(programme, known)
    away = [_on_map(place) for place in known if place is not home]
    if not known:
        return None
    return _inline(
        route_map(_on_map(home) if home else None, away, title=title, language=current(), name=name)
    )


def _home(programme: ProgrammeRow, visited: list[CataloguePlace]) -> CataloguePlace | None:
    """Where the routes start: a place visited in the home country, else that country's capital."""
    at_home = next((place for place in visited if place.country == programme.home_country), None)
    return at_home or find_place(CAPITALS.get(programme.home_country, ""))


CAPITALS: Mapping[str, str] = {"LV": "riga", "UZ": "tashkent"}
"""Capitals among the places of the catalogue."""


def _on_map(place: CataloguePlace) -> MapPlace:
    return MapPlace(place.name.say(current()), place.country, float(place.longitude), float(place.latitude))


def _inline(svg: str) -> SafeString:
    """A drawing escapes what it is given, and carries no script and no style."""
    return mark_safe(svg)  # noqa: S308
