"""Scores of the tests before and after, on the pages: entered down the list, seen at the event and at the person."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from tests.web.readers import reader_with

from karvon.actions.journal import COMMAND
from karvon.actions.scoring import ScoreEntry, enter_scores
from karvon.queries.bringing import KeptRow
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.evidence.line import KeptLine, WrittenLine
from karvon.web.bringing.comparing import compare

EVENT = "/en/tashkent-2018/events/event-1/"
ENTER = f"{EVENT}scores/enter/"


@pytest.fixture
def coordinator(programme: str) -> Client:
    return reader_with(Grant("coordinator", programme))


def lines_here() -> list[str]:
    rows = records.Line.objects.filter(sheet__event__key="event-1", attendances__role="participant")
    return sorted(set(rows.values_list("pk", flat=True)))


def kept() -> dict[str, tuple[Decimal | None, Decimal | None]]:
    return {row.pk: (row.before, row.after) for row in records.Score.objects.all()}


def test_scores_are_entered_down_the_list_shown_and_undone(coordinator: Client) -> None:
    one, other = lines_here()[:2]
    empty = coordinator.get(EVENT).content.decode()
    assert "No test scores yet." in empty
    typed = {
        f"score_before-{one}": "40", f"score_after-{one}": "62,5", f"score_before-{other}": "50",
        f"score_after-{other}": "45",
    }  # fmt: skip
    answer = coordinator.post(ENTER, typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{EVENT}scores/")
    page = coordinator.get(f"{EVENT}scores/").content.decode()
    shown = ["The scores are kept.", "62.5", "+22.5", "−5", "53.8", "people took both tests"]
    assert [one for one in shown if one not in page] == []
    assert kept() == {one: (Decimal(40), Decimal("62.5")), other: (Decimal(50), Decimal(45))}
    person = records.Link.objects.get(line=one).person_id
    html = coordinator.get(f"/en/tashkent-2018/people/{person}/").content.decode()
    assert ("+22.5" in html, "Tests before and after" in html) == (True, True)
    entry = records.JournalEntry.objects.get(action="enter_scores")
    journal = coordinator.get("/en/tashkent-2018/journal/?kind=event&key=event-1").content.decode()
    assert ("Test scores entered" in journal, "list-1.csv:" in journal) == (True, True)
    coordinator.post(f"{EVENT}attendance/undo/{entry.pk}/")
    assert kept() == {}


@pytest.mark.parametrize("text", ["many", "100.5", "-3", "1e2"])
def test_what_is_no_score_is_said_beside_the_field_and_kept_typed(coordinator: Client, text: str) -> None:
    one, other = lines_here()[:2]
    answer = coordinator.post(ENTER, {f"score_before-{one}": text, f"score_before-{other}": "50"})
    html = answer.content.decode()
    assert html.count("Write a number from 0 to 100, such as 12 or 12.5, or nothing.") == 1
    assert (f'value="{text}"' in html, 'value="50"' in html, kept()) == (True, True, {})


def test_the_second_of_two_people_keeps_what_was_typed_and_may_save_it(coordinator: Client) -> None:
    line = lines_here()[0]
    programme = ("tashkent-2018", "event-1")
    enter_scores(*programme, [ScoreEntry(line, "score_before", Decimal(30))], by=COMMAND)
    typed = {f"score_before-{line}": "40", f"was-score_before-{line}": ""}
    answer = coordinator.post(ENTER, typed)
    html = answer.content.decode()
    assert (answer.status_code, "Somebody else wrote 30 here" in html, 'value="40"' in html) == (
        409,
        True,
        True,
    )
    assert f'name="was-score_before-{line}" value="30"' in html
    assert coordinator.post(ENTER, {**typed, f"was-score_before-{line}": "30"}).status_code == 302
    assert kept() == {line: (Decimal(40), None)}


def test_a_double_click_is_one_entry_and_an_emptied_score_is_none(coordinator: Client) -> None:
    line = lines_here()[0]
    for _ in range(2):
        coordinator.post(ENTER, {f"score_before-{line}": "40", f"was-score_before-{line}": ""})
    assert records.JournalEntry.objects.filter(action="enter_scores").count() == 1
    coordinator.post(ENTER, {f"score_before-{line}": "", f"was-score_before-{line}": "40"})
    assert kept() == {}


def test_one_column_alone_is_asked_for(coordinator: Client) -> None:
    html = coordinator.get(f"{ENTER}?of=after").content.decode()
    assert (html.count('name="score_before-'), html.count('name="score_after-') > 1) == (0, True)


def test_an_auditor_sees_numbers_but_no_mean_of_a_few(programme: str) -> None:
    event, lines = ("tashkent-2018", "event-1"), lines_here()
    auditor = reader_with(Grant("auditor", programme, "lv79"))
    both = [
        [ScoreEntry(line, "score_before", Decimal(41)), ScoreEntry(line, "score_after", Decimal(83))]
        for line in lines
    ]
    enter_scores(*event, [entry for pair in both[:4] for entry in pair], by=COMMAND)
    page = "/en/tashkent-2018/audit/lv79/events/event-1/"
    few = auditor.get(page).content.decode()
    said = re.sub("<[^>]*>", " ", few)  # what is read: addresses and tokens hold any digits
    assert "people took both tests" in said
    assert "fewer than five" in said
    assert re.search(r"\b83\b", said) is None
    assert [auditor.get(EVENT).status_code, auditor.get(f"{EVENT}scores/").status_code] == [404, 404]


def test_scores_that_come_later_ask_no_decision_again() -> None:
    found = compare(
        [KeptRow(KeptLine("a", "", 2, "", {"name": "Aziz"}, {}), decisions=1, signed=False)],
        [WrittenLine("", 2, "", None, "Aziz", {"name": "Aziz", "score_after": "35"}, {})],
    )
    assert (found.same, len(found.changed), found.asks) == (0, 1, False)
