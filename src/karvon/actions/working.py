"""Long work on what lies on the desk, beside the pages: finding who is whom, and letting lists count."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from karvon.actions.bringing import accept
from karvon.actions.journal import Actor, new_id
from karvon.actions.long_work import begin, fail_what_was_cut
from karvon.actions.staging import Progress
from karvon.files.evidence_store import stored_path
from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.queries.bringing import find, found_data, register_state
from karvon.records import models as records
from karvon.rules.evidence.line import written_line
from karvon.rules.problems import Problem, Refused

Kind = Literal["look", "accept"]


def start(programme: str, draft: str, kind: Kind, *, by: Actor, confirm: tuple[str, ...] = ()) -> str:
    """Begin the work and return at once with its id; work that is going on already is that work.

    ``look`` finds who is whom on the lists of a draft, ``accept`` lets them count. Call it outside a transaction.
    """
    now = timezone.now()
    fail_what_was_cut(records.Job.objects.filter(draft=draft))
    try:
        with transaction.atomic():
            row = records.Job.objects.create(
                id=new_id(),
                draft=records.Draft.objects.get(programme__key=programme, pk=draft, state="open"),
                kind=kind,
                state="running",
                by=by.user,
                begun_at=now,
                beat_at=now,
            )
    except records.Draft.DoesNotExist:
        raise Refused(Problem("bringing.not_open")) from None
    except IntegrityError:
        return str(records.Job.objects.filter(draft=draft, state="running").values_list("pk", flat=True)[0])
    begin(records.Job, row.pk, partial(_does, programme, draft, kind, by, confirm))
    return str(row.pk)


def _does(
    programme: str, draft: str, kind: Kind, by: Actor, confirm: tuple[str, ...], progress: Progress
) -> Mapping[str, Any]:
    if kind == "look":
        look(programme, draft, progress=progress)
    else:
        accept(programme, draft, by=by, confirm=confirm, progress=progress)
    return {}


def look(programme: str, draft: str, *, progress: Progress | None = None) -> None:
    """Find who is whom on every list of a draft and keep it with the list, for as long as the register stays."""
    files = list(
        records.DraftFile.objects.filter(draft=draft, kind="sheet").select_related("event").order_by("order")
    )
    for done, file in enumerate(files):
        if progress:
            progress("sheets", done, len(files))
        reading = read_sheet(
            stored_path(settings.KARVON_HOME, file.stored_id), corrections=file.reading, name=file.name
        )
        tables = [table for table in reading.tables if file.table in ("", table.sheet)]
        written = [written_line(row, table) for table in tables for row in table.rows]
        if progress:
            progress("people", done, len(files))
        state = register_state(programme)
        on = file.day or (file.event.starts if file.event else None)
        found = find(programme, written, source=file.sheet_key or f"draft:{file.pk}", on=on)
        records.DraftFile.objects.filter(pk=file.pk, reading=file.reading, table=file.table).update(
            found=found_data(found, state=state)
        )
