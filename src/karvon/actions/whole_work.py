"""Long work on a programme as a whole, beside the pages: taking lists back, bringing in a folder, making an edition."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from karvon.actions.archive import import_archive
from karvon.actions.bringing import MOST_TRIES, restore_sheets, withdraw_sheets
from karvon.actions.journal import Actor, canonical, new_id
from karvon.actions.long_work import Does, begin, fail_what_was_cut
from karvon.actions.publishing import freeze_edition
from karvon.actions.staging import Progress
from karvon.files.reports.results.report import Form
from karvon.queries.working import WorkKind
from karvon.records import models as records
from karvon.rules.problems import Refused
from karvon.rules.reporting.part import Part

KEPT: Final = timedelta(days=30)
"""How long it can be looked up how a piece of work ended; what it did stands in the journal for ever."""


def take_lists_back(programme: str, keys: Sequence[str], *, about: str, by: Actor) -> str:
    """Begin to take these sheets back; the id of the work. ``about``: the draft or the sheet."""
    does = partial(_take, withdraw_sheets, programme, tuple(keys), by)
    return _start("take_back", does, programme=programme, about=about, by=by)


def let_lists_count_again(programme: str, keys: Sequence[str], *, about: str, by: Actor) -> str:
    """Begin to let sheets that were taken back count again."""
    does = partial(_take, restore_sheets, programme, tuple(keys), by)
    return _start("count_again", does, programme=programme, about=about, by=by)


def bring_archive_in(
    archive: Path, *, work: str, programme: str = "", replace: bool = False, by: Actor
) -> str:
    """Begin to import a packed folder under this id; the same id again is the same work.

    The file is kept until the work has ended, whatever becomes of the one that was sent.
    """
    kept = Path(settings.KARVON_HOME) / "incoming" / f"upload-work-{work}.zip"
    if records.Work.objects.filter(pk=work).exists():
        return work
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept.unlink(missing_ok=True)
    os.link(archive, kept)
    does = partial(_import, kept, programme, replace, by)
    started = _start("folder", does, programme=programme, by=by, work=work)
    if started != work:  # the programme is being replaced already
        kept.unlink(missing_ok=True)
    return started


def make_edition(
    programme: str, part: Part, *, languages: Sequence[str], forms: Sequence[Form], by: Actor
) -> str:
    """Begin to freeze an edition; the same choice asked for while it is being made is that work."""
    choice = canonical([str(asdict(part)), list(languages), list(forms)])
    does = partial(_freeze, programme, part, tuple(languages), tuple(forms), by)
    about = hashlib.sha256(choice).hexdigest()[:16]
    return _start("freeze", does, programme=programme, about=about, by=by)


def _start(
    kind: WorkKind, does: Does, *, by: Actor, programme: str = "", about: str = "", work: str = ""
) -> str:
    now = timezone.now()
    rows = records.Work.objects
    fail_what_was_cut(rows.all())
    rows.filter(begun_at__lt=now - KEPT).exclude(state="running").delete()
    of = records.Programme.objects.get(key=programme) if programme else None
    try:
        with transaction.atomic():
            row = rows.create(
                id=work or new_id(), programme=of, kind=kind, about=about, state="running", by=by.user,
                begun_at=now, beat_at=now,
            )  # fmt: skip
    except IntegrityError:  # begun a moment ago, by a second click most likely
        same = rows.filter(pk=work) if work else rows.none()
        going_on = rows.filter(programme=of, kind=kind, about=about, state="running")
        return str((same.first() or going_on.latest("begun_at")).pk)
    begin(records.Work, row.pk, does)
    return str(row.pk)


def _take(
    act: Callable[..., object], programme: str, keys: tuple[str, ...], by: Actor, progress: Progress
) -> Mapping[str, Any]:
    for tried in range(1, MOST_TRIES + 1):
        try:
            act(programme, keys, by=by, progress=progress)
            break
        except Refused as refused:
            if tried == MOST_TRIES or [p.code for p in refused.problems] != ["import.changed_meanwhile"]:
                raise
    return {"result": {"sheets": list(keys)}}


def _import(archive: Path, programme: str, replace: bool, by: Actor, progress: Progress) -> Mapping[str, Any]:
    try:
        with archive.open("rb") as opened:
            became = import_archive(opened, programme=programme, replace=replace, by=by, progress=progress)
    finally:
        archive.unlink(missing_ok=True)
    return {"result": {"programme": became.programme, "unchanged": became.unchanged}}


def _freeze(
    programme: str,
    part: Part,
    languages: tuple[str, ...],
    forms: tuple[Form, ...],
    by: Actor,
    progress: Progress,
) -> Mapping[str, Any]:
    def made(done: int, of: int, _name: str) -> None:
        progress("reports", done - 1, of)

    frozen = freeze_edition(programme, part, languages=languages, forms=forms, by=by, progress=made)
    return {"result": {"number": frozen.number, "new": frozen.new}}
