"""The register of lines: what identity is decided on, and what counting rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django.db.models import Prefetch

from karvon.queries import plain_sql
from karvon.records import models as records
from karvon.rules.counting.doubts import open_doubts
from karvon.rules.counting.facts import Attendance, CountedEvent, Facts, Register
from karvon.rules.identity.line import Decision, IdentityLine, Snapshot, Verdict
from karvon.rules.programme.register import RegisterDecision, RegisterSignature, RegisterVerdict
from karvon.rules.programme.register import RegisterLine as RegisterEntry
from karvon.rules.programme.text import Text

_DECISIONS: Final = """\
SELECT d.a_id, d.b_id, d.verdict FROM records_decision d JOIN records_programme p ON p.id = d.programme_id
    WHERE p.key = %s ORDER BY d.at, d.id
"""
_DECISIONS_IN_USE: Final = """\
SELECT d.a_id, d.b_id, d.verdict FROM records_decision d JOIN records_programme p ON p.id = d.programme_id
    JOIN records_line a ON a.id = d.a_id JOIN records_line b ON b.id = d.b_id
    WHERE p.key = %s AND a.retired_at IS NULL AND b.retired_at IS NULL ORDER BY d.at, d.id
"""
_EXPERTS_LINES: Final = """\
SELECT l.id, e.key FROM records_programme p JOIN records_expert e ON e.programme_id = p.id
    JOIN records_line l ON l.expert_id = e.id WHERE p.key = %s AND l.retired_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line as identity sees it, with where it stands."""

    line: str
    source: str
    """Key of the sheet, or ``expert:<key>``, ``delegate:<key>``."""
    on: date | None
    cells: Mapping[str, str]
    """Field -> text as written; empty once erased."""
    name: str
    organisation: str = ""
    """The name of the programme's organisation the cell means, in the language it was first given; '' if none."""
    retired: bool = False
    table: str = ""
    row: int | None = None
    block: str = ""
    marks: Mapping[str, str] | None = None


def register_lines(
    programme: str,
    *,
    retired: bool = False,
    people: Sequence[str] | None = None,
    only: Sequence[str] | None = None,
    sheets: Sequence[str] | None = None,
) -> tuple[RegisterLine, ...]:
    """Every line of the programme in use (with ``retired``, all of them), or only these people's, or these, by id.

    With ``sheets``, only those of these sheets, by key; of none of them, those of the programme's own lists.
    """
    rows = records.Line.objects.filter(programme__key=programme).order_by("id")
    if not retired:
        rows = rows.filter(retired_at__isnull=True)
    if people is not None:
        rows = rows.filter(link__person__in=people)
    if only is not None:
        rows = rows.filter(id__in=only)
    if sheets is not None:
        rows = rows.filter(sheet__key__in=sheets) if sheets else rows.filter(sheet__isnull=True)
    names = records.Organisation.objects.filter(programme__key=programme).values_list("id", "name")
    called = {organisation: first_name(name) for organisation, name in names}
    # values, and no objects: an object of a line and that of its payload hold each other in memory, by the thousand
    return tuple(_register_line(row, called) for row in rows.values_list(*_COLUMNS))


_COLUMNS: Final = (
    "id", "payload__body", "organisation_id", "retired_at", "table", "row", "block", "sheet__key", "sheet__day",
    "sheet__event__starts", "expert__key", "delegate__key", "delegate__visit__starts",
)  # fmt: skip


def _register_line(row: tuple[Any, ...], called: Mapping[int, str]) -> RegisterLine:
    line, body, organisation, retired_at, table, place, block, sheet, day, starts, *listed = row
    expert, delegate, sets_off = listed
    body = body or {}
    return RegisterLine(
        line=line,
        source=_source(sheet, expert, delegate),
        on=sets_off if sheet is None else day or starts,
        cells=body.get("cells", {}),
        name=body.get("name", ""),
        organisation=called.get(organisation, ""),
        retired=retired_at is not None,
        table=table,
        row=place,
        block=block,
        marks=body.get("marks", {}),
    )


def _source(sheet: str | None, expert: str | None, delegate: str | None) -> str:
    """Where a line stands; the database holds each to one source."""
    if sheet is not None:
        return sheet
    return f"expert:{expert}" if expert is not None else f"delegate:{delegate}"


def first_name(name: Text) -> str:
    """An organisation's name in the language it was first given."""
    return name.said[0][1] if name.said else ""


def identity_line(line: RegisterLine) -> IdentityLine:
    """The line as the rules of identity read it."""
    cell = line.cells.get
    return IdentityLine(
        line=line.line,
        sheet=line.source,
        name=line.name,
        surname=cell("surname", ""),
        given_name=cell("given_name", ""),
        middle_name=cell("middle_name", ""),
        organisation=line.organisation or cell("organisation", ""),
        position=cell("position", ""),
        email=cell("email", ""),
        phone=cell("phone", ""),
        region=cell("region", ""),
        country=cell("country", ""),
        sex=cell("sex", ""),
        on=line.on,
    )


def standing_decisions(programme: str, *, in_use: bool = False) -> tuple[Decision, ...]:
    """The latest decision of every pair that is not undone, by pair.

    With ``in_use`` those about lines of withdrawn sheets are left out: they are kept for when the sheet comes back, and
    tie nobody until then.
    """
    said = plain_sql.rows(_DECISIONS_IN_USE if in_use else _DECISIONS, [programme])
    latest = {(a, b): verdict for a, b, verdict in said}
    return tuple(
        Decision(a, b, cast(Verdict, verdict))
        for (a, b), verdict in sorted(latest.items())
        if verdict != "undone"
    )


def same_by_definition(lines: Iterable[RegisterLine]) -> tuple[Decision, ...]:
    """The name forms the programme itself gives for one expert name one person."""
    forms: dict[str, list[str]] = {}
    for line in lines:
        if line.source.startswith("expert:"):
            forms.setdefault(line.source, []).append(line.line)
    return tuple(
        Decision(min(first, other), max(first, other), "same")
        for first, *others in (sorted(ids) for ids in forms.values())
        for other in others
    )


def current_snapshot(programme: str) -> Snapshot | None:
    """The snapshot weights are computed with; ``None`` before the first import."""
    row = (
        records.Snapshot.objects.filter(programme__key=programme)
        .select_related("payload")
        .order_by("-number")
        .first()
    )
    return None if row is None or row.payload.body is None else Snapshot(row.number, row.payload.body)


def people_of_lines(programme: str) -> dict[str, str]:
    """Line -> person, for every linked line."""
    return dict(
        records.Link.objects.filter(line__programme__key=programme).values_list("line_id", "person_id")
    )


def counting_events(programme: str, *, seen: Iterable[Attendance] | None = None) -> tuple[CountedEvent, ...]:
    """The programme's events as counting sees them, in the order of the folder.

    ``seen``: all its attendances, where they are known already.
    """
    travelling: dict[int, set[str]] = {}
    lines = records.Line.objects.filter(programme__key=programme, retired_at__isnull=True, sheet__isnull=True)
    for line, *visits in lines.values_list("id", "delegate__visit", "expert__visitexpert__visit"):
        for visit in visits:
            if visit is not None:
                travelling.setdefault(visit, set()).add(line)
    rows = (
        records.Event.objects.filter(programme__key=programme)
        .select_related("visit")
        .prefetch_related(
            Prefetch("shares", queryset=records.EventShare.objects.select_related("contract")), "head_counts"
        )
        .order_by("order", "id")
    )
    days: dict[str, set[date]] = {}
    for event, day in _days_seen(programme) if seen is None else ((one.event, one.day) for one in seen):
        if day is not None:
            days.setdefault(event, set()).add(day)
    return tuple(
        CountedEvent(
            event=row.key,
            visit=row.visit.key,
            direction=row.visit.direction,  # type: ignore[arg-type]  # held to the known words by the database
            kind=row.kind,  # type: ignore[arg-type]  # likewise
            starts=row.starts,
            ends=row.ends,
            days=tuple(sorted(days.get(row.key, ()))),
            hours=row.hours,
            contracts=tuple(share.contract.key for share in row.shares.all()),
            sectors=tuple(row.sectors),
            structured=row.structured,
            head_counts=tuple((count.day, count.heads) for count in row.head_counts.all()),
            delegation=tuple(sorted(travelling.get(row.visit_id, ())))
            if row.visit.direction == "outgoing"
            else (),
        )
        for row in rows
    )


def days_seen(programme: str, event: str) -> frozenset[date | None]:
    """The days on which somebody was seen at the event; ``None`` among them where a line names no day."""
    seen = records.Attendance.objects.filter(
        event__programme__key=programme, event__key=event, line__retired_at__isnull=True
    )
    return frozenset(seen.order_by().values_list("day", flat=True).distinct())


def _days_seen(programme: str) -> Iterable[tuple[str, date | None]]:
    seen = records.Attendance.objects.filter(event__programme__key=programme, line__retired_at__isnull=True)
    return seen.values_list("event__key", "day").distinct()


def counting_facts(programme: str) -> Facts:
    """Everything the reference way of counting needs; loads the whole programme's attendances."""
    seen = attendances_of(programme)
    return Facts(seen, counting_events(programme, seen=seen), counting_register(programme))


def attendances_of(programme: str, *, lines: Sequence[str] | None = None) -> tuple[Attendance, ...]:
    """The attendances as counting sees them, by line; only of ``lines`` where given."""
    rows = records.Attendance.objects.filter(event__programme__key=programme, line__retired_at__isnull=True)
    rows = rows.order_by("line_id", "event_id", "day")
    if lines is not None:
        rows = rows.filter(line__in=lines)
    events = dict(records.Event.objects.filter(programme__key=programme).values_list("id", "key"))
    organisations = dict(
        records.Organisation.objects.filter(programme__key=programme).values_list("id", "key")
    )
    return tuple(
        Attendance(
            line=line,
            event=events[event],
            day=day,
            role=role,  # type: ignore[arg-type]  # held to the known words by the database
            status=status,  # type: ignore[arg-type]  # likewise
            hours=hours,
            signed=signed,
            country=country,
            organisation=organisations.get(organisation, ""),
            region=region,
            sex=sex,
        )
        for line, event, day, role, status, hours, signed, country, organisation, region, sex in rows.values_list(
            "line_id",
            "event_id",
            "day",
            "role",
            "status",
            "hours",
            "signed",
            "line__country",
            "line__organisation_id",
            "line__region",
            "line__sex",
        )
    )


def attendances_by_line(programme: str, lines: Iterable[str]) -> dict[str, list[Attendance]]:
    """The attendances of each of these lines; nothing for one that was never seen."""
    found: dict[str, list[Attendance]] = {line: [] for line in sorted(lines)}
    for one in attendances_of(programme, lines=list(found)):
        found[one.line].append(one)
    return found


def open_pairs(programme: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The doubts left, each as the undecided pairs of lines that raise it."""
    return open_doubts(_ties(programme, {}))


def counting_register(programme: str) -> Register:
    """Who is who, with the matches and decisions the bounds rest on."""
    return _ties(programme, people_of_lines(programme))


def counting_ties(programme: str) -> Register:
    """The register without who is who: what matches and decisions say of lines."""
    return _ties(programme, {})


def _ties(programme: str, person_of: dict[str, str]) -> Register:
    bands: dict[str, set[tuple[str, str]]] = {"certain": set(), "undecided": set()}
    for a, b, band in records.Match.objects.filter(programme__key=programme).values_list(
        "a_id", "b_id", "band"
    ):
        bands[band].add((a, b))
    decided: dict[str, set[tuple[str, str]]] = {"same": set(), "different": set(), "cannot_tell": set()}
    for decision in (*standing_decisions(programme, in_use=True), *_defined_same(programme)):
        decided[decision.verdict].add((decision.a, decision.b))
    return Register(
        person_of=person_of,
        certain=frozenset(bands["certain"]),
        undecided=frozenset(bands["undecided"] | decided["cannot_tell"]),
        same=frozenset(decided["same"]),
        different=frozenset(decided["different"]),
    )


def decisions_in_force(programme: str) -> tuple[Decision, ...]:
    """What holds of pairs of lines: people's words, then the names the programme itself gives one expert."""
    return (*standing_decisions(programme), *_defined_same(programme))


def _defined_same(programme: str) -> tuple[Decision, ...]:
    return same_by_definition(
        RegisterLine(line=line, source=f"expert:{expert}", on=None, cells={}, name="")
        for line, expert in plain_sql.rows(_EXPERTS_LINES, [programme])
    )


def stored_files(programme: str) -> dict[str, str]:
    """Path in the programme folder -> SHA-256, for every sheet, scan and document in use."""
    found = dict(records.Document.objects.filter(programme__key=programme).values_list("path", "stored"))
    sheets = records.Sheet.objects.filter(programme__key=programme, withdrawn_at__isnull=True)
    for path, stored, scan_path, scan in sheets.values_list("path", "stored", "scan_path", "scan"):
        found[path] = stored
        if scan_path and scan:
            found[scan_path] = scan
    return found


def exported_lines(programme: str) -> tuple[RegisterEntry, ...]:
    """Every line with its id, person and place, as it travels in a folder; by id.

    Lines of sheets that were withdrawn stay behind with them, and so do decisions about such lines.
    """
    people = people_of_lines(programme)
    shown = set(records.Person.objects.filter(programme__key=programme).values_list("shown", flat=True))
    roles: dict[str, str] = {}
    played = records.Attendance.objects.filter(line__programme__key=programme).order_by()
    for line, role in played.values_list("line_id", "role").distinct():
        roles[line] = min(role, roles.get(line, role))
    rows = records.Line.objects.filter(programme__key=programme, sheet__withdrawn_at__isnull=True)
    return tuple(
        RegisterEntry(
            line=line,
            source=_source(sheet, expert, delegate),
            person=people.get(line, ""),
            file=file or "",
            table=table,
            row=row,
            block=block,
            page=page,
            event=event or "",
            day=day,
            role=roles.get(line, ""),
            key=key,
            salt=bytes(salt).hex() if salt else "",
            shown=line in shown,
            retired=retired_at,
            cells=dict((body or {}).get("cells", {})) if retired_at else {},
        )
        for (
            line, body, salt, file, event, day, sheet, expert, delegate, table, row, block, page, key, retired_at,
        ) in rows.order_by("id").values_list(
            "id", "payload__body", "payload__salt", "sheet__stored_id", "sheet__event__key", "sheet__day",
            "sheet__key", "expert__key", "delegate__key", "table", "row", "block", "page", "key", "retired_at",
        )
    )  # fmt: skip


def exported_signatures(programme: str) -> tuple[RegisterSignature, ...]:
    """What people saw beside the lines that travel in a folder; by line."""
    rows = records.SignatureSeen.objects.filter(
        line__programme__key=programme, line__sheet__withdrawn_at__isnull=True
    ).select_related("by")
    return tuple(
        RegisterSignature(row.line_id, row.seen, row.at, row.by.get_username() if row.by else row.by_name)
        for row in rows.order_by("line")
    )


def exported_decisions(programme: str) -> tuple[RegisterDecision, ...]:
    """Every decision ever kept, oldest first, as it travels in a folder."""
    rows = (
        records.Decision.objects.filter(
            programme__key=programme, a__sheet__withdrawn_at__isnull=True, b__sheet__withdrawn_at__isnull=True
        )
        .select_related("by")
        .order_by("at", "id")
    )
    return tuple(
        RegisterDecision(
            a=row.a_id,
            b=row.b_id,
            verdict=cast(RegisterVerdict, row.verdict),
            at=row.at,
            by=row.by.get_username() if row.by else row.by_name,
            reason=row.reason,
        )
        for row in rows
    )
