"""Long work goes on beside the pages: it can be left, says how far it is, and leaves nothing half done."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.readers import reader_with
from tests.web.test_bringing import MESSY, THIRD, lay_down, page, trained, upload

from karvon.actions import working
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND, new_id
from karvon.queries import bringing as questions
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.problems import Refused
from karvon.web.bringing import views

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """One for whom every list is a long one."""
    settings.KARVON_HOME = tmp_path / "home"
    monkeypatch.setattr(views, "MOST_AT_ONCE", 1)
    import_folder(small_folder(tmp_path / "small"))
    return reader_with(Grant("coordinator", "small"))


def work_is_done() -> None:
    """Wait for the threads that were started, not for a time."""
    for thread in threading.enumerate():
        if thread.name.startswith("job-"):
            thread.join()


def draft_of(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def test_a_long_list_is_looked_up_and_let_count_beside_the_pages(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    work_is_done()
    assert "1 is known, 1 new, 0 doubtful." in page(coordinator, draft)
    answer = coordinator.post(draft, {"do": "accept"})
    assert answer["Location"] == draft
    work_is_done()
    assert ("It counts." in page(coordinator, draft), trained()) == (True, 6)
    assert coordinator.get(f"{draft}progress/").json()["state"] == "done"
    assert [job.state for job in records.Job.objects.all()] == ["done", "done"]


def test_work_that_is_refused_says_why_and_changes_nothing(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("messy.csv", MESSY))
    working.start("small", draft_of(draft), "accept", by=COMMAND)
    work_is_done()
    html = page(coordinator, draft)
    assert ("Nothing was changed:" in html, "no list of participants was found" in html) == (True, True)
    assert (trained(), records.Sheet.objects.count()) == (5, 2)


def test_work_that_stopped_beating_is_said_to_be_cut_and_is_started_again(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    work_is_done()
    records.Job.objects.create(
        id=new_id(),
        draft_id=draft_of(draft),
        kind="accept",
        state="running",
        begun_at=timezone.now(),
        beat_at=timezone.now() - questions.STILL - timedelta(seconds=1),
    )
    assert "was cut off" in page(coordinator, draft)
    coordinator.post(draft, {"do": "accept"})
    work_is_done()
    assert trained() == 6
    assert sorted(records.Job.objects.values_list("kind", "state")) == [
        ("accept", "done"), ("accept", "failed"), ("look", "done"),
    ]  # fmt: skip


def test_what_is_going_on_is_not_begun_twice_and_the_list_waits(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    work_is_done()
    running = records.Job.objects.create(
        id=new_id(), draft_id=draft_of(draft), kind="accept", state="running", step="people", done=1, of=4,
        begun_at=timezone.now(), beat_at=timezone.now(),
    )  # fmt: skip
    assert working.start("small", draft_of(draft), "accept", by=COMMAND) == running.pk
    assert coordinator.get(f"{draft}progress/").json() == {"state": "running", "share": 30}
    html = coordinator.get(draft).content.decode()
    assert ('value="30"' in html, 'http-equiv="refresh"' in html) == (True, True)
    for what in ({"do": "discard"}, {"do": "plain", "file": records.DraftFile.objects.get().pk}):
        assert coordinator.post(draft, what).status_code == 422
    assert records.Draft.objects.get().state == "open"


def test_a_draft_that_is_gone_starts_no_work(coordinator: Client) -> None:
    with pytest.raises(Refused):
        working.start("small", "nothing", "look", by=COMMAND)


def test_a_list_too_long_to_look_up_says_so_and_can_count(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_LOOKED_UP", 1)
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    html = page(coordinator, draft)
    assert ("linked only when it counts" in html, "2 rows name a person" in html) == (True, True)
    coordinator.post(draft, {"do": "accept"})
    work_is_done()
    assert (trained(), list(records.Job.objects.values_list("kind", flat=True))) == (6, ["accept"])
