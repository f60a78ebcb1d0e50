"""Long work beside the pages: a thread of the serving process with a database connection of its own.

It beats while it lives. Work that stopped beating was cut off, by a restart most likely; since a change is written
whole or not at all, nothing half done remains, and the work can be started again.
"""

import logging
import threading
from datetime import datetime, timedelta
from typing import Final, Literal

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from karvon.actions.bringing import accept
from karvon.actions.journal import Actor, new_id
from karvon.files.evidence_store import stored_path
from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.queries.bringing import STILL, find, found_data, register_state
from karvon.records import models as records
from karvon.rules.evidence.line import written_line
from karvon.rules.problems import Problem, Refused

logger = logging.getLogger(__name__)
BEAT_SECONDS: Final = 5.0
SAID_SECONDS: Final = timedelta(seconds=0.7)
"""How often progress is written down at most."""
Kind = Literal["look", "accept"]


def start(programme: str, draft: str, kind: Kind, *, by: Actor, confirm: tuple[str, ...] = ()) -> str:
    """Begin the work and return at once with its id; work that is going on already is that work.

    ``look`` finds who is whom on the lists of a draft, ``accept`` lets them count. Call it outside a transaction.
    """
    now = timezone.now()
    records.Job.objects.filter(draft=draft, state="running", beat_at__lt=now - STILL).update(
        state="failed", problems=[_data(Problem("bringing.cut"))]
    )
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
    threading.Thread(
        target=_work, args=(row.pk, programme, draft, kind, by, confirm), name=f"job-{row.pk}", daemon=True
    ).start()
    return str(row.pk)


def _work(job: str, programme: str, draft: str, kind: Kind, by: Actor, confirm: tuple[str, ...]) -> None:
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, stop), name=f"heart-{job}", daemon=True)
    heart.start()
    problems: list[dict[str, object]] = []
    try:
        teller = _Teller(job)
        if kind == "look":
            look(programme, draft, progress=teller)
        else:
            accept(programme, draft, by=by, confirm=confirm, progress=teller)
    except Refused as refused:
        problems = [_data(problem) for problem in refused.problems[:50]]
    except Exception as error:  # whoever waits for it is told, and it must not go on beating
        logger.exception("job %s failed", job)
        problems = [_data(Problem("bringing.unforeseen", facts={"what": type(error).__name__}))]
    finally:
        stop.set()
        heart.join()
        try:
            records.Job.objects.filter(pk=job).update(
                state="failed" if problems else "done", problems=problems, beat_at=timezone.now()
            )
        finally:
            connections.close_all()


def _beat(job: str, stop: threading.Event) -> None:
    try:
        while not stop.wait(BEAT_SECONDS):
            try:
                records.Job.objects.filter(pk=job).update(beat_at=timezone.now())
            except DatabaseError:  # somebody writes for long; the next beat may come through
                logger.warning("job %s could not beat", job)
    finally:
        connections.close_all()


class _Teller:
    """Writes down how far the work is, not too often."""

    def __init__(self, job: str) -> None:
        self.job, self.step, self.last = job, "", datetime.min.replace(tzinfo=timezone.get_default_timezone())

    def __call__(self, step: str, done: int, of: int) -> None:
        now = timezone.now()
        if step != self.step or now - self.last > SAID_SECONDS:
            self.step, self.last = step, now
            records.Job.objects.filter(pk=self.job).update(step=step, done=done, of=of, beat_at=now)


def look(programme: str, draft: str, *, progress: "_Teller | None" = None) -> None:
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


def _data(problem: Problem) -> dict[str, object]:
    where = problem.where
    return {
        "code": problem.code,
        "where": {
            "file": where.file,
            "sheet": where.sheet,
            "row": where.row,
            "column": where.column,
            "key": where.key,
        },
        "facts": dict(problem.facts),
        "severity": problem.severity,
    }
