"""Headers, files, and that no name ever stands in an address or a log."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.web.factory import SCAN
from tests.web.pages import PAGES, address
from tests.web.readers import reader_with

from karvon.files.evidence_store import store
from karvon.records import models as records
from karvon.rules.access import Grant

CSP = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
}  # fmt: skip


@pytest.mark.only_on("sqlite")
def test_every_page_is_sent_under_a_strict_policy(reader: Client, programme: str) -> None:
    for name in PAGES:
        answer = reader.get(address(name, programme=programme))
        policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
        assert (name, policy) == (name, CSP)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Cache-Control"] == "private, no-store"


def test_a_mistake_of_ours_is_a_page_in_the_readers_language(
    programme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("karvon.queries.visits.visits", broken)
    patient = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    answer = patient.get(f"/lv/{programme}/visits/")
    assert answer.status_code == 500
    assert "Šeit kaut kas nogāja greizi" in answer.content.decode()
    assert '<html lang="lv">' in answer.content.decode()


def test_an_address_without_a_language_leads_to_the_readers_own(reader: Client, db: None) -> None:
    answer = reader.get("/", headers={"accept-language": "ru-RU,ru;q=0.9"})
    assert (answer.status_code, answer["Location"]) == (302, "/ru/")
    again = reader.get("/", headers={"accept-language": "uz-Cyrl"})
    assert again["Location"] == "/uz-cyrl/"


def test_a_language_once_chosen_is_kept(reader: Client, programme: str) -> None:
    reader.get(f"/uz-cyrl/{programme}/", headers={"accept-language": "en"})
    assert reader.get("/", headers={"accept-language": "en"})["Location"] == "/uz-cyrl/"


def test_nobody_is_told_apart_by_a_cookie_of_ours_when_they_choose_nothing(
    reader: Client, programme: str
) -> None:
    answer = reader.get(f"/en/{programme}/visits/", headers={"accept-language": "en"})
    assert "django_language" not in answer.cookies


@pytest.mark.parametrize("path", ["people/", "search/", "results/trained/people/"])
def test_a_name_is_searched_in_the_body_and_finds_any_spelling(
    reader: Client, programme: str, path: str
) -> None:
    for typed in ("Karimov", "Каримов", "Karimovs", "karimov aziz"):
        answer = reader.post(f"/en/{programme}/{path}", {"q": typed})
        assert "Каримов Азиз Рустамович 0" in answer.content.decode()
        assert "Тошматов Ўткир 2</span></a></th>" not in answer.content.decode()


def test_what_was_found_has_an_address_that_names_nobody_and_is_of_the_session_alone(programme: str) -> None:
    role = Grant("coordinator", programme)
    reader, other = reader_with(role), reader_with(role, email="other@example.org")
    for path in ("people/", "search/", "results/trained/people/?contract=lv79"):
        html = reader.post(f"/en/{programme}/{path}", {"q": "Karimov"}).content.decode()
        found = re.search(r'<meta name="sought" content="([^"]+)">', html)
        assert found is not None
        again = found[1].replace("&amp;", "&")
        assert ("arimov" in again.lower(), "contract=lv79" in again) == (False, "contract" in path)
        assert "Каримов Азиз Рустамович 0" in reader.get(again).content.decode()
        assert 'value="Karimov"' not in other.get(again).content.decode()
    assert 'name="sought"' not in reader.get(f"/en/{programme}/people/").content.decode()


@pytest.mark.parametrize("path", ["people/", "search/", "results/trained/people/"])
def test_a_name_in_an_address_finds_nothing(reader: Client, programme: str, path: str) -> None:
    """So that nobody gets used to putting one there."""
    with_name = reader.get(f"/en/{programme}/{path}", {"q": "Каримов"}).content.decode()
    assert 'value="Каримов"' not in with_name


@pytest.mark.only_on("sqlite")
def test_no_address_of_any_page_holds_a_name(reader: Client, programme: str) -> None:
    names = ("каримов", "karimov", "юсупова", "yusupova", "ozols", "делегатов", "%d0", "%D0")
    for name in PAGES:
        html = reader.get(address(name, programme=programme)).content.decode().lower()
        links = [part.split('"')[0] for part in html.replace('action="', 'href="').split('href="')[1:]]
        assert (name, [link for link in links if any(one in link for one in names)]) == (name, [])


@pytest.mark.only_on("sqlite")
def test_nothing_typed_is_logged(reader: Client, programme: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        reader.post(f"/en/{programme}/people/", {"q": "Каримов"})
        reader.post(f"/en/{programme}/nothing/", {"q": "Каримов"})
    assert [record.getMessage() for record in caplog.records if "Каримов" in record.getMessage()] == []


def test_a_form_without_its_token_is_refused_with_the_way_back(programme: str) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    answer = strict.post(f"/uz/{programme}/people/", {"q": "x"})
    assert answer.status_code == 403
    assert "Shakl muddati tugagan" in answer.content.decode()


def test_pages_only_read(reader: Client, programme: str) -> None:
    refused = {reader.delete(address(name, programme=programme)).status_code for name in PAGES}
    refused |= {
        reader.post(address(name, programme=programme)).status_code
        for name in set(PAGES) - {"people", "search", "counted"}
    }
    assert refused == {405}


def _sheet(key: str) -> records.Sheet:
    return records.Sheet.objects.get(programme__key=key, key="sheet-0")


def test_a_sheet_is_handed_out_as_it_came_and_never_opened(reader: Client, programme: str) -> None:
    answer = reader.get(f"/en/{programme}/files/{_sheet(programme).stored_id}/")
    assert b"".join(answer) == b"No.;Name\n1;Karimov\n"
    assert answer["Content-Disposition"] == 'attachment; filename="list-0.csv"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_scan_is_shown_as_the_picture_it_is(reader: Client, programme: str) -> None:
    answer = reader.get(f"/en/{programme}/images/{_sheet(programme).scan_id}/")
    assert (b"".join(answer), answer["Content-Type"]) == (SCAN, "image/png")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_only_calls_itself_a_picture_is_not_shown(reader: Client, programme: str) -> None:
    sheet = _sheet(programme)
    records.StoredFile.objects.filter(pk=sheet.stored_id).update(media_type="image/png")
    assert reader.get(f"/en/{programme}/images/{sheet.stored_id}/").status_code == 404


def test_a_file_of_another_programme_is_not_handed_out(reader: Client, make: Callable[..., str]) -> None:
    mine = make("mine", rows=1)
    records.Programme.objects.create(key="other", languages=["en"])
    assert reader.get(f"/en/other/files/{_sheet(mine).stored_id}/").status_code == 404


def test_a_line_leads_to_its_row_of_the_sheet(reader: Client, programme: str) -> None:
    line = records.Line.objects.get(programme__key=programme, sheet__key="sheet-1", row=3)
    answer = reader.get(f"/en/{programme}/lines/{line.pk}/")
    assert answer["Location"] == f"/en/{programme}/sheets/sheet-1/#l-{line.pk}"
    row = reader.get(answer["Location"]).content.decode().split(f'<tr id="l-{line.pk}">')[1]
    assert row.startswith('<th scope="row" translate="no" id="r3">3')


def test_a_line_of_a_long_sheet_leads_to_its_page(reader: Client, make: Callable[..., str]) -> None:
    key = make("long", rows=230)
    line = records.Line.objects.get(programme__key=key, sheet__key="sheet-0", row=220)
    where = reader.get(f"/en/{key}/lines/{line.pk}/")["Location"]
    assert where == f"/en/{key}/sheets/sheet-0/?page=2#l-{line.pk}"
    assert f'id="l-{line.pk}"' in reader.get(where).content.decode()


def test_an_entry_of_the_programmes_own_list_leads_to_its_person(reader: Client, programme: str) -> None:
    line = records.Line.objects.get(programme__key=programme, delegate__key="delegate-1")
    answer = reader.get(f"/en/{programme}/lines/{line.pk}/")
    assert answer["Location"] == f"/en/{programme}/people/{line.link.person_id}/#l-{line.pk}"


def test_an_erased_name_is_shown_as_erased(reader: Client, programme: str) -> None:
    from karvon.actions.journal import erase

    line = records.Line.objects.get(programme__key=programme, sheet__key="sheet-0", row=2)
    erase(line.payload)
    sheet = reader.get(f"/en/{programme}/sheets/sheet-0/").content.decode()
    person = reader.get(f"/en/{programme}/people/{line.link.person_id}/").content.decode()
    assert "Каримов Азиз Рустамович 0" not in sheet + person
    assert "erased at the person’s request" in sheet
    assert "Erased name" in person


@pytest.mark.only_on("sqlite")
def test_a_report_is_handed_out_in_its_language_and_form(
    reader: Client, programme: str, tmp_path: Path
) -> None:
    kept = store(tmp_path, b"%PDF-1.7 report", name="report.pdf")
    records.StoredFile.objects.create(sha256=kept.sha256, size=kept.size, media_type=kept.media_type)
    edition = records.Edition.objects.create(
        programme=records.Programme.objects.get(key=programme), number=2, as_of=date(2018, 12, 31),
        made_at=datetime(2019, 1, 1, tzinfo=UTC), content={}, digest="0" * 64,
    )  # fmt: skip
    records.EditionFile.objects.create(edition=edition, language="uz-Cyrl", form="pdf", stored_id=kept.sha256)
    html = reader.get(f"/lv/{programme}/reports/").content.decode()
    assert "2. izdevums" in html
    assert "PDF, Ўзбекча" in html
    answer = reader.get(f"/lv/{programme}/files/{kept.sha256}/")
    assert b"".join(answer) == b"%PDF-1.7 report"
    assert answer["Content-Disposition"] == f'attachment; filename="{programme}-2-uz-Cyrl.pdf"'
