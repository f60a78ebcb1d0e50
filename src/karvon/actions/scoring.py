"""Test scores: entered a column at a time, taken back, and kept true to the sheets and to what people know better."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

from django.db import transaction
from django.utils import timezone

from karvon.actions.journal import Actor, write_entry
from karvon.queries.corrections import place_of_line, words_about
from karvon.records import models as records
from karvon.rules.attendance import NO_SCORE, OUT_OF, ScoreField, score_kept, score_read
from karvon.rules.problems import Place, Problem, Refused

SCORE_FIELDS = get_args(ScoreField)
Spot = tuple[str, ScoreField]
"""A line and one of its two scores."""
Read = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """A score typed beside the one that was ``shown``; ``None``: no score."""

    line: str
    field: ScoreField
    score: Decimal | None
    shown: Decimal | None = None


class Overtaken(Exception):
    """Somebody else wrote other scores in the meantime; nothing was changed. ``now`` is what stands there."""

    def __init__(self, now: Mapping[Spot, Decimal | None]) -> None:
        super().__init__("changed since it was shown")
        self.now = now


def enter_scores(programme: str, event: str, entries: Sequence[ScoreEntry], *, by: Actor) -> int:
    """Keep these scores of lines of the event; the journal entry's number, 0 where all of them stand already.

    They hold over every later reading of the sheets until taken back. `Overtaken` where a score is another by now
    than was shown; `Refused` for a line that is not in use at the event and for a score above its highest.
    """
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().get(key=programme)
        lines = {
            row.pk: row
            for row in records.Line.objects.filter(
                programme=record,
                pk__in={one.line for one in entries},
                sheet__event__key=event,
                retired_at__isnull=True,
            ).select_related("sheet__event", "score")
        }
        if any(one.line not in lines for one in entries):
            raise Refused(Problem("attendance.no_such_line", Place(key=event)))
        if any(one.score is not None and one.score > _out_of(lines[one.line]) for one in entries):
            raise Refused(Problem("attendance.makes_no_sense", Place(key=event)))
        now = {(one.line, one.field): _now(lines[one.line], one.field) for one in entries}
        new = [one for one in entries if now[one.line, one.field] != one.score]
        if over := {
            (one.line, one.field): now[one.line, one.field]
            for one in new
            if now[one.line, one.field] != one.shown
        }:
            raise Overtaken(over)
        if not new:
            return 0
        return _say(record, event, [(one.line, one.field, _word(lines[one.line], one)) for one in new], by=by)


def take_back_scores(programme: str, entry: records.JournalEntry, _body: Mapping[str, Any], by: Actor) -> int:
    """Let the words before this entry's hold again; `Refused` where one of them was changed since."""
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().get(key=programme)
        at = datetime.fromisoformat(entry.facts["at"])
        said = records.AttendanceCorrection.objects.filter(
            programme=record, field__in=SCORE_FIELDS, line__in=entry.facts["lines"]
        )
        before: dict[tuple[str, str], str] = {}
        back: list[tuple[str, ScoreField, str]] = []
        for one in said.order_by("at", "id"):
            spot = one.line_id, one.field
            if one.at == at:
                back.append((one.line_id, one.field, before.get(spot, "")))  # type: ignore[arg-type]  # of the two
            elif any((line, field) == spot for line, field, _ in back):
                raise Refused(Problem("attendance.changed_since"))
            before[spot] = one.value
        if not back:
            raise Refused(Problem("attendance.nothing_to_take_back"))
        return _say(record, entry.object_key, back, by=by)


def _say(
    programme: records.Programme,
    event: str,
    words: Sequence[tuple[str, ScoreField, str]],
    *,
    by: Actor,
) -> int:
    """Keep the words, let them hold, and tell the journal."""
    at = timezone.now()
    lines = sorted({line for line, _, _ in words})
    was = _told(words)
    records.AttendanceCorrection.objects.bulk_create(
        records.AttendanceCorrection(
            programme=programme, line_id=line, field=field, value=value, at=at, by=by.user
        )
        for line, field, value in words
    )
    lay_scores(programme, only=lines)
    return write_entry(
        "enter_scores",
        by=by,
        programme=programme,
        object_kind="event",
        object_key=event,
        facts={"at": at.isoformat(), "lines": lines},
        personal={"before": was, "after": _told(words)},
    ).pk


def _told(words: Iterable[tuple[str, ScoreField, str]]) -> dict[str, dict[str, str]]:
    """The scores that stand now where these words speak, by the place of the line, for the journal."""
    spots = [(line, field) for line, field, _ in words]
    lines = {
        row.pk: row
        for row in records.Line.objects.filter(pk__in={line for line, _ in spots}).select_related(
            "sheet", "score"
        )
    }
    told: dict[str, dict[str, str]] = {}
    for line, field in spots:
        score = _now(lines[line], field)
        if score is not None:
            told.setdefault(field, {})[place_of_line(lines[line])] = f"{score:f}"
    return told


def _now(line: records.Line, field: ScoreField) -> Decimal | None:
    row: records.Score | None = getattr(line, "score", None)
    if row is None:
        return None
    return score_kept(str(row.before if field == "score_before" else row.after))


def _word(line: records.Line, entry: ScoreEntry) -> str:
    """What is to be said so that this score holds: nothing where the sheet says it."""
    row: records.Score | None = getattr(line, "score", None)
    read = None if row is None else row.read_before if entry.field == "score_before" else row.read_after
    if entry.score == read:
        return ""
    return NO_SCORE if entry.score is None else f"{entry.score:f}"


def _out_of(line: records.Line) -> Decimal:
    return (line.sheet.event.scores_out_of if line.sheet else None) or OUT_OF


def lay_scores(
    programme: records.Programme,
    *,
    read_anew: Mapping[str, Mapping[str, str]] = {},  # never changed
    only: Collection[str] | None = None,
) -> None:
    """Make the scores of the programme's lines, or ``only`` of some, what sheets and people's words together say.

    ``read_anew`` are the cells of lines just read from their sheets. Call it in the transaction of whatever wrote
    sheets or words. A programme without scores costs two statements.
    """
    rows = records.Score.objects.filter(line__programme=programme).select_related("line")
    if only is not None:
        rows = rows.filter(line__in=only)
    kept = {row.pk: row for row in rows}
    words = words_about(programme.key, lines=None if only is None else sorted(only), fields=SCORE_FIELDS)
    read: dict[str, Read] = {
        line: (row.read_before, row.read_after)
        for line, row in kept.items()
        if row.line.retired_at is None and line not in read_anew
    }
    for line, cells in read_anew.items():
        read[line] = score_read(cells.get("score_before", "")), score_read(cells.get("score_after", ""))
    wanted = {}
    for line in {*read, *words}:
        before, after = read.get(line, (None, None))
        said = words.get(line, {})
        now = _holds(before, said.get(("score_before", None))), _holds(after, said.get(("score_after", None)))
        if any(score is not None for score in (before, after, *now)):
            wanted[line] = (before, after, *now)
    stale = [
        line
        for line, row in kept.items()
        if wanted.get(line) != (row.read_before, row.read_after, row.before, row.after)
    ]
    records.Score.objects.filter(line__in=stale).delete()
    records.Score.objects.bulk_create(
        records.Score(line_id=line, read_before=one[0], read_after=one[1], before=one[2], after=one[3])
        for line, one in sorted(wanted.items())
        if line not in kept or line in stale
    )


def _holds(read: Decimal | None, word: str | None) -> Decimal | None:
    """The score by a person's word, where there is one, else by the sheet."""
    return score_kept(word) if word else read
