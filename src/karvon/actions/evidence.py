"""Bringing in evidence: sheets into lines and attendances, files into the store, a whole folder at once."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from karvon.actions.inserting import insert_rows
from karvon.actions.journal import COMMAND, Actor, canonical, erase, new_id, new_payload, write_entry
from karvon.actions.people import Resolved, keep_decisions, keep_snapshot, resolve_register, write_links
from karvon.actions.programme import Changes, FileOf, write_description
from karvon.actions.results import refresh_standings
from karvon.files import evidence_store
from karvon.files.programme_folder import FolderReading, RegisterFiles, read_folder
from karvon.files.readers.sign_in_sheet import day_written, mark_means, read_sheet
from karvon.queries.programme_description import describe
from karvon.queries.register import (
    RegisterLine,
    current_snapshot,
    exported_decisions,
    exported_lines,
    first_name,
    register_lines,
)
from karvon.queries.results import doubt_count
from karvon.records import models as records
from karvon.rules.attendance import hours_of, role_of_words, signed_of
from karvon.rules.evidence.line import (
    KeptLine,
    WrittenLine,
    align,
    recognition_key,
    said_by,
    written_line,
    written_name,
)
from karvon.rules.evidence.organisations import OrganisationFinder
from karvon.rules.evidence.sessions import Session, sessions
from karvon.rules.evidence.sheet import DayColumn, SheetReading, SheetTable
from karvon.rules.identity.line import Snapshot
from karvon.rules.names.search import search_keys
from karvon.rules.places import find_country, find_place
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d
from karvon.rules.programme.register import RegisterLine as BroughtLine

Progress = Callable[[str, int, int], None]
"""Called with a step's code, how much of it is done and how much there is."""


def _silent(step: str, done: int, of: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did. ``unchanged``: the folder says what the records say already; nothing was written."""

    programme: str
    unchanged: bool = False
    changes: Changes = Changes({})  # noqa: RUF009  # frozen, and empty for every instance
    sheets: int = 0
    lines: int = 0
    new_lines: int = 0
    people: int = 0
    doubts: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class StagedLine:
    """A line of a sheet about to be kept."""

    line: str
    written: WrittenLine
    sheet: d.Sheet
    sessions: tuple[Session, ...]
    is_new: bool
    salt: bytes = b""
    """Of the payload, where the line came with a folder."""
    role: str = ""
    role_reason: str = ""
    hours: Decimal | None = None
    signed: bool | None = None
    organisation: str = ""
    country: str = ""
    region: str = ""
    sex: str = ""


@dataclass(slots=True)
class StagedSheet:
    """A sheet read anew; ``gone`` are lines it held before and holds no more."""

    sheet: d.Sheet
    reading: SheetReading
    lines: list[StagedLine] = field(default_factory=list)
    gone: tuple[str, ...] = ()


def import_folder(folder: Path, *, by: Actor = COMMAND, progress: Progress = _silent) -> ImportOutcome:
    """Make the records say what the programme folder says, whole or not at all.

    Importing the same folder again changes nothing. Everything slow (reading, storing, linking) happens
    before the one transaction; a cut before it leaves the records as they were, and running the import
    again completes it. Raises `Refused` with every problem found and nothing changed.
    """
    progress("folder", 0, 1)
    reading = read_folder(folder)
    description = reading.description
    key = description.programme.key
    stored = _store_files(reading, progress)
    digest = _folder_digest(
        description, stored, None if _is_known(key, reading.register) else reading.register
    )
    known = records.Programme.objects.filter(key=key).first()
    if known is not None and known.folder_digest == digest:
        return ImportOutcome(key, unchanged=True, problems=reading.problems)
    revision = known.folder_digest if known is not None else None
    before = describe(key)
    staged, untouched = _stage_sheets(reading, stored, progress)
    refused = [p for sheet in staged for p in sheet.reading.problems if p.severity == "error"]
    if refused:
        raise Refused(*refused)
    _place_people(staged, description)
    progress("people", 0, 1)
    resolved = resolve_register(
        key,
        lines=_all_lines(staged, untouched, description, reading.register),
        snapshot=_snapshot(key, reading.register),
        brought=reading.register,
    )
    _give_roles(staged, description, resolved)
    progress("records", 0, 1)
    with transaction.atomic():
        now = records.Programme.objects.select_for_update().filter(key=key).first()
        if (now.folder_digest if now is not None else None) != revision:
            raise Refused(Problem("import.changed_meanwhile", Place(file=str(folder))))
        records.StoredFile.objects.bulk_create(
            (
                records.StoredFile(sha256=s.sha256, size=s.size, media_type=s.media_type)
                for s in stored.values()
            ),
            ignore_conflicts=True,
        )
        changes = write_description(
            description, before=before, file=FileOf({p: s.sha256 for p, s in stored.items()})
        )
        programme = records.Programme.objects.get(key=key)
        withdrawn = _withdraw_sheets(programme, description, before)
        _write_sheets(programme, staged)
        _write_roster_lines(programme, description, resolved.roster, reading.register)
        _keep_retired(programme, reading.register)
        _write_organisation_keys(programme, description)
        keep_snapshot(programme, resolved.snapshot)
        keep_decisions(programme, reading.register)
        write_links(programme, resolved)
        refresh_standings(programme)
        programme.folder_digest = digest
        programme.save(update_fields=["folder_digest"])
        new_ids = [line.line for sheet in staged for line in sheet.lines if line.is_new]
        write_entry(
            "import_folder",
            by=by,
            programme=programme,
            object_kind="programme",
            object_key=key,
            facts={
                "folder_sha256": digest,
                "files": {path: s.sha256 for path, s in sorted(stored.items())},
                "changes": {kind: list(counts) for kind, counts in changes.by_kind.items()},
                "lines": new_ids,
                "retired": sorted([line for sheet in staged for line in sheet.gone] + withdrawn),
            },
        )
    _sweep()
    return ImportOutcome(
        programme=key,
        changes=changes,
        sheets=len(description.sheets),
        lines=len(resolved.lines),
        new_lines=len(new_ids),
        people=len(resolved.resolution.groups),
        doubts=doubt_count(key),
        problems=(*reading.problems, *(p for sheet in staged for p in sheet.reading.problems)),
    )


def _sweep() -> None:
    """Files of imports that were cut a day ago or earlier are nobody's evidence."""
    kept = records.StoredFile.objects.values_list("sha256", flat=True)
    evidence_store.sweep(settings.KARVON_HOME, keep=kept, before=timezone.now() - timedelta(days=1))


def _store_files(reading: FolderReading, progress: Progress) -> dict[str, evidence_store.Stored]:
    stored = {}
    for done, (path, source) in enumerate(sorted(reading.files.items())):
        progress("files", done, len(reading.files))
        try:
            stored[path] = evidence_store.store(settings.KARVON_HOME, source, name=path)
        except OSError as error:
            raise Refused(
                Problem(
                    "import.not_stored", Place(file=path), {"why": error.strerror or type(error).__name__}
                )
            ) from error
    return stored


def _is_known(programme: str, register: RegisterFiles | None) -> bool:
    """Whether the register that came with the folder is this installation's own."""
    return (
        register is not None
        and register.lines == exported_lines(programme)
        and register.decisions == exported_decisions(programme)
    )


def _folder_digest(
    description: d.ProgrammeDescription,
    stored: Mapping[str, evidence_store.Stored],
    register: RegisterFiles | None,
) -> str:
    files = [[path, s.sha256] for path, s in sorted(stored.items())]
    return hashlib.sha256(canonical([repr(description), files, repr(register)])).hexdigest()


def _stage_sheets(
    reading: FolderReading, stored: Mapping[str, evidence_store.Stored], progress: Progress
) -> tuple[list[StagedSheet], tuple[RegisterLine, ...]]:
    """Read the sheets that are new or changed; also the lines of sheets and lists that stay as they are."""
    description = reading.description
    events = {event.key: event for event in description.events}
    rows = {
        row.key: row
        for row in records.Sheet.objects.filter(programme__key=description.programme.key).select_related(
            "event"
        )
    }
    kept_lines: dict[str, list[RegisterLine]] = {}
    for line in register_lines(description.programme.key, retired=True):
        kept_lines.setdefault(line.source, []).append(line)
    brought = _brought_lines(reading.register)
    sources = reading.files
    readings: dict[str, SheetReading] = {}
    staged: list[StagedSheet] = []
    untouched: list[RegisterLine] = []
    for done, sheet in enumerate(description.sheets):
        progress("sheets", done, len(description.sheets))
        row = rows.get(sheet.key)
        if row is not None and _same_sheet(row, sheet, stored[sheet.file].sha256, events[sheet.event]):
            untouched += [line for line in kept_lines.get(sheet.key, []) if not line.retired]
            continue
        if sheet.file not in readings:
            readings[sheet.file] = _named(read_sheet(sources[sheet.file]), sheet.file)
        staged.append(
            _stage_sheet(
                sheet,
                _of_table(readings[sheet.file], sheet),
                event=events[sheet.event],
                kept=kept_lines.get(sheet.key, []),
                brought=brought,
                sha256=stored[sheet.file].sha256,
            )
        )
    return staged, tuple(untouched)


def _same_sheet(row: records.Sheet, sheet: d.Sheet, sha256: str, event: d.Event) -> bool:
    return row.withdrawn_at is None and (
        row.stored_id,
        row.event.key,
        row.day,
        row.table,
        row.role,
        tuple(row.pages),
        row.event.starts,
        row.event.ends,
    ) == (
        sha256,
        sheet.event,
        sheet.day,
        sheet.table,
        sheet.role,
        sheet.pages,
        event.period.starts,
        event.period.ends,
    )


def _named(reading: SheetReading, path: str) -> SheetReading:
    """The same reading, its problems placed in the folder."""
    return replace(
        reading, problems=tuple(replace(p, where=replace(p.where, file=path)) for p in reading.problems)
    )


def _of_table(reading: SheetReading, sheet: d.Sheet) -> SheetReading:
    """Only the workbook's sheet that proves this event, where the folder names one."""
    if not reading.rows and not any(problem.severity == "error" for problem in reading.problems):
        no_rows = Problem("import.no_people", Place(file=sheet.file))
        return replace(reading, problems=(*reading.problems, no_rows))
    if not sheet.table:
        return reading
    tables = tuple(table for table in reading.tables if table.sheet == sheet.table)
    problems = tuple(p for p in reading.problems if p.where.sheet in ("", sheet.table))
    if not any(table.rows for table in tables):
        there = ", ".join(dict.fromkeys(table.sheet for table in reading.tables if table.rows))
        missing = Problem("import.no_such_table", Place(file=sheet.file, sheet=sheet.table), {"there": there})
        problems = (*problems, missing)
    return SheetReading(tables, problems)


Spot = tuple[str, str, int, str]


def _brought_lines(register: RegisterFiles | None) -> dict[Spot, BroughtLine]:
    """Where a line in use stands (its source, sheet of the workbook, row, block) -> the line as it was kept."""
    return {
        (line.source, line.table, line.row or 0, line.block): line
        for line in (register.lines if register else ())
        if line.retired is None
    }


def _stage_sheet(
    sheet: d.Sheet,
    reading: SheetReading,
    *,
    event: d.Event,
    kept: Sequence[RegisterLine],
    brought: Mapping[Spot, BroughtLine],
    sha256: str,
) -> StagedSheet:
    days = _days(event)
    tables = [(table, row) for table in reading.tables for row in table.rows]
    written = [written_line(row, table) for table, row in tables]
    alignment = align(written, [_kept(line) for line in kept])
    staged = StagedSheet(sheet, reading, gone=alignment.gone)
    for line, found, (table, row) in zip(written, alignment.kept, tables, strict=True):
        before = brought.get((sheet.key, line.table, line.row, line.block))
        staged.lines.append(
            StagedLine(
                line=found.line if found else before.line if before else new_id(),
                salt=bytes.fromhex(before.salt) if before else b"",
                written=line if row.page or not sheet.pages else replace(line, page=sheet.pages[0]),
                sheet=sheet,
                sessions=sessions(
                    sheet_day=sheet.day,
                    row_day=day_written(line.cells["date"], year=days[0].year if days else None)
                    if "date" in line.cells
                    else None,
                    event_days=days,
                    columns=_used_columns(table),
                    marks={letter: mark_means(mark) for letter, mark in line.marks.items()},
                ),
                is_new=found is None,
                hours=hours_of(line.cells.get("hours", "")),
                signed=signed_of(line.cells.get("signature")),
            )
        )
    return staged


def _kept(line: RegisterLine) -> KeptLine:
    return KeptLine(
        line.line, line.table, line.row or 0, line.block, line.cells, line.marks or {}, line.retired
    )


def _used_columns(table: SheetTable) -> tuple[DayColumn, ...]:
    """The day columns somebody marked; columns left blank for ink on paper say nothing in a transcript."""
    used = {letter for row in table.rows for letter, mark in row.marks.items() if mark.strip()}
    return table.days if used else ()


def _days(event: d.Event) -> list[date]:
    starts, ends = event.period.starts, event.period.ends
    if starts is None or ends is None:
        return []
    return [starts + timedelta(days=n) for n in range((ends - starts).days + 1)]


_SEX = {"m": "m", "м": "m", "v": "m", "э": "m", "f": "f", "ж": "f", "s": "f", "а": "f", "w": "f"}


def _place_people(staged: Sequence[StagedSheet], description: d.ProgrammeDescription) -> None:
    """What each line's cells say of organisation, country, region and sex."""
    organisations = {organisation.key: organisation for organisation in description.organisations}
    finder = OrganisationFinder(
        (organisation.key, written)
        for organisation in description.organisations
        for written in (*(text for _, text in organisation.name), *organisation.spellings)
    )
    for sheet in staged:
        for line in sheet.lines:
            cells = line.written.cells
            line.organisation = finder.find(cells.get("organisation", ""))
            known = organisations.get(line.organisation)
            line.country = find_country(cells.get("country", "")) or (known.country if known else "")
            place = find_place(cells.get("region", "")) or (
                find_place(known.place) if known and known.place else None
            )
            line.region = place.region if place else ""
            line.sex = _sex(cells.get("sex", ""))


def _sex(cell: str) -> str:
    """``m``, ``f`` or '' (not stated), by the first letter in Latvian, English, Russian and Uzbek."""
    return _SEX.get(cell.strip().casefold()[:1], "")


def _snapshot(programme: str, register: RegisterFiles | None) -> Snapshot | None:
    """The records' own snapshot first, else the one the folder brings; an import never takes a new one."""
    return current_snapshot(programme) or (register.snapshot if register else None)


def _all_lines(
    staged: Sequence[StagedSheet],
    untouched: Sequence[RegisterLine],
    description: d.ProgrammeDescription,
    register: RegisterFiles | None,
) -> list[RegisterLine]:
    events = {event.key: event for event in description.events}
    called = {organisation.key: first_name(organisation.name) for organisation in description.organisations}
    lines = list(untouched)
    for sheet in staged:
        on = sheet.sheet.day or events[sheet.sheet.event].period.starts
        lines += [
            RegisterLine(
                line=line.line,
                source=sheet.sheet.key,
                on=on,
                cells=line.written.cells,
                name=line.written.name,
                organisation=called.get(line.organisation, ""),
                table=line.written.table,
                row=line.written.row,
                block=line.written.block,
            )
            for line in sheet.lines
        ]
    return lines + roster_lines(description, register)


def roster_lines(
    description: d.ProgrammeDescription, register: RegisterFiles | None = None
) -> list[RegisterLine]:
    """The names the programme itself gives, one line per name form; ids kept from earlier or brought along."""
    programme = description.programme.key
    kept = {
        (line.source, line.row or 0): (line.line, line.name)
        for line in register_lines(programme)
        if line.source.startswith(("expert:", "delegate:"))
    }
    brought = _brought_lines(register)
    names = {
        organisation.key: organisation.name.say(description.programme.languages[0])
        for organisation in description.organisations
    }
    visits = {visit.key: visit for visit in description.visits}

    def line(
        source: str, row: int, name: str, organisation: str, position: str, country: str, on: date | None
    ) -> RegisterLine:
        known, _ = kept.get((source, row), ("", ""))
        cells = {"name": name, "organisation": names.get(organisation, organisation), "position": position}
        return RegisterLine(
            line=known
            or (brought[source, "", row, ""].line if (source, "", row, "") in brought else new_id()),
            source=source,
            on=on,
            cells={cell: text for cell, text in cells.items() if text},
            name=name,
            row=row,
        )

    lines = [
        line(
            f"expert:{expert.key}",
            row,
            name,
            expert.organisation,
            expert.position.say(description.programme.languages[0]),
            "",
            None,
        )
        for expert in description.experts
        for row, name in enumerate(expert.names, 1)
    ]
    return lines + [
        line(
            f"delegate:{delegate.key}",
            0,
            delegate.name,
            delegate.organisation,
            delegate.position,
            delegate.country,
            visits[delegate.visit].period.starts,
        )
        for delegate in description.delegates
    ]


def _give_roles(
    staged: Sequence[StagedSheet], description: d.ProgrammeDescription, resolved: Resolved
) -> None:
    """Who is a participant and who is not, and why.

    A role or position written on the sheet decides first; then the programme's own word: who trains or
    interprets at the event, who travels as the visit's expert; then the role the folder gives the sheet.
    """

    events = {event.key: event for event in description.events}
    visits = {visit.key: visit for visit in description.visits}
    experts = {expert.key: expert for expert in description.experts}
    staff: dict[str, set[str]] = {}
    for source, person in resolved.person_of_source.items():
        if source.startswith("expert:"):
            staff.setdefault(person, set()).add(source.removeprefix("expert:"))
    for sheet in staged:
        event = events[sheet.sheet.event]
        travelling = set(visits[event.visit].experts)
        for line in sheet.lines:
            mine = staff.get(resolved.person_of[line.line], set())
            line.role, line.role_reason = sheet.sheet.role, "sheet"
            if role := role_of_words(line.written.cells.get("role", "")):
                line.role, line.role_reason = role, "column"
            elif mine & set(event.trainers):
                line.role, line.role_reason = "trainer", "staff"
            elif mine & set(event.interpreters):
                line.role, line.role_reason = "interpreter", "staff"
            elif role := role_of_words(line.written.cells.get("position", ""), column="position"):
                line.role, line.role_reason = role, "position"
            elif mine & travelling:
                line.role, line.role_reason = experts[min(mine & travelling)].role, "staff"


def _withdraw_sheets(
    programme: records.Programme, description: d.ProgrammeDescription, before: d.ProgrammeDescription | None
) -> list[str]:
    gone = {sheet.key for sheet in before.sheets} - {s.key for s in description.sheets} if before else set()
    if not gone:
        return []
    lines = records.Line.objects.filter(
        sheet__programme=programme, sheet__key__in=gone, retired_at__isnull=True
    )
    ids = sorted(lines.values_list("id", flat=True))
    records.Sheet.objects.filter(programme=programme, key__in=gone).update(withdrawn_at=timezone.now())
    _retire(ids)
    return ids


def _retire(lines: Sequence[str]) -> None:
    """The lines prove nothing any more; they, their decisions and their history stay."""
    records.Attendance.objects.filter(line__in=lines).delete()
    records.NameKey.objects.filter(line__in=lines).delete()
    records.Line.objects.filter(id__in=lines).update(retired_at=timezone.now())


def _write_sheets(programme: records.Programme, staged: Sequence[StagedSheet]) -> None:
    rows = {row.key: row for row in records.Sheet.objects.filter(programme=programme)}
    events = {event.key: event for event in records.Event.objects.filter(programme=programme)}
    organisations = dict(records.Organisation.objects.filter(programme=programme).values_list("key", "id"))
    for sheet in staged:
        row = rows[sheet.sheet.key]
        event = events[sheet.sheet.event]
        row.columns = [
            {
                "sheet": table.sheet,
                "header_rows": list(table.header_rows),
                "columns": dict(table.columns),
                "days": [[c.letter, c.label, c.day.isoformat() if c.day else None] for c in table.days],
            }
            for table in sheet.reading.tables
        ]
        row.problems = [
            {"code": p.code, "where": str(p.where), "facts": dict(p.facts), "severity": p.severity}
            for p in sheet.reading.problems
        ]
        row.save(update_fields=["columns", "problems"])
        row.skipped.all().delete()
        insert_rows(
            records.SkippedRow,
            ("sheet_id", "table", "row", "reason"),
            (
                (row.pk, skipped.sheet, skipped.row, skipped.reason)
                for table in sheet.reading.tables
                for skipped in table.skipped
            ),
        )
        _retire(sheet.gone)
        _write_lines(programme, row, event, sheet.lines, organisations)


def _write_lines(
    programme: records.Programme,
    sheet: records.Sheet,
    event: records.Event,
    lines: Sequence[StagedLine],
    organisations: Mapping[str, int],
) -> None:
    """Keep the lines: new ones, changed ones under their old id, and with them where they stand now."""
    known = {row.id: row for row in records.Line.objects.filter(sheet=sheet).select_related("payload")}
    # A place is held by one line at a time, and corrected sheets move lines: clear the places first.
    moved = [row for row in known.values() if row.id in {line.line for line in lines}]
    records.Line.objects.filter(id__in=[row.id for row in moved]).update(retired_at=timezone.now())
    nth: dict[tuple[tuple[str, str], ...], int] = {}
    fresh, old_payloads, kept = [], [], []
    for line in lines:
        said = said_by(line.written.cells)
        nth[said] = nth.get(said, -1) + 1
        body = {
            "cells": dict(line.written.cells),
            "marks": dict(line.written.marks),
            "name": line.written.name,
        }
        row = known.get(line.line)
        if row is not None and row.payload.body == body:
            payload = row.payload
        else:
            payload = new_payload(body, salt=line.salt if row is None else b"")
            fresh.append(payload)
            if row is not None:
                old_payloads.append(row.payload)
        key = recognition_key(
            bytes(payload.salt or b""),
            event=event.key,
            day=sheet.day,
            cells=line.written.cells,
            nth=nth[said],
        )
        kept.append((line, row, payload, key))
    records.Payload.objects.bulk_create(fresh)
    standing: dict[str, Any] = {}
    same: list[records.Line] = []
    new: list[tuple[Any, ...]] = []
    for line, row, payload, key in kept:
        standing = {
            "table": line.written.table,
            "row": line.written.row,
            "block": line.written.block,
            "page": line.written.page,
            "payload_id": payload.pk,
            "key": key,
            "retired_at": None,
            "organisation_id": organisations.get(line.organisation),
            "country": line.country,
            "region": line.region,
            "sex": line.sex,
        }
        if row is None:
            new.append((line.line, programme.pk, sheet.pk, *standing.values()))
            continue
        for column, value in standing.items():
            setattr(row, column, value)
        same.append(row)
    insert_rows(records.Line, ("id", "programme_id", "sheet_id", *standing), new)
    records.Line.objects.bulk_update(
        same, [column.removesuffix("_id") for column in standing], batch_size=500
    )
    for payload in old_payloads:
        erase(payload)
    ids = [line.line for line in lines]
    records.Attendance.objects.filter(line__in=ids).delete()
    insert_rows(
        records.Attendance,
        ("line_id", "event_id", "day", "role", "role_reason", "status", "hours", "signed"),
        (
            (
                line.line,
                event.pk,
                session.day,
                line.role,
                line.role_reason,
                session.status,
                _attended_hours(line, session, event),
                line.signed,
            )
            for line in lines
            for session in line.sessions
        ),
    )
    records.NameKey.objects.filter(line__in=ids).delete()
    insert_rows(
        records.NameKey,
        ("programme_id", "line_id", "key"),
        (
            (programme.pk, line.line, name_key)
            for line in lines
            for name_key in sorted(search_keys(line.written.name))
        ),
    )


def _attended_hours(line: StagedLine, session: Session, event: records.Event) -> Decimal | None:
    """As the sheet states; else the part of the event's hours that half-day columns show."""
    if line.hours is not None or session.part is None or event.hours is None:
        return line.hours
    return (event.hours * session.part.numerator / session.part.denominator).quantize(Decimal("0.01"))


def _write_roster_lines(
    programme: records.Programme,
    description: d.ProgrammeDescription,
    lines: Sequence[RegisterLine],
    register: RegisterFiles | None,
) -> None:
    """One line per name form the programme gives."""
    salts = {line.line: bytes.fromhex(line.salt) for line in (register.lines if register else ())}
    known = {
        row.id: row
        for row in records.Line.objects.filter(programme=programme, sheet__isnull=True).select_related(
            "payload"
        )
    }
    experts = {row.key: row for row in records.Expert.objects.filter(programme=programme)}
    delegates = {row.key: row for row in records.Delegate.objects.filter(programme=programme)}
    countries = {delegate.key: delegate.country for delegate in description.delegates}
    gone = sorted(set(known) - {line.line for line in lines})
    if gone:
        payloads = [known[line].payload for line in gone]
        records.Line.objects.filter(id__in=gone).delete()
        for payload in payloads:
            erase(payload)
    for line in lines:
        body = {"cells": dict(line.cells), "name": line.name}
        row = known.get(line.line)
        if row is not None and row.payload.body == body:
            continue
        old = row.payload if row is not None else None
        payload = new_payload(body, salt=salts.get(line.line, b"") if row is None else b"")
        payload.save()
        kind, _, key = line.source.partition(":")
        row = row or records.Line(id=line.line, programme=programme)
        row.expert = experts[key] if kind == "expert" else None
        row.delegate = delegates[key] if kind == "delegate" else None
        row.row = line.row if kind == "expert" else None
        row.country = countries.get(key, "") if kind == "delegate" else ""
        row.payload = payload
        row.key = recognition_key(
            bytes(payload.salt or b""), event=line.source, day=None, cells=line.cells, nth=line.row or 0
        )
        row.save()
        if old is not None:
            erase(old)
        records.NameKey.objects.filter(line=row).delete()
        records.NameKey.objects.bulk_create(
            records.NameKey(programme=programme, line=row, key=name_key)
            for name_key in sorted(search_keys(line.name))
        )


def _keep_retired(programme: records.Programme, register: RegisterFiles | None) -> None:
    """Lines that were retired before the folder was written: decisions about them stay on record."""
    sheets = {row.key: row for row in records.Sheet.objects.filter(programme=programme)}
    known = set(records.Line.objects.filter(programme=programme).values_list("id", flat=True))
    for line in register.lines if register else ():
        if line.retired is None or line.line in known or line.source not in sheets:
            continue
        payload = new_payload(
            {"cells": dict(line.cells), "name": written_name(line.cells, {})}, salt=bytes.fromhex(line.salt)
        )
        payload.save()
        records.Line.objects.create(
            id=line.line,
            programme=programme,
            sheet=sheets[line.source],
            table=line.table,
            row=line.row,
            block=line.block,
            page=line.page,
            payload=payload,
            key=line.key,
            retired_at=line.retired,
        )


def _write_organisation_keys(programme: records.Programme, description: d.ProgrammeDescription) -> None:
    ids = dict(records.Organisation.objects.filter(programme=programme).values_list("key", "id"))
    records.NameKey.objects.filter(programme=programme, organisation__isnull=False).delete()
    records.NameKey.objects.bulk_create(
        records.NameKey(programme=programme, organisation_id=ids[organisation.key], key=name_key)
        for organisation in description.organisations
        for name_key in sorted(
            {
                name_key
                for written in (*(text for _, text in organisation.name), *organisation.spellings)
                for name_key in search_keys(written)
            }
        )
    )
