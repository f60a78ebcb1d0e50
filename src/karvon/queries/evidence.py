"""What proves a figure: sheets row by row, documents and stored files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from django.db.models import Count, Q

from karvon.queries.bringing import desk_file
from karvon.queries.editions import released
from karvon.queries.erasing import is_closed
from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.evidence.sheet import Field, SkipReason
from karvon.rules.problems import Place, Problem
from karvon.rules.programme.description import DocumentKind, EventKind, Role
from karvon.rules.programme.text import Text

EVIDENCE_SET: Final[Mapping[EventKind, tuple[DocumentKind, ...]]] = {
    "training": ("agenda", "invitation", "materials", "photo", "evaluation", "certificates"),
    "partner_meeting": ("minutes",),
    "site_visit": ("trip_report",),
    "presentation": ("agenda", "materials"),
}
"""The papers an event of each kind should leave behind, beside its signed list per day."""

FIELDS_IN_ORDER: Final[tuple[Field, ...]] = get_args(Field)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sign-in sheet in a list."""

    key: str
    path: str
    table: str
    event: str
    event_title: Text
    day: date | None
    role: Role
    sha256: str
    scan_path: str
    """'' means transcript only."""
    scan_sha256: str
    lines: int
    """Rows that name a person."""


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """What the reader took a column for."""

    letter: str
    field: Field | None
    """``None`` for a day column."""
    label: str
    """A day column's heading as written."""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of the file as it was understood."""

    table: str
    header_rows: tuple[int, ...]
    columns: tuple[ReadColumn, ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the sheet: a line that names somebody, or a skipped row with its reason."""

    table: str
    row: int
    block: str
    line: str
    """'' for a skipped row."""
    cells: Mapping[str, str]
    marks: Mapping[str, str]
    page: int | None
    person: str
    person_name: str
    """How the person is shown elsewhere."""
    role: str
    days: tuple[date, ...]
    hours: Decimal | None
    signed: bool | None
    skipped: SkipReason | None
    erased: bool = False
    name: str = ""
    """The whole name as written on this row."""
    named_in: str = ""
    """The cell that holds it, or its first part."""
    anchor: str = ""
    """``r12`` on the first line shown of row 12, so that an address can name a row."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    sheet: SheetRow
    visit: str
    visit_title: Text
    size: int
    media_type: str
    scan_media_type: str
    pages: tuple[int, ...]
    """Pages of the scan that belong to this sheet; empty means all."""
    tables: tuple[ReadTable, ...]
    problems: tuple[Problem, ...]
    rows: tuple[ReadRow, ...]
    page: Page
    skipped: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where a line is shown: on which page of its sheet; without a sheet, with its person."""

    line: str
    sheet: str
    page: int
    person: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    key: str
    path: str
    kind: DocumentKind
    title: Text
    sha256: str
    size: int
    visit: tuple[str, Text] | None
    event: tuple[str, Text] | None
    contract: tuple[str, str] | None
    """Key and number."""


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A stored file that the programme refers to, so that it may be handed out."""

    sha256: str
    name: str
    media_type: str
    size: int
    closed: bool = False
    """It names somebody who was erased: nobody opens it here any more."""


def sheets(programme: str, *, event: str = "") -> tuple[SheetRow, ...]:
    """Sheets in the order of their events' days; of one event only, where it is given."""
    rows = _sheets(programme).filter(withdrawn_at__isnull=True)
    if event:
        rows = rows.filter(event__key=event)
    return tuple(_sheet(row) for row in rows)


def sheet(programme: str, key: str, *, page: int = 1, size: int = 200) -> SheetPage | None:
    """A sheet with one page of its rows, in the order of the file."""
    row = _sheets(programme).filter(key=key).select_related("stored", "scan", "event__visit").first()
    if row is None:
        return None
    places = _places(row)
    wanted = Page.of(len(places), wanted=page, size=size)
    shown = places[(wanted.number - 1) * size : wanted.number * size]
    lines = {
        line.pk: line
        for line in records.Line.objects.filter(pk__in=[line for *_, line in shown if line])
        .select_related("payload", "link__person__shown__payload")
        .prefetch_related("attendances")
    }
    reasons = {(s.table, s.row): s.reason for s in row.skipped.all()}
    return SheetPage(
        sheet=_sheet(row),
        visit=row.event.visit.key,
        visit_title=row.event.visit.title,
        size=row.stored.size,
        media_type=row.stored.media_type,
        scan_media_type=row.scan.media_type if row.scan else "",
        pages=tuple(row.pages),
        tables=tuple(_table(table) for table in row.columns),
        problems=tuple(_problem(problem) for problem in row.problems),
        rows=_anchored(
            _read_row(lines[line]) if line else _skipped_row(table, number, reasons[(table, number)])
            for table, number, _, line in shown
        ),
        page=wanted,
        skipped=len(reasons),
        withdrawn=row.withdrawn_at is not None,
    )


def line_place(programme: str, line: str, *, size: int = 200) -> LinePlace | None:
    """Where the line with this id is shown."""
    found = (
        records.Line.objects.filter(programme__key=programme, pk=line).select_related("sheet", "link").first()
    )
    if found is None:
        return None
    link = getattr(found, "link", None)
    person = link.person_id if link else ""
    if found.sheet is None:
        return LinePlace(line, "", 1, person)
    order = [place[3] for place in _places(found.sheet)]
    page = (
        order.index(line) // size + 1 if line in order else 1
    )  # a retired line of a corrected sheet is not shown
    return LinePlace(line, found.sheet.key, page, person)


def documents(
    programme: str, *, event: str = "", visit: str = "", contract: str = ""
) -> tuple[DocumentRow, ...]:
    """Papers of the programme; of one event, visit or contract only, where it is given."""
    rows = records.Document.objects.filter(programme__key=programme)
    if event:
        rows = rows.filter(event__key=event)
    if visit:
        rows = rows.filter(visit__key=visit, event__isnull=True)
    if contract:
        rows = rows.filter(contract__key=contract)
    return tuple(
        DocumentRow(
            key=row.key,
            path=row.path,
            kind=row.kind,  # type: ignore[arg-type]  # the database allows only these words
            title=row.title,
            sha256=row.stored_id,
            size=row.stored.size,
            visit=(row.visit.key, row.visit.title) if row.visit else None,
            event=(row.event.key, row.event.title) if row.event else None,
            contract=(row.contract.key, row.contract.number) if row.contract else None,
        )
        for row in rows.select_related("stored", "visit", "event", "contract").order_by("order", "id")
    )


def served_file(programme: str, sha256: str) -> ServedFile | None:
    """The stored file with this hash if a sheet, scan, document or report of the programme is it."""
    found = _kept_file(programme, sha256)
    return replace(found, closed=is_closed(programme, sha256)) if found else None


def _kept_file(programme: str, sha256: str) -> ServedFile | None:
    stored = records.StoredFile.objects.filter(pk=sha256).first()
    if stored is None:
        return None
    mine = {"programme__key": programme}
    paths = (
        *records.Sheet.objects.filter(**mine, stored=stored).values_list("path", flat=True)[:1],
        *records.Sheet.objects.filter(**mine, scan=stored).values_list("scan_path", flat=True)[:1],
        *records.Document.objects.filter(**mine, stored=stored).values_list("path", flat=True)[:1],
    )
    if paths:
        return ServedFile(sha256, paths[0].rpartition("/")[2], stored.media_type, stored.size)
    earlier = (
        records.JournalEntry.objects.filter(
            **mine, object_kind="document", facts__content_before_sha256=sha256
        )
        .select_related("payload")
        .first()
    )
    if earlier is not None:  # what a document was of before its file was replaced
        return ServedFile(sha256, file_before(earlier) or sha256[:12], stored.media_type, stored.size)
    if on_desk := desk_file(programme, sha256):
        return ServedFile(sha256, on_desk[0], on_desk[1], stored.size)
    return edition_file(programme, sha256)


def file_before(entry: records.JournalEntry) -> str:
    """The name of the file that a change of a document replaced; '' once the entry's text was erased."""
    body = entry.payload.body if entry.payload else None
    return str((body or {}).get("before", {}).get("file", "")).rpartition("/")[2]


def edition_file(programme: str, sha256: str, *, drafts: bool = True) -> ServedFile | None:
    """The stored file with this hash if an edition is it; without ``drafts``, one that is published."""
    held = records.Edition.objects.filter(programme__key=programme)
    report = (
        records.EditionFile.objects.filter(stored=sha256, edition__in=held if drafts else released(held))
        .select_related("edition", "stored")
        .first()
    )
    if report is None:
        return None
    name = f"{programme}-{report.edition.number}-{report.language}.{report.form}"
    return ServedFile(sha256, name, report.stored.media_type, report.stored.size)


def written(body: Mapping[str, object] | None, field: str) -> str:
    """A cell of a line exactly as written; '' when it is empty or erased."""
    cells = (body or {}).get("cells")
    return str(cells.get(field, "")) if isinstance(cells, Mapping) else ""


def written_name(body: Mapping[str, object] | None) -> str:
    """The whole name of a line as written, name columns joined in the order of the sheet; '' once erased."""
    return str((body or {}).get("name", ""))


def _sheets(programme: str) -> Any:
    live = Q(lines__retired_at__isnull=True, lines__isnull=False)
    return (
        records.Sheet.objects.filter(programme__key=programme)
        .select_related("event")
        .annotate(people=Count("lines", filter=live))
        .order_by("event__starts", "event__order", "day", "order")
    )


def _sheet(row: Any) -> SheetRow:
    return SheetRow(
        key=row.key,
        path=row.path,
        table=row.table,
        event=row.event.key,
        event_title=row.event.title,
        day=row.day,
        role=row.role,
        sha256=row.stored_id,
        scan_path=row.scan_path if row.scan_id else "",
        scan_sha256=row.scan_id or "",
        lines=row.people,
    )


def _places(sheet: records.Sheet) -> list[tuple[str, int, str, str]]:
    """Table, row, block and line ('' for a skipped row) of all rows of the sheet, in the order of the file."""
    lines = sheet.lines.all() if sheet.withdrawn_at else sheet.lines.filter(retired_at__isnull=True)
    named = [
        (table, row or 0, block, line)
        for table, row, block, line in lines.values_list("table", "row", "block", "pk")
    ]
    skipped = [(table, row, "", "") for table, row in sheet.skipped.values_list("table", "row")]
    tables = {table["sheet"]: at for at, table in reversed([*enumerate(sheet.columns)])}
    return sorted(named + skipped, key=lambda place: (tables.get(place[0], len(tables)), *place[:3]))


def _table(data: Mapping[str, Any]) -> ReadTable:
    columns = [ReadColumn(letter, field, "") for field, letter in data["columns"].items()]
    columns += [
        ReadColumn(letter, None, label, date.fromisoformat(day) if day else None)
        for letter, label, day in data["days"]
    ]
    return ReadTable(
        data.get("sheet", ""),
        tuple(data.get("header_rows", ())),
        tuple(sorted(columns, key=lambda column: (len(column.letter), column.letter))),
    )


def _problem(data: Mapping[str, Any]) -> Problem:
    where = data.get("where") or {}
    return Problem(
        code=data["code"],
        where=Place(**where) if isinstance(where, Mapping) else Place(key=str(where)),
        facts=data.get("facts", {}),
        severity=data.get("severity", "warning"),
    )


def _read_row(line: records.Line) -> ReadRow:
    body = line.payload.body
    link = getattr(line, "link", None)
    shown = link.person.shown if link else None
    attended = sorted(line.attendances.all(), key=lambda a: (a.day is not None, a.day or date.min))
    hours = [a.hours for a in attended if a.hours is not None]
    return ReadRow(
        table=line.table,
        row=line.row or 0,
        block=line.block,
        line=line.pk,
        cells={name: str(text) for name, text in (body or {}).get("cells", {}).items()},
        marks={letter: str(mark) for letter, mark in (body or {}).get("marks", {}).items()},
        page=line.page,
        person=link.person_id if link else "",
        person_name=written_name(shown.payload.body) if shown else "",
        role=attended[0].role if attended else "",
        days=tuple(a.day for a in attended if a.day),
        hours=sum(hours, Decimal(0)) if hours else None,
        signed=attended[0].signed if attended else None,
        skipped=None,
        erased=body is None,
        name=written_name(body),
        named_in=next(
            (f for f in ("name", "surname", "given_name") if f in (body or {}).get("cells", {})), ""
        ),
    )


def _skipped_row(table: str, row: int, reason: str) -> ReadRow:
    return ReadRow(
        table=table, row=row, block="", line="", cells={}, marks={}, page=None, person="", person_name="",
        role="", days=(), hours=None, signed=None, skipped=reason,  # type: ignore[arg-type]  # database's words
    )  # fmt: skip


def _anchored(rows: Iterable[ReadRow]) -> tuple[ReadRow, ...]:
    """Rows with an anchor each, which no two share."""
    taken: set[str] = set()
    found = []
    for row in rows:
        anchor = f"r{row.row}"
        found.append(row if anchor in taken else replace(row, anchor=anchor))
        taken.add(anchor)
    return tuple(found)
