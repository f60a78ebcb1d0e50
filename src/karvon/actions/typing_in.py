"""Typing people in at an event's desk. The list is a sheet like any other: kept by its hash, each saved change a newer
version of it, so that every number still opens to a line."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from karvon.actions.describing import change_description
from karvon.actions.journal import Actor
from karvon.actions.people import decide
from karvon.files.desk_list import FIRST_ROW, desk_list_bytes, read_desk_list
from karvon.files.evidence_store import stored_path
from karvon.queries.attendance import event_days
from karvon.records import models as records
from karvon.rules.attendance.typed import TypedRow, added, days_ticked
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d

TRIES: Final = 3
"""How often a change is begun again because somebody else wrote in the meantime."""
LONGEST_KEY: Final = 70
"""Letters of an event's key that go into the key of its list."""


@dataclass(frozen=True, slots=True)
class DeskList:
    """The list as it is kept now; no ``sheet`` where nothing was typed yet."""

    event: str
    sheet: str = ""
    path: str = ""
    sha256: str = ""
    rows: tuple[TypedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedIn:
    """What became of it. ``entry`` is the journal's, 0 where the list said it already; ``unread`` rows name nobody
    the reader of sheets takes for a person."""

    entry: int
    rows: int = 0
    unread: tuple[str, ...] = ()


class _Overtaken(Exception):
    """Somebody else saved the list in between."""


def desk_list(programme: str, event: str) -> DeskList:
    """The list of this event. Raises `Refused` where a file of another form was put in its place."""
    rows = records.Sheet.objects.filter(
        programme__key=programme, event__key=event, withdrawn_at__isnull=True, key__startswith=_key(event)
    )
    for sheet in rows.order_by("order", "id"):
        if sheet.path == _path(sheet.key):
            read = read_desk_list(stored_path(settings.KARVON_HOME, sheet.stored_id).read_bytes())
            if read is None:
                raise Refused(Problem("attendance.not_a_desk_list", Place(file=sheet.path)))
            return DeskList(event, sheet.key, sheet.path, sheet.stored_id, read)
    return DeskList(event)


def type_in(
    programme: str, event: str, rows: Sequence[TypedRow], *, known: Mapping[int, str] | None = None, by: Actor
) -> TypedIn:
    """Put these people on the event's list. ``known`` names, by place among ``rows``, a line of the person it is.

    The same row typed twice is one row, its days put together. Whoever is known is also decided to be the *same*.
    Raises `Refused` as a folder would be; then nothing is kept.
    """

    done = _save(programme, event, lambda before: added(before, rows), by=by)
    for place, line in (known or {}).items():
        typed = replace(rows[place], days=())
        at = next((n for n, row in enumerate(done.rows_now) if replace(row, days=()) == typed), None)
        new = done.lines.get(at) if at is not None else None
        if new and new != line and not _decided_same(programme, new, line):
            decide(programme, new, line, verdict="same", by=by)
    return done.outcome


def change_row(
    programme: str, event: str, number: int, *, shown: TypedRow, becomes: TypedRow | None, by: Actor
) -> TypedIn:
    """Change the row at this place of the list, or take it off. ``shown`` is the row as the person saw it.

    Raises `Refused` where another row stands there by now.
    """

    def change(before: Sequence[TypedRow]) -> tuple[TypedRow, ...]:
        rows = list(before)
        if number >= len(rows) or rows[number] not in (shown, becomes):
            raise Refused(Problem("attendance.row_changed_meanwhile"))
        if rows[number] != becomes:
            rows[number : number + 1] = [] if becomes is None else [becomes]
        return tuple(rows)

    return _save(programme, event, change, by=by).outcome


def take_back_typing(programme: str, event: str, *, before: str, after: str, by: Actor) -> int:
    """Put the version of the list with the hash ``before`` ('': none) in the place of ``after``."""
    now = desk_list(programme, event)
    if now.sha256 != after:
        raise Refused(Problem("attendance.changed_since"))
    data = stored_path(settings.KARVON_HOME, before).read_bytes() if before else b""
    rows = read_desk_list(data) or ()
    return _save(programme, event, lambda _: rows, by=by).outcome.entry


@dataclass(frozen=True, slots=True)
class _Saved:
    outcome: TypedIn
    rows_now: tuple[TypedRow, ...]
    lines: Mapping[int, str]
    """Place in the list -> line."""


def _save(
    programme: str, event: str, change: Callable[[Sequence[TypedRow]], tuple[TypedRow, ...]], *, by: Actor
) -> _Saved:
    for left in reversed(range(TRIES)):
        now = desk_list(programme, event)
        rows = change(now.rows)
        try:
            return _keep(programme, now, rows, by=by)
        except _Overtaken:
            if not left:
                raise Refused(Problem("import.changed_meanwhile", Place(key=programme))) from None
        except Refused as refused:
            if not left or not any(
                problem.code == "import.changed_meanwhile" for problem in refused.problems
            ):
                raise
    raise AssertionError("the last try returns or raises")


def _keep(programme: str, now: DeskList, rows: tuple[TypedRow, ...], *, by: Actor) -> _Saved:
    row = records.Event.objects.filter(programme__key=programme, key=now.event).first()
    if row is None:
        raise Refused(Problem("attendance.no_such_event", Place(key=now.event)))
    if rows == now.rows:
        return _Saved(TypedIn(0, len(rows)), rows, _lines(programme, now.sheet))
    data = desk_list_bytes(rows, days=days_ticked(event_days(row.starts, row.ends)))
    kept: dict[str, str] = {}

    def change(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
        if desk_list(programme, now.event).sha256 != now.sha256:
            raise _Overtaken
        sheets = [sheet for sheet in before.sheets if sheet.key != now.sheet]
        if not rows:
            return replace(before, sheets=tuple(sheets))
        key = now.sheet or _free_key(before, now.event)
        kept["sheet"] = key
        if now.sheet:
            return before  # the same sheet, of which ``files`` holds a newer version
        return replace(before, sheets=(*before.sheets, d.Sheet(key=key, file=_path(key), event=now.event)))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "desk.csv"
        file.write_bytes(data)
        path = now.path or _path(_free_key_of_records(programme, now.event))
        before, after = _told(now.rows, rows)
        change_description(
            programme,
            change,
            action="type_in",
            by=by,
            object_kind="event",
            object_key=now.event,
            files={path: file} if rows else {},
            facts={
                "list_before": now.sha256,
                "list_after": hashlib.sha256(data).hexdigest() if rows else "",
                "rows": len(rows),
            },
            personal={"before": before, "after": after},
        )
    sheet = kept.get("sheet", "")
    lines = _lines(programme, sheet) if sheet else {}
    entry = (
        records.JournalEntry.objects.filter(
            programme__key=programme, action="type_in", object_kind="event", object_key=now.event, by=by.user
        )
        .order_by("-id")
        .values_list("pk", flat=True)[0]
    )
    unread = tuple(row.name for place, row in enumerate(rows) if place not in lines)
    return _Saved(TypedIn(entry, len(rows), unread), rows, lines)


def _lines(programme: str, sheet: str) -> dict[int, str]:
    rows = records.Line.objects.filter(
        programme__key=programme, sheet__key=sheet, retired_at__isnull=True
    ).values_list("row", "pk")
    return {row - FIRST_ROW: line for row, line in rows if row is not None}


def _told(before: Sequence[TypedRow], after: Sequence[TypedRow]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows that went and those that came, for the journal."""
    gone = [_row_told(row) for row in before if row not in after]
    come = [_row_told(row) for row in after if row not in before]
    return {"names": gone} if gone else {}, {"names": come} if come else {}


def _row_told(row: TypedRow) -> str:
    parts = (
        row.name,
        row.organisation,
        row.position,
        row.role,
        " ".join(day.isoformat() for day in row.days),
    )
    return ", ".join(part for part in parts if part)


def _decided_same(programme: str, a: str, b: str) -> bool:
    latest = records.Decision.objects.filter(programme__key=programme, a=min(a, b), b=max(a, b)).order_by(
        "at", "id"
    )
    last = latest.last()
    return last is not None and last.verdict == "same"


def _key(event: str) -> str:
    return f"{event[:LONGEST_KEY]}-desk"


def _path(key: str) -> str:
    return f"sheets/{key}.csv"


def _free_key(description: d.ProgrammeDescription, event: str) -> str:
    return _first_free(
        event, {sheet.key for sheet in description.sheets}, {sheet.file for sheet in description.sheets}
    )


def _free_key_of_records(programme: str, event: str) -> str:
    """The key the list will get; worked out before the description is read, and the same."""
    rows = records.Sheet.objects.filter(programme__key=programme, withdrawn_at__isnull=True).values_list(
        "key", "path"
    )
    return _first_free(event, {key for key, _ in rows}, {path for _, path in rows})


def _first_free(event: str, keys: set[str], paths: set[str]) -> str:
    key, number = _key(event), 1
    while key in keys or _path(key) in paths:
        number += 1
        key = f"{_key(event)}-{number}"
    return key
