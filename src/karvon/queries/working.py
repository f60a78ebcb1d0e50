"""How far long work is, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from karvon.queries.bringing import STILL, kept_problems
from karvon.records import models as records
from karvon.rules.problems import Problem

WorkKind = Literal["take_back", "count_again", "folder", "freeze"]
WorkState = Literal["running", "done", "failed", "cut"]


@dataclass(frozen=True, slots=True)
class WorkRow:
    work: str
    programme: str
    """'' for a folder that brings a programme nobody knew."""
    kind: WorkKind
    about: str
    state: WorkState
    """``cut``: it stopped beating and did nothing."""
    step: str
    done: int
    of: int
    by: str
    begun_at: datetime
    problems: tuple[Problem, ...]
    result: Mapping[str, Any]


def work(key: str, *, programme: str) -> WorkRow | None:
    """This work of this programme, or of none for ''; ``None`` where there is none."""
    rows = records.Work.objects.filter(pk=key).select_related("programme", "by")
    row = (rows.filter(programme__key=programme) if programme else rows.filter(programme=None)).first()
    return _work(row) if row else None


def works_going_on(programme: str) -> tuple[WorkRow, ...]:
    """The work on a programme that is going on now, the latest first."""
    rows = records.Work.objects.filter(
        programme__key=programme, state="running", beat_at__gte=timezone.now() - STILL
    )
    return tuple(_work(row) for row in rows.select_related("programme", "by"))


def _work(row: records.Work) -> WorkRow:
    cut = row.state == "running" and row.beat_at < timezone.now() - STILL
    return WorkRow(
        work=row.pk,
        programme=row.programme.key if row.programme else "",
        kind=row.kind,  # type: ignore[arg-type]  # held to the known words by the database
        about=row.about,
        state="cut" if cut else row.state,  # type: ignore[arg-type]  # likewise
        step=row.step,
        done=row.done,
        of=row.of,
        by=row.by.get_username() if row.by else "",
        begun_at=row.begun_at,
        problems=kept_problems(row.problems),
        result=row.result,
    )
