"""What lies on the desk: drafts with their files, who on a list is whom, and what became of lists brought in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from django.db.models import Count, Max, Q
from django.utils import timezone

from karvon.queries.matching import matched
from karvon.queries.register import RegisterLine, first_name, identity_line
from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.evidence.line import KeptLine, WrittenLine
from karvon.rules.evidence.organisations import OrganisationFinder
from karvon.rules.problems import Place, Problem
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Role
from karvon.rules.programme.text import NO_TEXT, Text

STILL: Final = timedelta(seconds=40)
"""Work that has not said a word for so long was cut off."""

DraftState = Literal["open", "accepted", "discarded"]
Spot = tuple[str, int, str]
"""Sheet of the workbook, row, block."""


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """An event a list may prove."""

    key: str
    title: Text
    starts: date
    ends: date
    visit: str

    def days(self) -> tuple[date, ...]:
        """Its days in order; those of the first two months."""
        most = min((self.ends - self.starts).days, 61)
        return tuple(self.starts + timedelta(days=n) for n in range(most + 1))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place where the same file is: a sheet that proves an event, or a draft somebody else began."""

    sheet: str = ""
    event: str = ""
    event_title: Text = NO_TEXT
    draft: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskFile:
    file: str
    name: str
    kind: Literal["sheet", "scan"]
    sha256: str
    size: int
    media_type: str
    event: str
    day: date | None
    table: str
    role: Role
    reading: tuple[str, ...]
    scan: str
    """Id of the scan's file; '' for none."""
    pages: tuple[int, ...]
    said: tuple[tuple[Spot, str, str], ...]
    """Spot, line of the register and verdict of every row somebody spoke about."""
    found: Mapping[str, Any] | None
    sheet: str
    """The sheet it became, or is a new version of."""
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class JobRow:
    job: str
    kind: Literal["look", "accept"]
    state: Literal["running", "done", "failed", "cut"]
    step: str
    done: int
    of: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class DraftPage:
    draft: str
    state: DraftState
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    ended_by: str
    event: str
    visit: str
    replaces: str
    replaces_path: str
    files: tuple[DeskFile, ...]
    events: tuple[DeskEvent, ...]
    """Events a list of it may prove, those of its visit first."""
    job: JobRow | None
    withdrawn: bool
    """It was accepted, and all of its lists were taken back since."""

    @property
    def lists(self) -> tuple[DeskFile, ...]:
        return tuple(file for file in self.files if file.kind == "sheet")

    @property
    def scans(self) -> tuple[DeskFile, ...]:
        return tuple(file for file in self.files if file.kind == "scan")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list."""

    draft: str
    state: DraftState
    at: datetime
    by: str
    events: tuple[tuple[str, Text], ...]
    """Key and title of every event its lists prove, or of the one it was laid down for."""
    names: tuple[str, ...]
    replaces: str


def drafts(
    programme: str, *, event: str = "", visit: str = "", state: DraftState = "open"
) -> tuple[DraftRow, ...]:
    """Drafts in this state, the latest first; those of one event or one visit only, where it is given."""
    rows = records.Draft.objects.filter(programme__key=programme, state=state)
    if event:
        rows = rows.filter(Q(event__key=event) | Q(files__event__key=event)).distinct()
    if visit:
        rows = rows.filter(visit__key=visit)
    return tuple(
        DraftRow(
            draft=row.pk,
            state=row.state,  # type: ignore[arg-type]  # held to the known words by the database
            at=row.ended_at or row.begun_at,
            by=_name(row.ended_by or row.begun_by),
            events=_proved(row),
            names=tuple(file.name for file in row.files.all()),
            replaces=row.replaces.key if row.replaces else "",
        )
        for row in rows.select_related("event", "begun_by", "ended_by", "replaces").prefetch_related(
            "files__event"
        )[:100]
    )


def _proved(row: records.Draft) -> tuple[tuple[str, Text], ...]:
    """Events of its lists, else the one it was begun for, each once."""
    events = [file.event for file in row.files.all() if file.event] or ([row.event] if row.event else [])
    return tuple({event.key: event.title for event in events}.items())


def draft(programme: str, key: str) -> DraftPage | None:
    """A draft with its files; ``None`` if there is none of this id in the programme."""
    row = (
        records.Draft.objects.filter(programme__key=programme, pk=key)
        .select_related("event", "visit", "replaces", "begun_by", "ended_by")
        .first()
    )
    if row is None:
        return None
    files = list(row.files.select_related("stored", "event", "scan"))
    elsewhere = _elsewhere(programme, row, files)
    keys = [file.sheet_key for file in files if file.sheet_key]
    in_use = records.Sheet.objects.filter(
        programme__key=programme, key__in=keys, withdrawn_at__isnull=True
    ).exists()
    return DraftPage(
        draft=row.pk,
        state=row.state,  # type: ignore[arg-type]  # held to the known words by the database
        begun_at=row.begun_at,
        begun_by=_name(row.begun_by),
        ended_at=row.ended_at,
        ended_by=_name(row.ended_by),
        event=row.event.key if row.event else "",
        visit=row.visit.key if row.visit else "",
        replaces=row.replaces.key if row.replaces else "",
        replaces_path=row.replaces.path if row.replaces else "",
        files=tuple(_file(file, elsewhere.get(file.stored_id, ())) for file in files),
        events=_events(programme, row.visit.key if row.visit else ""),
        job=job(row.pk),
        withdrawn=row.state == "accepted" and not in_use,
    )


def _file(row: records.DraftFile, elsewhere: Iterable[Elsewhere]) -> DeskFile:
    return DeskFile(
        file=row.pk,
        name=row.name,
        kind=row.kind,  # type: ignore[arg-type]  # held to the known words by the database
        sha256=row.stored_id,
        size=row.stored.size,
        media_type=row.stored.media_type,
        event=row.event.key if row.event else "",
        day=row.day,
        table=row.table,
        role=row.role,  # type: ignore[arg-type]  # likewise
        reading=tuple(row.reading),
        scan=row.scan_id or "",
        pages=tuple(row.pages),
        said=tuple(((spot[0], spot[1], spot[2]), line, verdict) for spot, line, verdict in row.said),
        found=row.found,
        sheet=row.sheet_key,
        elsewhere=tuple(elsewhere),
    )


def _elsewhere(
    programme: str, draft: records.Draft, files: Sequence[records.DraftFile]
) -> dict[str, list[Elsewhere]]:
    hashes = [file.stored_id for file in files if file.kind == "sheet"]
    mine = {file.sheet_key for file in files if file.sheet_key}
    found: dict[str, list[Elsewhere]] = {}
    sheets = records.Sheet.objects.filter(
        programme__key=programme, stored__in=hashes, withdrawn_at__isnull=True
    ).exclude(key__in=mine)
    for sheet in sheets.select_related("event").order_by("order"):
        found.setdefault(sheet.stored_id, []).append(
            Elsewhere(sheet=sheet.key, event=sheet.event.key, event_title=sheet.event.title)
        )
    others = records.DraftFile.objects.filter(
        draft__programme__key=programme, draft__state="open", stored__in=hashes, kind="sheet"
    ).exclude(draft=draft)
    for other in others.select_related("draft__begun_by"):
        found.setdefault(other.stored_id, []).append(
            Elsewhere(draft=other.draft_id, by=_name(other.draft.begun_by), at=other.draft.begun_at)
        )
    return found


def _events(programme: str, visit: str) -> tuple[DeskEvent, ...]:
    rows = (
        records.Event.objects.filter(programme__key=programme).select_related("visit").order_by("order", "id")
    )
    found = [DeskEvent(row.key, row.title, row.starts, row.ends, row.visit.key) for row in rows]
    return tuple(sorted(found, key=lambda one: bool(visit) and one.visit != visit))


def _name(user: Any) -> str:
    return user.get_username() if user else ""


def lines_on(programme: str, sheets: Sequence[str]) -> int:
    """How many lines these sheets have had."""
    return records.Line.objects.filter(programme__key=programme, sheet__key__in=sheets).count()


def job(draft: str) -> JobRow | None:
    """The latest work done for a draft."""
    row = records.Job.objects.filter(draft=draft).first()
    if row is None:
        return None
    cut = row.state == "running" and row.beat_at < timezone.now() - STILL
    return JobRow(
        job=row.pk,
        kind=row.kind,  # type: ignore[arg-type]  # held to the known words by the database
        state="cut" if cut else row.state,  # type: ignore[arg-type]  # likewise
        step=row.step,
        done=row.done,
        of=row.of,
        problems=kept_problems(row.problems),
    )


def kept_problems(rows: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """Problems of long work as its row keeps them."""
    return tuple(Problem(one["code"], Place(**one["where"]), one["facts"], one["severity"]) for one in rows)


# --- who is whom


@dataclass(frozen=True, slots=True)
class Tie:
    """What speaks for somebody on the list being the person of another line; lines by their ids."""

    line: str
    weight: int
    certain: bool
    parts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Who one row would be: ids and weights only."""

    person: str
    """'' for somebody new."""
    certain: bool
    ties: tuple[Tie, ...]
    with_rows: tuple[int, ...]
    """Places, among the rows asked about, of others that would be the same person."""


def register_state(programme: str) -> str:
    """A word that changes whenever who is whom may have changed."""
    row = (
        records.Programme.objects.filter(key=programme)
        .annotate(last=Max("decisions__id"))
        .values_list("folder_digest", "linked_under", "last")
        .first()
    )
    return " ".join(str(part) for part in row) if row else ""


def find(
    programme: str, written: Sequence[WrittenLine], *, source: str, on: date | None
) -> tuple[Found, ...]:
    """Who each row of a list would be if it were kept now; in the order of the rows. Writes nothing."""
    if not written:
        return ()
    organisations = {row.key: row for row in records.Organisation.objects.filter(programme__key=programme)}
    finder = OrganisationFinder(
        (row.key, said)
        for row in organisations.values()
        for said in (*(text for _, text in row.name), *row.spellings)
    )
    ids = [f"+{place:06d}" for place in range(len(written))]
    place_of = {line: place for place, line in enumerate(ids)}
    lines = []
    for line, row in zip(ids, written, strict=True):
        known = organisations.get(finder.find(row.cells.get("organisation", "")))
        lines.append(
            identity_line(
                RegisterLine(
                    line=line, source=source, on=on, cells=row.cells, name=row.name,
                    organisation=first_name(known.name) if known else "",
                )
            )
        )  # fmt: skip
    found = []
    for one in matched(programme, lines):
        ties = []
        for match in one.matches:
            other = match.b if match.a == one.line else match.a
            parts = tuple((part.field, part.level, part.weight) for part in match.parts)
            if other not in place_of:
                ties.append(Tie(other, match.weight, match.band == "certain", parts))
        found.append(
            Found(one.person, one.certain, tuple(ties), tuple(place_of[o] for o in one.together_with))
        )
    return tuple(found)


def found_data(found: Sequence[Found], *, state: str) -> dict[str, Any]:
    """What was found, as JSON values, with the state of the register it was found in."""
    return {
        "state": state,
        "rows": [
            [
                one.person,
                one.certain,
                [[tie.line, tie.weight, tie.certain, [list(part) for part in tie.parts]] for tie in one.ties],
                list(one.with_rows),
            ]
            for one in found
        ],
    }


def found_from(data: Mapping[str, Any]) -> tuple[Found, ...]:
    return tuple(
        Found(
            person,
            certain,
            tuple(
                Tie(line, weight, sure, tuple((f, v, w) for f, v, w in parts))
                for line, weight, sure, parts in ties
            ),
            tuple(others),
        )
        for person, certain, ties, others in data["rows"]
    )


Standing = Literal["new", "known", "doubtful"]


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody of the register as the desk shows them."""

    line: str
    person: str
    name: str
    organisation: str
    event: str
    event_title: Text
    forms: tuple[str, ...]
    """The names their lines carry, each as written."""
    events: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    whom: Whom
    weight: int
    certain: bool
    parts: tuple[tuple[str, str, int], ...]
    said: str
    """What somebody said of it on the desk: same, different, or ''."""


@dataclass(frozen=True, slots=True)
class RowStanding:
    """Who a row is as things stand on the desk."""

    standing: Standing
    whom: Whom | None
    candidates: tuple[Candidate, ...]
    with_rows: tuple[int, ...] = ()


def standing_of(found: Found, said: Mapping[str, str], person_of: Mapping[str, str]) -> tuple[Standing, str]:
    """New, known or doubtful, and the person, with what was said of single lines on the desk."""
    for line, verdict in said.items():
        if verdict == "same" and line in person_of:
            return "known", person_of[line]
    refused = {person_of.get(line, "") for line, verdict in said.items() if verdict == "different"}
    left = [tie for tie in found.ties if person_of.get(tie.line, "") not in refused]
    if found.certain and found.person not in refused:
        return "known", found.person
    if left:
        return "doubtful", person_of.get(left[0].line, "")
    return "new", ""


def people_of(programme: str, lines: Iterable[str]) -> dict[str, str]:
    """Line -> person of these lines."""
    return dict(
        records.Link.objects.filter(line__programme__key=programme, line__in=set(lines)).values_list(
            "line_id", "person_id"
        )
    )


def row_standings(
    programme: str, found: Sequence[Found], said: Sequence[Mapping[str, str]]
) -> tuple[RowStanding, ...]:
    """The rows of one page with everything the desk shows of whom they may be; ``said``: line -> verdict per row."""
    lines = {tie.line for one in found for tie in one.ties} | {line for one in said for line in one}
    whom = _whom(programme, lines)
    person_of = {line: one.person for line, one in whom.items()}
    rows = []
    for one, spoken in zip(found, said, strict=True):
        standing, person = standing_of(one, spoken, person_of)
        ties = [tie for tie in one.ties if tie.line in whom]
        known = [whom[tie.line] for tie in ties if person_of[tie.line] == person]
        known += [whom[line] for line in spoken if line in whom and person_of[line] == person]
        strongest: dict[str, Tie] = {}
        for tie in ties:
            strongest.setdefault(person_of[tie.line], tie)
        rows.append(
            RowStanding(
                standing,
                known[0] if known and standing != "new" else None,
                tuple(
                    Candidate(
                        whom[tie.line], tie.weight, tie.certain, tie.parts,
                        next((v for line, v in spoken.items() if person_of.get(line) == which), ""),
                    )
                    for which, tie in strongest.items()
                ),
                one.with_rows,
            )
        )  # fmt: skip
    return tuple(rows)


def _whom(programme: str, lines: Iterable[str]) -> dict[str, Whom]:
    """These lines with their people's other name forms and events; three SQL statements, however many."""
    rows = {
        row.pk: row
        for row in records.Line.objects.filter(programme__key=programme, pk__in=set(lines)).select_related(
            "payload", "sheet__event", "link__person__shown__payload"
        )
    }
    people = {row.link.person_id for row in rows.values() if hasattr(row, "link")}
    forms: dict[str, dict[str, None]] = {}
    events: dict[str, dict[str, Text]] = {}
    others = records.Line.objects.filter(link__person__in=people, retired_at__isnull=True).order_by(
        "sheet__event__starts", "sheet__order", "row"
    )
    for other in others.select_related("payload", "sheet__event", "link"):
        person = other.link.person_id
        if name := _named(other):
            forms.setdefault(person, {})[name] = None
        if other.sheet:
            events.setdefault(person, {})[other.sheet.event.key] = other.sheet.event.title
    found = {}
    for line, row in rows.items():
        person = row.link.person_id if hasattr(row, "link") else ""
        shown = row.link.person.shown if hasattr(row, "link") else None
        event = row.sheet.event if row.sheet else None
        found[line] = Whom(
            line=line,
            person=person,
            name=(_named(shown) if shown else "") or _named(row),
            organisation=str((row.payload.body or {}).get("cells", {}).get("organisation", "")),
            event=event.key if event else "",
            event_title=event.title if event else NO_TEXT,
            forms=tuple(forms.get(person, ())),
            events=tuple(events.get(person, {}).items()),
        )
    return found


def _named(line: records.Line) -> str:
    return str((line.payload.body or {}).get("name", ""))


# --- what became of lists


def described_sheet(programme: str, key: str) -> tuple[d.Sheet, dict[str, str]] | None:
    """A sheet as a folder would describe it, in use or taken back, with the hashes of its ``file`` and ``scan``."""
    row = records.Sheet.objects.filter(programme__key=programme, key=key).select_related("event").first()
    if row is None:
        return None
    sheet = d.Sheet(
        key=row.key,
        file=row.path,
        event=row.event.key,
        day=row.day,
        table=row.table,
        role=row.role,  # type: ignore[arg-type]  # held to the known words by the database
        scan=row.scan_path if row.scan_id else "",
        pages=tuple(row.pages) if row.scan_id else (),
        reading=tuple(row.reading),
    )
    return sheet, {"file": row.stored_id, "scan": row.scan_id or ""}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A line of a sheet that is about to be replaced, and whether somebody's word rests on it."""

    kept: KeptLine
    decisions: int
    signed: bool


def kept_rows(programme: str, sheet: str) -> tuple[KeptRow, ...]:
    """The lines of a sheet in use, in the order of the file."""
    rows = list(
        records.Line.objects.filter(programme__key=programme, sheet__key=sheet, retired_at__isnull=True)
        .select_related("payload", "signature_seen")
        .order_by("table", "row", "block")
    )
    ids = {row.pk for row in rows}
    spoken: dict[str, dict[tuple[str, str], str]] = {}
    for a, b, verdict in (
        records.Decision.objects.filter(Q(a__in=ids) | Q(b__in=ids))
        .order_by("at", "id")
        .values_list("a_id", "b_id", "verdict")
    ):
        for line in {a, b} & ids:
            spoken.setdefault(line, {})[a, b] = verdict
    return tuple(
        KeptRow(
            KeptLine(
                row.pk, row.table, row.row or 0, row.block,
                (row.payload.body or {}).get("cells", {}), (row.payload.body or {}).get("marks", {}),
            ),
            sum(verdict != "undone" for verdict in spoken.get(row.pk, {}).values()),
            hasattr(row, "signature_seen"),
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A file that was a sheet's before it was replaced, or is it now."""

    sha256: str
    name: str
    at: datetime | None
    """When it came in through the website; unknown for what came with a folder."""
    by: str
    now: bool


def versions(programme: str, sheet: str) -> tuple[Version, ...]:
    """The files a sheet has been, the latest first; () for one that has always been the same."""
    row = records.Sheet.objects.filter(programme__key=programme, key=sheet).first()
    if row is None:
        return ()
    files = list(
        records.DraftFile.objects.filter(
            draft__programme__key=programme, draft__state="accepted", kind="sheet", sheet_key=sheet
        )
        .select_related("draft__ended_by")
        .order_by("draft__ended_at", "draft_id")
    )
    found: list[Version] = []
    if files and files[0].before_id:
        found.append(Version(files[0].before_id, "", None, "", False))
    found += [
        Version(file.stored_id, file.name, file.draft.ended_at, _name(file.draft.ended_by), False)
        for file in files
    ]
    if found and found[-1].sha256 == row.stored_id:
        found[-1] = replace(found[-1], now=True)
    return tuple(reversed(found))


def draft_of_sheet(programme: str, sheet: str) -> str:
    """The latest draft through which a sheet came in; '' for one that came with a folder."""
    found = (
        records.DraftFile.objects.filter(
            draft__programme__key=programme, draft__state="accepted", sheet_key=sheet
        )
        .order_by("-draft__ended_at")
        .values_list("draft_id", flat=True)
    )
    return str(found.first() or "")


def desk_file(programme: str, sha256: str) -> tuple[str, str] | None:
    """Name and media type of a file that lies on the desk or was a sheet before it was replaced."""
    mine = records.DraftFile.objects.filter(draft__programme__key=programme)
    row = mine.filter(stored=sha256).select_related("stored").first()
    if row is not None:
        return row.name, row.stored.media_type
    old = mine.filter(before=sha256).select_related("before").first()
    return (old.name, old.before.media_type) if old and old.before else None


def place_said(programme: str, *, event: str = "", visit: str = "") -> Text:
    """The title of the event or visit files are to be laid down at; empty for none."""
    if event:
        title = (
            records.Event.objects.filter(programme__key=programme, key=event)
            .values_list("title", flat=True)
            .first()
        )
    else:
        title = (
            records.Visit.objects.filter(programme__key=programme, key=visit)
            .values_list("title", flat=True)
            .first()
        )
    return title or NO_TEXT


def event_starts(programme: str, event: str) -> date | None:
    """The first day of an event; ``None`` where there is no such event."""
    return (
        records.Event.objects.filter(programme__key=programme, key=event)
        .values_list("starts", flat=True)
        .first()
    )


# --- signatures


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A line beside the paper it was typed from."""

    line: str
    table: str
    row: int
    page: int | None
    name: str
    organisation: str
    transcript: str
    """What the transcript's column of signatures says, as written."""
    seen: bool | None
    """What a person saw; ``None`` where nobody looked."""
    by: str
    at: datetime | None
    erased: bool


@dataclass(frozen=True, slots=True)
class SignaturePage:
    sheet: str
    path: str
    event: str
    event_title: Text
    scan_path: str
    scan_sha256: str
    scan_media_type: str
    pages: tuple[int, ...]
    rows: tuple[SignatureRow, ...]
    page: Page
    seen: int
    missing: int
    """Lines beside which somebody saw that there is no signature."""


def signatures(programme: str, sheet: str, *, page: int = 1, size: int = 200) -> SignaturePage | None:
    """The lines of a sheet in use with what was seen of their signatures; ``None`` if there is no such sheet."""
    row = (
        records.Sheet.objects.filter(programme__key=programme, key=sheet, withdrawn_at__isnull=True)
        .select_related("event", "scan")
        .first()
    )
    if row is None:
        return None
    lines = row.lines.filter(retired_at__isnull=True)
    told = lines.aggregate(
        all=Count("pk"),
        seen=Count("pk", filter=Q(signature_seen__seen=True)),
        missing=Count("pk", filter=Q(signature_seen__seen=False)),
    )
    wanted = Page.of(told["all"], wanted=page, size=size)
    order = {table["sheet"]: at for at, table in reversed([*enumerate(row.columns)])}
    ids = sorted(
        lines.values_list("table", "row", "block", "pk"),
        key=lambda place: (order.get(place[0], len(order)), place[0], place[1] or 0, place[2]),
    )[(wanted.number - 1) * size : wanted.number * size]
    found = records.Line.objects.select_related("payload", "signature_seen__by").in_bulk([i[3] for i in ids])
    return SignaturePage(
        sheet=row.key,
        path=row.path,
        event=row.event.key,
        event_title=row.event.title,
        scan_path=row.scan_path if row.scan_id else "",
        scan_sha256=row.scan_id or "",
        scan_media_type=row.scan.media_type if row.scan else "",
        pages=tuple(row.pages),
        rows=tuple(_signature(found[place[3]]) for place in ids),
        page=wanted,
        seen=told["seen"],
        missing=told["missing"],
    )


def _signature(line: records.Line) -> SignatureRow:
    body = line.payload.body or {}
    looked = getattr(line, "signature_seen", None)
    return SignatureRow(
        line=line.pk,
        table=line.table,
        row=line.row or 0,
        page=line.page,
        name=str(body.get("name", "")),
        organisation=str(body.get("cells", {}).get("organisation", "")),
        transcript=str(body.get("cells", {}).get("signature", "")),
        seen=looked.seen if looked else None,
        by=(_name(looked.by) or looked.by_name) if looked else "",
        at=looked.at if looked else None,
        erased=line.payload.body is None,
    )


def scan_of(programme: str, sheet: str) -> tuple[str, str] | None:
    """SHA-256 and media type of the signed scan of a sheet; ``None`` where there is none."""
    row = (
        records.Sheet.objects.filter(programme__key=programme, key=sheet, scan__isnull=False)
        .select_related("scan")
        .first()
    )
    return (row.scan.sha256, row.scan.media_type) if row and row.scan else None
