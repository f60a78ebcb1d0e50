"""Publishing: freezing an edition of the results report and writing its files."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from karvon.actions.journal import COMMAND, Actor, canonical, write_entry
from karvon.files import evidence_store
from karvon.files.reports.results.report import Form, render
from karvon.queries.publishing import results_report
from karvon.records import models as records
from karvon.rules.problems import Place, Problem, Refused

Progress = Callable[[int, int, str], None]


def _silent(done: int, of: int, name: str) -> None:
    """Nobody is watching."""


def publish_results(
    programme: str,
    folder: Path,
    *,
    languages: Sequence[str],
    forms: Sequence[Form],
    by: Actor = COMMAND,
    progress: Progress = _silent,
) -> tuple[Path, ...]:
    """Write the results report into ``folder`` as ``<programme>-<language>.<form>`` and freeze it as an edition.

    The same facts give the same bytes and the same edition: publishing again adds nothing to the records.
    Each file is written beside its place and renamed, so that a cut leaves the old file or the new one.
    Raises `Refused` when there is nothing to publish or the folder cannot be written; nothing is changed then.
    """
    report = results_report(programme)
    if report is None:
        raise Refused(Problem("terminal.unknown_programme", Place(key=programme), {"there": ""}))
    content = _plain(asdict(report))
    digest = hashlib.sha256(canonical(content)).hexdigest()
    wanted = [(language, form) for language in languages for form in forms]
    rendered: list[tuple[str, Form, str, bytes]] = []
    for done, (language, form) in enumerate(wanted, 1):
        name = f"{programme}-{language}.{form}"
        progress(done, len(wanted), name)
        rendered.append((language, form, name, render(report, language, form)))
    written = _write_files(folder, [(name, data) for _, _, name, data in rendered])
    stored = [evidence_store.store(settings.KARVON_HOME, data, name=name) for _, _, name, data in rendered]
    with transaction.atomic():
        record = records.Programme.objects.get(key=programme)
        edition = records.Edition.objects.filter(programme=record, digest=digest).first()
        if edition is None:
            last = records.Edition.objects.filter(programme=record).order_by("-number").first()
            edition = records.Edition.objects.create(
                programme=record,
                number=last.number + 1 if last else 1,
                as_of=report.programme.as_of,
                made_at=timezone.now(),
                content=content,
                digest=digest,
            )
        there = {(f.language, f.form) for f in edition.files.all()}
        added = []
        for (language, form, name, _), file in zip(rendered, stored, strict=True):
            if (language, form) in there:
                continue
            records.StoredFile.objects.get_or_create(
                sha256=file.sha256, defaults={"size": file.size, "media_type": file.media_type}
            )
            records.EditionFile.objects.create(
                edition=edition, language=language, form=form, stored_id=file.sha256
            )
            added.append(name)
        if added:
            write_entry(
                "publish_results",
                by=by,
                programme=record,
                object_kind="edition",
                object_key=str(edition.number),
                facts={"content_sha256": digest, "files": added},
            )
    return written


def _write_files(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=".writing-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
                os.chmod(temporary, 0o644)
                os.replace(temporary, folder / name)
            finally:
                Path(temporary).unlink(missing_ok=True)
            written.append(folder / name)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused(Problem("terminal.write_failed", Place(file=str(folder)), {"why": why})) from error
    return tuple(written)


def _plain(value: Any) -> Any:
    """JSON values: days as ISO 8601, numbers as strings where they are decimal."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
