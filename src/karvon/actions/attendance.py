"""Attendance by hand: correcting what a sheet says of somebody, counting heads, and taking either back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from karvon.actions.correcting import lay_corrections
from karvon.actions.describing import change_description
from karvon.actions.journal import Actor, write_entry
from karvon.actions.results import refresh_standings
from karvon.actions.roles import refresh_roles
from karvon.actions.scoring import take_back_scores
from karvon.actions.touching import refresh_touched
from karvon.actions.typing_in import take_back_typing
from karvon.queries.attendance import event_days
from karvon.queries.corrections import Words, latest_word, words_about
from karvon.queries.register import attendances_of, days_seen
from karvon.records import models as records
from karvon.rules.attendance import Correction, makes_sense
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d

TRIES: Final = 3
"""How often a change is begun again because somebody else wrote in the meantime."""


def correct_attendance(
    programme: str,
    event: str,
    line: str,
    corrections: Sequence[Correction],
    *,
    reason: str = "",
    by: Actor,
    seen: int | None = None,
) -> int:
    """Keep a person's words about a line of this event and let them hold; the journal entry's number, 0 for no change.

    Words that hold already are not said again. They hold over every later reading of the sheet, until they are taken
    back. ``seen`` is the latest word about the line that the person knew of (0: none). Raises `Refused` for a line
    that is not in use at the event, for words that make no sense, and where somebody else has said something since.
    """
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().get(key=programme)
        row = (
            records.Line.objects.filter(
                programme=record, pk=line, sheet__event__key=event, retired_at__isnull=True
            )
            .select_related("sheet__event")
            .first()
        )
        if row is None or row.sheet is None:
            raise Refused(Problem("attendance.no_such_line", Place(key=event)))
        days = event_days(row.sheet.event.starts, row.sheet.event.ends)
        if not all(makes_sense(one, days=days) for one in corrections):
            raise Refused(Problem("attendance.makes_no_sense", Place(key=event)))
        before = words_about(programme, lines=[line]).get(line, {})
        new = [one for one in corrections if before.get((one.field, one.day), "") != one.value]
        if not new:
            return 0
        if seen is not None and seen != latest_word(line):
            raise Refused(Problem("attendance.corrected_meanwhile", Place(key=event)))
        at = timezone.now()
        _say(record, line, new, at=at, reason=reason, by=by)
        earlier, days_then = {line: attendances_of(programme, lines=[line])}, days_seen(programme, event)
        lay_corrections(record)
        roles = refresh_roles(record)
        if days_seen(programme, event) == days_then:
            refresh_touched(record, earlier=earlier, earlier_roles=roles)
        else:  # the hours of everybody who was there are shared by other days now
            refresh_standings(record)
        after = words_about(programme, lines=[line]).get(line, {})
        return write_entry(
            "correct_attendance",
            by=by,
            programme=record,
            object_kind="event",
            object_key=event,
            facts={"line": line, "at": at.isoformat()},
            personal={
                "before": _told(before),
                "after": _told(after),
                **({"reason": reason} if reason else {}),
            },
        ).pk


def count_heads(programme: str, event: str, heads: Mapping[date, int | None], *, by: Actor) -> int:
    """Say how many participants the organiser counted on each of these days; ``None``: nobody counted.

    The journal entry's number, 0 where it was said already. Raises `Refused` as a folder would be.
    """
    found: dict[str, Any] = {}

    def change(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
        old = _event(before, event)
        counted = {one.day: one.heads for one in old.head_counts} | dict(heads)
        new = tuple(d.HeadCount(day, number) for day, number in sorted(counted.items()) if number is not None)
        found.update(before=_heads(old.head_counts), after=_heads(new))
        return _with_event(before, replace(old, head_counts=new))

    return _change(programme, event, "count_heads", change, found, by=by)


def take_back(programme: str, entry: int, *, by: Actor) -> int:
    """Put back what this journal entry of ours changed; the number of the new entry.

    Raises `Refused` where it was changed again since, or the entry is none of these changes.
    """
    row = (
        records.JournalEntry.objects.filter(programme__key=programme, pk=entry, object_kind="event")
        .select_related("payload")
        .first()
    )
    body = row.payload.body if row is not None and row.payload is not None else None
    if row is None or body is None or row.action not in _TAKES_BACK:
        raise Refused(Problem("attendance.nothing_to_take_back"))
    return _TAKES_BACK[row.action](programme, row, body, by)


def _take_back_correction(
    programme: str, entry: records.JournalEntry, body: Mapping[str, Any], by: Actor
) -> int:
    line, at = entry.facts["line"], datetime.fromisoformat(entry.facts["at"])
    said = records.AttendanceCorrection.objects.filter(programme__key=programme, line=line).order_by(
        "at", "id"
    )
    before: dict[tuple[str, date | None], str] = {}
    back: list[Correction] = []
    for one in said:
        about = one.field, one.day
        if one.at == at:
            back.append(Correction(one.field, before.get(about, ""), one.day))  # type: ignore[arg-type]  # held to the known words
        elif any((word.field, word.day) == about for word in back):
            raise Refused(Problem("attendance.changed_since"))
        before[about] = one.value
    if not back:
        raise Refused(Problem("attendance.nothing_to_take_back"))
    return correct_attendance(programme, entry.object_key, line, back, by=by)


def _take_back_heads(programme: str, entry: records.JournalEntry, body: Mapping[str, Any], by: Actor) -> int:
    was, became = body["before"]["head_count"], body["after"]["head_count"]
    now = records.HeadCount.objects.filter(event__programme__key=programme, event__key=entry.object_key)
    if {day.isoformat(): str(heads) for day, heads in now.values_list("day", "heads")} != became:
        raise Refused(Problem("attendance.changed_since"))
    wanted: dict[date, int | None] = {date.fromisoformat(day): None for day in became}
    wanted |= {date.fromisoformat(day): int(heads) for day, heads in was.items()}
    return count_heads(programme, entry.object_key, wanted, by=by)


def _take_back_typing(programme: str, entry: records.JournalEntry, body: Mapping[str, Any], by: Actor) -> int:
    return take_back_typing(
        programme, entry.object_key, before=entry.facts["list_before"], after=entry.facts["list_after"], by=by
    )


_TAKES_BACK: Final = {
    "correct_attendance": _take_back_correction,
    "count_heads": _take_back_heads,
    "type_in": _take_back_typing,
    "enter_scores": take_back_scores,
}


def _say(
    programme: records.Programme,
    line: str,
    words: Sequence[Correction],
    *,
    at: datetime,
    reason: str,
    by: Actor,
) -> None:
    records.AttendanceCorrection.objects.bulk_create(
        records.AttendanceCorrection(
            programme=programme,
            line_id=line,
            field=one.field,
            day=one.day,
            value=one.value,
            at=at,
            by=by.user,
            reason=reason,
        )
        for one in words
    )


def _told(words: Words) -> dict[str, Any]:
    """Words for the journal: the role, and by day whether and how long somebody was there."""
    told: dict[str, Any] = {}
    for (field, day), value in sorted(words.items(), key=lambda one: (one[0][0], one[0][1] or date.min)):
        if field == "role":
            told["role"] = value
        else:
            told.setdefault(field, {})[day.isoformat() if day else ""] = value
    return told


def _change(
    programme: str,
    event: str,
    action: str,
    change: Any,
    found: dict[str, Any],
    *,
    by: Actor,
    **more: Any,
) -> int:
    for left in reversed(range(TRIES)):
        try:
            done = change_description(
                programme,
                change,
                action=action,
                by=by,
                object_kind="event",
                object_key=event,
                personal=found,
                **more,
            )
        except Refused as refused:
            if left and any(problem.code == "import.changed_meanwhile" for problem in refused.problems):
                continue
            raise
        break
    if done.unchanged:
        return 0
    entries = records.JournalEntry.objects.filter(
        programme__key=programme, action=action, object_kind="event", object_key=event, by=by.user
    )
    return entries.order_by("-id").values_list("pk", flat=True)[0]


def _event(description: d.ProgrammeDescription, key: str) -> d.Event:
    event = next((one for one in description.events if one.key == key), None)
    if event is None:
        raise Refused(Problem("attendance.no_such_event", Place(key=key)))
    return event


def _with_event(description: d.ProgrammeDescription, event: d.Event) -> d.ProgrammeDescription:
    return replace(
        description, events=tuple(event if one.key == event.key else one for one in description.events)
    )


def _heads(counts: Sequence[d.HeadCount]) -> dict[str, dict[str, str]]:
    return {"head_count": {one.day.isoformat(): str(one.heads) for one in counts}}
