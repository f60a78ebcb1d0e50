"""Attendance by hand: correcting what a sheet says of somebody, counting heads, and taking either back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal, cast

from django.db import transaction
from django.db.models import QuerySet
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
from karvon.queries.register import attendances_by_line, days_seen
from karvon.records import models as records
from karvon.rules.attendance import CorrectedField, Correction, makes_sense
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d

TRIES: Final = 3
"""How often a change is begun again because somebody else wrote in the meantime."""
MOST_AT_ONCE: Final = 1000
"""Lines about which the same is said at once; somebody waits for it."""


@dataclass(frozen=True, slots=True)
class SameForAll:
    """The same words about several lines; ``None`` leaves a field as it is, '' lets the sheets be right again."""

    role: str | None = None
    status: str | None = None
    hours: str | None = None
    on: date | Literal["own", "whole"] = "own"
    """A day of the event, the event as a whole, or each line's own sessions: those it has, and those taken from it."""


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
        return _correct(record, event, {line: corrections}, {"line": line}, reason=reason, by=by, seen=seen)


def correct_several(
    programme: str,
    event: str,
    lines: Collection[str] | None,
    said: SameForAll,
    *,
    reason: str = "",
    by: Actor,
    seen: int | None = None,
) -> tuple[int, int]:
    """The same words about these lines of the event (``None``: all of them): the journal entry's number and how many
    lines it changed; zeros for no change.

    All of them or none; as `correct_attendance` otherwise. ``seen`` is the latest word about any line of the event.
    """
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().get(key=programme)
        if lines is None:
            lines = set(_lines_of(record, event).values_list("pk", flat=True))
        if len(lines) > MOST_AT_ONCE:
            raise Refused(Problem("attendance.too_many_lines", Place(key=event), {"most": MOST_AT_ONCE}))
        words = _about_each(programme, lines, said)
        # what changes nothing is left out here, so that the entry says how many lines it was about
        before = words_about(programme, lines=list(words))
        changed = {line: new for line, about in words.items() if (new := _news(about, before.get(line, {})))}
        if not changed:
            _lines_held(record, event, lines)
            return 0, 0
        facts = {"lines": len(changed)}
        return _correct(record, event, changed, facts, reason=reason, by=by, seen=seen), len(changed)


def _about_each(
    programme: str, lines: Collection[str], said: SameForAll
) -> dict[str, tuple[Correction, ...]]:
    """What is said of each line, session by session."""
    of_sessions: dict[CorrectedField, str] = {}
    if said.status is not None:
        of_sessions["status"] = said.status
    if said.hours is not None:
        of_sessions["hours"] = said.hours
    own: dict[str, set[date | None]] = {line: set() for line in lines}
    if said.on == "own" and of_sessions:
        for line, day in records.Attendance.objects.filter(line__in=lines).values_list("line", "day"):
            own[line].add(day)
        for line, words in words_about(programme, lines=list(lines)).items():
            own[line] |= {day for field, day in words if field != "role"}
    else:
        days: set[date | None] = {None if said.on in ("whole", "own") else cast(date, said.on)}
        own = dict.fromkeys(lines, days)
    role = () if said.role is None else (Correction("role", said.role),)
    return {
        line: (
            *role,
            *(
                Correction(field, value, day)
                for day in sorted(own[line], key=lambda day: (day is not None, day or date.min))
                for field, value in of_sessions.items()
            ),
        )
        for line in lines
    }


def _lines_of(record: records.Programme, event: str) -> QuerySet[records.Line]:
    return records.Line.objects.filter(
        programme=record, sheet__event__key=event, retired_at__isnull=True
    ).order_by()


def _lines_held(record: records.Programme, event: str, lines: Collection[str]) -> None:
    if _lines_of(record, event).filter(pk__in=lines).count() != len(set(lines)):
        raise Refused(Problem("attendance.no_such_line", Place(key=event)))


def _news(said: Iterable[Correction], holds: Words) -> list[Correction]:
    """Those of the words that do not hold already."""
    return [one for one in said if holds.get((one.field, one.day), "") != one.value]


def _correct(
    record: records.Programme,
    event: str,
    said: Mapping[str, Sequence[Correction]],
    facts: Mapping[str, Any],
    *,
    reason: str,
    by: Actor,
    seen: int | None,
) -> int:
    """Keep words about lines, by line, as one change."""
    lines, programme = sorted(said), record.key
    _lines_held(record, event, lines)
    span = records.Event.objects.get(programme=record, key=event)
    days = event_days(span.starts, span.ends)
    if not all(makes_sense(one, days=days) for words in said.values() for one in words):
        raise Refused(Problem("attendance.makes_no_sense", Place(key=event)))
    before = words_about(programme, lines=lines)
    new = {line: news for line in lines if (news := _news(said[line], before.get(line, {})))}
    if not new:
        return 0
    if seen is not None and latest_word(lines) > seen:
        raise Refused(Problem("attendance.corrected_meanwhile", Place(key=event)))
    at = timezone.now()
    _say(record, new, at=at, reason=reason, by=by)
    earlier = attendances_by_line(programme, lines)
    days_then = days_seen(programme, event)
    lay_corrections(record)
    roles = refresh_roles(record)
    if days_seen(programme, event) == days_then:
        refresh_touched(record, earlier=earlier, earlier_roles=roles)
    else:  # the hours of everybody who was there are shared by other days now
        refresh_standings(record)
    after = words_about(programme, lines=lines)
    return write_entry(
        "correct_attendance",
        by=by,
        programme=record,
        object_kind="event",
        object_key=event,
        facts={**facts, "at": at.isoformat()},
        personal={
            "before": _told(_common(before.get(line, {}) for line in new)),
            "after": _told(_common(after.get(line, {}) for line in new)),
            **({"reason": reason} if reason else {}),
        },
    ).pk


def _common(words: Iterable[Words]) -> Words:
    """What is said of every one of these lines alike; what differs stands in each line's own history."""
    first, *rest = words
    return {about: value for about, value in first.items() if all(one.get(about) == value for one in rest)}


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
    at = datetime.fromisoformat(entry.facts["at"])
    said = records.AttendanceCorrection.objects.filter(
        programme__key=programme, line__retired_at__isnull=True
    )
    lines = said.filter(at=at, line__sheet__event__key=entry.object_key).values("line")
    before: dict[tuple[str, str, date | None], str] = {}
    back: dict[str, dict[tuple[str, date | None], Correction]] = {}
    for one in said.filter(line__in=lines).order_by("at", "id"):
        about, session = (one.line_id, one.field, one.day), (one.field, one.day)
        if one.at == at:
            back.setdefault(one.line_id, {})[session] = Correction(
                one.field,  # type: ignore[arg-type]  # held to the known words
                before.get(about, ""),
                one.day,
            )
        elif session in back.get(one.line_id, {}):
            raise Refused(Problem("attendance.changed_since"))
        before[about] = one.value
    if not back:
        raise Refused(Problem("attendance.nothing_to_take_back"))
    facts = {"line": next(iter(back))} if len(back) == 1 else {"lines": len(back)}
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().get(key=programme)
        words = {line: tuple(of.values()) for line, of in back.items()}
        return _correct(record, entry.object_key, words, facts, reason="", by=by, seen=None)


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
    words: Mapping[str, Sequence[Correction]],
    *,
    at: datetime,
    reason: str,
    by: Actor,
) -> None:
    records.AttendanceCorrection.objects.bulk_create(
        (
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
            for line, of in words.items()
            for one in of
        ),
        batch_size=500,
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
