"""Taking a large list back, a large folder and an edition of much go on beside the pages, and say how they ended."""

from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.pages import CODES
from tests.web.readers import reader_with, stranger
from tests.web.test_beginning_programmes import packed
from tests.web.test_bringing import trained
from tests.web.test_working import work_is_done

from karvon.actions import whole_work
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND, new_id
from karvon.queries import working as questions
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.reporting.part import WHOLE
from karvon.web.bringing import views as desk
from karvon.web.editing import programmes
from karvon.web.publishing import views as publishing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """One for whom everything is large."""
    settings.KARVON_HOME = tmp_path / "home"
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(programmes, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(publishing, "MOST_LINES_AT_ONCE", 0)
    import_folder(small_folder(tmp_path / "given"))
    return reader_with(Grant("administrator"))


def ended(client: Client, led: str) -> str:
    """The page of the work, after it has ended."""
    work_is_done()
    answer = client.get(led)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_large_sheet_is_taken_back_and_counts_again_from_the_page_of_the_work(client: Client) -> None:
    before = trained()
    led = client.post("/en/small/sheets/first/take-back/")["Location"]
    assert led.startswith("/en/small/under-way/")
    page = ended(client, led)
    assert ("It was taken back and no longer counts." in page, trained() < before) == (True, True)
    assert client.get(f"{led}progress/").json() == {"state": "done", "share": 100}
    assert 'action="/en/small/sheets/first/count-again/"' in page
    assert "It counts again" in ended(client, client.post("/en/small/sheets/first/count-again/")["Location"])
    assert trained() == before
    actions = records.JournalEntry.objects.filter(action__in=("withdraw_sheets", "restore_sheets"))
    assert [(entry.action, entry.by.email) for entry in actions if entry.by] == [
        ("withdraw_sheets", "reader@example.org"), ("restore_sheets", "reader@example.org"),
    ]  # fmt: skip


def sent(client: Client, path: str, content: bytes, **more: str) -> str:
    answer = client.post(path, {"archive": SimpleUploadedFile("folder.zip", content), **more})
    return answer["Location"]


def test_a_large_folder_becomes_a_programme_and_its_archive_is_gone(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    folder = small_folder(tmp_path / "other")
    described = folder / "programme.toml"
    described.write_text(described.read_text().replace('key = "small"', 'key = "another"'))
    content, work = packed(folder), "0123456789abcdef"
    led = sent(client, "/en/-/programmes/upload/", content, work=work)
    assert led == f"/en/-/under-way/{work}/"
    assert sent(client, "/en/-/programmes/upload/", content, work=work) == led  # a double click
    page = ended(client, led)
    assert ("The folder is brought in." in page, 'href="/en/another/"' in page) == (True, True)
    assert list((settings.KARVON_HOME / "incoming").iterdir()) == []
    assert records.Work.objects.count() == 1
    coordinator = reader_with(Grant("coordinator", "small"), email="c@example.org")
    assert [coordinator.get(led).status_code, stranger().get(led).status_code] == [403, 302]


def test_a_large_folder_that_is_wrong_says_why_in_the_readers_language_and_changes_nothing(
    client: Client, tmp_path: Path
) -> None:
    entries = records.JournalEntry.objects.count()
    led = sent(
        client, "/en/small/write/folder/", packed(small_folder(tmp_path / "cut"), leave_out="second.csv")
    )
    pages = {code: ended(client, led.replace("/en/", f"/{code}/")) for code in CODES}
    for code, page in pages.items():
        with override(code):
            assert (code, gettext("Nothing was changed:") in page) == (code, True)
    assert {code: "second.csv" in page for code, page in pages.items()} == dict.fromkeys(CODES, True)
    assert (trained(), records.JournalEntry.objects.count()) == (5, entries)
    damaged = sent(client, "/en/small/write/folder/", b"PK\x03\x04 and nothing more")
    assert "The archive is damaged or cut off." in ended(client, damaged)


def test_a_large_edition_is_made_beside_the_pages(client: Client) -> None:
    led = client.post("/en/small/reports/freeze/", {"language": "en"})["Location"]
    page = ended(client, led)
    assert ("Edition 1 is frozen." in page, 'href="/en/small/reports/#edition-1"' in page) == (True, True)
    again = ended(client, client.post("/en/small/reports/freeze/", {"language": "en"})["Location"])
    assert "Nothing has changed since edition 1" in again
    assert records.Edition.objects.count() == 1


def going_on(kind: str, about: str, *, beat: timedelta = timedelta()) -> records.Work:
    now = timezone.now()
    return records.Work.objects.create(
        id=new_id(), programme=records.Programme.objects.get(key="small"), kind=kind, about=about, state="running",
        step="people", done=1, of=2, begun_at=now, beat_at=now - beat,
    )  # fmt: skip


def test_what_is_going_on_is_not_begun_twice_and_is_found_again(client: Client) -> None:
    row = going_on("take_back", "first")
    assert client.post("/en/small/sheets/first/take-back/")["Location"] == f"/en/small/under-way/{row.pk}/"
    page = client.get(f"/en/small/under-way/{row.pk}/").content.decode()
    assert ('value="50"' in page, 'http-equiv="refresh"' in page) == (True, True)
    assert client.get(f"/en/small/under-way/{row.pk}/progress/").json() == {"state": "running", "share": 50}
    for room in ("desk/", "reports/", "write/folder/"):
        assert (room, f'href="/en/small/under-way/{row.pk}/"' in client.get(f"/en/small/{room}").content.decode()) == (
            room, True,
        )  # fmt: skip
    assert records.Work.objects.count() == 1


def test_work_that_stopped_beating_is_said_to_be_cut_and_can_be_begun_again(client: Client) -> None:
    row = going_on("take_back", "first", beat=questions.STILL + timedelta(seconds=1))
    assert "was cut off" in client.get(f"/en/small/under-way/{row.pk}/").content.decode()
    led = client.post("/en/small/sheets/first/take-back/")["Location"]
    assert led != f"/en/small/under-way/{row.pk}/"
    assert "It was taken back" in ended(client, led)


def test_the_work_of_a_programme_is_no_business_of_others(client: Client, tmp_path: Path) -> None:
    row = going_on("freeze", "x")
    outside = [reader_with(Grant("auditor", "small", "A"), email="a@example.org"), stranger()]
    for path in (f"/en/small/under-way/{row.pk}/", f"/en/small/under-way/{row.pk}/progress/"):
        assert [browser.get(path).status_code for browser in outside] == [404, 302]
    assert client.get(f"/en/-/under-way/{row.pk}/").status_code == 404
    assert client.get("/en/small/under-way/nothing/").status_code == 404


def test_how_old_work_ended_is_forgotten(client: Client) -> None:
    old = going_on("freeze", "old")
    records.Work.objects.filter(pk=old.pk).update(
        state="done", begun_at=timezone.now() - whole_work.KEPT - timedelta(days=1)
    )
    whole_work.make_edition("small", WHOLE, languages=["en"], forms=["html"], by=COMMAND)
    work_is_done()
    assert [row.kind for row in records.Work.objects.exclude(pk=old.pk)] == ["freeze"]
    assert not records.Work.objects.filter(pk=old.pk).exists()
