"""Events on the agenda: who taught, how many came, and what proves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q

from karvon.queries.evidence import EVIDENCE_SET, DocumentRow, SheetRow, documents, sheets
from karvon.queries.feedback import CommentRow, FeedbackNumbers, comments, feedback_numbers
from karvon.queries.programme import (
    ContractShare,
    ExpertRow,
    OrganisationRef,
    expert_row,
    organisation_ref,
    plain,
)
from karvon.queries.scores import score_limit, score_summaries
from karvon.records import models as records
from karvon.rules.attendance import ScoreSummary
from karvon.rules.programme.description import DocumentKind, EventKind
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period


@dataclass(frozen=True, slots=True)
class EventRow:
    key: str
    visit: str
    visit_title: Text
    kind: EventKind
    title: Text
    period: Period
    place: str
    facility: Text
    sectors: tuple[str, ...]
    hours: Decimal | None
    structured: bool
    shares: tuple[ContractShare, ...]
    sheets: int
    signed_sheets: int
    """Sheets with a signed scan."""
    named: int
    """People with a line at the event, whatever their role."""
    heads: int | None
    """Participants the organiser counted, summed over its days."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day's head-count beside the people named that day; ``None`` where nobody counted heads."""

    day: date
    heads: int | None
    named: int

    @property
    def unnamed(self) -> int:
        """Heads for which the sheets have no name."""
        return max(0, (self.heads or 0) - self.named)


@dataclass(frozen=True, slots=True)
class RoleCount:
    role: str
    people: int


@dataclass(frozen=True, slots=True)
class PaperNeeded:
    """One part of the evidence set: the kind of paper and how many are there; answers given here are evaluations."""

    kind: DocumentKind
    held: int


@dataclass(frozen=True, slots=True)
class ObservationRow:
    key: str
    text: Text
    facility: Text
    observer: tuple[str, ...]
    """Name forms; the first is shown."""
    on: date | None
    advice: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    event: EventRow
    operator: OrganisationRef | None
    """Who runs the facility."""
    languages: tuple[str, ...]
    trainers: tuple[ExpertRow, ...]
    interpreters: tuple[ExpertRow, ...]
    organisations: tuple[OrganisationRef, ...]
    days: tuple[DayCount, ...]
    roles: tuple[RoleCount, ...]
    sheets: tuple[SheetRow, ...]
    documents: tuple[DocumentRow, ...]
    evidence_set: tuple[PaperNeeded, ...]
    observations: tuple[ObservationRow, ...]
    scores: ScoreSummary
    """What its tests before and after show."""
    scores_out_of: Decimal
    feedback: FeedbackNumbers
    comments: tuple[CommentRow, ...]
    """What participants said in words: for whoever runs the programme."""


def events(
    programme: str, *, visit: str = "", named: Mapping[str, int] | None = None
) -> tuple[EventRow, ...]:
    """Events in order of time; of one visit only, where it is given.

    ``named`` says how many people are named at each, where whoever asks has counted them already.
    """
    rows = _event_rows(programme) if named is None else _events_alone(programme)
    return tuple(
        _event(row, row.named if named is None else named.get(row.key, 0))
        for row in (rows.filter(visit__key=visit) if visit else rows)
    )


def event(programme: str, key: str) -> EventPage | None:
    row = _event_rows(programme).filter(key=key).select_related("facility__operator").first()
    if row is None:
        return None
    papers = documents(programme, event=key)
    of_visit = documents(programme, visit=row.visit.key)
    feedback = feedback_numbers([row.pk])[row.pk]
    return EventPage(
        event=_event(row, row.named),
        operator=organisation_ref(row.facility.operator if row.facility else None),
        languages=tuple(row.language),
        trainers=_experts(records.EventTrainer, row),
        interpreters=_experts(records.EventInterpreter, row),
        organisations=tuple(
            OrganisationRef(part.organisation.key, part.organisation.name)
            for part in row.eventorganisation_set.select_related("organisation")
        ),
        days=_days(row),
        roles=_roles(row),
        sheets=sheets(programme, event=key),
        documents=papers,
        evidence_set=tuple(
            PaperNeeded(
                kind,
                sum(paper.kind == kind for paper in (*papers, *of_visit))
                + (feedback.answers if kind == "evaluation" else 0),
            )
            for kind in EVIDENCE_SET[row.kind]
        ),
        observations=_observations(row),
        scores=score_summaries([row])[row.pk],
        scores_out_of=score_limit(row),
        feedback=feedback,
        comments=comments(row),
    )


def _event_rows(programme: str) -> Any:
    live = Q(attendances__line__retired_at__isnull=True)
    named = Count("attendances__line__link__person", filter=live, distinct=True)
    return _events_alone(programme).annotate(named=named)


def _events_alone(programme: str) -> Any:
    return (
        records.Event.objects.filter(programme__key=programme)
        .select_related("visit", "facility")
        .prefetch_related(
            Prefetch("shares", queryset=records.EventShare.objects.select_related("contract")),
            Prefetch("sheets", queryset=records.Sheet.objects.filter(withdrawn_at__isnull=True)),
            "head_counts",
        )
        .order_by("starts", "ends", "order", "id")
    )


def _event(row: Any, named: int) -> EventRow:
    held = row.sheets.all()
    counted = [count.heads for count in row.head_counts.all()]
    return EventRow(
        key=row.key,
        visit=row.visit.key,
        visit_title=row.visit.title,
        kind=row.kind,
        title=row.title,
        period=Period(row.starts, row.ends),
        place=row.place,
        facility=row.facility.name if row.facility else Text(),
        sectors=tuple(row.sectors),
        hours=None if row.hours is None else plain(row.hours),
        structured=row.structured,
        shares=shares(row.shares.all()),
        sheets=len(held),
        signed_sheets=sum(sheet.scan_id is not None for sheet in held),
        named=named,
        heads=sum(counted) if counted else None,
    )


def shares(rows: Iterable[Any]) -> tuple[ContractShare, ...]:
    """The shares of a visit or an event, read with their contracts."""
    return tuple(ContractShare(row.contract.key, row.contract.number, plain(row.percent)) for row in rows)


def _experts(through: type[Any], event: records.Event) -> tuple[ExpertRow, ...]:
    links = (
        through.objects.filter(event=event)
        .select_related("expert__payload", "expert__organisation")
        .prefetch_related("expert__lines__link")
    )
    return tuple(expert_row(link.expert) for link in links)


def _days(event: records.Event) -> tuple[DayCount, ...]:
    """Each day somebody was named or counted; participants only, as the organiser counts them."""
    named = dict(
        event.attendances.filter(role="participant", line__retired_at__isnull=True, day__isnull=False)
        .values_list("day")
        .annotate(people=Count("line__link__person", distinct=True))
        .order_by("day")
    )
    heads = {count.day: count.heads for count in event.head_counts.all()}
    return tuple(DayCount(day, heads.get(day), named.get(day, 0)) for day in sorted({*named, *heads}))


def _roles(event: records.Event) -> tuple[RoleCount, ...]:
    counted = (
        event.attendances.filter(line__retired_at__isnull=True)
        .values_list("role")
        .annotate(people=Count("line__link__person", distinct=True))
        .order_by("-people", "role")
    )
    return tuple(RoleCount(role, people) for role, people in counted)


def _observations(event: records.Event) -> tuple[ObservationRow, ...]:
    rows = (
        event.observations.select_related("facility", "observer__payload")
        .prefetch_related("recommendations")
        .order_by("order", "id")
    )
    return tuple(
        ObservationRow(
            key=row.key,
            text=row.text,
            facility=row.facility.name if row.facility else Text(),
            observer=tuple((row.observer.payload.body or {}).get("names", ())) if row.observer else (),
            on=row.on,
            advice=tuple((r.key, r.title) for r in row.recommendations.all()),
        )
        for row in rows
    )
