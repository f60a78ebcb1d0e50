"""What people know better than the sheets: their words that hold, as whatever changes attendances needs them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import cast, get_args

from django.db.models import QuerySet

from karvon.records import models as records
from karvon.rules.attendance import AttendanceField, CorrectedField, Correction, in_force
from karvon.rules.programme.register import RegisterCorrection

Words = dict[tuple[CorrectedField, date | None], str]


def words_about(
    programme: str, *, lines: Sequence[str] | None = None, fields: Iterable[str] = get_args(AttendanceField)
) -> dict[str, Words]:
    """What people said over the sheets that still holds, by line in use: of attendance, or of other fields."""
    rows = records.AttendanceCorrection.objects.filter(
        programme__key=programme, line__retired_at__isnull=True, field__in=tuple(fields)
    )
    if lines is not None:
        rows = rows.filter(line__in=lines)
    said: dict[str, list[Correction]] = {}
    for line, field, value, day in rows.order_by("at", "id").values_list("line", "field", "value", "day"):
        said.setdefault(line, []).append(Correction(cast(CorrectedField, field), value, day))
    found = {line: in_force(words) for line, words in said.items()}
    return {line: words for line, words in found.items() if words}


def latest_word(lines: Collection[str]) -> int:
    """The number of the last word about the attendance of any of these lines; 0 for none."""
    return _latest(records.AttendanceCorrection.objects.filter(line__in=lines))


def latest_word_of_event(programme: str, event: str) -> int:
    """The number of the last word about the attendance of any line of an event; 0 for none."""
    of = records.AttendanceCorrection.objects.filter(programme__key=programme, line__sheet__event__key=event)
    return _latest(of)


def _latest(words: QuerySet[records.AttendanceCorrection]) -> int:
    said = words.filter(field__in=get_args(AttendanceField)).order_by("-id")
    return said.values_list("pk", flat=True).first() or 0


def exported_corrections(programme: str) -> tuple[RegisterCorrection, ...]:
    """Every correction ever kept, oldest first, as it travels in a folder; those of withdrawn sheets stay behind."""
    rows = (
        records.AttendanceCorrection.objects.filter(programme__key=programme)
        .filter(line__sheet__withdrawn_at__isnull=True)
        .select_related("by")
        .order_by("at", "id")
    )
    return tuple(
        RegisterCorrection(
            line=row.line_id,
            field=cast(CorrectedField, row.field),
            day=row.day,
            value=row.value,
            at=row.at,
            by=row.by.get_username() if row.by else row.by_name,
            reason=row.reason,
        )
        for row in rows
    )


def place_of_line(line: records.Line) -> str:
    """Where a line stands: ``list.csv:12``."""
    return f"{line.sheet.path.rpartition('/')[2] if line.sheet else ''}:{line.row or ''}"
