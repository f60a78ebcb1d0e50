"""What people saw on signed paper: kept beside what the transcript says, and before it."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from karvon.actions.journal import Actor, write_entry
from karvon.actions.touching import refresh_touched
from karvon.queries.register import attendances_by_line
from karvon.records import models as records
from karvon.rules.attendance import signed_of
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.register import RegisterSignature


def see_signatures(programme: str, sheet: str, seen: Mapping[str, bool | None], *, by: Actor) -> int:
    """Keep what somebody saw beside these lines of a sheet: signed, not signed, or ``None`` for no word of theirs.

    Returns how many lines changed; figures of rules that ask for signatures follow. Raises `Refused` for lines
    that are not in use on this sheet.
    """
    record = records.Programme.objects.get(key=programme)
    rows = {
        row.pk: row
        for row in records.Line.objects.filter(
            programme=record, sheet__key=sheet, retired_at__isnull=True, pk__in=list(seen)
        ).select_related("payload", "signature_seen")
    }
    if rows.keys() != seen.keys():
        raise Refused(
            Problem("people.no_such_lines", Place(key=", ".join(sorted(seen.keys() - rows.keys()))))
        )
    changed = {
        line: said
        for line, said in seen.items()
        if said != (rows[line].signature_seen.seen if hasattr(rows[line], "signature_seen") else None)
    }
    if not changed:
        return 0
    now = timezone.now()
    with transaction.atomic():
        records.SignatureSeen.objects.filter(line__in=list(changed)).delete()
        records.SignatureSeen.objects.bulk_create(
            records.SignatureSeen(line_id=line, seen=said, at=now, by=by.user)
            for line, said in sorted(changed.items())
            if said is not None
        )
        said_before = {
            line: signed_of((rows[line].payload.body or {}).get("cells", {}).get("signature"))
            for line in changed
        }
        earlier = attendances_by_line(programme, changed)
        for value in (True, False, None):
            attended = [
                line
                for line, said in changed.items()
                if (said_before[line] if said is None else said) is value
            ]
            records.Attendance.objects.filter(line__in=attended).update(signed=value)
        refresh_touched(record, earlier=earlier)
        write_entry(
            "see_signatures",
            by=by,
            programme=record,
            object_kind="sheet",
            object_key=sheet,
            facts={
                "signed": sorted(line for line, said in changed.items() if said),
                "not_signed": sorted(line for line, said in changed.items() if said is False),
                "taken_back": sorted(line for line, said in changed.items() if said is None),
            },
        )
    return len(changed)


def put_seen_over(lines: Collection[str]) -> None:
    """Attendances written anew from a transcript say what people saw, where they looked."""
    for value in (True, False):
        seen = records.SignatureSeen.objects.filter(line__in=lines, seen=value)
        records.Attendance.objects.filter(line__in=seen.values("line")).update(signed=value)


def keep_brought_signatures(programme: records.Programme, brought: Collection[RegisterSignature]) -> None:
    """What was seen where a folder comes from; of two words about a line the later holds."""
    if not brought:
        return
    known = {row.line_id: row.at for row in records.SignatureSeen.objects.filter(line__programme=programme)}
    there = set(records.Line.objects.filter(programme=programme).values_list("pk", flat=True))
    fresh = [
        one for one in brought
        if one.line in there and (one.line not in known or known[one.line] < one.at)
    ]  # fmt: skip
    ids = [one.line for one in fresh]
    records.SignatureSeen.objects.filter(Q(line__in=ids)).delete()
    records.SignatureSeen.objects.bulk_create(
        records.SignatureSeen(line_id=one.line, seen=one.seen, at=one.at, by_name=one.by) for one in fresh
    )
    put_seen_over(ids)
