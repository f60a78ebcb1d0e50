"""Who was at an event, session by session: what the sheets say and what people corrected."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast, get_args

from django.db.models import QuerySet

from karvon.queries.corrections import Words, latest_word_of_event, words_about
from karvon.queries.evidence import written, written_name
from karvon.queries.people import suggested
from karvon.queries.programme import plain
from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.attendance import AttendanceField
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class SessionCell:
    """A line on one day; ``status`` '' where it says nothing of that day."""

    day: date | None
    status: str = ""
    hours: Decimal | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class LineAttendance:
    """A line of the event: who, where it stands, and each day of it."""

    line: str
    name: str
    organisation: str
    person: str
    sheet: str
    file: str
    row: int | None
    role: str
    role_by_hand: bool
    signed: bool | None
    cells: tuple[SessionCell, ...]


@dataclass(frozen=True, slots=True)
class EventAttendance:
    key: str
    title: Text
    starts: date
    ends: date
    hours: Decimal | None
    days: tuple[date, ...]
    """The days of the event."""
    undated: bool
    """Whether some line speaks of the event as a whole."""
    lines: tuple[LineAttendance, ...]
    page: Page
    heads: tuple[tuple[date, int | None], ...]
    """How many participants were counted on each day of the event."""
    latest: int
    """The last word said about any line of the event; 0 for none."""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One word about a line, as it was said."""

    field: str
    day: date | None
    value: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OneLine:
    """A line with what its sheet says, what was corrected, and what holds."""

    event: str
    event_title: Text
    days: tuple[date, ...]
    attendance: LineAttendance
    as_read: LineAttendance
    words: Words
    latest: int
    """The last word about the line; 0 for none."""
    history: tuple[CorrectionRow, ...]


def attendance(programme: str, event: str, *, page: int = 1, size: int = 50) -> EventAttendance | None:
    """One page of an event's lines in the order of its sheets; a number of statements that does not grow."""
    row = (
        records.Event.objects.filter(programme__key=programme, key=event)
        .prefetch_related("head_counts")
        .first()
    )
    if row is None:
        return None
    rows = (
        _lines(programme)
        .filter(sheet__event=row)
        .order_by("sheet__day", "sheet__order", "table", "row", "block")
    )
    total = rows.count()
    wanted = Page.of(total, wanted=page, size=size)
    shown = list(rows[(wanted.number - 1) * size : wanted.number * size])
    days = event_days(row.starts, row.ends)
    undated = records.Attendance.objects.filter(
        event=row, day__isnull=True, line__retired_at__isnull=True
    ).exists()
    words = words_about(programme, lines=[line.pk for line in shown])
    heads = {count.day: count.heads for count in row.head_counts.all()}
    cells = (*((None,) if undated else ()), *days)
    return EventAttendance(
        key=row.key,
        title=row.title,
        starts=row.starts,
        ends=row.ends,
        hours=None if row.hours is None else plain(row.hours),
        days=days,
        undated=undated,
        lines=tuple(_attendance(line, cells, words.get(line.pk, {})) for line in shown),
        page=wanted,
        heads=tuple((day, heads.get(day)) for day in days),
        latest=latest_word_of_event(programme, event),
    )


def line_attendance(programme: str, event: str, line: str) -> OneLine | None:
    """A line in use of a sheet of this event; ``None`` if there is none."""
    row = _lines(programme).filter(pk=line, sheet__event__key=event).select_related("sheet__event").first()
    if row is None or row.sheet is None:
        return None
    of = row.sheet.event
    days = event_days(of.starts, of.ends)
    words = words_about(programme, lines=[line]).get(line, {})
    read = records.AttendanceAsRead.objects.filter(pk=line).first()
    sessions = (
        [(s[0] and date.fromisoformat(s[0]), s[1], s[3], s[4] and Decimal(s[4])) for s in read.sessions]
        if read
        else [(a.day, a.role, a.status, a.hours) for a in row.attendances.all()]
    )
    undated = any(day is None for day, *_ in sessions) or any(day is None for f, day in words if f != "role")
    cells: tuple[date | None, ...] = (*((None,) if undated else ()), *days)
    now = _attendance(row, cells, words)
    said = {day: (status, hours) for day, _, status, hours in sessions}
    as_read = LineAttendance(
        *(now.line, now.name, now.organisation, now.person, now.sheet, now.file, now.row),
        role=sessions[0][1] if sessions else row.sheet.role,
        role_by_hand=False,
        signed=now.signed,
        cells=tuple(SessionCell(day, *_cell(said.get(day))) for day in cells),
    )
    history = (
        records.AttendanceCorrection.objects.filter(line=line, field__in=get_args(AttendanceField))
        .select_related("by")
        .order_by("-at", "-id")
    )
    return OneLine(
        event=event,
        event_title=of.title,
        days=days,
        attendance=now,
        as_read=as_read,
        words=words,
        latest=max((one.pk for one in history), default=0),
        history=tuple(
            CorrectionRow(
                one.field,
                one.day,
                one.value,
                one.at,
                one.by.get_username() if one.by else one.by_name,
                one.reason,
            )
            for one in history
        ),
    )


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody the programme knows, with the line that stands for them in a decision."""

    person: str
    line: str
    name: str
    organisation: str
    events: int


def known_people(programme: str, typed: str, *, most: int) -> tuple[KnownPerson, ...]:
    """A few people whom a typed name finds in any spelling."""
    rows = suggested(programme, typed, most=most)
    lines = dict(
        records.Person.objects.filter(pk__in=[row.person for row in rows], shown__isnull=False).values_list(
            "pk", "shown"
        )
    )
    return tuple(
        KnownPerson(row.person, lines[row.person], row.name, row.organisation, row.events)
        for row in rows
        if row.name and row.person in lines
    )


def typed_lines(programme: str, sheet: str) -> dict[int, tuple[str, str]]:
    """Row of a sheet -> its line in use and their person."""
    rows = records.Line.objects.filter(programme__key=programme, sheet__key=sheet, retired_at__isnull=True)
    return {
        row: (line, person or "")
        for row, line, person in rows.values_list("row", "pk", "link__person")
        if row
    }


def event_days(starts: date, ends: date) -> tuple[date, ...]:
    return tuple(starts + timedelta(days=n) for n in range((ends - starts).days + 1))


def _lines(programme: str) -> QuerySet[records.Line]:
    return (
        records.Line.objects.filter(programme__key=programme, retired_at__isnull=True, sheet__isnull=False)
        .select_related("payload", "sheet", "link")
        .prefetch_related("attendances")
    )


def _attendance(row: records.Line, days: tuple[date | None, ...], words: Words) -> LineAttendance:
    link = getattr(row, "link", None)
    sessions = {one.day: one for one in row.attendances.all()}
    first = next(iter(sessions.values()), None)
    sheet = cast(records.Sheet, row.sheet)
    return LineAttendance(
        line=row.pk,
        name=written_name(row.payload.body),
        organisation=written(row.payload.body, "organisation"),
        person=link.person_id if link else "",
        sheet=sheet.key,
        file=sheet.path.rpartition("/")[2],
        row=row.row,
        role=first.role if first else words.get(("role", None), sheet.role),
        role_by_hand=("role", None) in words,
        signed=first.signed if first else None,
        cells=tuple(
            SessionCell(
                day,
                *_cell((at.status, at.hours) if (at := sessions.get(day)) else None),
                by_hand=("status", day) in words or ("hours", day) in words,
            )
            for day in days
        ),
    )


def _cell(said: tuple[str, Decimal | None] | None) -> tuple[str, Decimal | None]:
    return ("", None) if said is None else (said[0], None if said[1] is None else plain(said[1]))
