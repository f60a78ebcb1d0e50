"""The journal: who changed what, when, what it said before and what it says after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.programme.text import Text

NOBODY: Final = "nobody"
"""Stands for entries made without an account: on the command line."""
_MOST_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class AskedEntries:
    """Which entries; an empty field means all."""

    who: str = ""
    """An account's id, or `NOBODY`."""
    kind: str = ""
    key: str = ""
    """Of the object; said together with its kind."""
    action: str = ""
    starts: date | None = None
    ends: date | None = None
    """Days of universal time, both included."""


ALL: Final = AskedEntries()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing the entry's personal part says: a field before and after, as JSON values; ``None`` where not said."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class JournalRow:
    number: int
    at: datetime
    by: str
    via: str
    action: str
    object_kind: str
    object_key: str
    facts: tuple[tuple[str, str], ...]
    changes: tuple[FieldChange, ...] = ()
    erased: bool = False
    """There was a before and after, and it was erased."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the entries can be narrowed to."""

    who: tuple[tuple[str, str], ...]
    """Account and its name; `NOBODY` has none."""
    kinds: tuple[str, ...]
    actions: tuple[str, ...]


def journal(
    programme: str = "", asked: AskedEntries = ALL, *, page: int = 1, size: int = 50
) -> tuple[tuple[JournalRow, ...], Page]:
    """Entries of one programme, newest first; without a programme, of the whole installation."""
    rows = _entries(programme, asked)
    total = rows.count()
    wanted = Page.of(total, wanted=page, size=size)
    start = (wanted.number - 1) * size
    shown = rows.select_related("by", "payload")[start : start + size]
    return tuple(journal_row(row) for row in shown), wanted


def every_entry(programme: str = "", asked: AskedEntries = ALL) -> Iterator[JournalRow]:
    """The same entries, oldest first, one by one: memory does not grow with their number."""
    rows = _entries(programme, asked).order_by("id").select_related("by", "payload")
    for row in rows.iterator(chunk_size=_MOST_AT_ONCE):
        yield journal_row(row)


def choices(programme: str = "") -> Choices:
    """Accounts, kinds and actions that occur, in their order; three statements."""
    rows = _entries(programme, ALL).order_by()
    who = sorted(
        (name or "", str(pk or NOBODY)) for pk, name in rows.values_list("by", "by__username").distinct()
    )
    return Choices(
        who=tuple((pk, name) for name, pk in who),
        kinds=tuple(sorted(kind for (kind,) in rows.values_list("object_kind").distinct() if kind)),
        actions=tuple(sorted(action for (action,) in rows.values_list("action").distinct())),
    )


def titles(programme: str, rows: Sequence[JournalRow]) -> dict[tuple[str, str], Text | str]:
    """What the objects of these entries are called now, by kind and key; what is gone is not there.

    One statement for each kind among them. People have no title here, only their place.
    """
    wanted: dict[str, set[str]] = {}
    for row in rows:
        if row.object_kind in _TITLED:
            wanted.setdefault(row.object_kind, set()).add(row.object_key)
    found: dict[tuple[str, str], Text | str] = {}
    for kind, keys in sorted(wanted.items()):
        model, column = _TITLED[kind]
        key = "pk" if kind in _BY_ID else "key"
        of = model.objects.filter(programme__key=programme, **{f"{key}__in": keys})
        of = of.filter(withdrawn_at__isnull=True) if model is records.Sheet else of
        found |= {(kind, one): title if column != "pk" else "" for one, title in of.values_list(key, column)}
    return found


def journal_row(row: records.JournalEntry) -> JournalRow:
    """An entry read with ``by`` and, where its changes are wanted, with ``payload``."""
    body = row.payload.body if row.payload else None
    return JournalRow(
        number=row.pk,
        at=row.at,
        by=row.by.get_username() if row.by else "",
        via=row.via,
        action=row.action,
        object_kind=row.object_kind,
        object_key=row.object_key,
        facts=tuple((name, _fact(value)) for name, value in row.facts.items() if value not in ("", None)),
        changes=tuple(_changes(body or {})),
        erased=row.payload is not None and body is None,
    )


def _changes(body: Mapping[str, Any]) -> Iterable[FieldChange]:
    """In the order of their names, since databases keep no order of their own. ``position`` only says where a removed
    thing stood in its list.
    """
    before, after = _fields(body.get("before")), _fields(body.get("after"))
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield FieldChange(name, before.get(name), after.get(name))
    for name, value in body.items():
        if name not in ("before", "after", "position"):
            yield FieldChange(name, None, value)


def _fields(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, Mapping) else {"": said} if said else {}


def _fact(value: Any) -> str:
    return str(len(value)) if isinstance(value, list | dict) else str(value)


def _entries(programme: str, asked: AskedEntries) -> QuerySet[records.JournalEntry]:
    rows = records.JournalEntry.objects.order_by("-id")
    if programme:
        rows = rows.filter(programme__key=programme)
    if asked.who:
        rows = rows.filter(by_id=None if asked.who == NOBODY else int(asked.who))
    if asked.kind:
        rows = rows.filter(_about(programme, asked.kind, asked.key))
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.starts:
        rows = rows.filter(at__gte=datetime.combine(asked.starts, time(), UTC))
    if asked.ends and asked.ends < date.max:
        rows = rows.filter(at__lt=datetime.combine(asked.ends + timedelta(days=1), time(), UTC))
    return rows


def _about(programme: str, kind: str, key: str) -> Q:
    """Entries about an object; a person's are also the decisions about their lines."""
    if not key:
        return Q(object_kind=kind)
    about = Q(object_kind=kind, object_key=key)
    if kind == "person":
        lines = records.Link.objects.filter(person=key, person__programme__key=programme).values("line")
        pairs = records.Decision.objects.filter(Q(a__in=lines) | Q(b__in=lines)).values_list("a_id", "b_id")
        about |= Q(object_kind="match", object_key__in=sorted({f"{a} {b}" for a, b in pairs}))
    return about


_TITLED: Final[Mapping[str, tuple[Any, str]]] = {
    "contract": (records.Contract, "number"),
    "organisation": (records.Organisation, "name"),
    "place": (records.TownOrSite, "name"),
    "facility": (records.Facility, "name"),
    "visit": (records.Visit, "title"),
    "event": (records.Event, "title"),
    "sheet": (records.Sheet, "path"),
    "document": (records.Document, "title"),
    "observation": (records.Observation, "text"),
    "recommendation_group": (records.RecommendationGroup, "title"),
    "recommendation": (records.Recommendation, "title"),
    "action_point": (records.ActionPoint, "text"),
    "proposal": (records.Proposal, "title"),
    "indicator": (records.Indicator, "title"),
    "statement": (records.Statement, "text"),
    "person": (records.Person, "pk"),
    "line": (records.Line, "pk"),
}
_BY_ID: Final = frozenset({"person", "line"})
