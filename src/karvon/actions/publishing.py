"""Publishing: freezing an edition of the results report, releasing it to everybody, and taking it back."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from karvon.actions.describing import change_description
from karvon.actions.journal import COMMAND, Actor, canonical, write_entry
from karvon.files import evidence_store
from karvon.files.reports.results.fields import fields_of, table_names
from karvon.files.reports.results.report import Form, render
from karvon.files.writers.template import MOST_BYTES, open_template, unknown_fields
from karvon.queries.publishing import TEMPLATES, results_report
from karvon.records import models as records
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d
from karvon.rules.programme.text import Text
from karvon.rules.reporting.part import WHOLE, Part

Progress = Callable[[int, int, str], None]


def _silent(done: int, of: int, name: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """An edition and the files just made of it."""

    number: int
    files: tuple[tuple[str, bytes], ...]
    new: bool
    """Whether anything was added: the same facts give the same edition again."""


def freeze_edition(
    programme: str,
    part: Part = WHOLE,
    *,
    languages: Sequence[str],
    forms: Sequence[Form],
    by: Actor,
    progress: Progress = _silent,
) -> Frozen:
    """Freeze the results report of this part as an edition, a draft until somebody publishes it.

    The same facts give the same bytes and the same edition: freezing again adds no more than the languages and
    forms it did not have. Raises `Refused` where there is nothing to report.
    """
    return _frozen(programme, _rendered(programme, part, languages, forms, progress), part, by=by)


def publish_results(
    programme: str,
    folder: Path,
    *,
    languages: Sequence[str],
    forms: Sequence[Form],
    part: Part = WHOLE,
    by: Actor = COMMAND,
    progress: Progress = _silent,
) -> tuple[Path, ...]:
    """Write the results report into ``folder`` as ``<programme>-<language>.<form>`` and freeze it as an edition.

    Each file is written beside its place and renamed, so that a cut leaves the old file or the new one.
    Raises `Refused` when there is nothing to report or the folder cannot be written; nothing is changed then.
    """
    rendered = _rendered(programme, part, languages, forms, progress)
    written = _write_files(folder, [(one.name, one.data) for one in rendered.files])
    _frozen(programme, rendered, part, by=by)
    return written


def publish_edition(programme: str, number: int, *, by: Actor) -> bool:
    """Let everybody read the edition; false if everybody may already. Raises `Refused` for no such edition."""
    with transaction.atomic():
        edition, last = _held(programme, number)
        if last is not None and last.step == "published":
            return False
        _release(edition, "published", by=by)
        write_entry(
            "publish_edition",
            by=by,
            programme=edition.programme,
            object_kind="edition",
            object_key=str(number),
            facts={"content_sha256": edition.digest},
        )
    return True


def withdraw_edition(programme: str, number: int, *, reason: str, by: Actor) -> bool:
    """Take a published edition back: its files are no longer handed out to everybody, the reason stands in its place.

    False if it is withdrawn already. Raises `Refused` for no such edition, for a draft, and without a reason.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(Problem("publishing.reason_missing"))
    with transaction.atomic():
        edition, last = _held(programme, number)
        if last is None:
            raise Refused(Problem("publishing.not_published", Place(key=str(number))))
        if last.step == "withdrawn":
            return False
        _release(edition, "withdrawn", by=by, reason=reason[:500])
        write_entry(
            "withdraw_edition",
            by=by,
            programme=edition.programme,
            object_kind="edition",
            object_key=str(number),
            facts={"content_sha256": edition.digest},
            personal={"reason": reason[:500]},
        )
    return True


def add_template(programme: str, path: Path, *, name: str, by: Actor) -> str:
    """Keep an organisation's own Word file, by its hash, for reports to be filled into; its key.

    One of the same name is replaced. It lies among the programme's documents, so that it travels with them. Raises
    `Refused` for a file that is no plain Word document and for every field in it that nobody knows; nothing is kept.
    """
    data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else bytes(MOST_BYTES + 1)
    template = open_template(data, name=name)
    report = results_report(programme)
    if report is None:
        raise Refused(Problem("terminal.unknown_programme", Place(key=programme), {"there": ""}))
    unknown = unknown_fields(template, (*fields_of(report, "en"), *table_names()))
    if unknown:
        raise Refused(*unknown)
    stem = _plain_name(Path(name).stem)
    document = d.Document(
        key=f"report-template-{stem}",
        file=f"{TEMPLATES}{stem}.docx",
        kind="other",
        title=Text((("en", Path(name).stem[:200]),)),
    )

    def with_it(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
        others = tuple(one for one in before.documents if one.key != document.key)
        return replace(before, documents=(*others, document))

    change_description(
        programme,
        with_it,
        action="add_template",
        by=by,
        object_kind="document",
        object_key=document.key,
        files={document.file: path},
        facts={"content_sha256": hashlib.sha256(data).hexdigest()},
    )
    return document.key


def _plain_name(stem: str) -> str:
    """``musu-parskats`` of ``Mūsu pārskats``; a name in other letters keeps a mark of its own."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if words and sum(letter.isalpha() for letter in stem) <= sum(letter.isalpha() for letter in words) + 1:
        return words
    return "-".join(part for part in (words, hashlib.sha256(stem.encode()).hexdigest()[:8]) if part)


@dataclass(frozen=True, slots=True)
class _File:
    language: str
    form: Form
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Rendered:
    as_of: date
    content: Any
    files: tuple[_File, ...]


def _rendered(
    programme: str, part: Part, languages: Sequence[str], forms: Sequence[Form], progress: Progress
) -> _Rendered:
    report = results_report(programme, part)
    if report is None:
        raise Refused(Problem("terminal.unknown_programme", Place(key=programme), {"there": ""}))
    wanted = [(language, form) for language in languages for form in forms]
    files = []
    for done, (language, form) in enumerate(wanted, 1):
        name = file_name(programme, part, language, form)
        progress(done, len(wanted), name)
        files.append(_File(language, form, name, render(report, language, form)))
    return _Rendered(report.programme.as_of, _plain(asdict(report)), tuple(files))


def file_name(programme: str, part: Part, language: str, form: str) -> str:
    """``tashkent-2018-LV-79-2018-10-01-2018-12-31-lv.pdf``, without what the part does not say."""
    days = [day.isoformat() for day in (part.period.starts, part.period.ends) if day]
    return "-".join(word for word in (programme, part.contract, *days, language) if word) + f".{form}"


def _frozen(programme: str, rendered: _Rendered, part: Part, *, by: Actor) -> Frozen:
    digest = hashlib.sha256(canonical(rendered.content)).hexdigest()
    stored = [evidence_store.store(settings.KARVON_HOME, one.data, name=one.name) for one in rendered.files]
    with transaction.atomic():
        record = records.Programme.objects.select_for_update().get(key=programme)
        edition = records.Edition.objects.filter(programme=record, digest=digest).first()
        if edition is None:
            last = records.Edition.objects.filter(programme=record).order_by("-number").first()
            edition = records.Edition.objects.create(
                programme=record,
                number=last.number + 1 if last else 1,
                as_of=rendered.as_of,
                made_at=timezone.now(),
                content=rendered.content,
                digest=digest,
                contract=part.contract,
                starts=part.period.starts,
                ends=part.period.ends,
            )
        there = {(f.language, f.form) for f in edition.files.all()}
        added = []
        for one, file in zip(rendered.files, stored, strict=True):
            if (one.language, one.form) in there:
                continue
            records.StoredFile.objects.get_or_create(
                sha256=file.sha256, defaults={"size": file.size, "media_type": file.media_type}
            )
            records.EditionFile.objects.create(
                edition=edition, language=one.language, form=one.form, stored_id=file.sha256
            )
            added.append(one.name)
        if added:
            write_entry(
                "freeze_edition",
                by=by,
                programme=record,
                object_kind="edition",
                object_key=str(edition.number),
                facts={"content_sha256": digest, "files": added},
            )
    return Frozen(edition.number, tuple((one.name, one.data) for one in rendered.files), bool(added))


def _held(programme: str, number: int) -> tuple[records.Edition, records.EditionRelease | None]:
    """The edition with its latest release, held for writing."""
    records.Programme.objects.select_for_update().filter(key=programme).first()
    held = records.Edition.objects.filter(programme__key=programme).select_related("programme")
    edition = held.filter(number=number).first()
    if edition is None:
        there = ", ".join(str(one) for one in held.order_by("number").values_list("number", flat=True))
        raise Refused(Problem("publishing.unknown_edition", Place(key=str(number)), {"there": there or "–"}))
    return edition, edition.releases.order_by("-id").first()


def _release(edition: records.Edition, step: str, *, by: Actor, reason: str = "") -> None:
    records.EditionRelease.objects.create(
        edition=edition, step=step, at=timezone.now(), by=by.user, reason=reason
    )


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
