"""Everybody of a programme or of a figure with all they attended, one after the other, for lists that leave it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import F, Q

from karvon.queries.evidence import written, written_name
from karvon.queries.programme import plain
from karvon.queries.results import Cell, Narrowing, Once, rows_counted
from karvon.records import models as records
from karvon.rules.attendance import hours_of_line, hours_of_person
from karvon.rules.programme.text import Text

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class AttendedEvent:
    key: str
    title: Text
    kind: str
    hours: Decimal | None
    """Contact hours of the whole event."""
    starts: date
    ends: date
    contracts: tuple[str, ...]
    """Numbers of the contracts that pay for it."""


@dataclass(frozen=True, slots=True)
class SourceSheet:
    path: str
    sha256: str
    scan_path: str
    """'' means transcript only."""
    scan_sha256: str


@dataclass(frozen=True, slots=True)
class Attended:
    """A line at one session; without an event for an entry of the programme's own lists."""

    line: str
    name: str
    """Exactly as written; '' once erased."""
    organisation: str
    position: str
    event: AttendedEvent | None
    day: date | None
    """``None``: the whole event, or no event."""
    role: str
    status: str
    hours: Decimal | None
    """As written for this session."""
    signed: bool | None
    sheet: SourceSheet | None
    table: str
    row: int | None
    page: int | None
    """Of the scan."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with what is known of them, and everything of theirs that was asked for."""

    person: str
    name: str
    """The name form that is shown; '' once erased."""
    forms: tuple[str, ...]
    """The other name forms, as written."""
    organisations: tuple[str, ...]
    """As written, in the order first met."""
    positions: tuple[str, ...]
    countries: tuple[str, ...]
    """ISO 3166-1 codes."""
    regions: tuple[str, ...]
    """ISO 3166-2 codes."""
    sexes: tuple[str, ...]
    """f, m; more than one where the lines differ."""
    roles: tuple[str, ...]
    events: int
    days: int
    """Different days; of a line that names none, those of its event."""
    hours: Decimal
    """Contact hours as a participant, an event's once however many lines the person has there."""
    first: date | None
    last: date | None
    contracts: tuple[str, ...]
    attended: tuple[Attended, ...]


def everybody(programme: str) -> Iterator[Participant]:
    """Everybody of the programme in the order of their names; the statements and the memory do not grow with them."""
    return _participants(programme, None)


def counted_in(
    programme: str, indicator: str, *, narrowing: Narrowing, cell: Cell | None, once: Once
) -> Iterator[Participant]:
    """Everybody a figure, or this part of it, counts, each with only the lines and events that make them count."""
    return _participants(
        programme, rows_counted(programme, indicator, narrowing=narrowing, cell=cell, once=once)
    )


def _participants(
    programme: str, counted: Mapping[str, frozenset[tuple[str, str]]] | None
) -> Iterator[Participant]:
    events = _events(programme)
    sheets = {
        row.pk: SourceSheet(row.path, row.stored_id, row.scan_path if row.scan_id else "", row.scan_id or "")
        for row in records.Sheet.objects.filter(programme__key=programme)
    }
    rows = (
        records.Link.objects.filter(line__programme__key=programme, line__retired_at__isnull=True)
        .order_by(
            "person__filed_under",
            "person",
            F("line__attendances__event__starts").asc(nulls_last=True),
            F("line__attendances__day").asc(nulls_first=True),
            "line__sheet__order",
            "line__row",
            "line",
        )
        .values_list(
            "person", "person__shown__payload__body__name", "line", "line__payload__body", "line__country",
            "line__region", "line__sex", "line__sheet", "line__table", "line__row", "line__page",
            "line__expert__role", "line__delegate__role", "line__attendances__event", "line__attendances__day",
            "line__attendances__role", "line__attendances__status", "line__attendances__hours",
            "line__attendances__signed",
        )
    )  # fmt: skip
    for (person, shown), of in groupby(rows.iterator(_AT_ONCE), key=lambda row: (row[0], row[1])):
        known = None if counted is None else counted.get(person)
        if counted is not None and known is None:
            continue
        found = _participant(person, shown or "", list(of), events, sheets, known)
        if found is not None:
            yield found


def _participant(
    person: str,
    shown: str,
    rows: list[tuple[object, ...]],
    events: Mapping[int, AttendedEvent],
    sheets: Mapping[int, SourceSheet],
    known: frozenset[tuple[str, str]] | None,
) -> Participant | None:
    attended: list[Attended] = []
    said: dict[str, dict[str, None]] = {
        what: {}
        for what in ("form", "organisation", "position", "country", "region", "sex", "role", "contract")
    }
    days: set[date] = set()
    for row in rows:
        one, about = _attended(row, events, sheets)
        if known is not None and (one.event is None or (one.line, one.event.key) not in known):
            continue
        attended.append(one)
        for what, value in (
            ("form", one.name), ("organisation", one.organisation), ("position", one.position),
            ("role", one.role), *about,
        ):  # fmt: skip
            if value:
                said[what][value] = None
        if one.event is not None:
            said["contract"].update(dict.fromkeys(one.event.contracts))
            days.update(_days(one.event, one.day))
    if not attended:
        return None
    return Participant(
        person=person,
        name=shown,
        forms=tuple(form for form in said["form"] if form != shown),
        organisations=tuple(said["organisation"]),
        positions=tuple(said["position"]),
        countries=tuple(said["country"]),
        regions=tuple(said["region"]),
        sexes=tuple(said["sex"]),
        roles=tuple(said["role"]),
        events=len({one.event.key for one in attended if one.event}),
        days=len(days),
        hours=_hours(attended),
        first=min(days, default=None),
        last=max(days, default=None),
        contracts=tuple(said["contract"]),
        attended=tuple(attended),
    )


def _attended(
    row: tuple[object, ...], events: Mapping[int, AttendedEvent], sheets: Mapping[int, SourceSheet]
) -> tuple[Attended, tuple[tuple[str, str], ...]]:
    """The row, and what its line says of the person."""
    (
        _, _, line, body, country, region, sex, sheet, table, place, page, expert, delegate, event, day, role,
        status, hours, signed,
    ) = row  # fmt: skip
    of: Mapping[str, object] = body if isinstance(body, dict) else {}
    one = Attended(
        line=str(line),
        name=written_name(of),
        organisation=written(of, "organisation"),
        position=written(of, "position"),
        event=events[event] if isinstance(event, int) else None,
        day=day if isinstance(day, date) else None,
        role=str(role or expert or delegate or ""),
        status=str(status or ""),
        hours=plain(hours) if isinstance(hours, Decimal) else None,
        signed=signed if isinstance(signed, bool) else None,
        sheet=sheets[sheet] if isinstance(sheet, int) else None,
        table=str(table),
        row=place if isinstance(place, int) and sheet is not None else None,
        page=page if isinstance(page, int) else None,
    )
    return one, (("country", str(country)), ("region", str(region)), ("sex", str(sex)))


def _days(event: AttendedEvent, day: date | None) -> Iterator[date]:
    if day is not None:
        yield day
        return
    for ordinal in range(event.starts.toordinal(), event.ends.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _hours(attended: list[Attended]) -> Decimal:
    by_line: dict[tuple[str, str], list[Attended]] = {}
    for one in attended:
        if one.event is not None and one.role == "participant":
            by_line.setdefault((one.event.key, one.line), []).append(one)
    return hours_of_person(
        (event, hours_of_line((one.hours for one in of), whole=of[0].event.hours if of[0].event else None))
        for (event, _), of in by_line.items()
    )


def _events(programme: str) -> dict[int, AttendedEvent]:
    numbers: dict[int, list[str]] = {}
    shares = records.EventShare.objects.filter(Q(percent__gt=0), event__programme__key=programme)
    for event, number in shares.order_by("contract__order").values_list("event", "contract__number"):
        numbers.setdefault(event, []).append(number)
    return {
        row.pk: AttendedEvent(
            key=row.key,
            title=row.title,
            kind=row.kind,
            hours=None if row.hours is None else plain(row.hours),
            starts=row.starts,
            ends=row.ends,
            contracts=tuple(numbers.get(row.pk, ())),
        )
        for row in records.Event.objects.filter(programme__key=programme)
    }
