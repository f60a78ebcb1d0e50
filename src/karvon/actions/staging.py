"""Reading sheets into lines about to be kept: recognised among those kept earlier, with sessions, places and roles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from karvon.actions.journal import new_id
from karvon.files.evidence_store import Stored
from karvon.files.programme_folder import RegisterFiles
from karvon.files.readers.sign_in_sheet import day_written, mark_means, read_sheet
from karvon.queries.register import RegisterLine, first_name, register_lines
from karvon.records import models as records
from karvon.rules.attendance import given_role, hours_of, signed_of
from karvon.rules.evidence.line import KeptLine, WrittenLine, align, written_line
from karvon.rules.evidence.organisations import OrganisationFinder
from karvon.rules.evidence.sessions import Session, sessions
from karvon.rules.evidence.sheet import DayColumn, SheetReading, SheetTable
from karvon.rules.places import find_country, find_place
from karvon.rules.problems import Place, Problem
from karvon.rules.programme import description as d
from karvon.rules.programme.register import RegisterLine as BroughtLine

Progress = Callable[[str, int, int], None]
"""Called with a step's code, how much of it is done and how much there is."""


def silent(step: str, done: int, of: int) -> None:
    """Nobody is watching."""


@dataclass(slots=True)
class StagedLine:
    """A line of a sheet about to be kept."""

    line: str
    written: WrittenLine
    sheet: d.Sheet
    sessions: tuple[Session, ...]
    is_new: bool
    role: d.Role
    role_reason: str
    """By the sheet alone; what the programme says of its staff is known once lines are linked."""
    salt: bytes = b""
    """Of the payload, where the line came with a folder."""
    hours: Decimal | None = None
    signed: bool | None = None
    organisation: str = ""
    country: str = ""
    region: str = ""
    sex: str = ""
    erased: bool = False
    """Its text was erased: the file still says it, and it is not kept again."""
    key: str = ""
    """By which an erased line that came with a folder was recognised."""


@dataclass(slots=True)
class StagedSheet:
    """A sheet read anew; ``gone`` are lines it held before and holds no more."""

    sheet: d.Sheet
    reading: SheetReading
    lines: list[StagedLine] = field(default_factory=list)
    gone: tuple[str, ...] = ()


def stage_sheets(
    description: d.ProgrammeDescription,
    *,
    stored: Mapping[str, Stored],
    sources: Mapping[str, Path],
    register: RegisterFiles | None = None,
    progress: Progress = silent,
) -> tuple[StagedSheet, ...]:
    """Read the sheets that are new, changed or back after they were withdrawn; the others stay as they are kept.

    Problems of a sheet's reading stay with it; reading changes nothing.
    """
    events = {event.key: event for event in description.events}
    rows = {
        row.key: row
        for row in records.Sheet.objects.filter(programme__key=description.programme.key).select_related(
            "event"
        )
    }
    wanted = [
        sheet
        for sheet in description.sheets
        if (row := rows.get(sheet.key)) is None
        or not _same_sheet(row, sheet, stored[sheet.file].sha256, events[sheet.event])
    ]
    if not wanted:
        return ()
    kept_lines: dict[str, list[RegisterLine]] = {}
    again = [sheet.key for sheet in wanted if sheet.key in rows]
    for line in register_lines(description.programme.key, retired=True, sheets=again) if again else ():
        kept_lines.setdefault(line.source, []).append(line)
    brought = _brought_lines(register)
    readings: dict[tuple[str, tuple[str, ...]], SheetReading] = {}
    staged = []
    for done, sheet in enumerate(wanted):
        progress("sheets", done, len(wanted))
        read_as = sheet.file, sheet.reading
        if read_as not in readings:
            readings[read_as] = _named(
                read_sheet(
                    sources[sheet.file], corrections=sheet.reading, name=sheet.file.rpartition("/")[2]
                ),
                sheet.file,
            )
        staged.append(
            _stage_sheet(
                sheet,
                _of_table(readings[read_as], sheet),
                event=events[sheet.event],
                kept=kept_lines.get(sheet.key, []),
                brought=brought,
                same_file=sheet.key in rows and rows[sheet.key].stored_id == stored[sheet.file].sha256,
            )
        )
    _place_people(staged, description)
    return tuple(staged)


def _same_sheet(row: records.Sheet, sheet: d.Sheet, sha256: str, event: d.Event) -> bool:
    return row.withdrawn_at is None and (
        row.stored_id,
        row.event.key,
        row.day,
        row.table,
        row.role,
        tuple(row.pages),
        tuple(row.reading),
        row.event.starts,
        row.event.ends,
    ) == (
        sha256,
        sheet.event,
        sheet.day,
        sheet.table,
        sheet.role,
        sheet.pages,
        sheet.reading,
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
    same_file: bool,
) -> StagedSheet:
    """The sheet with its lines recognised. A row of the same file whose text was erased stays without it."""
    days = _days(event)
    tables = [(table, row) for table in reading.tables for row in table.rows]
    used = {id(table): _used_columns(table) for table in reading.tables}
    written = [written_line(row, table) for table, row in tables]
    erased = {
        (line.table, line.row or 0, line.block): _kept(line)
        for line in kept
        if same_file and not line.cells and not line.name
    }
    readable = [line for line in written if (line.table, line.row, line.block) not in erased]
    stay = {line.line for line in erased.values()}
    # a list whose later pages are told has a first one, too
    first_page = sheet.pages[0] if sheet.pages else int(any(row.page for _, row in tables))
    alignment = align(readable, [_kept(line) for line in kept if line.line not in stay])
    recognised = iter(alignment.kept)
    staged = StagedSheet(sheet, reading, gone=alignment.gone)
    for line, (table, row) in zip(written, tables, strict=True):
        without_text = erased.get((line.table, line.row, line.block))
        found = without_text or next(recognised)
        role, reason = given_role(
            sheet=sheet.role,
            column=line.cells.get("role", ""),
            position=line.cells.get("position", ""),
        )
        before = brought.get((sheet.key, line.table, line.row, line.block)) if found is None else None
        staged.lines.append(
            StagedLine(
                line=found.line if found else before.line if before else new_id(),
                salt=bytes.fromhex(before.salt) if before else b"",
                written=line if row.page or not first_page else replace(line, page=first_page),
                sheet=sheet,
                sessions=sessions(
                    sheet_day=sheet.day,
                    row_day=day_written(line.cells["date"], year=days[0].year if days else None)
                    if "date" in line.cells
                    else None,
                    event_days=days,
                    columns=used[id(table)],
                    marks={letter: mark_means(mark) for letter, mark in line.marks.items()},
                ),
                is_new=found is None,
                role=role,
                role_reason=reason,
                hours=hours_of(line.cells.get("hours", "")),
                signed=signed_of(line.cells.get("signature")),
                erased=without_text is not None or (before is not None and not before.salt),
                key=before.key if before else "",
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
    placed = placing(description)
    for sheet in staged:
        for line in sheet.lines:
            cells = line.written.cells
            line.organisation, line.country, line.region = placed(cells)
            line.sex = _sex(cells.get("sex", ""))


def placing(description: d.ProgrammeDescription) -> Callable[[Mapping[str, str]], tuple[str, str, str]]:
    """What cells say: the key of the programme's organisation, the country, the region; '' for what is not said."""
    organisations = {organisation.key: organisation for organisation in description.organisations}
    finder = OrganisationFinder(
        (organisation.key, written)
        for organisation in description.organisations
        for written in (*(text for _, text in organisation.name), *organisation.spellings)
    )

    def placed(cells: Mapping[str, str]) -> tuple[str, str, str]:
        organisation = finder.find(cells.get("organisation", ""))
        known = organisations.get(organisation)
        place = find_place(cells.get("region", "")) or (
            find_place(known.place) if known and known.place else None
        )
        country = find_country(cells.get("country", "")) or (known.country if known else "")
        return organisation, country, place.region if place else ""

    return placed


def _sex(cell: str) -> str:
    """``m``, ``f`` or '' (not stated), by the first letter in Latvian, English, Russian and Uzbek."""
    return _SEX.get(cell.strip().casefold()[:1], "")


def staged_register_lines(
    staged: Sequence[StagedSheet], description: d.ProgrammeDescription
) -> list[RegisterLine]:
    """The lines of these sheets as identity sees them."""
    events = {event.key: event for event in description.events}
    called = {organisation.key: first_name(organisation.name) for organisation in description.organisations}
    return [
        RegisterLine(
            line=line.line,
            source=sheet.sheet.key,
            on=sheet.sheet.day or events[sheet.sheet.event].period.starts,
            cells={} if line.erased else line.written.cells,
            name="" if line.erased else line.written.name,
            organisation="" if line.erased else called.get(line.organisation, ""),
            table=line.written.table,
            row=line.written.row,
            block=line.written.block,
        )
        for sheet in staged
        for line in sheet.lines
    ]


def roster_lines(
    description: d.ProgrammeDescription, register: RegisterFiles | None = None
) -> list[RegisterLine]:
    """The names the programme itself gives, one line per name form; ids kept from earlier or brought along."""
    programme = description.programme.key
    kept = {
        (line.source, line.row or 0): (line.line, line.name) for line in register_lines(programme, sheets=())
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
