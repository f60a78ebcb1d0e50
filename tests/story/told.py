"""The training example as tests read it: the folder, its sheets, and the truth kept outside it."""

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from karvon.files.programme_folder import FolderReading
from karvon.files.readers.sign_in_sheet import mark_means, read_sheet
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.evidence.line import written_name
from karvon.rules.evidence.sessions import sessions
from karvon.rules.evidence.sheet import PersonRow, SheetReading, SheetTable
from karvon.rules.identity.line import IdentityLine, Resolution
from karvon.rules.programme import description as d

REPOSITORY: Final = Path(__file__).resolve().parents[2]
EXAMPLE: Final = REPOSITORY / "examples" / "uzbekistan-2018"
GOLD: Final = Path(__file__).with_name("gold.csv")
TRAININGS: Final = (
    "riga-heat", "riga-water", "riga-waste", "tashkent-heat", "tashkent-water", "tashkent-waste", "andijan-water",
    "andijan-smart-city", "andijan-farming", "fergana-heat", "fergana-waste", "fergana-farming",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class GoldRow:
    """Who really stands on a row, in what role, and the name as it is written there."""

    file: str
    sheet: str
    row: int
    person: str
    role: str
    name: str


def gold_rows() -> tuple[GoldRow, ...]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return tuple(GoldRow(**(row | {"row": int(row["row"])})) for row in csv.DictReader(file))  # type: ignore[arg-type]


def read_sheets(folder: FolderReading) -> dict[str, SheetReading]:
    """File name -> what was read, for every file of ``sheets/``."""
    return {
        Path(path).name: read_sheet(where)
        for path, where in sorted(folder.files.items())
        if path.startswith("sheets/")
    }


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A row of a sheet that proves an event, beside the truth about it."""

    line: str
    sheet: d.Sheet
    table: SheetTable
    row: PersonRow
    gold: GoldRow

    @property
    def name(self) -> str:
        return written_name(self.row.cells, self.table.columns)


def told_lines(
    folder: FolderReading, read: Mapping[str, SheetReading], gold: Iterable[GoldRow]
) -> tuple[ToldLine, ...]:
    """Every row that names somebody as a line, beside the truth at the same file, sheet and row."""
    truth = {(each.file, each.sheet, each.row): each for each in gold}
    return tuple(
        ToldLine(f"{sheet.key}:{row.row:03d}", sheet, table, row, truth[spot])
        for sheet in folder.description.sheets
        for table in read[Path(sheet.file).name].tables
        if sheet.table in ("", table.sheet)
        for row in table.rows
        if (spot := (Path(sheet.file).name, row.sheet, row.row)) in truth
    )


def identity_lines(lines: Iterable[ToldLine], folder: FolderReading) -> Iterator[IdentityLine]:
    starts = {event.key: event.period.starts for event in folder.description.events}
    for line in lines:
        cell = line.row.cells.get
        yield IdentityLine(
            line=line.line, sheet=line.sheet.key, name=line.name,
            surname=cell("surname", ""), given_name=cell("given_name", ""), middle_name=cell("middle_name", ""),
            organisation=cell("organisation", ""), position=cell("position", ""), email=cell("email", ""),
            phone=cell("phone", ""), region=cell("region", ""), country=cell("country", ""), sex=cell("sex", ""),
            on=line.sheet.day or starts[line.sheet.event],
        )  # fmt: skip


def facts(lines: Sequence[ToldLine], folder: FolderReading, resolution: Resolution) -> Facts:
    """What counting needs; roles are the true ones, who is who is what ``resolution`` says."""
    events = {event.key: event for event in folder.description.events}
    attendances = tuple(
        Attendance(line.line, line.sheet.event, session.day, role=line.gold.role, status=session.status)  # type: ignore[arg-type]
        for line in lines
        for session in sessions(
            sheet_day=line.sheet.day,
            row_day=None,
            event_days=days_of(events[line.sheet.event]),
            columns=line.table.days,
            marks={letter: mark_means(mark) for letter, mark in line.row.marks.items()},
        )
    )
    bands = {
        band: frozenset((match.a, match.b) for match in resolution.matches if match.band == band)
        for band in ("certain", "undecided")
    }
    register = Register(
        {line: group[0] for group in resolution.groups for line in group}, bands["certain"], bands["undecided"]
    )  # fmt: skip
    return Facts(attendances, tuple(_counted(event, folder) for event in events.values()), register)


def days_of(event: d.Event) -> list[date]:
    starts, ends = event.period.starts, event.period.ends
    assert starts is not None
    assert ends is not None
    return [starts + timedelta(days=n) for n in range((ends - starts).days + 1)]


def _counted(event: d.Event, folder: FolderReading) -> CountedEvent:
    visit = next(visit for visit in folder.description.visits if visit.key == event.visit)
    days = days_of(event)
    return CountedEvent(
        event=event.key, visit=visit.key, direction=visit.direction, kind=event.kind, starts=days[0], ends=days[-1],
        days=tuple(days), hours=event.hours, sectors=event.sectors, structured=event.structured,
        contracts=tuple(share.contract for share in (event.shares if event.shares is not None else visit.shares)),
        head_counts=tuple((count.day, count.heads) for count in event.head_counts),
    )  # fmt: skip


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every two lines that stand in one group."""
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}
