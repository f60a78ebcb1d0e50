"""Keeping attendances true to the sheets and to what people know better: one set of rows for both."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from karvon.queries.corrections import words_about
from karvon.records import models as records
from karvon.rules.attendance import AttendedSession, corrected
from karvon.rules.programme.register import RegisterFiles


def keep_corrections(programme: records.Programme, brought: RegisterFiles | None) -> None:
    """Keep the corrections a folder brings along, each once, with who made them and when."""
    if brought is None or not brought.corrections:
        return
    rows = records.AttendanceCorrection.objects.filter(programme=programme)
    known = set(rows.values_list("line", "field", "day", "value", "at"))
    lines = set(records.Line.objects.filter(programme=programme).values_list("id", flat=True))
    records.AttendanceCorrection.objects.bulk_create(
        records.AttendanceCorrection(
            programme=programme,
            line_id=one.line,
            field=one.field,
            day=one.day,
            value=one.value,
            at=one.at,
            by_name=one.by,
            reason=one.reason,
        )
        for one in brought.corrections
        if (one.line, one.field, one.day, one.value, one.at) not in known and one.line in lines
    )


def lay_corrections(programme: records.Programme, *, read_anew: Collection[str] = ()) -> bool:
    """Make the attendances of corrected lines what sheet and corrections together say; whether anything changed.

    ``read_anew`` are lines whose attendances were just written from their sheets. Call it in the transaction of
    whatever wrote sheets or corrections. A programme without corrections costs two statements.
    """
    kept = {
        row.pk: row
        for row in records.AttendanceAsRead.objects.filter(line__programme=programme).select_related("line")
    }
    words = words_about(programme.key)
    stale = [line for line, row in kept.items() if row.line.retired_at is not None or line in read_anew]
    if stale:
        records.AttendanceAsRead.objects.filter(line__in=stale).delete()
    as_read = {line: _from_data(row.sessions) for line, row in kept.items() if line not in stale}
    lines = sorted({*words, *as_read})
    now = _now(lines)
    changed, wanted = [], {}
    for line in lines:
        read = _with_roles_of_today(as_read.get(line, now.get(line, ())), now.get(line, ()))
        becomes = corrected(read, words.get(line, {}))
        if _said(becomes) != _said(now.get(line, ())):
            changed.append(line)
            wanted[line] = becomes
        as_read[line] = tuple(read)
    _keep_as_read({line: as_read[line] for line in lines if line in words}, before=set(kept) - set(stale))
    if unworded := [line for line in lines if line not in words]:
        records.AttendanceAsRead.objects.filter(line__in=unworded).delete()
    _rewrite(wanted)
    return bool(changed)


def _now(lines: Collection[str]) -> dict[str, tuple[AttendedSession, ...]]:
    found: dict[str, list[AttendedSession]] = {}
    rows = records.Attendance.objects.filter(line__in=lines).order_by("line", "day", "id") if lines else ()
    for row in rows:
        session = AttendedSession(row.day, row.role, row.role_reason or "sheet", row.status, row.hours)  # type: ignore[arg-type]  # held to the known words
        found.setdefault(row.line_id, []).append(session)
    return {line: tuple(sessions) for line, sessions in found.items()}


def _with_roles_of_today(
    read: Iterable[AttendedSession], now: Iterable[AttendedSession]
) -> tuple[AttendedSession, ...]:
    """What the programme says of its staff is worked out after the sheet was read, and holds where no hand does."""
    roles = {one.day: (one.role, one.role_reason) for one in now if one.role_reason != "hand"}
    return tuple(
        AttendedSession(one.day, *roles.get(one.day, (one.role, one.role_reason)), one.status, one.hours)
        for one in read
    )


def _said(sessions: Iterable[AttendedSession]) -> set[tuple[Any, ...]]:
    return {(one.day, one.role, one.role_reason, one.status, one.hours) for one in sessions}


def _keep_as_read(as_read: Mapping[str, tuple[AttendedSession, ...]], *, before: Collection[str]) -> None:
    records.AttendanceAsRead.objects.filter(line__in=[line for line in as_read if line in before]).delete()
    records.AttendanceAsRead.objects.bulk_create(
        records.AttendanceAsRead(line_id=line, sessions=_data(sessions)) for line, sessions in as_read.items()
    )


def _rewrite(wanted: Mapping[str, tuple[AttendedSession, ...]]) -> None:
    """Put the sessions of these lines in the place of what is there. A signature seen belongs to the line."""
    if not wanted:
        return
    rows = records.Attendance.objects.filter(line__in=list(wanted))
    signed = dict(rows.order_by("id").values_list("line", "signed"))
    seen = records.SignatureSeen.objects.filter(line__in=list(wanted))
    signed |= dict(seen.values_list("line", "seen"))
    events = dict(records.Line.objects.filter(pk__in=list(wanted)).values_list("id", "sheet__event"))
    rows.delete()
    records.Attendance.objects.bulk_create(
        records.Attendance(
            line_id=line,
            event_id=events[line],
            day=one.day,
            role=one.role,
            role_reason=one.role_reason,
            status=one.status,
            hours=one.hours,
            signed=signed.get(line),
        )
        for line, sessions in wanted.items()
        for one in sessions
    )


def _data(sessions: Iterable[AttendedSession]) -> list[list[str | None]]:
    return [
        [
            one.day.isoformat() if one.day else None,
            one.role,
            one.role_reason,
            one.status,
            None if one.hours is None else str(one.hours),
        ]
        for one in sessions
    ]


def _from_data(data: Iterable[list[Any]]) -> tuple[AttendedSession, ...]:
    return tuple(
        AttendedSession(
            date.fromisoformat(day) if day else None,
            role,
            reason,
            status,
            None if hours is None else Decimal(hours),
        )
        for day, role, reason, status, hours in data
    )
