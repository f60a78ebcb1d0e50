"""Keeping the lines of sheets and of the programme's own lists, with their attendances and search keys."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from karvon.actions.inserting import insert_rows
from karvon.actions.journal import erase, erased_payload, new_payload
from karvon.actions.signing import put_seen_over
from karvon.actions.staging import StagedLine, StagedSheet
from karvon.files.programme_folder import RegisterFiles
from karvon.queries.register import RegisterLine
from karvon.records import models as records
from karvon.rules.evidence.line import recognition_key, said_by, written_name
from karvon.rules.evidence.sessions import Session
from karvon.rules.names.search import search_keys
from karvon.rules.programme import description as d


def withdraw_sheets(
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


def place_lines(programme: records.Programme, moved: Mapping[str, tuple[str, str, str]]) -> None:
    """Lines of sheets that stay, with the organisation's key, country and region their cells mean now."""
    if not moved:
        return
    organisations = dict(records.Organisation.objects.filter(programme=programme).values_list("key", "id"))
    rows = list(records.Line.objects.filter(programme=programme, id__in=list(moved)))
    for row in rows:
        organisation, row.country, row.region = moved[row.id]
        row.organisation_id = organisations.get(organisation)
    records.Line.objects.bulk_update(rows, ["organisation", "country", "region"], batch_size=500)


def _retire(lines: Sequence[str]) -> None:
    """The lines prove nothing any more; they, their decisions and their history stay."""
    records.Attendance.objects.filter(line__in=lines).delete()
    records.NameKey.objects.filter(line__in=lines).delete()
    records.Line.objects.filter(id__in=lines).update(retired_at=timezone.now())


def write_sheets(programme: records.Programme, staged: Sequence[StagedSheet]) -> None:
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
        if row is not None and (row.payload.body == body or (line.erased and row.payload.body is None)):
            payload = row.payload
        elif line.erased:
            payload = erased_payload()
            fresh.append(payload)
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
        if line.erased:  # the text is gone and with it the salt: it keeps the key it had
            key = row.key if row is not None else line.key
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
    kept_before = [row.id for row in same]
    if kept_before:
        records.Attendance.objects.filter(line__in=kept_before).delete()
        records.NameKey.objects.filter(line__in=kept_before).delete()
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
    put_seen_over(kept_before)
    insert_rows(
        records.NameKey,
        ("programme_id", "line_id", "key"),
        (
            (programme.pk, line.line, name_key)
            for line in lines
            if not line.erased
            for name_key in sorted(search_keys(line.written.name))
        ),
    )


def _attended_hours(line: StagedLine, session: Session, event: records.Event) -> Decimal | None:
    """As the sheet states; else the part of the event's hours that half-day columns show."""
    if line.hours is not None or session.part is None or event.hours is None:
        return line.hours
    return (event.hours * session.part.numerator / session.part.denominator).quantize(Decimal("0.01"))


def write_roster_lines(
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


def keep_retired(programme: records.Programme, register: RegisterFiles | None) -> None:
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


def write_organisation_keys(programme: records.Programme, description: d.ProgrammeDescription) -> None:
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
