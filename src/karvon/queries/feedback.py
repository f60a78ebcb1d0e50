"""What participants said of events: numbers for everybody who may see the event, comments for those who run it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, QuerySet

from karvon.queries.results import Page
from karvon.records import models as records
from karvon.rules.feedback import COMMENTS, MARKS, Comment, Mark, QuestionResult, Way, results_of
from karvon.rules.programme.register import RegisterAnswer
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period
from karvon.rules.reporting.least import LEAST

MOST_COMMENTS: Final = 50
"""Answers with words shown on one page."""


@dataclass(frozen=True, slots=True)
class FeedbackNumbers:
    """How many answered, against the participants present, and how each question was marked."""

    answers: int = 0
    present: int = 0
    """People with a line as participants who came."""
    questions: tuple[QuestionResult, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether so many answered that the marks point at nobody."""
        return self.answers >= LEAST


@dataclass(frozen=True, slots=True)
class CommentRow:
    """An answer with words; nothing says whose."""

    answer: str
    said: tuple[tuple[Comment, str], ...]
    language: str
    way: Way
    given_on: date | None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as it is listed to whoever runs the programme."""

    answer: str
    way: Way
    given_on: date | None
    marks: tuple[tuple[Mark, int | None], ...]
    said: tuple[tuple[Comment, str], ...]
    document: str
    """File and row of the table it stands in; '' for one given or typed here."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A way to the form that works."""

    link: str
    ends: date


@dataclass(frozen=True, slots=True)
class EventFeedback:
    key: str
    title: Text
    ends: date
    numbers: FeedbackNumbers
    answers: tuple[AnswerRow, ...]
    """One page of them."""
    page: Page
    links: tuple[LinkRow, ...]
    tables: tuple[tuple[str, str], ...]
    """Key and path of the documents that hold answers."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """The event a link asks about."""

    programme: str
    event: str
    title: Text
    period: Period


def feedback_numbers(events: Sequence[int]) -> dict[int, FeedbackNumbers]:
    """The numbers of these events' answers, by the row of the event; two statements however many they are."""
    said: dict[int, list[dict[Mark, int]]] = {event: [] for event in events}
    answers = records.FeedbackAnswer.objects.filter(event__in=events, withdrawn_at__isnull=True)
    for event, *marks in answers.values_list("event", *MARKS):
        said[event].append(
            {mark: given for mark, given in zip(MARKS, marks, strict=True) if given is not None}
        )
    came = records.Attendance.objects.filter(
        event__in=[event for event in events if said[event]],
        role="participant",
        status__in=("present", "completed"),
        line__retired_at__isnull=True,
    )
    present = dict(
        came.order_by("event").values_list("event").annotate(Count("line__link__person", distinct=True))
    )
    return {
        event: FeedbackNumbers(len(given), present.get(event, 0), results_of(given))
        for event, given in said.items()
    }


def comments(event: records.Event) -> tuple[CommentRow, ...]:
    """What was said in words, the latest first; at most one page."""
    rows = (
        _in_use(event)
        .filter(payload__isnull=False, payload__erased_at__isnull=True)
        .select_related("payload")
        .order_by("-given_on", "-id")[:MOST_COMMENTS]
    )
    return tuple(
        CommentRow(row.pk, _said(row), row.language, row.way, row.given_on)  # type: ignore[arg-type]  # held to the known words
        for row in rows
    )


def event_feedback(
    programme: str, event: str, *, today: date, page: int = 1, size: int = 50
) -> EventFeedback | None:
    """Everything about the answers of an event, for whoever runs the programme."""
    row = records.Event.objects.filter(programme__key=programme, key=event).first()
    if row is None:
        return None
    answers = _in_use(row).select_related("payload", "document").order_by("given_on", "document", "row", "id")
    numbers = feedback_numbers([row.pk])[row.pk]
    wanted = Page.of(numbers.answers, wanted=page, size=size)
    links = records.FeedbackLink.objects.filter(event=row, withdrawn_at__isnull=True, ends__gte=today)
    tables = records.Document.objects.filter(event=row, kind="evaluation").exclude(reading=[])
    return EventFeedback(
        key=row.key,
        title=row.title,
        ends=row.ends,
        numbers=numbers,
        answers=tuple(_answer(one) for one in answers[(wanted.number - 1) * size : wanted.number * size]),
        page=wanted,
        links=tuple(LinkRow(one.pk, one.ends) for one in links),
        tables=tuple(tables.order_by("order", "id").values_list("key", "path")),
    )


def asked_of(link: str, *, today: date) -> AskedOf | None:
    """The event a link asks about; ``None`` once the link has ended, and for one nobody made."""
    row = (
        records.FeedbackLink.objects.filter(pk=link, withdrawn_at__isnull=True, ends__gte=today)
        .select_related("event__programme")
        .first()
    )
    if row is None:
        return None
    event = row.event
    return AskedOf(event.programme.key, event.key, event.title, Period(event.starts, event.ends))


def asked_at(programme: str, event: str) -> AskedOf | None:
    """The event itself; ``None`` if there is none."""
    row = records.Event.objects.filter(programme__key=programme, key=event).first()
    return None if row is None else AskedOf(programme, row.key, row.title, Period(row.starts, row.ends))


def exported_answers(programme: str) -> tuple[RegisterAnswer, ...]:
    """Every answer in use as it travels in a folder, by id; those of a table travel with the table."""
    rows = (
        records.FeedbackAnswer.objects.filter(
            event__programme__key=programme, document__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("event", "payload")
        .order_by("id")
    )
    return tuple(
        RegisterAnswer(
            answer=row.pk,
            event=row.event.key,
            way=row.way,  # type: ignore[arg-type]  # held to the known words
            given_on=row.given_on,
            language=row.language,
            usefulness=row.usefulness,
            relevance=row.relevance,
            trainer=row.trainer,
            organisation=row.organisation,
            will_use=dict(_said(row)).get("will_use", ""),
            missing=dict(_said(row)).get("missing", ""),
        )
        for row in rows
    )


def _in_use(event: records.Event) -> QuerySet[records.FeedbackAnswer]:
    return records.FeedbackAnswer.objects.filter(event=event, withdrawn_at__isnull=True)


def _answer(row: records.FeedbackAnswer) -> AnswerRow:
    return AnswerRow(
        answer=row.pk,
        way=row.way,  # type: ignore[arg-type]  # held to the known words
        given_on=row.given_on,
        marks=tuple((mark, getattr(row, mark)) for mark in MARKS),
        said=_said(row),
        document=f"{row.document.path.rpartition('/')[2]}:{row.row}" if row.document else "",
    )


def _said(row: records.FeedbackAnswer) -> tuple[tuple[Comment, str], ...]:
    """What was said in words; nothing once erased."""
    body = (row.payload.body if row.payload else None) or {}
    return tuple((comment, body[comment]) for comment in COMMENTS if body.get(comment))
