"""Erasing a person: their text goes from the records for good, and what was counted stays counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db import transaction
from django.utils import timezone

from karvon.actions.journal import Actor, erase, new_id, save_payload, write_entry
from karvon.actions.roles import refresh_roles
from karvon.actions.touching import refresh_touched
from karvon.queries.evidence import written_name
from karvon.queries.register import counting_register, decisions_in_force
from karvon.records import models as records
from karvon.rules.problems import Place, Problem, Refused

NOBODY: Final = "—"
"""Stands where a delegation's list has to say a name."""
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. ``entry`` is the journal's."""

    person: str
    lines: int
    """Lines in use and earlier ones whose text is gone."""
    notes: int
    """Entries of the journal whose before and after is gone."""


def erase_person(programme: str, person: str, *, by: Actor) -> Erased:
    """Erase every personal text of this person's lines in this programme; it cannot be undone.

    The lines, their links, attendances, organisations, regions and decisions stay without a name, so that the likeliest
    number of every figure stays what it was. Doubts whether a line is somebody else's stay doubts, which nobody can
    settle; doubts among the person's own lines end as they stand, because no text speaks for them any more. Earlier
    lines with exactly the same name and organisation, and the notes of the journal about the lines or with one of
    their names, lose their text too. The files that name the person stay in the store and are closed
    (`queries.erasing.is_closed`).

    Raises `Refused` for nobody known, for somebody erased already, and for an expert of the programme, who is removed
    from its list first.
    """
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().filter(key=programme).first()
        if record is None:
            raise Refused(Problem("people.nobody_known"))
        lines = list(
            records.Line.objects.filter(programme=record, link__person=person, retired_at__isnull=True)
            .select_related("payload", "expert", "delegate__payload")
            .order_by("pk")
        )
        if not lines:
            raise Refused(Problem("people.nobody_known"))
        if experts := sorted({line.expert.key for line in lines if line.expert}):
            raise Refused(*(Problem("people.erase_expert", Place(key=key)) for key in experts))
        readable = [line for line in lines if line.payload.body is not None]
        if not readable:
            raise Refused(Problem("people.erased_already"))
        names = {name for line in readable if (name := written_name(line.payload.body))} - {NOBODY}
        before = counting_register(programme)
        _hold_together(record, [line.pk for line in lines], by=by)
        earlier = _earlier_lines(record, readable)
        notes = _notes(record, person, lines, names)
        for payload in (*(line.payload for line in (*readable, *earlier)), *notes):
            erase(payload)
        for line in lines:
            if line.delegate is not None:
                _blank_delegate(line.delegate)
        first = max(lines, key=lambda line: (line.delegate is not None, line.pk))
        records.Person.objects.filter(pk=person).update(shown=first)  # as linking them anew would have it
        refresh_touched(
            record, before=before, about={line.pk for line in lines}, earlier_roles=refresh_roles(record)
        )
        # whoever read the lines before and writes now has to begin again, or the text would come back
        record.folder_digest, record.edited = f"erased:{new_id()}", True
        record.save(update_fields=["folder_digest", "edited"])
        write_entry(
            "erase_person",
            by=by,
            programme=record,
            object_kind="person",
            object_key=person,
            facts={"lines": [line.pk for line in (*readable, *earlier)], "notes": len(notes)},
        )
    return Erased(person, len(readable) + len(earlier), len(notes))


def _hold_together(record: records.Programme, lines: Sequence[str], *, by: Actor) -> None:
    """Say what the text said so far: the lines are one person, and who else they may be stays doubtful."""
    said = {(one.a, one.b): one.verdict for one in decisions_in_force(record.key)}
    mine = set(lines)
    now = timezone.now()
    wanted = [(pair, "same") for pair in pairwise(sorted(lines)) if said.get(pair) != "same"]
    open_matches = records.Match.objects.filter(programme=record, band="undecided")
    for a, b in (
        open_matches.filter(a__in=lines)
        .values_list("a_id", "b_id")
        .union(open_matches.filter(b__in=lines).values_list("a_id", "b_id"))
    ):
        if not {a, b} <= mine and (a, b) not in said:
            wanted.append(((a, b), "cannot_tell"))
    records.Decision.objects.bulk_create(
        records.Decision(programme=record, a_id=a, b_id=b, verdict=verdict, at=now, by=by.user)
        for (a, b), verdict in wanted
    )


def _earlier_lines(record: records.Programme, lines: Iterable[records.Line]) -> list[records.Line]:
    """Lines of earlier versions of sheets that say exactly the name and the organisation of one of these."""
    said = {_said(line) for line in lines}
    rows = records.Line.objects.filter(
        programme=record, retired_at__isnull=False, payload__body__isnull=False
    ).select_related("payload")
    return [row for row in rows.iterator(_AT_ONCE) if _said(row) in said]


def _said(line: records.Line) -> tuple[str, str]:
    body = line.payload.body or {}
    cells = body.get("cells", {})
    return written_name(body), str(cells.get("organisation", ""))


def _notes(
    record: records.Programme, person: str, lines: Sequence[records.Line], names: set[str]
) -> list[records.Payload]:
    """Texts of the journal about the person or their lines, or with one of their names in them."""
    about = {("person", person), *(("line", line.pk) for line in lines)}
    about |= {("delegate", line.delegate.key) for line in lines if line.delegate}
    rows = records.JournalEntry.objects.filter(
        programme=record, payload__isnull=False, payload__erased_at__isnull=True
    ).select_related("payload")
    return [
        row.payload
        for row in rows.iterator(_AT_ONCE)
        if row.payload is not None
        and (
            (row.object_kind, row.object_key) in about
            or any(_names(row.payload.body, name) for name in names)
        )
    ]


def _names(said: object, name: str) -> bool:
    """Whether the name stands somewhere in a text of the journal."""
    match said:
        case str():
            return name in said
        case dict():
            return any(_names(key, name) or _names(value, name) for key, value in said.items())
        case list():
            return any(_names(one, name) for one in said)
    return False


def _blank_delegate(delegate: records.Delegate) -> None:
    """The delegation keeps its number of members; a list has to say something in the place of a name."""
    old = delegate.payload
    delegate.payload = save_payload({"name": NOBODY, "position": ""})
    delegate.save(update_fields=["payload"])
    erase(old)
