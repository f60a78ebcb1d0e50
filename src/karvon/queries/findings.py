"""Advice: what experts saw and recommended, what was answered and what was done."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from karvon.queries.feedback import FeedbackNumbers, feedback_numbers
from karvon.queries.programme import OrganisationRef, organisation_ref, plain
from karvon.queries.scores import score_limit, score_summaries
from karvon.records import models as records
from karvon.rules.attendance import ScoreSummary
from karvon.rules.programme.description import EventKind, Priority, ResponseStatus
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period


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


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event an expert taught or interpreted at."""

    key: str
    title: Text
    kind: EventKind
    period: Period
    place: str
    hours: Decimal | None
    named: int
    """People with a line at the event, whatever their role."""
    scores: ScoreSummary
    scores_out_of: Decimal
    feedback: FeedbackNumbers
    """Numbers only: what participants said in words is for whoever runs the programme."""


@dataclass(frozen=True, slots=True)
class OwnObservation:
    key: str
    text: Text
    event_title: Text
    facility: Text
    on: date | None


@dataclass(frozen=True, slots=True)
class ExpertPage:
    """What one expert did in a programme, and what became of it."""

    names: tuple[str, ...]
    """Exactly as written; empty once erased."""
    visits: tuple[tuple[Text, Period], ...]
    events: tuple[OwnEvent, ...]
    observations: tuple[OwnObservation, ...]
    recommendations: tuple[RecommendationRow, ...]
    """Those that rest on the observations; of what they rest on, only the expert's own part is told."""


def expert_page(programme: str, key: str, *, today: date) -> ExpertPage | None:
    """The expert's own visits, events, observations and recommendations; ``None`` if there is none of this key."""
    expert = (
        records.Expert.objects.filter(programme__key=programme, key=key).select_related("payload").first()
    )
    if expert is None:
        return None
    events = list(
        records.Event.objects.filter(Q(eventtrainer__expert=expert) | Q(eventinterpreter__expert=expert))
        .annotate(
            named=Count(
                "attendances__line__link__person",
                filter=Q(attendances__line__retired_at__isnull=True),
                distinct=True,
            )
        )
        .order_by("starts", "ends", "order", "id")
    )
    scores, feedback = score_summaries(events), feedback_numbers([row.pk for row in events])
    mine = records.Observation.objects.filter(observer=expert).select_related("event", "facility")
    advice = _recommendations(programme, observations=mine.order_by("order"))
    visits = records.Visit.objects.filter(visitexpert__expert=expert).order_by("starts", "order")
    return ExpertPage(
        names=tuple((expert.payload.body or {}).get("names", ())),
        visits=tuple((visit.title, Period(visit.starts, visit.ends)) for visit in visits),
        events=tuple(
            OwnEvent(
                key=row.key,
                title=row.title,
                kind=row.kind,  # type: ignore[arg-type]  # the database allows only these words
                period=Period(row.starts, row.ends),
                place=row.place,
                hours=None if row.hours is None else plain(row.hours),
                named=row.named,
                scores=scores[row.pk],
                scores_out_of=score_limit(row),
                feedback=feedback[row.pk],
            )
            for row in events
        ),
        observations=tuple(
            OwnObservation(o.key, o.text, o.event.title, o.facility.name if o.facility else Text(), o.on)
            for o in mine.order_by("on", "order", "id")
        ),
        recommendations=tuple(
            _recommendation(row, today)
            for row in advice.filter(observations__observer=expert).distinct().order_by("order", "id")
        ),
    )


def recommendation_groups(programme: str, *, today: date) -> tuple[RecommendationGroupRow, ...]:
    """All groups with their recommendations, in their order; ``today`` decides what is late."""
    seen = records.Observation.objects.select_related("event", "facility").order_by("order")
    rows = _recommendations(programme, observations=seen).order_by("order", "id")
    by_group: dict[int, list[RecommendationRow]] = {}
    for row in rows:
        by_group.setdefault(row.group_id, []).append(_recommendation(row, today))
    groups = records.RecommendationGroup.objects.filter(programme__key=programme).order_by("order", "id")
    return tuple(RecommendationGroupRow(g.key, g.title, tuple(by_group.get(g.pk, ()))) for g in groups)


def _recommendations(
    programme: str, *, observations: QuerySet[records.Observation]
) -> QuerySet[records.Recommendation]:
    """Recommendations, each with those of these observations that it rests on."""
    return (
        records.Recommendation.objects.filter(programme__key=programme)
        .select_related("addressee")
        .prefetch_related(
            Prefetch("observations", queryset=observations),
            Prefetch("action_points", queryset=records.ActionPoint.objects.select_related("owner")),
            "proposals",
        )
    )


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
