"""Advice: what experts saw and recommended, what was answered and what was done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from karvon.queries.programme import OrganisationRef, organisation_ref
from karvon.records import models as records
from karvon.rules.programme.description import Priority, ResponseStatus
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class ActionRow:
    key: str
    text: Text
    owner: OrganisationRef | None
    due: date | None
    completed_on: date | None
    verified: bool
    late: bool


@dataclass(frozen=True, slots=True)
class ObservedAt:
    """An observation that a recommendation rests on, and the event it was made at."""

    text: Text
    event: str
    event_title: Text
    facility: Text


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    key: str
    title: Text
    text: Text
    addressee: OrganisationRef | None
    priority: Priority
    sectors: tuple[str, ...]
    given_on: date | None
    response_due: date | None
    response_status: ResponseStatus | None
    response: Text
    responded_on: date | None
    late: bool
    """No answer, and the day for it has passed."""
    observed: tuple[ObservedAt, ...]
    actions: tuple[ActionRow, ...]
    proposals: tuple[tuple[str, Text], ...]

    @property
    def answered(self) -> bool:
        return self.response_status is not None


@dataclass(frozen=True, slots=True)
class RecommendationGroupRow:
    key: str
    title: Text
    recommendations: tuple[RecommendationRow, ...]


def recommendation_groups(programme: str, *, today: date) -> tuple[RecommendationGroupRow, ...]:
    """All groups with their recommendations, in their order; ``today`` decides what is late."""
    rows = (
        records.Recommendation.objects.filter(programme__key=programme)
        .select_related("addressee")
        .prefetch_related(
            Prefetch(
                "observations",
                queryset=records.Observation.objects.select_related("event", "facility").order_by("order"),
            ),
            Prefetch("action_points", queryset=records.ActionPoint.objects.select_related("owner")),
            "proposals",
        )
        .order_by("order", "id")
    )
    by_group: dict[int, list[RecommendationRow]] = {}
    for row in rows:
        by_group.setdefault(row.group_id, []).append(_recommendation(row, today))
    groups = records.RecommendationGroup.objects.filter(programme__key=programme).order_by("order", "id")
    return tuple(RecommendationGroupRow(g.key, g.title, tuple(by_group.get(g.pk, ()))) for g in groups)


def _recommendation(row: records.Recommendation, today: date) -> RecommendationRow:
    answered = bool(row.response_status or row.responded_on)
    return RecommendationRow(
        key=row.key,
        title=row.title,
        text=row.text,
        addressee=organisation_ref(row.addressee),
        priority=row.priority,  # type: ignore[arg-type]  # the database allows only these words
        sectors=tuple(row.sectors),
        given_on=row.given_on,
        response_due=row.response_due,
        response_status=row.response_status or None,  # type: ignore[arg-type]
        response=row.response,
        responded_on=row.responded_on,
        late=not answered and row.response_due is not None and row.response_due < today,
        observed=tuple(
            ObservedAt(o.text, o.event.key, o.event.title, o.facility.name if o.facility else Text())
            for o in row.observations.all()
        ),
        actions=tuple(
            ActionRow(
                key=a.key,
                text=a.text,
                owner=organisation_ref(a.owner),
                due=a.due,
                completed_on=a.completed_on,
                verified=bool(a.verified_by),
                late=a.completed_on is None and a.due is not None and a.due < today,
            )
            for a in row.action_points.all()
        ),
        proposals=tuple((p.key, p.title) for p in row.proposals.all()),
    )
