"""Test scores before and after: of an event's people, summed up, and of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, QuerySet

from karvon.queries.corrections import place_of_line
from karvon.queries.evidence import written, written_name
from karvon.queries.programme import plain
from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.attendance import OUT_OF, LineScores, Scores, ScoreSummary, scores_of, summary
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class PersonScores:
    """Somebody at the event. A score not known yet is kept at ``line``, their first there."""

    person: str
    name: str
    organisation: str
    line: str
    place: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class EventScores:
    key: str
    title: Text
    out_of: Decimal
    people: tuple[PersonScores, ...]
    page: Page
    summary: ScoreSummary


@dataclass(frozen=True, slots=True)
class ScoresAtEvent:
    """What one person scored at one event."""

    event: str
    title: Text
    out_of: Decimal
    scores: Scores


def event_scores(programme: str, event: str, *, page: int = 1, size: int = 100) -> EventScores | None:
    """The event's participants in the order of its sheets, a page at a time, with what their tests show."""
    row = records.Event.objects.filter(programme__key=programme, key=event).first()
    if row is None:
        return None
    people = _people_by_event(_at_events([row])).get(row.pk, {})
    wanted = Page.of(len(people), wanted=page, size=size)
    shown = list(people.items())[(wanted.number - 1) * size : wanted.number * size]
    first = [lines[0].line for _, lines in shown]
    lines = {
        line.pk: line
        for line in records.Line.objects.filter(pk__in=first).select_related("payload", "sheet", "link")
    }
    out_of = score_limit(row)
    return EventScores(
        key=row.key,
        title=row.title,
        out_of=out_of,
        people=tuple(_person(lines[said[0].line], scores_of(said)) for _, said in shown),
        page=wanted,
        summary=summary(map(scores_of, people.values()), out_of=out_of),
    )


def score_summaries(events: Sequence[records.Event]) -> dict[int, ScoreSummary]:
    """What the tests of these events show, by the row of the event; one statement however many they are."""
    people = _people_by_event(_at_events(events).filter(score__isnull=False))
    return {
        event.pk: summary(map(scores_of, people.get(event.pk, {}).values()), out_of=score_limit(event))
        for event in events
    }


def person_scores(person: str) -> tuple[ScoresAtEvent, ...]:
    """What somebody scored, event by event in order of time."""
    rows = (
        records.Line.objects.filter(link__person=person, retired_at__isnull=True, score__isnull=False)
        .select_related("sheet__event", "score")
        .order_by(
            "sheet__event__starts",
            "sheet__event__order",
            F("sheet__day").asc(nulls_first=True),
            "sheet__order",
            "row",
        )
    )
    said: dict[int, tuple[records.Event, list[LineScores]]] = {}
    for row in rows:
        if row.sheet is not None:
            at = said.setdefault(row.sheet.event_id, (row.sheet.event, []))
            at[1].append(LineScores(row.pk, _plain(row.score.before), _plain(row.score.after)))
    return tuple(
        ScoresAtEvent(event.key, event.title, score_limit(event), scores_of(lines))
        for event, lines in said.values()
    )


def score_limit(event: records.Event) -> Decimal:
    """The highest score of the event's tests."""
    return OUT_OF if event.scores_out_of is None else plain(event.scores_out_of)


def _at_events(events: Sequence[records.Event]) -> QuerySet[records.Line]:
    """Lines in use of the events' participants: whoever taught or interpreted takes no test."""
    takes_part = records.Attendance.objects.filter(line=OuterRef("pk"), role="participant")
    return records.Line.objects.filter(
        Exists(takes_part), sheet__event__in=[event.pk for event in events], retired_at__isnull=True
    )


def _people_by_event(lines: QuerySet[records.Line]) -> dict[int, dict[str, list[LineScores]]]:
    """Event -> person -> what their lines say, people and lines in the order of the sheets."""
    rows = lines.order_by(
        F("sheet__day").asc(nulls_first=True), "sheet__order", "table", "row", "block", "pk"
    ).values_list("sheet__event", "pk", "link__person", "score__before", "score__after")
    people: dict[int, dict[str, list[LineScores]]] = {}
    for event, line, person, before, after in rows:
        said = people.setdefault(event or 0, {}).setdefault(person or line, [])
        said.append(LineScores(line, _plain(before), _plain(after)))
    return people


def _person(line: records.Line, scores: Scores) -> PersonScores:
    link = getattr(line, "link", None)
    return PersonScores(
        person=link.person_id if link else "",
        name=written_name(line.payload.body),
        organisation=written(line.payload.body, "organisation"),
        line=line.pk,
        place=place_of_line(line),
        scores=scores,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)
