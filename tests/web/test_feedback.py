"""Feedback on the pages: a form without an account on a telephone, and what whoever runs the event sees of it."""

import logging
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext, override
from pytest_django import Settings
from tests.web.readers import reader_with, stranger

from karvon.actions.feedback import give_feedback, make_link
from karvon.actions.journal import COMMAND, new_id
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.feedback import Answer
from karvon.web.feedback.tokens import token_of

EVENT = "/en/tashkent-2018/events/event-1/"
HERE = f"{EVENT}feedback/"
SECRET = "Rustam snored all the way"


@pytest.fixture
def coordinator(programme: str) -> Client:
    return reader_with(Grant("coordinator", programme))


def until(days: int = 3) -> date:
    return timezone.localdate() + timedelta(days=days)


def open_link() -> str:
    link = new_id()
    make_link("tashkent-2018", "event-1", link, ends=until(), by=COMMAND)
    return link


def form_of(link: str, *, code: str = "en") -> str:
    return f"/{code}/-/feedback/{token_of(link)}/"


def give(*answers: Answer) -> None:
    link = open_link()
    for answer in answers:
        give_feedback(link, new_id(), answer)


def test_a_participant_answers_once_without_an_account(programme: str) -> None:
    here, phone = form_of(open_link()), stranger()
    page = phone.get(here)
    html = page.content.decode()
    assert ("How useful was this event for you?" in html, html.count('type="radio"')) == (True, 20)
    key = page.context["form"]["key"].value()
    typed = {"key": key, "usefulness": "5", "trainer": "4", "will_use": "The leak map"}
    for _ in range(2):
        answer = phone.post(here, typed)
        assert (answer.status_code, answer["Location"]) == (302, f"{here}thanks/")
    assert "Your answer has arrived." in phone.get(f"{here}thanks/").content.decode()
    row = records.FeedbackAnswer.objects.get()
    assert (row.usefulness, row.relevance, row.trainer, row.way, row.language) == (5, None, 4, "form", "en")


def test_the_address_without_a_language_opens_in_the_readers_own(programme: str) -> None:
    address = form_of(open_link()).removeprefix("/en")
    answer = stranger().get(address, headers={"accept-language": "uz-Cyrl"})
    assert (answer.status_code, answer["Location"]) == (302, f"/uz-cyrl{address}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Answer at least one question."),
        ({"usefulness": "6", "will_use": "kept"}, "Choose a mark from 1 to 5."),
        ({"usefulness": "3", "missing": "x" * 2_001}, "At most 2000 letters, please."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    programme: str, typed: dict[str, str], said: str
) -> None:
    here, phone = form_of(open_link()), stranger()
    key = phone.get(here).context["form"]["key"].value()
    html = phone.post(here, {"key": key, **typed}).content.decode()
    kept = [text for name, text in typed.items() if name in ("will_use", "missing")]
    assert (said in html, [text in html for text in kept]) == (True, [True] * len(kept))
    assert (f'value="{key}"' in html, records.FeedbackAnswer.objects.count()) == (True, 0)


@pytest.mark.parametrize("code", ["lv", "ru", "uz", "uz-cyrl"])
def test_a_link_that_ended_or_is_foreign_says_so_in_the_readers_language(programme: str, code: str) -> None:
    with override(code):
        said = gettext("This form is closed")
    assert said != "This form is closed"
    ended = open_link()
    records.FeedbackLink.objects.update(ends=until(-1))
    phone = stranger()
    foreign = [f"/{code}/-/feedback/{token}/" for token in ("nonsense", f"{ended}:forged", new_id())]
    for path in (form_of(ended, code=code), *foreign):
        for answer in (phone.get(path), phone.post(path, {"usefulness": "5"})):
            assert (answer.status_code, said in answer.content.decode()) == (410, True)
    assert records.FeedbackAnswer.objects.count() == 0


def test_too_many_answers_from_one_address_are_slowed_down(programme: str, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"give_feedback": "2/h/ip"}
    here, phone = form_of(open_link()), stranger()
    codes = [phone.post(here, {"key": new_id(), "usefulness": "5"}).status_code for _ in range(3)]
    assert (codes, records.FeedbackAnswer.objects.count()) == ([302, 302, 429], 2)


def test_a_link_is_opened_shown_as_a_picture_withdrawn_and_undone(coordinator: Client) -> None:
    key = coordinator.get(HERE).context["form"]["key"].value()
    for _ in range(2):
        assert coordinator.post(f"{HERE}link/", {"key": key, "ends": f"{until()}"}).status_code == 302
    html = coordinator.get(HERE).content.decode()
    assert f'value="http://127.0.0.1/-/feedback/{token_of(key)}/"' in html
    assert (html.count('class="qr-code"'), records.FeedbackLink.objects.count()) == (1, 1)
    coordinator.post(f"{HERE}link/{key}/close/")
    assert stranger().get(form_of(key)).status_code == 410
    entry = records.JournalEntry.objects.get(action="close_feedback").pk
    coordinator.post(f"{HERE}undo/{entry}/")
    assert stranger().get(form_of(key)).status_code == 200


def test_a_day_that_is_over_is_no_end_of_a_link(coordinator: Client) -> None:
    answer = coordinator.post(f"{HERE}link/", {"key": new_id(), "ends": f"{until(-1)}"})
    assert "Choose a day from today on." in answer.content.decode()
    assert records.FeedbackLink.objects.count() == 0


def test_the_event_shows_answers_means_bars_and_words(coordinator: Client) -> None:
    assert "No answers yet." in coordinator.get(EVENT).content.decode()
    give(Answer({"usefulness": 5}, {"missing": "<b>Time</b>"}, "ru"), Answer({"usefulness": 4}))
    html = coordinator.get(EVENT).content.decode()
    assert ("2 answers" in html, "of 4 participants present" in html or "participants present" in html) == (
        True,
        True,
    )
    assert (">4.5<" in html, '<rect width="100"' in html, "&lt;b&gt;Time&lt;/b&gt;" in html) == (True,) * 3
    assert "<b>Time</b>" not in html


def test_paper_is_typed_in_left_out_and_undone(coordinator: Client) -> None:
    key = coordinator.get(f"{HERE}type-in/").context["form"]["key"].value()
    answer = coordinator.post(f"{HERE}type-in/", {"key": key, "organisation": "2"})
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}type-in/")
    assert "typed in from paper" in coordinator.get(HERE).content.decode()
    coordinator.post(f"{HERE}answers/{key}/leave-out/")
    assert records.FeedbackAnswer.objects.filter(withdrawn_at__isnull=True).count() == 0
    entry = records.JournalEntry.objects.get(action="withdraw_feedback").pk
    coordinator.post(f"{HERE}undo/{entry}/")
    assert records.FeedbackAnswer.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_an_auditor_sees_numbers_of_five_and_more_and_no_words(programme: str) -> None:
    auditor = reader_with(Grant("auditor", programme, "lv79"))
    page = "/en/tashkent-2018/audit/lv79/events/event-1/"
    give(*[Answer({"usefulness": 4}, {"missing": SECRET})] * 4)
    few = auditor.get(page).content.decode()
    assert ("4 answers" in few, "Usefulness" in few, SECRET in few) == (True, False, False)
    give(Answer({"usefulness": 4}))
    enough = auditor.get(page).content.decode()
    assert ("5 answers" in enough, "Usefulness" in enough, SECRET in enough) == (True, True, False)
    assert auditor.get(HERE).status_code == 404


def test_no_word_of_an_answer_is_in_a_log_or_an_address(
    programme: str, caplog: pytest.LogCaptureFixture
) -> None:
    here, phone = form_of(open_link()), stranger()
    with caplog.at_level(logging.DEBUG):
        answer = phone.post(here, {"key": new_id(), "missing": SECRET})
    assert (answer.status_code, SECRET in caplog.text, SECRET in answer["Location"]) == (302, False, False)
    assert SECRET not in str(list(records.JournalEntry.objects.values_list("facts", flat=True)))


def test_an_expert_sees_the_numbers_of_their_own_events_and_no_words(programme: str) -> None:
    expert = reader_with(Grant("expert", programme, "expert-1"))
    give(*[Answer({"trainer": 2}, {"missing": SECRET})] * 5)
    html = expert.get("/en/tashkent-2018/experts/expert-1/").content.decode()
    assert ("5 answers" in html, ">Trainers<" in html, SECRET in html) == (True, True, False)
    assert [expert.get(path).status_code for path in (EVENT, HERE, f"{HERE}type-in/")] == [404, 404, 404]


def test_a_table_is_looked_at_corrected_kept_and_undone(coordinator: Client) -> None:
    text = "Name;How useful?;Second mark;Comments\nA;5;2;Time\nB;4;1;\n"
    sent = coordinator.post(f"{HERE}table/", {"file": SimpleUploadedFile("said.csv", text.encode())})
    preview = sent["Location"]
    page = coordinator.get(preview)
    html = page.content.decode()
    assert ("2 answers" in html, page.context["columns"][1].question) == (True, "usefulness")
    assert records.FeedbackAnswer.objects.count() == 0
    typed = {"header": "1", "c-B": "usefulness", "c-C": "usefulness", "key": "feedback-1"}
    twice = coordinator.post(preview, {**typed, "do": "look"}).content.decode()
    assert "One question is chosen for two columns." in twice
    typed |= {"c-C": "trainer", "c-D": "missing", "do": "keep"}
    for _ in range(2):
        answer = coordinator.post(preview, typed)
        assert (answer.status_code, answer["Location"]) == (302, HERE)
    marks = records.FeedbackAnswer.objects.order_by("row").values_list("usefulness", "trainer")
    assert list(marks) == [(5, 2), (4, 1)]
    assert "said.csv:2" in coordinator.get(HERE).content.decode()
    entry = records.JournalEntry.objects.get(action="create", object_kind="document").pk
    coordinator.post(f"/en/tashkent-2018/write/take-back/{entry}/")
    assert records.FeedbackAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("said.csv", b"Useful\n", "no answers were found"),
        ("said.csv", b"MZ\x90\x00 program", "program"),
        ("photo.png", b"\x89PNG\r\n\x1a\n", "scan"),
    ],
)
def test_what_is_no_table_is_refused_where_it_is_chosen(
    coordinator: Client, name: str, data: bytes, said: str
) -> None:
    answer = coordinator.post(f"{HERE}table/", {"file": SimpleUploadedFile(name, data)})
    assert (answer.status_code, said in answer.content.decode()) == (200, True)


def test_a_file_nobody_brought_here_is_not_shown(coordinator: Client) -> None:
    assert coordinator.get(f"{HERE}table/{'a' * 64}/").status_code == 404
    assert coordinator.post(f"{HERE}table/{'a' * 64}/")["Location"] == f"{HERE}table/"


def test_what_the_pages_ask_the_database_does_not_grow_with_answers_and_scores(programme: str) -> None:
    coordinator = reader_with(Grant("coordinator", programme))
    pages = (EVENT, HERE, f"{EVENT}scores/", "/en/tashkent-2018/experts/expert-1/")
    coordinator.get(EVENT)  # the first page anybody opens asks who they are
    lines = list(records.Line.objects.filter(sheet__event__key="event-1").values_list("pk", flat=True))
    asked = []
    for more, scored in ((2, lines[:1]), (60, lines[1:])):
        give(*[Answer({"usefulness": 5}, {"missing": "Time"})] * more)
        records.Score.objects.bulk_create(records.Score(line_id=line, before=1, after=2) for line in scored)
        counted = []
        for page in pages:
            with CaptureQueriesContext(connection) as statements:
                assert coordinator.get(page).status_code == 200
            counted.append(len(statements))
        asked.append(counted)
    assert asked[0] == asked[1]
    second = coordinator.get(f"{HERE}?page=2").content.decode()
    assert (">51<" in second, ">50<" in second, "62 answers" in second) == (True, False, True)
