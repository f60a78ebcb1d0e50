"""Expert missions and study visits, with their delegations and what they led to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch

from karvon.queries.evidence import DocumentRow, documents
from karvon.queries.programme import (
    ContractShare,
    ExpertRow,
    OrganisationRef,
    expert_row,
    organisation_ref,
)
from karvon.queries.training import EventRow, events, shares
from karvon.records import models as records
from karvon.rules.programme.description import Direction, Role
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period


@dataclass(frozen=True, slots=True)
class VisitRow:
    key: str
    direction: Direction
    title: Text
    period: Period
    places: tuple[str, ...]
    """Keys, in the order of the itinerary."""
    purpose: Text
    sectors: tuple[str, ...]
    host: OrganisationRef | None
    shares: tuple[ContractShare, ...]
    events: int
    experts: int
    delegates: int


@dataclass(frozen=True, slots=True)
class DelegateRow:
    """A member of the delegation as the invitation names them."""

    key: str
    name: str
    """Exactly as written; '' once erased."""
    position: str
    organisation: Text
    organisation_key: str
    """'' where the programme does not know the organisation."""
    role: Role
    country: str
    person: str


@dataclass(frozen=True, slots=True)
class AdviceRef:
    key: str
    title: Text
    group: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    visit: VisitRow
    experts: tuple[ExpertRow, ...]
    delegates: tuple[DelegateRow, ...]
    events: tuple[EventRow, ...]
    advice: tuple[AdviceRef, ...]
    """Recommendations that rest on what was observed during the visit."""
    documents: tuple[DocumentRow, ...]


def visits(programme: str) -> tuple[VisitRow, ...]:
    """All visits in order of time."""
    return tuple(_visit(row) for row in _visit_rows(programme))


def visit(programme: str, key: str) -> VisitPage | None:
    row = _visit_rows(programme).filter(key=key).first()
    if row is None:
        return None
    going = (
        records.VisitExpert.objects.filter(visit=row)
        .select_related("expert__payload", "expert__organisation")
        .prefetch_related("expert__lines__link")
    )
    advice = (
        records.Recommendation.objects.filter(observations__event__visit=row)
        .select_related("group")
        .order_by("group__order", "order")
        .distinct()
    )
    return VisitPage(
        visit=_visit(row),
        experts=tuple(expert_row(link.expert) for link in going),
        delegates=_delegates(row),
        events=events(programme, visit=key),
        advice=tuple(AdviceRef(r.key, r.title, r.group.key) for r in advice),
        documents=documents(programme, visit=key),
    )


def _visit_rows(programme: str) -> Any:
    return (
        records.Visit.objects.filter(programme__key=programme)
        .select_related("host")
        .prefetch_related(Prefetch("shares", queryset=records.VisitShare.objects.select_related("contract")))
        .annotate(
            event_count=Count("events", distinct=True),
            expert_count=Count("visitexpert", distinct=True),
            delegate_count=Count("delegates", distinct=True),
        )
        .order_by("starts", "order", "id")
    )


def _visit(row: Any) -> VisitRow:
    return VisitRow(
        key=row.key,
        direction=row.direction,
        title=row.title,
        period=Period(row.starts, row.ends),
        places=tuple(row.places),
        purpose=row.purpose,
        sectors=tuple(row.sectors),
        host=organisation_ref(row.host),
        shares=shares(row.shares.all()),
        events=row.event_count,
        experts=row.expert_count,
        delegates=row.delegate_count,
    )


def _delegates(row: records.Visit) -> tuple[DelegateRow, ...]:
    known = {o.key: o.name for o in records.Organisation.objects.filter(programme_id=row.programme_id)}
    members = row.delegates.select_related("payload", "line__link").order_by("order", "id")
    return tuple(
        DelegateRow(
            key=member.key,
            name=(member.payload.body or {}).get("name", ""),
            position=(member.payload.body or {}).get("position", ""),
            organisation=known.get(member.organisation) or Text((("", member.organisation),)),
            organisation_key=member.organisation if member.organisation in known else "",
            role=member.role,  # type: ignore[arg-type]  # the database allows only these words
            country=member.country,
            person=_person(member),
        )
        for member in members
    )


def _person(member: records.Delegate) -> str:
    link = getattr(getattr(member, "line", None), "link", None)
    return str(link.person_id) if link else ""
