"""What remains of a person who was erased, and which files are closed because they name somebody who was."""

from dataclasses import dataclass

from django.db.models import Q

from karvon.records import models as records
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class NamingFile:
    """A sheet whose file, and whose signed scan, hold the person's name."""

    sheet: str
    path: str
    sha256: str
    scan_path: str
    event: str
    event_title: Text
    others: int
    """Lines of other people in the same list."""


@dataclass(frozen=True, slots=True)
class ToErase:
    """What erasing somebody would do."""

    person: str
    erased: bool
    """Nothing of theirs can be read any more."""
    lines: int
    files: tuple[NamingFile, ...]
    experts: tuple[str, ...]
    """Keys of experts of the programme that they are; those are removed from its list first."""
    delegations: int
    doubts: int
    """Doubts among the person's own lines, which end as they stand."""
    reasons: int
    """Decisions about the lines for which somebody wrote a reason; history keeps these."""


def to_erase(programme: str, person: str) -> ToErase | None:
    """What erasing this person would touch; ``None`` for nobody known."""
    lines = list(
        records.Line.objects.filter(
            programme__key=programme, link__person=person, retired_at__isnull=True
        ).select_related("payload", "sheet__event", "expert")
    )
    if not lines:
        return None
    mine = [line.pk for line in lines]
    sheets = {line.sheet.pk: line.sheet for line in lines if line.sheet}
    held: dict[int, int] = {}
    of_others = records.Line.objects.filter(sheet__in=sheets, retired_at__isnull=True).exclude(pk__in=mine)
    for sheet in of_others.values_list("sheet", flat=True):
        held[sheet] = held.get(sheet, 0) + 1
    decided = records.Decision.objects.filter(Q(a__in=mine) | Q(b__in=mine)).exclude(reason="")
    corrected = records.AttendanceCorrection.objects.filter(line__in=mine).exclude(reason="")
    return ToErase(
        person=person,
        erased=all(line.payload.body is None for line in lines),
        lines=len(lines),
        files=tuple(
            NamingFile(
                row.key,
                row.path,
                row.stored_id,
                row.scan_path if row.scan_id else "",
                row.event.key,
                row.event.title,
                held.get(key, 0),
            )
            for key, row in sheets.items()
        ),
        experts=tuple(sorted({line.expert.key for line in lines if line.expert})),
        delegations=sum(line.delegate_id is not None for line in lines),
        doubts=records.Match.objects.filter(a__in=mine, b__in=mine, band="undecided").count(),
        reasons=decided.count() + corrected.count(),
    )


def is_closed(programme: str, sha256: str) -> bool:
    """Whether this file names somebody who was erased, so that nobody may open it here any more.

    A corrected version of the list without the person's row is open again; the versions before it are not.
    """
    erased = records.Line.objects.filter(
        programme__key=programme, sheet__isnull=False, payload__erased_at__isnull=False
    )
    standing = erased.filter(Q(retired_at__isnull=True) | Q(sheet__withdrawn_at__isnull=False))
    if standing.filter(Q(sheet__stored=sha256) | Q(sheet__scan=sha256)).exists():
        return True
    now = records.Sheet.objects.filter(programme__key=programme).filter(Q(stored=sha256) | Q(scan=sha256))
    if now.filter(withdrawn_at__isnull=True).exists():
        return False
    versions = records.DraftFile.objects.filter(
        draft__programme__key=programme, sheet_key__in=erased.values("sheet__key")
    )
    return versions.filter(Q(stored=sha256) | Q(before=sha256) | Q(scan__stored=sha256)).exists()
