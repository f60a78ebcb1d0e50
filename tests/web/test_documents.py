"""A document is brought in, replaced, removed and taken back in the browser; what it is decides, not its name."""

import hashlib
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.forms import filled
from tests.web.pages import CODES
from tests.web.readers import reader_with, stranger

from karvon.actions.evidence import import_folder
from karvon.cli.exporting import export_folder
from karvon.queries.evidence import DocumentRow, documents
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.problems import Problem
from karvon.rules.wording import problem_text
from karvon.web import uploads
from karvon.web.languages import tag_of

pytestmark = pytest.mark.django_db
NEW = "/en/small/write/document/new/"
AGENDA, LATER = b"%PDF-1.7 agenda of the training", b"%PDF-1.7 agenda as it was held"


@pytest.fixture
def client(tmp_path: Path, settings: Settings) -> Client:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "given"))
    return reader_with(Grant("coordinator", "small"))


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bring(client: Client, content: bytes, name: str, address: str = NEW, **more: str) -> tuple[int, str]:
    """The form as it came, with a file chosen and these fields typed; where it led, or what it says."""
    values = filled(client.get(address).content.decode()) | {one: [text] for one, text in more.items()}
    values |= {} if "do" in more else {"do": ["save"]}
    answer = client.post(address, {**values, "file": sent(content, name)} if name else values)
    return answer.status_code, answer["Location"] if answer.status_code == 302 else unescape(
        answer.content.decode()
    )


def kept() -> list[DocumentRow]:
    return [row for row in documents("small") if row.key.startswith("document-")]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_document_of_an_event_is_brought_in_and_handed_out_safely(client: Client) -> None:
    page = client.get("/en/small/events/water-1/").content.decode()
    address = "/en/small/write/document/new/?event=water-1"
    assert [f'href="{address}{more}"' in page for more in ("", "&amp;kind=agenda")] == [True, True]
    status, led = bring(
        client, AGENDA, "Kun tartibi – oʻquv.pdf", f"{address}&kind=agenda", **{"title.en": "Agenda"}
    )
    assert (status, led) == (302, "/en/small/events/water-1/")
    [row] = kept()
    assert (row.kind, row.title.say("en"), row.event and row.event[0], row.sha256, row.path) == (
        "agenda", "Agenda", "water-1", sha(AGENDA), "documents/Kun tartibi – oʻquv.pdf",
    )  # fmt: skip
    given = client.get(f"/en/small/files/{row.sha256}/")
    assert (given.getvalue(), given["Content-Type"], given["X-Content-Type-Options"]) == (  # type: ignore[attr-defined]
        AGENDA, "application/octet-stream", "nosniff",
    )  # fmt: skip
    assert given["Content-Disposition"].startswith("attachment;")
    assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
    entry = records.JournalEntry.objects.filter(action="create", object_kind="document").get()
    assert (entry.facts["content_sha256"], entry.object_key) == (sha(AGENDA), row.key)


def test_the_same_form_sent_twice_is_one_document(client: Client) -> None:
    values = filled(client.get(NEW).content.decode()) | {"kind": ["minutes"], "do": ["save"]}
    for _time in range(2):
        assert client.post(NEW, {**values, "file": sent(AGENDA, "a.pdf")}).status_code == 302
    assert len(kept()) == 1


def test_a_file_is_replaced_and_the_earlier_one_stays_in_the_history(client: Client) -> None:
    bring(client, AGENDA, "agenda.pdf", kind="agenda")
    [row] = kept()
    own = f"/en/small/write/document/at/{row.key}/"
    assert bring(client, LATER, "agenda.pdf", own)[0] == 302
    [now] = kept()
    assert (now.sha256, now.path, now.kind) == (sha(LATER), "documents/agenda-2.pdf", "agenda")
    page = client.get(own).content.decode()
    assert [f'href="/en/small/files/{sha(AGENDA)}/"' in page, ">agenda.pdf<" in page] == [True, True]
    given = client.get(f"/en/small/files/{sha(AGENDA)}/")
    assert given.getvalue() == AGENDA  # type: ignore[attr-defined]
    entry = records.JournalEntry.objects.filter(action="change", object_key=row.key).get()
    assert entry.facts["content_before_sha256"] == sha(AGENDA)
    client.post(f"/en/small/write/take-back/{entry.pk}/")
    assert [(one.sha256, one.path) for one in kept()] == [(sha(AGENDA), "documents/agenda.pdf")]


def test_a_document_is_removed_and_comes_back_with_its_file(client: Client) -> None:
    bring(client, AGENDA, "agenda.pdf", kind="agenda")
    [row] = kept()
    own = f"/en/small/write/document/at/{row.key}/"
    assert bring(client, b"", "", own, do="remove")[0] == 302
    assert kept() == []
    bring(client, LATER, "agenda.pdf", kind="minutes")  # somebody takes the free place meanwhile
    entry = records.JournalEntry.objects.filter(action="remove", object_key=row.key).get()
    assert client.post(f"/en/small/write/take-back/{entry.pk}/").status_code == 302
    assert {(one.sha256, one.path) for one in kept()} == {
        (sha(LATER), "documents/agenda.pdf"), (sha(AGENDA), "documents/agenda-2.pdf"),
    }  # fmt: skip


def test_two_documents_of_one_name_lie_side_by_side(client: Client) -> None:
    for content in (AGENDA, LATER, AGENDA):
        assert bring(client, content, "agenda.pdf", kind="agenda")[0] == 302
    assert [(row.path, row.sha256) for row in kept()] == [
        ("documents/agenda.pdf", sha(AGENDA)), ("documents/agenda-2.pdf", sha(LATER)),
        ("documents/agenda.pdf", sha(AGENDA)),
    ]  # fmt: skip


def test_what_runs_is_refused_with_the_remedy_and_what_was_typed_stays(client: Client) -> None:
    program = b"MZ\x90\x00 a program"
    status, html = bring(client, program, "agenda.pdf", kind="other", **{"title.en": "Typed before"})
    assert (status, "agenda.pdf is a program or a script" in html, 'value="Typed before"' in html) == (
        200, True, True,
    )  # fmt: skip
    assert (kept(), records.StoredFile.objects.filter(sha256=sha(program)).count()) == ([], 0)


def test_without_a_file_nothing_is_written_and_all_that_is_wrong_is_said(client: Client) -> None:
    values = filled(client.get(NEW).content.decode()) | {"do": ["save"]}
    html = client.post(NEW, values).content.decode()
    assert "No file was chosen. Choose the document." in html
    assert "Fill this in." in html  # its kind
    html = client.post(NEW, {**values, "file": sent(AGENDA, "a.pdf")}).content.decode()
    assert "Choose the file once more" in html
    assert kept() == []


def test_a_hundred_megabytes_are_refused_before_they_are_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_SENT", 2_000)
    status, _ = bring(client, b"%PDF-" + bytes(3_000), "large.pdf", kind="other")
    assert (status, kept()) == (413, [])


def test_a_name_cannot_lead_out_of_the_folder(client: Client) -> None:
    bring(client, AGENDA, "../../etc/<script>pass\u202ewd.pdf", kind="other")
    assert [row.path for row in kept()] == ["documents/_script_passwd.pdf"]


def test_it_leaves_with_the_folder_and_comes_back(client: Client, tmp_path: Path, settings: Settings) -> None:
    bring(client, AGENDA, "agenda.pdf", kind="agenda", event="water-1")
    export_folder("small", tmp_path / "out")
    assert (tmp_path / "out/documents/agenda.pdf").read_bytes() == AGENDA
    import_folder(tmp_path / "out", replace=True)
    export_folder("small", tmp_path / "again")
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(tmp_path / "out")).read_bytes()


def test_whoever_may_not_change_the_programme_brings_nothing(client: Client) -> None:
    values = filled(client.get(NEW).content.decode()) | {"kind": ["agenda"], "do": ["save"]}
    outside = {
        "auditor": reader_with(Grant("auditor", "small", "A"), email="a@example.org"),
        "expert": reader_with(Grant("expert", "small", "ozols"), email="e@example.org"),
        "nobody": stranger(),
    }
    said = {
        who: browser.post(NEW, {**values, "file": sent(AGENDA, "a.pdf")}).status_code
        for who, browser in outside.items()
    }
    assert (said, kept()) == ({"auditor": 404, "expert": 404, "nobody": 302}, [])
    bring(client, AGENDA, "agenda.pdf", kind="agenda")
    bring(client, LATER, "agenda.pdf", f"/en/small/write/document/at/{kept()[0].key}/")
    for digest in (sha(AGENDA), sha(LATER)):
        assert outside["auditor"].get(f"/en/small/files/{digest}/").status_code == 404
        assert outside["auditor"].get(f"/en/small/audit/A/files/{digest}/").status_code == 404


def test_the_form_speaks_every_language(client: Client) -> None:
    for code in CODES:
        html = client.post(f"/{code}/small/write/document/new/", {"do": "save"}).content.decode()
        said = problem_text(Problem("documents.nothing_chosen"), tag_of(code))
        assert (code, said in unescape(html)) == (code, True)
