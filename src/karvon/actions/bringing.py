"""Bringing in evidence through the website: files on the desk, what is said about them, accepting, taking back.

Nothing on the desk counts. What was said about a file (which column, which row, who is whom) is kept with it, so that
the desk can be left and come back to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from karvon.actions.describing import Described, change_description
from karvon.actions.journal import Actor, new_id, write_entry
from karvon.actions.people import decide, undo_decision
from karvon.actions.signing import see_signatures
from karvon.actions.staging import Progress, silent
from karvon.files import evidence_store
from karvon.files.readers.brought_file import BroughtFile, brought_file
from karvon.queries.bringing import STILL, KeptRow, described_sheet, kept_rows
from karvon.queries.programme_description import describe
from karvon.queries.register import stored_files
from karvon.records import models as records
from karvon.rules.evidence.corrections import Correction, corrected, correction, without, without_pages
from karvon.rules.evidence.line import said_by
from karvon.rules.identity.line import Verdict
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d

MOST_FILES: Final = 60
MOST_TRIES: Final = 3
"""How often a list is let count anew because somebody else changed the programme meanwhile."""
KEPT_AFTER_DISCARDING: Final = timedelta(days=7)
"""How long files that were thrown away can be brought back to the desk."""


@dataclass(frozen=True, slots=True)
class LaidFile:
    """A file that somebody chose, as it lies on the disk for now."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Laid:
    """The draft that holds what could be taken, and why the rest could not; '' where nothing could."""

    draft: str
    problems: tuple[Problem, ...] = ()


def lay_down(
    programme: str,
    files: Sequence[LaidFile],
    *,
    draft: str,
    by: Actor,
    event: str = "",
    visit: str = "",
    replaces: str = "",
) -> Laid:
    """Put files on the desk under this draft's id; the same id again changes nothing.

    A file that cannot be taken is told by a problem and kept nowhere. A scan is laid beside the list that is called
    like it. As a corrected version of a sheet, the first list takes over what was said about that sheet.
    """
    record = records.Programme.objects.get(key=programme)
    if records.Draft.objects.filter(programme=record, pk=draft).exists():
        return Laid(draft)
    if not files:
        return Laid("", (Problem("bringing.nothing_chosen"),))
    if len(files) > MOST_FILES:
        return Laid("", (Problem("bringing.too_many_files", facts={"n": len(files), "most": MOST_FILES}),))
    taken, problems = _taken(files)
    if replaces and not any(found.kind == "sheet" for found, _ in taken) and taken:
        problems.append(Problem("bringing.no_list"))
        taken = []
    if not taken:
        return Laid("", tuple(problems))
    _forget_discarded()
    with transaction.atomic():
        sheet = records.Sheet.objects.filter(programme=record, key=replaces).first() if replaces else None
        where = records.Event.objects.filter(programme=record, key=event).first() if event else None
        if sheet is not None:
            where = sheet.event
        journey = records.Visit.objects.filter(programme=record, key=visit).first() if visit else None
        if where is None and journey is not None:
            only = list(records.Event.objects.filter(visit=journey)[:2])
            where = only[0] if len(only) == 1 else None
        row = records.Draft.objects.create(
            id=draft,
            programme=record,
            event=where,
            visit=journey or (where.visit if where else None),
            replaces=sheet,
            state="open",
            begun_at=timezone.now(),
            begun_by=by.user,
        )
        _keep_files(row, taken, where=where, sheet=sheet)
        write_entry(
            "lay_down",
            by=by,
            programme=record,
            object_kind="draft",
            object_key=draft,
            facts={
                "files": [stored.sha256 for _, stored in taken],
                **({"event": where.key} if where else {}),
                **({"replaces": sheet.key} if sheet else {}),
            },
        )
    return Laid(draft, tuple(problems))


def add_files(programme: str, draft: str, files: Sequence[LaidFile], *, by: Actor) -> Laid:
    """Lay more files beside those of an open draft; one that lies there already is passed over."""
    row = _open(programme, draft)
    if not files:
        return Laid(draft, (Problem("bringing.nothing_chosen"),))
    there = row.files.count()
    if there + len(files) > MOST_FILES:
        facts = {"n": there + len(files), "most": MOST_FILES}
        return Laid(draft, (Problem("bringing.too_many_files", facts=facts),))
    taken, problems = _taken(files)
    known = set(row.files.values_list("stored", flat=True))
    taken = [(found, stored) for found, stored in taken if stored.sha256 not in known]
    if taken:
        with transaction.atomic():
            _keep_files(row, taken, where=row.event, sheet=None)
            _wrote(row, "lay_down", by, files=[stored.sha256 for _, stored in taken])
    return Laid(draft, tuple(problems))


def _taken(
    files: Sequence[LaidFile],
) -> tuple[list[tuple[BroughtFile, evidence_store.Stored]], list[Problem]]:
    taken: list[tuple[BroughtFile, evidence_store.Stored]] = []
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for laid in files:
        try:
            found = brought_file(laid.path, name=laid.name)
            stored = evidence_store.store(settings.KARVON_HOME, laid.path, name=found.name)
        except Refused as refused:
            problems += refused.problems
            continue
        except OSError as error:
            why = {"why": error.strerror or type(error).__name__}
            problems.append(Problem("import.not_stored", Place(file=laid.name), why))
            continue
        if stored.sha256 in first:
            facts = {"first": first[stored.sha256]}
            problems.append(Problem("bringing.chosen_twice", Place(file=found.name), facts, "warning"))
            continue
        first[stored.sha256] = found.name
        taken.append((found, stored))
    return taken, problems


def _keep_files(
    draft: records.Draft,
    taken: Sequence[tuple[BroughtFile, evidence_store.Stored]],
    *,
    where: records.Event | None,
    sheet: records.Sheet | None,
) -> None:
    records.StoredFile.objects.bulk_create(
        (records.StoredFile(sha256=s.sha256, size=s.size, media_type=s.media_type) for _, s in taken),
        ignore_conflicts=True,
    )
    order = draft.files.count()
    rows = [
        records.DraftFile(
            id=new_id(),
            draft=draft,
            order=order + place,
            stored_id=stored.sha256,
            name=found.name,
            kind=found.kind,
            event=where,
            role="participant",
        )
        for place, (found, stored) in enumerate(taken)
    ]
    scans = [row for row in (*draft.files.filter(kind="scan"), *rows) if row.kind == "scan"]
    for row in rows:
        if row.kind == "sheet":
            row.scan = _scan_called_like(row.name, scans)
    if sheet is not None:
        first = next(row for row in rows if row.kind == "sheet")
        first.day, first.table, first.role, first.pages = sheet.day, sheet.table, sheet.role, sheet.pages
        first.sheet_key, first.before_id = sheet.key, sheet.stored_id
        first.reading = [one for one in sheet.reading if (said := correction(one)) and not said.counts_rows]
    records.DraftFile.objects.bulk_create([row for row in rows if row.kind == "scan"])
    records.DraftFile.objects.bulk_create([row for row in rows if row.kind == "sheet"])


def _scan_called_like(name: str, scans: Iterable[records.DraftFile]) -> records.DraftFile | None:
    """``list.xlsx`` and ``list.pdf``, ``list-signed.jpg``; the only scan of all where it is called otherwise."""
    stem = Path(name).stem.casefold()
    all_of_them = list(scans)
    alike = [scan for scan in all_of_them if Path(scan.name).stem.casefold().startswith(stem)]
    return min(alike, key=lambda scan: (len(scan.name), scan.order)) if alike else None


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """What is said about a list as a whole."""

    event: str
    day: date | None = None
    table: str = ""
    role: d.Role = "participant"
    scan: str = ""
    """Id of the scan's file in the same draft."""
    pages: tuple[int, ...] = ()


def set_sheet(programme: str, draft: str, file: str, said: SheetSettings, *, by: Actor) -> None:
    """Say what a list proves: its event, its day, the workbook's sheet, role and scan. Refuses what is not there."""
    row = _open(programme, draft)
    with transaction.atomic():
        held = row.files.select_for_update().get(pk=file, kind="sheet")
        event = row.programme.event_set.filter(key=said.event).first()
        if said.event and event is None:
            raise Refused(Problem("bringing.no_event", Place(file=held.name)))
        if said.day and event and not event.starts <= said.day <= event.ends:
            facts = {"starts": event.starts.isoformat(), "ends": event.ends.isoformat()}
            raise Refused(Problem("bringing.day_outside", Place(file=held.name), facts))
        scan = row.files.filter(pk=said.scan, kind="scan").first() if said.scan else None
        wanted = {
            "event_id": event.pk if event else None,
            "day": said.day,
            "table": said.table,
            "role": said.role,
            "scan_id": scan.pk if scan else None,
            "pages": list(said.pages) if scan or held.sheet_key else [],
        }
        changed = [name for name, value in wanted.items() if getattr(held, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(held, name, wanted[name])
        held.found = None
        held.save(update_fields=[*(name.removesuffix("_id") for name in changed), "found"])
        _wrote(row, "set_sheet", by, file=held.stored_id, changed=[n.removesuffix("_id") for n in changed])


def correct(
    programme: str,
    draft: str,
    file: str,
    *said: Correction,
    forget: Sequence[tuple[str, str | int]] = (),
    by: Actor,
) -> None:
    """Keep a person's word about the reading of a list; ``forget`` are spots for which the reader's own holds again."""
    row = _open(programme, draft)
    with transaction.atomic():
        held = row.files.select_for_update().get(pk=file, kind="sheet")
        reading = corrected(without(held.reading, *forget), *said)
        if list(reading) == held.reading:
            return
        held.reading, held.found = list(reading), None
        held.save(update_fields=["reading", "found"])
        _wrote(row, "correct", by, file=held.stored_id, corrections=len(reading))


Spot = tuple[str, int, str]
"""Sheet of the workbook, row, block: where a line stands on its list."""


def say_who(
    programme: str, draft: str, file: str, spot: Spot, line: str, verdict: Verdict | None, *, by: Actor
) -> None:
    """Say whether somebody on a list is the person of a line kept earlier; ``None`` takes the word back.

    It becomes a decision when the draft is accepted.
    """
    row = _open(programme, draft)
    with transaction.atomic():
        held = row.files.select_for_update().get(pk=file, kind="sheet")
        where = list(spot)
        said = [one for one in held.said if (one[0], one[1]) != (where, line)]
        if verdict is not None:
            said.append([where, line, verdict])
        if said == held.said:
            return
        held.said = said
        held.save(update_fields=["said"])
        _wrote(row, "say_who", by, file=held.stored_id, row=spot[1], verdict=verdict or "undone")


def take_off(programme: str, draft: str, file: str, *, by: Actor) -> None:
    """Take one file off the desk."""
    row = _open(programme, draft)
    with transaction.atomic():
        held = row.files.filter(pk=file).first()
        if held is None:
            return
        sha256 = held.stored_id
        held.delete()
        _forget_files([sha256])
        _wrote(row, "take_off", by, file=sha256)


def discard(programme: str, draft: str, *, by: Actor) -> None:
    """Take a draft off the desk; for some days it can be put back."""
    _close(programme, draft, "open", "discarded", by)


def put_back(programme: str, draft: str, *, by: Actor) -> None:
    """Put a draft that was thrown away on the desk again."""
    _close(programme, draft, "discarded", "open", by)


def _close(programme: str, draft: str, now: str, then: str, by: Actor) -> None:
    with transaction.atomic():
        row = (
            _at_rest()
            .select_for_update(of=("self",))
            .filter(programme__key=programme, pk=draft, state=now)
            .first()
        )
        if row is None:
            raise Refused(Problem("bringing.not_open"))
        row.state = then
        row.ended_at = timezone.now() if then != "open" else None
        row.ended_by = by.user if then != "open" else None
        row.save(update_fields=["state", "ended_at", "ended_by"])
        _wrote(row, "discard" if then == "discarded" else "put_back", by)


def _forget_discarded() -> None:
    """Files thrown away long ago are nobody's business any more."""
    old = records.Draft.objects.filter(state="discarded", ended_at__lt=timezone.now() - KEPT_AFTER_DISCARDING)
    with transaction.atomic():
        hashes = list(records.DraftFile.objects.filter(draft__in=old).values_list("stored", flat=True))
        if hashes:
            records.DraftFile.objects.filter(draft__in=old).delete()
            _forget_files(hashes)


def _forget_files(hashes: Sequence[str]) -> None:
    """Stored files that no record names any more; their bytes are swept later."""
    files = records.DraftFile.objects
    used = {
        *files.filter(stored__in=hashes).values_list("stored", flat=True),
        *files.filter(before__in=hashes).values_list("before", flat=True),
        *records.Sheet.objects.filter(stored__in=hashes).values_list("stored", flat=True),
        *records.Sheet.objects.filter(scan__in=hashes).values_list("scan", flat=True),
        *records.Document.objects.filter(stored__in=hashes).values_list("stored", flat=True),
        *records.EditionFile.objects.filter(stored__in=hashes).values_list("stored", flat=True),
    }
    records.StoredFile.objects.filter(pk__in=set(hashes) - used).delete()


def accept(
    programme: str, draft: str, *, by: Actor, confirm: Iterable[str] = (), progress: Progress = silent
) -> Described | None:
    """Let the lists of a draft count; ``None`` where it was accepted already.

    All of it or nothing: `Refused` names the row or field. Then what was said of single rows becomes decisions.
    ``confirm`` are lines of a replaced sheet whose text changed and whose earlier decisions still hold; those of the
    others are taken back.
    """
    row = records.Draft.objects.filter(programme__key=programme, pk=draft).select_related("replaces").first()
    if row is None or row.state == "discarded":
        raise Refused(Problem("bringing.not_open"))
    if row.state == "accepted":
        return None
    files = list(row.files.select_related("event", "scan", "stored"))
    lists = [file for file in files if file.kind == "sheet"]
    if not lists:
        raise Refused(Problem("bringing.no_list"))
    if missing := [file for file in lists if file.event is None]:
        raise Refused(*(Problem("bringing.no_event", Place(file=file.name)) for file in missing))
    rested = kept_rows(programme, row.replaces.key) if row.replaces else ()
    outcome, keys = _let_count(programme, row, files, by=by, progress=progress)
    if row.replaces:
        _ask_again(programme, rested, confirmed=frozenset(confirm), by=by)
    for file in lists:
        _decide_said(programme, file, keys[file.pk], by)
    with transaction.atomic():
        for file in lists:
            records.DraftFile.objects.filter(pk=file.pk).update(sheet_key=keys[file.pk], found=None)
        records.Draft.objects.filter(pk=row.pk, state="open").update(
            state="accepted", ended_at=timezone.now(), ended_by=by.user
        )
    return outcome


def _let_count(
    programme: str,
    row: records.Draft,
    files: Sequence[records.DraftFile],
    *,
    by: Actor,
    progress: Progress,
) -> tuple[Described, dict[str, str]]:
    """Describe the lists as sheets of the programme; what came of it, and the sheet's key of each list.

    Where somebody else changed the programme meanwhile, it is tried again on what the programme is now.
    """
    lists = [file for file in files if file.kind == "sheet"]
    tried = 1
    while True:
        before = describe(programme)
        if before is None:
            raise Refused(Problem("import.gone", Place(key=programme)))
        paths = _paths(before, files, stored_files(programme))
        sheets = [_sheet(file, paths, before) for file in lists]
        try:
            outcome = change_description(
                programme,
                partial(_with_sheets, sheets=sheets, paths=paths),
                action="replace_sheet" if row.replaces else "accept_sheets",
                by=by,
                object_kind="sheet" if row.replaces else "draft",
                object_key=row.replaces.key if row.replaces else row.pk,
                files={
                    path: evidence_store.stored_path(settings.KARVON_HOME, sha256)
                    for path, sha256 in paths.values()
                },
                facts={
                    "sheets": [sheet.key for sheet in sheets],
                    "sha256": [file.stored_id for file in files],
                },
                progress=progress,
            )
        except Refused as refused:
            if tried == MOST_TRIES or [p.code for p in refused.problems] != ["import.changed_meanwhile"]:
                raise
            tried += 1
        else:
            return outcome, {file.pk: sheet.key for file, sheet in zip(lists, sheets, strict=True)}


def _paths(
    description: d.ProgrammeDescription, files: Sequence[records.DraftFile], stored: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """File of the draft -> its path in the programme and its hash; a path that another file has is never taken."""
    replaced = {file.sheet_key for file in files if file.sheet_key}
    used = {
        path
        for sheet in description.sheets
        if sheet.key not in replaced
        for path in (sheet.file, sheet.scan)
        if path
    } | {document.file for document in description.documents}
    found: dict[str, tuple[str, str]] = {}
    for file in files:
        folder = "sheets" if file.kind == "sheet" else "documents"
        stem, dot, ending = file.name.rpartition(".")
        n, path = 1, f"{folder}/{file.name}"
        while path in used and stored.get(path) != file.stored_id:
            n += 1
            path = f"{folder}/{stem}-{n}.{ending}" if dot and stem else f"{folder}/{file.name}-{n}"
        used.add(path)
        stored = {**stored, path: file.stored_id}
        found[file.pk] = path, file.stored_id
    return found


def _sheet(
    file: records.DraftFile, paths: Mapping[str, tuple[str, str]], before: d.ProgrammeDescription
) -> d.Sheet:
    old = next((sheet for sheet in before.sheets if sheet.key == file.sheet_key), None)
    scan = paths[file.scan_id][0] if file.scan_id else old.scan if old else ""
    return d.Sheet(
        key=file.sheet_key or f"list-{file.pk[:8]}",
        file=paths[file.pk][0],
        event=file.event.key if file.event else "",
        day=file.day,
        table=file.table,
        role=file.role,  # type: ignore[arg-type]  # held to the known words by the database
        scan=scan,
        pages=tuple(file.pages) if scan else (),
        reading=tuple(file.reading) if scan else without_pages(file.reading),
    )


def _with_sheets(
    description: d.ProgrammeDescription, sheets: Sequence[d.Sheet], paths: Mapping[str, tuple[str, str]]
) -> d.ProgrammeDescription:
    """The description with these sheets, each in its old place or at the end."""
    new = {sheet.key: sheet for sheet in sheets}
    names = {path for path, _ in paths.values()}
    for other in description.sheets:
        if other.key not in new and {other.file, other.scan} & names:
            _same_bytes_or_refused(description.programme.key, {other.file, other.scan} & names, paths)
    kept = tuple(new.pop(sheet.key, sheet) for sheet in description.sheets)
    return replace(description, sheets=(*kept, *new.values()))


def _same_bytes_or_refused(
    programme: str, shared: Iterable[str], paths: Mapping[str, tuple[str, str]]
) -> None:
    """A path somebody else took since we looked must be of the same file."""
    stored, mine = stored_files(programme), dict(paths.values())
    if any(stored.get(path) != mine[path] for path in shared):
        raise Refused(Problem("import.changed_meanwhile", Place(key=programme)))


def _ask_again(programme: str, before: Sequence[KeptRow], *, confirmed: frozenset[str], by: Actor) -> None:
    """Take back what rested on the text of lines that say something else now, where nobody confirmed it."""
    rested = {
        one.kept.line: one for one in before
        if (one.decisions or one.signed) and one.kept.line not in confirmed
    }  # fmt: skip
    rows = records.Line.objects.filter(pk__in=list(rested), retired_at__isnull=True)
    changed = [
        line
        for line, body in rows.values_list("pk", "payload__body")
        if said_by((body or {}).get("cells", {})) != said_by(rested[line].kept.cells)
    ]
    if signed := {line: None for line in changed if rested[line].signed}:
        sheet = records.Line.objects.values_list("sheet__key", flat=True).get(pk=next(iter(signed)))
        see_signatures(programme, sheet, signed, by=by)
    latest = {
        (a, b): verdict
        for a, b, verdict in records.Decision.objects.filter(Q(a__in=changed) | Q(b__in=changed))
        .order_by("at", "id")
        .values_list("a_id", "b_id", "verdict")
    }
    in_use = set(
        records.Line.objects.filter(
            programme__key=programme,
            retired_at__isnull=True,
            pk__in={line for pair in latest for line in pair},
        ).values_list("pk", flat=True)
    )
    for (a, b), verdict in sorted(latest.items()):
        if verdict != "undone" and {a, b} <= in_use:
            undo_decision(programme, a, b, by=by)


def _decide_said(programme: str, file: records.DraftFile, sheet: str, by: Actor) -> None:
    """What was said of rows on the desk becomes decisions about their lines, each once."""
    if not file.said:
        return
    lines = {
        (table, row, block): line
        for table, row, block, line in records.Line.objects.filter(
            programme__key=programme, sheet__key=sheet, retired_at__isnull=True
        ).values_list("table", "row", "block", "pk")
    }
    for (table, row, block), other, verdict in file.said:
        line = lines.get((table, row, block))
        if line is None or line == other:
            continue
        a, b = min(line, other), max(line, other)
        last = records.Decision.objects.filter(a=a, b=b).order_by("at", "id").last()
        in_use = records.Line.objects.filter(
            programme__key=programme, pk=other, retired_at__isnull=True
        ).exists()
        if in_use and (last is None or last.verdict != verdict):
            decide(programme, a, b, verdict=verdict, by=by)


def withdraw_sheets(
    programme: str, keys: Sequence[str], *, by: Actor, progress: Progress = silent
) -> Described:
    """Take lists back: their lines no longer count; files, decisions and history stay."""
    gone = set(keys)
    return change_description(
        programme,
        lambda whole: replace(whole, sheets=tuple(s for s in whole.sheets if s.key not in gone)),
        action="withdraw_sheets",
        by=by,
        object_kind="sheet",
        object_key=keys[0] if len(keys) == 1 else "",
        facts={"sheets": sorted(gone)},
        progress=progress,
    )


def restore_sheets(
    programme: str, keys: Sequence[str], *, by: Actor, progress: Progress = silent
) -> Described:
    """Let lists that were taken back count again, as they were."""
    back = {key: found for key in keys if (found := described_sheet(programme, key))}
    stored = stored_files(programme)
    sheets: list[d.Sheet] = []
    files: dict[str, Path] = {}
    for sheet, hashes in back.values():
        file = _free_path(sheet.file, hashes["file"], stored)
        files[file] = evidence_store.stored_path(settings.KARVON_HOME, hashes["file"])
        scan = _free_path(sheet.scan, hashes["scan"], stored) if sheet.scan else ""
        if scan:
            files[scan] = evidence_store.stored_path(settings.KARVON_HOME, hashes["scan"])
        sheets.append(replace(sheet, file=file, scan=scan))
    return change_description(
        programme,
        lambda whole: replace(
            whole,
            sheets=(*whole.sheets, *(s for s in sheets if s.key not in {one.key for one in whole.sheets})),
        ),
        action="restore_sheets",
        by=by,
        object_kind="sheet",
        object_key=keys[0] if len(keys) == 1 else "",
        files=files,
        facts={"sheets": sorted(back)},
        progress=progress,
    )


def _free_path(path: str, sha256: str, stored: Mapping[str, str]) -> str:
    """The path, or one like it where another file has taken it meanwhile."""
    if stored.get(path, sha256) == sha256:
        return path
    stem, _, ending = path.rpartition(".")
    return f"{stem}-{sha256[:8]}.{ending}"


def _open(programme: str, draft: str) -> records.Draft:
    row = _at_rest().filter(programme__key=programme, pk=draft, state="open").first()
    if row is None:
        raise Refused(Problem("bringing.not_open"))
    return row


def _at_rest() -> QuerySet[records.Draft]:
    """Drafts that nobody is letting count at this moment."""
    accepting = records.Job.objects.filter(
        draft=OuterRef("pk"), kind="accept", state="running", beat_at__gte=timezone.now() - STILL
    )
    return records.Draft.objects.filter(~Exists(accepting))


def _wrote(draft: records.Draft, action: str, by: Actor, **facts: Any) -> None:
    write_entry(
        action, by=by, programme=draft.programme, object_kind="draft", object_key=draft.pk, facts=facts
    )
