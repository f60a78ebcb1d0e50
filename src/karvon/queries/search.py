"""One search over people, organisations, places, events and sheets, by any spelling."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from karvon.queries.evidence import SheetRow, sheets
from karvon.queries.people import PersonRow, people
from karvon.queries.programme import OrganisationRow, organisations, own_places
from karvon.queries.training import EventRow, events
from karvon.queries.visits import VisitRow, visits
from karvon.rules.names.search import query_keys, search_keys
from karvon.rules.places import place_of_key
from karvon.rules.programme.text import Text

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that was visited, and what happened there."""

    key: str
    name: Text
    visits: tuple[VisitRow, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Found:
    people: tuple[PersonRow, ...]
    people_in_all: int
    organisations: tuple[OrganisationRow, ...]
    places: tuple[FoundPlace, ...]
    visits: tuple[VisitRow, ...]
    events: tuple[EventRow, ...]
    sheets: tuple[SheetRow, ...]

    def __bool__(self) -> bool:
        return bool(
            self.people or self.organisations or self.places or self.visits or self.events or self.sheets
        )


def search(programme: str, text: str, *, people_shown: int = 20) -> Found:
    """What the typed words find; every word must be found, each in any spelling.

    The number of SQL statements depends neither on the words nor on what is found.
    """
    words = query_keys(text)
    if not words:
        return Found((), 0, (), (), (), (), ())
    found_people, page = people(programme, contains=text, size=people_shown)
    all_visits, all_events = visits(programme), events(programme)
    return Found(
        people=found_people,
        people_in_all=page.total,
        organisations=_having(
            organisations(programme), words, lambda o: [*(name for _, name in o.name), *o.spellings, o.key]
        ),
        places=_places(programme, words, all_visits, all_events),
        visits=_having(all_visits, words, lambda v: [name for _, name in v.title]),
        events=_having(all_events, words, lambda e: [name for _, name in e.title]),
        sheets=_having(sheets(programme), words, lambda s: [s.key, s.path]),
    )


def _having(
    things: Iterable[Thing], words: Iterable[Iterable[str]], said: Callable[[Thing], Iterable[str]]
) -> tuple[Thing, ...]:
    """The things in whose words every typed word is found."""
    wanted = [tuple(alternatives) for alternatives in words]
    return tuple(
        thing
        for thing in things
        if (has := {key for text in said(thing) for key in search_keys(text)})
        and all(any(key.startswith(word) for key in has) for word in wanted)
    )


def _places(
    programme: str,
    words: Iterable[Iterable[str]],
    all_visits: tuple[VisitRow, ...],
    all_events: tuple[EventRow, ...],
) -> tuple[FoundPlace, ...]:
    own = own_places(programme)
    seen = dict.fromkeys(
        [*(p for v in all_visits for p in v.places), *(e.place for e in all_events if e.place)]
    )
    named: list[tuple[str, Text, tuple[str, ...]]] = []
    for key in seen:
        known = place_of_key(key)
        name = own.get(key) or (known.name if known else Text((("", key),)))
        named.append((key, name, known.spellings if known else ()))
    return tuple(
        FoundPlace(
            key,
            name,
            tuple(v for v in all_visits if key in v.places),
            tuple(e for e in all_events if e.place == key),
        )
        for key, name, _ in _having(named, words, lambda p: [p[0], *(text for _, text in p[1]), *p[2]])
    )
