"""The programme itself, its contracts, its organisations and what stands open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from karvon.queries.evidence import written, written_name
from karvon.queries.register import open_pairs
from karvon.records import models as records
from karvon.rules.programme.description import OrganisationKind, Role
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money, Period


@dataclass(frozen=True, slots=True)
class OrganisationRef:
    """An organisation as others name it."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class ContractShare:
    """What part of a visit or an event one contract pays."""

    contract: str
    number: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    key: str
    title: Text
    period: Period
    summary: Text
    lead: OrganisationRef | None
    home_country: str
    partner_countries: tuple[str, ...]
    as_of: date | None
    fictitious: bool


@dataclass(frozen=True, slots=True)
class ContractRow:
    key: str
    number: str
    title: Text
    funder: OrganisationRef
    period: Period
    budget: Money | None
    acknowledgement: Text
    visits: int
    events: int


@dataclass(frozen=True, slots=True)
class PaidVisit:
    key: str
    title: Text
    period: Period
    percent: Decimal


@dataclass(frozen=True, slots=True)
class PaidEvent:
    key: str
    title: Text
    kind: str
    period: Period
    percent: Decimal


@dataclass(frozen=True, slots=True)
class ContractPage:
    contract: ContractRow
    visits: tuple[PaidVisit, ...]
    events: tuple[PaidEvent, ...]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    organisation: OrganisationRef
    """The other side: the member, or what it is a member of."""
    period: Period
    key: str = ""
    """Of the membership."""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    key: str
    name: Text
    kind: OrganisationKind
    country: str
    place: str
    spellings: tuple[str, ...]
    member: bool
    experts: int


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """Somebody the programme itself names."""

    key: str
    names: tuple[str, ...]
    """Exactly as written; empty once erased."""
    role: Role
    organisation: OrganisationRef | None
    position: Text
    person: str
    """Id of the person the entry is linked to; '' before linking."""


@dataclass(frozen=True, slots=True)
class SentExpert:
    """An expert of the organisation and a visit they took part in."""

    expert: ExpertRow
    visits: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """Somebody whose line names the organisation."""

    person: str
    name: str
    organisation: str
    """As written on the line."""


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    organisation: OrganisationRow
    website: str
    identifier: str
    members: tuple[MembershipRow, ...]
    member_of: tuple[MembershipRow, ...]
    experts: tuple[SentExpert, ...]
    contracts: tuple[ContractRow, ...]
    """Contracts it funds."""
    hosts: tuple[tuple[str, Text], ...]
    """Visits it received."""
    facilities: tuple[tuple[str, Text], ...]
    people: tuple[SheetPerson, ...]
    """The first hundred people whose lines name it in one of its spellings."""
    people_in_all: int

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its names in all languages and every other way it is written on sheets."""
        return tuple(
            dict.fromkeys([*(name for _, name in self.organisation.name), *self.organisation.spellings])
        )


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for somebody."""

    doubts: int
    sheets_without_scan: int
    sheets: int
    overdue: int
    """Recommendations whose response is overdue, and promised actions past their day."""
    certain_unreviewed: int = 0


def programmes() -> tuple[ProgrammeRow, ...]:
    """Every programme of this installation, by key."""
    return _with_leads(records.Programme.objects.order_by("key"))


def programme(key: str) -> ProgrammeRow | None:
    found = _with_leads(records.Programme.objects.filter(key=key))
    return found[0] if found else None


def contracts(programme: str) -> tuple[ContractRow, ...]:
    """The contracts in their order, with how many visits and events each pays."""
    return tuple(_contract(row) for row in _contract_rows(programme))


def contract_numbers(programme: str, keys: Iterable[str]) -> dict[str, str]:
    """The numbers of these contracts of the programme, by key."""
    rows = records.Contract.objects.filter(programme__key=programme, key__in=list(keys))
    return dict(rows.values_list("key", "number"))


def contract(programme: str, key: str) -> ContractPage | None:
    row = _contract_rows(programme).filter(key=key).first()
    if row is None:
        return None
    visits = records.VisitShare.objects.filter(contract=row).select_related("visit").order_by("visit__starts")
    events = records.EventShare.objects.filter(contract=row).select_related("event")
    return ContractPage(
        _contract(row),
        tuple(
            PaidVisit(s.visit.key, s.visit.title, Period(s.visit.starts, s.visit.ends), plain(s.percent))
            for s in visits
        ),
        tuple(
            PaidEvent(
                s.event.key,
                s.event.title,
                s.event.kind,
                Period(s.event.starts, s.event.ends),
                plain(s.percent),
            )
            for s in events.order_by("event__starts", "event__order")
        ),
    )


def organisations(programme: str) -> tuple[OrganisationRow, ...]:
    """All organisations of the programme in the order they were written down."""
    return tuple(_organisation(row) for row in _organisation_rows(programme))


def organisation(programme: str, key: str) -> OrganisationPage | None:
    row = _organisation_rows(programme).filter(key=key).first()
    if row is None:
        return None
    people, in_all = _people_of(row)
    return OrganisationPage(
        organisation=_organisation(row),
        website=row.website,
        identifier=row.identifier,
        members=tuple(
            MembershipRow(OrganisationRef(m.member.key, m.member.name), Period(m.starts, m.ends), m.key)
            for m in row.members.select_related("member")
        ),
        member_of=tuple(
            MembershipRow(
                OrganisationRef(m.organisation.key, m.organisation.name), Period(m.starts, m.ends), m.key
            )
            for m in row.memberships.select_related("organisation")
        ),
        experts=_sent(row),
        contracts=tuple(_contract(c) for c in _contract_rows(programme).filter(funder=row)),
        hosts=tuple((v.key, v.title) for v in records.Visit.objects.filter(host=row).order_by("starts")),
        facilities=tuple((f.key, f.name) for f in records.Facility.objects.filter(operator=row)),
        people=people,
        people_in_all=in_all,
    )


def needs(programme: str, *, today: date, doubts: int | None = None) -> Needs:
    """What is open: doubtful names, lists without a signed scan, answers and actions past their day.

    ``doubts``: how many there are, where that is known already.
    """
    sheets = records.Sheet.objects.filter(programme__key=programme, withdrawn_at__isnull=True).aggregate(
        all=Count("id"), bare=Count("id", filter=Q(scan__isnull=True))
    )
    late_answers = records.Recommendation.objects.filter(
        programme__key=programme, response_status="", responded_on__isnull=True, response_due__lt=today
    ).count()
    late_actions = records.ActionPoint.objects.filter(
        programme__key=programme, completed_on__isnull=True, due__lt=today
    ).count()
    return Needs(
        doubts=len(open_pairs(programme)) if doubts is None else doubts,
        sheets_without_scan=sheets["bare"],
        sheets=sheets["all"],
        overdue=late_answers + late_actions,
    )


def own_places(programme: str) -> Mapping[str, Text]:
    """Names of the places that the programme itself describes, by key."""
    rows = records.TownOrSite.objects.filter(programme__key=programme).order_by("order")
    return {row.key: row.name for row in rows}


def organisation_ref(row: records.Organisation | None) -> OrganisationRef | None:
    return None if row is None else OrganisationRef(row.key, row.name)


def expert_row(row: records.Expert) -> ExpertRow:
    """An expert read with ``payload``, ``organisation`` and ``lines__link``."""
    links = [link for line in row.lines.all() if (link := getattr(line, "link", None))]
    return ExpertRow(
        key=row.key,
        names=tuple((row.payload.body or {}).get("names", ())),
        role=row.role,  # type: ignore[arg-type]  # the database allows only these words
        organisation=organisation_ref(row.organisation),
        position=row.position,
        person=links[0].person_id if links else "",
    )


def plain(value: Decimal) -> Decimal:
    """Without the column's padding zeros: 60.000 is 60."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(plain(amount), currency)


def _with_leads(rows: QuerySet[records.Programme]) -> tuple[ProgrammeRow, ...]:
    """One SQL statement: every page of a programme waits for it."""
    lead = records.Organisation.objects.filter(programme=OuterRef("pk"), key=OuterRef("lead"))
    return tuple(
        ProgrammeRow(
            key=p.key,
            title=p.title,
            period=Period(p.starts, p.ends),
            summary=p.summary,
            lead=None if p.lead_name is None else OrganisationRef(p.lead, p.lead_name),
            home_country=p.home_country,
            partner_countries=tuple(p.partner_countries),
            as_of=p.as_of,
            fictitious=p.fictitious,
        )
        for p in rows.annotate(lead_name=Subquery(lead.values("name")[:1]))
    )


def _contract_rows(programme: str) -> QuerySet[records.Contract]:
    return (
        records.Contract.objects.filter(programme__key=programme)
        .select_related("funder")
        .annotate(
            visits_paid=Count("visitshare", distinct=True), events_paid=Count("eventshare", distinct=True)
        )
        .order_by("order", "id")
    )


def _contract(row: records.Contract) -> ContractRow:
    return ContractRow(
        key=row.key,
        number=row.number,
        title=row.title,
        funder=OrganisationRef(row.funder.key, row.funder.name),
        period=Period(row.starts, row.ends),
        budget=money(row.budget_amount, row.budget_currency),
        acknowledgement=row.acknowledgement,
        visits=row.visits_paid,  # type: ignore[attr-defined]  # annotated above
        events=row.events_paid,  # type: ignore[attr-defined]
    )


def _organisation_rows(programme: str) -> QuerySet[records.Organisation]:
    return (
        records.Organisation.objects.filter(programme__key=programme)
        .annotate(
            experts_sent=Count("expert", distinct=True), member_times=Count("memberships", distinct=True)
        )
        .order_by("order", "id")
    )


def _organisation(row: records.Organisation) -> OrganisationRow:
    return OrganisationRow(
        key=row.key,
        name=row.name,
        kind=row.kind,  # type: ignore[arg-type]  # the database allows only these words
        country=row.country,
        place=row.place,
        spellings=tuple(row.spellings),
        member=bool(row.member_times),  # type: ignore[attr-defined]  # annotated above
        experts=row.experts_sent,  # type: ignore[attr-defined]
    )


def _sent(row: records.Organisation) -> tuple[SentExpert, ...]:
    experts = (
        records.Expert.objects.filter(organisation=row)
        .select_related("payload", "organisation")
        .prefetch_related("lines__link")
        .order_by("order")
    )
    visits: dict[int, list[tuple[str, Text]]] = {}
    for going in (
        records.VisitExpert.objects.filter(expert__organisation=row)
        .select_related("visit")
        .order_by("visit__starts")
    ):
        visits.setdefault(going.expert_id, []).append((going.visit.key, going.visit.title))
    return tuple(SentExpert(expert_row(e), tuple(visits.get(e.pk, ()))) for e in experts)


def _people_of(row: records.Organisation, *, most: int = 100) -> tuple[tuple[SheetPerson, ...], int]:
    """People with a line that carries one of the organisation's names or spellings, in order of the lines."""
    lines = records.Line.objects.filter(organisation=row, retired_at__isnull=True)
    people = records.Person.objects.filter(links__line__in=lines)
    in_all = people.values("pk").distinct().count()
    first = lines.filter(link__person=OuterRef("pk")).order_by("sheet__order", "row", "pk")
    shown = (
        people.distinct()
        .annotate(as_written=Subquery(first.values("payload__body")[:1]))
        .select_related("shown__payload")
        .order_by("pk")[:most]
    )
    return tuple(
        SheetPerson(
            p.pk, written_name(p.shown.payload.body if p.shown else None), written(_body(p), "organisation")
        )
        for p in shown
    ), in_all


def _body(person: records.Person) -> Mapping[str, object] | None:
    body = person.as_written  # type: ignore[attr-defined]  # annotated above
    return body if isinstance(body, Mapping) else None
