"""Feedback of an event: the link that asks for it, answers given and typed in, and taking either back."""

import re
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from karvon.actions.journal import Actor, new_payload, write_entry
from karvon.records import models as records
from karvon.rules.feedback import LONGEST_COMMENT, MARKS, Answer, Way
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.register import RegisterFiles

MOST_ANSWERS: Final = 5_000
"""Of one event, by its form: more are no participants."""
_ID: Final = re.compile("[0-9a-hjkmnp-tv-z]{16}")


def make_link(programme: str, event: str, link: str, *, ends: date, by: Actor) -> int:
    """Open a way to the form of this event until the end of a day; the journal entry's number.

    ``link`` is its new random id: made twice, it is one, and 0 is given back. `Refused` for a day that is over and
    an event that is not there.
    """
    if ends < timezone.localdate():
        raise Refused(Problem("feedback.ends_before_today", Place(key=event)))
    with transaction.atomic():
        row = _event(programme, event)
        if records.FeedbackLink.objects.filter(pk=_checked(link, event)).exists():
            return 0
        records.FeedbackLink.objects.create(
            id=link, event=row, ends=ends, made_at=timezone.now(), made_by=by.user
        )
        return _journal("open_feedback", row, by=by, facts={"link": link, "ends": ends.isoformat()})


def withdraw_link(programme: str, event: str, link: str, *, by: Actor) -> int:
    """The link leads nowhere from now on; 0 where it did not work any more."""
    with transaction.atomic():
        row = _event(programme, event)
        open_ = records.FeedbackLink.objects.filter(pk=link, event=row, withdrawn_at__isnull=True)
        if not open_.update(withdrawn_at=timezone.now()):
            return 0
        return _journal("close_feedback", row, by=by, facts={"link": link})


def give_feedback(link: str, answer: str, said: Answer) -> bool:
    """Keep what somebody sent through a link; whether it is a new answer. The same form sent twice is one.

    Nothing is kept that tells who it was: the journal says only that an answer came. `Refused` where the link has
    ended in the meantime, nothing was said, or far more answered than can have been there.
    """
    with transaction.atomic():
        found = (
            records.FeedbackLink.objects.select_for_update(of=("self",))
            .filter(pk=link, withdrawn_at__isnull=True, ends__gte=timezone.localdate())
            .select_related("event__programme")
            .first()
        )
        if found is None:
            raise Refused(Problem("feedback.link_ended"))
        if not said:
            raise Refused(Problem("feedback.nothing_said"))
        if records.FeedbackAnswer.objects.filter(pk=_checked(answer, "")).exists():
            return False
        if found.event.feedback.filter(way="form").count() >= MOST_ANSWERS:
            raise Refused(Problem("feedback.too_many"))
        _keep(found.event, answer, said, way="form", given_on=timezone.localdate())
        _journal("give_feedback", found.event, by=Actor("web"), facts={})
        return True


def type_feedback(programme: str, event: str, answer: str, said: Answer, *, by: Actor) -> int:
    """Keep what a participant wrote on paper; the journal entry's number, 0 where this form was sent before."""
    with transaction.atomic():
        row = _event(programme, event)
        if not said:
            raise Refused(Problem("feedback.nothing_said"))
        if records.FeedbackAnswer.objects.filter(pk=_checked(answer, event)).exists():
            return 0
        _keep(row, answer, said, way="typed", given_on=None)
        return _journal("type_feedback", row, by=by, facts={"answer": answer})


def withdraw_answer(programme: str, event: str, answer: str, *, by: Actor) -> int:
    """Leave an answer out of everything; 0 where it was left out before. One of a table stays with its table."""
    return _stand(programme, event, answer, by=by, stands=False)


def take_back_feedback(programme: str, entry: int, *, by: Actor) -> int:
    """Put back what this journal entry changed; the new entry's number. `Refused` where it cannot be."""
    row = records.JournalEntry.objects.filter(programme__key=programme, pk=entry, object_kind="event").first()
    if row is None:
        raise Refused(Problem("feedback.nothing_to_take_back"))
    event, facts, done = row.object_key, row.facts, 0
    match row.action:
        case "type_feedback" | "restore_feedback":
            done = _stand(programme, event, facts["answer"], by=by, stands=False)
        case "withdraw_feedback":
            done = _stand(programme, event, facts["answer"], by=by, stands=True)
        case "open_feedback":
            done = withdraw_link(programme, event, facts["link"], by=by)
        case "close_feedback":
            done = _reopen(programme, event, facts["link"], by=by)
    if not done:
        raise Refused(Problem("feedback.nothing_to_take_back"))
    return done


def keep_answers(programme: records.Programme, brought: RegisterFiles | None) -> None:
    """Keep the answers a folder brings along, each once."""
    if brought is None or not brought.answers:
        return
    events = {row.key: row for row in records.Event.objects.filter(programme=programme)}
    wanted = [one for one in brought.answers if one.event in events]
    known = set(
        records.FeedbackAnswer.objects.filter(pk__in=[one.answer for one in wanted]).values_list(
            "pk", flat=True
        )
    )
    for one in wanted:
        if one.answer not in known:
            marks = {mark: getattr(one, mark) for mark in MARKS if getattr(one, mark) is not None}
            words = {"will_use": one.will_use, "missing": one.missing}
            said = Answer(marks, {name: text for name, text in words.items() if text}, one.language)  # type: ignore[misc]
            _keep(events[one.event], one.answer, said, way=one.way, given_on=one.given_on)


def _keep(
    event: records.Event,
    answer: str,
    said: Answer,
    *,
    way: Way,
    given_on: date | None,
    document: records.Document | None = None,
    row: int | None = None,
) -> None:
    payload = None
    if said.comments:
        payload = new_payload({name: text[:LONGEST_COMMENT] for name, text in sorted(said.comments.items())})
        payload.save()
    records.FeedbackAnswer.objects.create(
        id=answer,
        event=event,
        way=way,
        given_on=given_on,
        language=said.language,
        payload=payload,
        document=document,
        row=row,
        **{str(mark): given for mark, given in said.marks.items()},
    )


def _stand(programme: str, event: str, answer: str, *, by: Actor, stands: bool) -> int:
    """Let an answer count, or not; 0 where it is so already."""
    with transaction.atomic():
        row = _event(programme, event)
        answers = records.FeedbackAnswer.objects.filter(
            pk=answer, event=row, document__isnull=True, withdrawn_at__isnull=not stands
        )
        if not answers.update(withdrawn_at=None if stands else timezone.now()):
            return 0
        action = "restore_feedback" if stands else "withdraw_feedback"
        return _journal(action, row, by=by, facts={"answer": answer})


def _reopen(programme: str, event: str, link: str, *, by: Actor) -> int:
    with transaction.atomic():
        row = _event(programme, event)
        closed = records.FeedbackLink.objects.filter(
            pk=link, event=row, withdrawn_at__isnull=False, ends__gte=timezone.localdate()
        )
        if not closed.update(withdrawn_at=None):
            return 0
        return _journal("open_feedback", row, by=by, facts={"link": link})


def _journal(action: str, event: records.Event, *, by: Actor, facts: dict[str, str]) -> int:
    entry = write_entry(
        action,
        by=by,
        programme=event.programme,
        object_kind="event",
        object_key=event.key,
        facts=facts,
    )
    return entry.pk


def _event(programme: str, event: str) -> records.Event:
    row = (
        records.Event.objects.select_for_update(of=("self",))
        .filter(programme__key=programme, key=event)
        .select_related("programme")
        .first()
    )
    if row is None:
        raise Refused(Problem("attendance.no_such_event", Place(key=event)))
    return row


def _checked(key: str, event: str) -> str:
    """The random key of a form, as only a page of ours makes them."""
    if not _ID.fullmatch(key):
        raise Refused(Problem("feedback.form_unreadable", Place(key=event)))
    return key
