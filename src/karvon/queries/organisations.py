"""Organisations as sheets write them: the spellings that no organisation of the programme claims yet."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.names.organisation import ParsedOrganisation, parse_organisation
from karvon.rules.programme.text import Text

NEAR = 0.34
"""The share of words two names have in common from which one is offered for the other."""
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    text: str
    """Exactly as written on the sheets."""
    lines: int


@dataclass(frozen=True, slots=True)
class Offered:
    """An organisation that the spellings may mean."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """Spellings that say the same of the same place, once legal forms and orthographies are set aside."""

    id: str
    """A digest, so that no name stands in an address."""
    spellings: tuple[Spelling, ...]
    """The most frequent first."""
    lines: int
    offered: tuple[Offered, ...]
    """The likeliest first."""


def unclaimed_spellings(
    programme: str, *, page: int = 1, size: int = 25
) -> tuple[tuple[SpellingGroup, ...], Page]:
    """One page of the spellings on lines in use that mean no organisation of the programme, the most lines first.

    The number of SQL statements depends on neither lines nor organisations.
    """
    groups = _groups(programme)
    wanted = Page.of(len(groups), wanted=page, size=size)
    shown = groups[(wanted.number - 1) * size : wanted.number * size]
    known = _known(programme)
    return tuple(
        SpellingGroup(
            _id(key), tuple(spellings), sum(one.lines for one in spellings), _offered(spellings, known)
        )
        for key, spellings in shown
    ), wanted


def spelling_group(programme: str, id: str) -> SpellingGroup | None:
    """The group of this id; ``None`` once everything in it is claimed."""
    for key, spellings in _groups(programme):
        if _id(key) == id:
            lines = sum(one.lines for one in spellings)
            return SpellingGroup(id, tuple(spellings), lines, _offered(spellings, _known(programme)))
    return None


def unclaimed_count(programme: str) -> int:
    """How many different organisations, as far as spellings tell, no organisation of the programme claims."""
    return len(_groups(programme))


def _groups(programme: str) -> list[tuple[str, list[Spelling]]]:
    rows = (
        records.Line.objects.filter(
            programme__key=programme, retired_at__isnull=True, sheet__isnull=False, organisation__isnull=True
        )
        .annotate(written=KeyTextTransform("organisation", KeyTransform("cells", F("payload__body"))))
        .order_by()
        .values_list("written")
        .annotate(lines=Count("id"))
    )
    groups: dict[str, list[Spelling]] = {}
    for text, lines in rows:
        if text and text.strip():
            read = parse_organisation(text)
            key = f"{read.key} {read.place}" if read.key else text.casefold().strip()
            groups.setdefault(key, []).append(Spelling(text, lines))
    for spellings in groups.values():
        spellings.sort(key=lambda one: (-one.lines, one.text))
    return sorted(groups.items(), key=lambda item: (-sum(one.lines for one in item[1]), item[0]))


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _known(programme: str) -> list[tuple[Offered, tuple[ParsedOrganisation, ...]]]:
    rows = records.Organisation.objects.filter(programme__key=programme).order_by("order", "id")
    return [
        (
            Offered(key, name),
            tuple(parse_organisation(text) for text in (*(said for _, said in name), *spellings)),
        )
        for key, name, spellings in rows.values_list("key", "name", "spellings")
    ]


def _offered(
    spellings: Iterable[Spelling], known: Iterable[tuple[Offered, tuple[ParsedOrganisation, ...]]]
) -> tuple[Offered, ...]:
    read = [parse_organisation(one.text) for one in spellings]
    near = []
    for offered, names in known:
        nearness = max((_nearness(one, other) for one in read for other in names), default=0.0)
        if nearness >= NEAR:
            near.append((-nearness, offered.key, offered))
    return tuple(offered for _, _, offered in sorted(near, key=lambda one: one[:2])[:OFFERED])


def _nearness(one: ParsedOrganisation, other: ParsedOrganisation) -> float:
    """How much of what two names say they both say; first letters that agree say nearly all."""
    both = one.words | other.words
    shared = len(one.words & other.words) / len(both) if both else 0.0
    abbreviated = (
        (len(one.acronym) > 2 and one.acronym == other.acronym)
        or one.words == {other.acronym}
        or other.words == {one.acronym}
    )
    return max(shared, 0.9) if abbreviated else shared
