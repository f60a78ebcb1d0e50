"""Work beside the pages: a thread of the serving process with a database connection of its own.

It beats while it lives. Work that stopped beating was cut off, by a restart most likely; since a change is written
whole or not at all, nothing half done remains, and the work can be started again.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import DatabaseError, connections
from django.db.models import QuerySet
from django.utils import timezone

from karvon.actions.staging import Progress
from karvon.queries.bringing import STILL
from karvon.records import models as records
from karvon.rules.problems import Problem, Refused

logger = logging.getLogger(__name__)
BEAT_SECONDS: Final = 5.0
SAID_SECONDS: Final = timedelta(seconds=0.7)
"""How often progress is written down at most."""
MOST_PROBLEMS: Final = 50
Row = type[records.Job] | type[records.Work]
Does = Callable[[Progress], Mapping[str, Any]]
"""The work itself; what comes of it, by the names of columns of its row."""


def begin(rows: Row, row: str, does: Does) -> None:
    """Begin work whose row says that it runs, and return at once. Call it outside a transaction."""
    threading.Thread(target=_work, args=(rows, row, does), name=f"job-{row}", daemon=True).start()


def fail_what_was_cut(rows: QuerySet[Any]) -> None:
    """Work among these rows that stopped beating has failed."""
    rows.filter(state="running", beat_at__lt=timezone.now() - STILL).update(
        state="failed", problems=[problem_data(Problem("bringing.cut"))]
    )


def problem_data(problem: Problem) -> dict[str, object]:
    """A problem as a row keeps it."""
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


def _work(rows: Row, row: str, does: Does) -> None:
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(rows, row, stop), name=f"heart-{row}", daemon=True)
    heart.start()
    problems: list[dict[str, object]] = []
    became: Mapping[str, Any] = {}
    try:
        became = does(_Teller(rows, row))
    except Refused as refused:
        problems = [problem_data(problem) for problem in refused.problems[:MOST_PROBLEMS]]
    except Exception as error:  # whoever waits for it is told, and it must not go on beating
        logger.exception("job %s failed", row)
        problems = [problem_data(Problem("bringing.unforeseen", facts={"what": type(error).__name__}))]
    finally:
        stop.set()
        heart.join()
        try:
            rows.objects.filter(pk=row).update(
                state="failed" if problems else "done", problems=problems, beat_at=timezone.now(), **became
            )
        finally:
            connections.close_all()


def _beat(rows: Row, row: str, stop: threading.Event) -> None:
    try:
        while not stop.wait(BEAT_SECONDS):
            try:
                rows.objects.filter(pk=row).update(beat_at=timezone.now())
            except DatabaseError:  # somebody writes for long; the next beat may come through
                logger.warning("job %s could not beat", row)
    finally:
        connections.close_all()


class _Teller:
    """Writes down how far the work is, not too often."""

    def __init__(self, rows: Row, row: str) -> None:
        self.rows, self.row, self.step = rows, row, ""
        self.last = datetime.min.replace(tzinfo=timezone.get_default_timezone())

    def __call__(self, step: str, done: int, of: int) -> None:
        now = timezone.now()
        if step != self.step or now - self.last > SAID_SECONDS:
            self.step, self.last = step, now
            self.rows.objects.filter(pk=self.row).update(step=step, done=done, of=of, beat_at=now)
