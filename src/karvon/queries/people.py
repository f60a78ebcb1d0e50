"""Who is who: people with every form of their name, why their lines are linked, and what is doubtful."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, QuerySet

from karvon.queries.evidence import written, written_name
from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.attendance import hours_of_line, hours_of_person
from karvon.rules.names.search import query_keys
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: str
    name: str
    """The name form that is shown, exactly as written; '' once erased."""
    organisation: str
    """As written on the same line."""
    forms: int
    """Different ways the name is written."""
    events: int
    lines: int


@dataclass(frozen=True, slots=True)
class NameLine:
    """One line of a person: the name form, where it stands, and what it proves."""

    line: str
    name: str
    organisation: str
    organisation_key: str
    position: str
    role: str
    sheet: str
    """'' for an entry of the programme's own lists."""
    path: str
    table: str
    row: int | None
    page: int | None
    scanned: bool
    visit: str
    """Of an entry in a delegation."""
    event: str
    event_title: Text
    days: tuple[date, ...]
    hours: Decimal | None
    """As written; else the event's."""
    status: str
    signed: bool | None


@dataclass(frozen=True, slots=True)
class MatchPart:
    """What one field says about two lines: hundredths of a bit, and the level of agreement in a word."""

    field: str
    level: str
    weight: int


@dataclass(frozen=True, slots=True)
class WhyLinked:
    """Two lines that were compared, and what spoke for one person."""

    a: str
    a_name: str
    b: str
    b_name: str
    weight: int
    band: str
    parts: tuple[MatchPart, ...]
    decision: str
    """same, different, cannot_tell, or '' when nobody has decided."""
    other: str
    """Id of the other line's person; '' when both lines are this person's."""
    said: int = 0
    """The latest word about the two lines, which may be that an earlier one is taken back; 0: nobody said any."""
    by: str = ""
    """Who decided; '' also where it was said on the command line."""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SaidOfLines:
    """What somebody said of two lines, as it stands in the history of a person."""

    decision: int
    a: str
    a_name: str
    b: str
    b_name: str
    verdict: str
    """same, different, cannot_tell, undone."""
    by: str
    """'' where it was said on the command line."""
    at: datetime
    reason: str
    stands: bool
    """Nothing was said of the two lines since, and it can be taken back: the text of both can be read."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: str
    name: str
    forms: tuple[str, ...]
    """Every different name form, in the order first written."""
    lines: tuple[NameLine, ...]
    events: int
    hours: Decimal
    why: tuple[WhyLinked, ...]
    doubts: tuple[WhyLinked, ...]
    history: tuple[SaidOfLines, ...] = ()
    """What people said of these lines, the latest first."""
    organisations: tuple[str, ...] = ()
    """Every different organisation as written, in the order first written."""
    together: int = 0
    """Lines of sheets and lists that are linked."""


def people(
    programme: str, *, contains: str = "", page: int = 1, size: int = 50
) -> tuple[tuple[PersonRow, ...], Page]:
    """One page of the people of a programme in the order of their names, or of those a name in any spelling finds.

    The number of SQL statements depends neither on the people nor on their lines.
    """
    # the id of the programme is asked for apart, so that the index alone gives one page of its people in order
    found = records.Person.objects.filter(
        programme=records.Programme.objects.filter(key=programme).values("pk")[:1]
    )
    if contains.strip():
        links = records.Link.objects.filter(line__in=lines_named(programme, contains))
        found = found.filter(pk__in=links.values("person"))
    ordered = found.order_by("filed_under", "pk").values_list("pk", flat=True)
    if contains.strip():  # who is found is looked up once, not to be counted and then to be shown
        everybody = list(ordered)
        total = len(everybody)
    else:
        everybody, total = None, found.count()
    wanted = Page.of(total, wanted=page, size=size)
    start = (wanted.number - 1) * size
    ids = (ordered if everybody is None else everybody)[start : start + size]
    return person_rows(ids), wanted


def suggested(programme: str, text: str, *, most: int) -> tuple[PersonRow, ...]:
    """A few of the people whom the typed words find in any spelling; all that are asked for while somebody types."""
    if not text.strip():
        return ()
    links = records.Link.objects.filter(line__in=lines_named(programme, text))
    ids = list(dict.fromkeys(links.order_by().values_list("person", flat=True)[: most * 20]))[:most]
    return tuple(sorted(person_rows(ids), key=lambda row: (row.name, row.person)))


def person_rows(ids: Iterable[str]) -> tuple[PersonRow, ...]:
    """Rows of these people, in this order; three statements."""
    wanted = list(ids)
    shown = dict(records.Person.objects.filter(pk__in=wanted).values_list("pk", "shown__payload__body"))
    events = dict(
        records.Attendance.objects.filter(line__link__person__in=wanted, line__retired_at__isnull=True)
        .values_list("line__link__person")
        .annotate(events=Count("event", distinct=True))
        .order_by()
    )
    forms: dict[str, list[str]] = {}
    for person, body in records.Link.objects.filter(
        person__in=wanted, line__retired_at__isnull=True
    ).values_list("person_id", "line__payload__body"):
        forms.setdefault(person, []).append(written_name(body))
    return tuple(
        PersonRow(
            person=person,
            name=written_name(shown[person]),
            organisation=written(shown[person], "organisation"),
            forms=len(set(forms.get(person, ())) - {""}),
            events=events.get(person, 0),
            lines=len(forms.get(person, ())),
        )
        for person in wanted
        if person in shown
    )


def person(programme: str, person: str) -> PersonPage | None:
    """Somebody with all their lines; ``None`` if the programme knows no such person."""
    found = (
        records.Person.objects.filter(programme__key=programme, pk=person)
        .select_related("shown__payload")
        .first()
    )
    if found is None:
        return None
    lines = list(
        records.Line.objects.filter(link__person=found, retired_at__isnull=True)
        .select_related("payload", "sheet__event", "delegate__visit", "expert", "organisation")
        .prefetch_related("attendances__event")
        .order_by("sheet__event__starts", "sheet__order", "row", "pk")
    )
    rows = tuple(row for line in lines for row in _name_lines(line))
    why, doubts = _comparisons(found.pk, {line.pk for line in lines})
    return PersonPage(
        person=found.pk,
        name=written_name(_body(found.shown)),
        forms=tuple(dict.fromkeys(row.name for row in rows if row.name)),
        lines=rows,
        events=len({row.event for row in rows if row.event}),
        hours=hours_of_person((row.event, row.hours) for row in rows if row.role == "participant"),
        why=why,
        doubts=doubts,
        history=_history({line.pk for line in lines}),
        organisations=tuple(dict.fromkeys(row.organisation for row in rows if row.organisation)),
        together=len(lines),
    )


def shown_name(programme: str, person: str) -> str:
    """The name form somebody is shown by; '' for nobody known, and once erased."""
    found = records.Person.objects.filter(programme__key=programme, pk=person).select_related(
        "shown__payload"
    )
    row = found.first()
    return written_name(_body(row.shown)) if row else ""


def lines_named(programme: str, text: str) -> QuerySet[records.NameKey, str]:
    """Ids of the lines in use on which every word typed is found, in any spelling; some of them more than once.

    Retired lines have no keys.
    """
    keys = records.NameKey.objects.filter(programme__key=programme, line__isnull=False)
    first, *others = query_keys(text) or [()]
    found = keys.filter(_any(first))
    for word in others:
        found = found.filter(line__in=keys.filter(_any(word)).values("line"))
    return found.values_list("line", flat=True)


def _any(alternatives: Iterable[str]) -> Q:
    """A stored key that begins with one of these.

    SQLite finds a beginning by its index only as a range of bytes; PostgreSQL orders text by its language, in
    which such a range means nothing.
    """
    found = Q(pk__in=())
    for beginning in sorted(alternatives):
        after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        within = Q(key__gte=beginning, key__lt=after) if connection.vendor == "sqlite" else Q()
        found |= within & Q(key__startswith=beginning)
    return found


def _body(line: records.Line | None) -> Mapping[str, object] | None:
    return line.payload.body if line else None


def _name_lines(line: records.Line) -> list[NameLine]:
    """A row per event of the line; an entry of the programme's own lists may have none."""
    body = line.payload.body
    by_event: dict[int | None, list[records.Attendance]] = {}
    for attendance in line.attendances.all():
        by_event.setdefault(attendance.event_id, []).append(attendance)
    listed = line.expert.role if line.expert else line.delegate.role if line.delegate else ""
    rows = []
    for attended in [*by_event.values()] or [[]]:
        first = attended[0] if attended else None
        rows.append(
            NameLine(
                line=line.pk,
                name=written_name(body),
                organisation=written(body, "organisation"),
                organisation_key=line.organisation.key if line.organisation else "",
                position=written(body, "position"),
                role=first.role if first else listed,
                sheet=line.sheet.key if line.sheet else "",
                path=line.sheet.path if line.sheet else "",
                table=line.table,
                row=line.row if line.sheet else None,
                page=line.page,
                scanned=bool(line.sheet and line.sheet.scan_id),
                visit=line.delegate.visit.key if line.delegate else "",
                event=first.event.key if first else "",
                event_title=first.event.title if first else Text(),
                days=tuple(sorted(a.day for a in attended if a.day)),
                hours=hours_of_line((a.hours for a in attended), whole=first.event.hours if first else None),
                status=first.status if first else "",
                signed=first.signed if first else None,
            )
        )
    return rows


def _comparisons(person: str, mine: set[str]) -> tuple[tuple[WhyLinked, ...], tuple[WhyLinked, ...]]:
    """Matches among the person's own lines, and undecided ones with lines of others."""
    matches = (
        records.Match.objects.filter(Q(a__in=mine) | Q(b__in=mine))
        .select_related("a__payload", "b__payload", "a__link", "b__link")
        .order_by("-weight", "a", "b")
    )
    words = records.Decision.objects.filter(Q(a__in=mine) | Q(b__in=mine)).select_related("by")
    decided = {(word.a_id, word.b_id): word for word in words.order_by("at", "id")}
    why, doubts = [], []
    for match in matches:
        people = {_person_of(match.a), _person_of(match.b)} - {person}
        word = decided.get((match.a_id, match.b_id))
        stands = word if word is not None and word.verdict != "undone" else None
        row = WhyLinked(
            a=match.a_id,
            a_name=written_name(match.a.payload.body),
            b=match.b_id,
            b_name=written_name(match.b.payload.body),
            weight=match.weight,
            band=match.band,
            parts=tuple(MatchPart(str(f), str(level), int(weight)) for f, level, weight in match.parts),
            decision=stands.verdict if stands else "",
            other=people.pop() if people else "",
            said=word.pk if word else 0,
            by=_who(stands) if stands else "",
            at=stands.at if stands else None,
            reason=stands.reason if stands else "",
        )
        if not row.other:
            why.append(row)
        if match.band == "undecided" and row.decision not in ("same", "different"):
            doubts.append(row)
    return tuple(why), tuple(doubts)


def _history(mine: set[str]) -> tuple[SaidOfLines, ...]:
    """Everything people said of these lines, the latest first."""
    rows = (
        records.Decision.objects.filter(Q(a__in=mine) | Q(b__in=mine))
        .select_related("by", "a__payload", "b__payload")
        .order_by("-at", "-id")
    )
    found: list[SaidOfLines] = []
    later: set[tuple[str, str]] = set()
    for row in rows:
        found.append(
            SaidOfLines(
                decision=row.pk,
                a=row.a_id,
                a_name=written_name(row.a.payload.body),
                b=row.b_id,
                b_name=written_name(row.b.payload.body),
                verdict=row.verdict,
                by=_who(row),
                at=row.at,
                reason=row.reason,
                stands=(row.a_id, row.b_id) not in later
                and row.verdict != "undone"
                and None not in (row.a.payload.body, row.b.payload.body),
            )
        )
        later.add((row.a_id, row.b_id))
    return tuple(found)


def _who(word: records.Decision) -> str:
    return word.by.get_username() if word.by else word.by_name


def _person_of(line: records.Line) -> str:
    link = getattr(line, "link", None)
    return str(link.person_id) if link else ""
