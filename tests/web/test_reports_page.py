"""Reports on the website: chosen, seen and saved as they are; drafts until somebody publishes them."""

import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from tests.web.pages import CODES
from tests.web.readers import make_account, reader_with, stranger

from karvon.queries.results import Narrowing, figure_of, indicator_result
from karvon.records import models as records
from karvon.rules.access import Grant

COORDINATOR = Grant("coordinator", "tashkent-2018")
CHOICE = "language=lv&contract=lv79&starts=2018-10-01&ends=2018-12-31"


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("code", CODES)
def test_a_choice_is_shown_in_a_frame_that_can_do_nothing_and_saved_in_every_form(
    reader: Client, programme: str, code: str
) -> None:
    answer = reader.get(f"/{code}/{programme}/reports/?{CHOICE}")
    html = answer.content.decode()
    (frame,) = re.findall(r"<iframe[^>]*>", html)
    assert 'sandbox=""' in frame
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    (src,) = re.findall(r' src="([^"]*)"', frame)
    shown = reader.get(unescape(src))
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    policy = shown["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'sha256-")
    assert policy.endswith("frame-ancestors 'self'")
    assert "unsafe-inline" not in policy
    saved = [unescape(link) for link in re.findall(r'<a class="download"[^>]*href="([^"]*)"', html)]
    assert len(saved) == 3
    assert reader.get(saved[2]).content == shown.content


def test_a_page_without_a_choice_may_frame_nothing(reader: Client, programme: str) -> None:
    answer = reader.get(f"/en/{programme}/reports/")
    assert "frame-src" not in answer["Content-Security-Policy"]
    assert "<iframe" not in answer.content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_what_is_saved_twice_is_the_same_bytes_and_names_what_it_is(
    reader: Client, programme: str, form: str
) -> None:
    one, two = (reader.get(f"/en/{programme}/reports/made/?{CHOICE}&form={form}") for _ in range(2))
    assert one.content == two.content
    assert one["Content-Disposition"] == (
        f'attachment; filename="{programme}-lv79-2018-10-01-2018-12-31-lv.{form}"'
    )
    assert one["X-Content-Type-Options"] == "nosniff"


def test_the_report_of_a_contract_says_the_contracts_figure_and_what_is_shared(
    reader: Client, programme: str
) -> None:
    result = indicator_result(programme, "trained")
    assert result is not None
    own = next(one for one in result.by_contract if one.contract == "lv79")
    html = html_of(reader, f"/en/{programme}/reports/preview/?language=en&contract=lv79")
    assert "Results report, contract LV-79" in html
    assert f"<li><strong>{own.figure.best}</strong>" in html
    assert "Of these, also under 3.2.1.1/16/A/014" in html
    assert "Shared results" in html
    document = Document(
        io.BytesIO(reader.get(f"/en/{programme}/reports/made/?language=en&contract=lv79&form=docx").content)
    )
    words = " ".join(cell.text for table in document.tables for cell in table._cells)
    assert f"{own.figure.best}" in words


def test_no_report_names_anybody(reader: Client, programme: str) -> None:
    for choice in ("language=en", "language=en&contract=lv79", CHOICE):
        html = html_of(reader, f"/en/{programme}/reports/preview/?{choice}")
        assert [
            name for name in ("Karimov", "Каримов", "Юсупова", "Делегатов", "Ozols") if name in html
        ] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("language=xx", "There is nothing of this name here."),
        ("language=en&contract=nobody", "There is nothing of this name here."),
        ("language=en&starts=soon", "This is no day."),
        ("language=en&starts=2018-12-01&ends=2018-11-01", "The last day is before the first one."),
    ],
)
def test_a_choice_that_makes_no_sense_is_told_beside_its_field(
    reader: Client, programme: str, query: str, said: str
) -> None:
    html = html_of(reader, f"/en/{programme}/reports/?{query}")
    assert said in html
    assert "<iframe" not in html
    assert reader.get(f"/en/{programme}/reports/preview/?{query}").status_code == 404
    assert reader.get(f"/en/{programme}/reports/made/?{query}").status_code == 404


def test_a_form_that_is_none_is_not_found(reader: Client, programme: str) -> None:
    assert reader.get(f"/en/{programme}/reports/made/?language=en&form=exe").status_code == 404


def frozen(client: Client, programme: str, **said: str) -> str:
    """Freezes one and says where it is told of."""
    answer = client.post(f"/en/{programme}/reports/freeze/", {"language": "en", **said})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_an_edition_is_a_draft_until_it_is_published_and_withdrawn_with_a_reason(programme: str) -> None:
    client = reader_with(COORDINATOR)
    address = f"/en/{programme}/reports/"
    assert frozen(client, programme, contract="lv79") == f"{address}#edition-1"
    mine = html_of(client, address)
    assert "It is a draft" in mine
    files = re.findall(r'<a download href="([^"]*)"', mine)
    assert len(files) == 3
    public = stranger()
    assert public.get(address).status_code == 302
    assert [public.get(file).status_code for file in files] == [302] * 3

    published = client.post(f"{address}editions/1/publish/")
    assert published["Location"] == f"{address}#edition-1"
    seen = html_of(public, address)
    assert re.findall(r'<a download href="([^"]*)"', seen) == files
    assert ("<iframe" in seen, "<form" in seen[seen.index("<main") :]) == (False, False)
    assert [public.get(file).status_code for file in files] == [200] * 3

    unreasoned = client.post(f"{address}editions/1/withdraw/", {"reason": "   "})
    assert unreasoned.status_code == 200
    assert "Say why it is withdrawn" in unreasoned.content.decode()
    assert public.get(files[0]).status_code == 200

    reason = "One sheet <b>counted</b> twice."
    assert client.post(f"{address}editions/1/withdraw/", {"reason": reason}).status_code == 302
    left = html_of(public, address)
    assert "One sheet &lt;b&gt;counted&lt;/b&gt; twice." in left
    assert "<a download" not in left
    assert [public.get(file).status_code for file in files] == [404] * 3
    assert [client.get(file).status_code for file in files] == [200] * 3
    steps = records.JournalEntry.objects.filter(object_kind="edition").order_by("id")
    assert list(steps.values_list("action", "object_key", "by__email")) == [
        (action, "1", "reader@example.org")
        for action in ("freeze_edition", "publish_edition", "withdraw_edition")
    ]
    assert [reason in str(entry.facts) for entry in steps] == [False] * 3


def test_two_clicks_freeze_and_publish_once(programme: str) -> None:
    client = reader_with(COORDINATOR)
    for _ in range(2):
        frozen(client, programme)
        client.post(f"/en/{programme}/reports/editions/1/publish/")
    assert records.Edition.objects.count() == records.EditionRelease.objects.count() == 1
    assert records.JournalEntry.objects.filter(object_kind="edition").count() == 2


@pytest.mark.only_on("sqlite")
def test_another_language_is_added_to_the_edition_that_says_the_same(programme: str) -> None:
    client = reader_with(COORDINATOR)
    frozen(client, programme)
    client.post(f"/en/{programme}/reports/freeze/", {"language": "en", "languages": ["lv", "ru"]})
    edition = records.Edition.objects.get()
    assert sorted(set(edition.files.values_list("language", flat=True))) == ["en", "lv", "ru"]


def test_an_edition_that_is_not_there_is_not_found(programme: str) -> None:
    client = reader_with(COORDINATOR)
    for step in ("publish", "withdraw"):
        path = f"/en/{programme}/reports/editions/7/{step}/"
        assert client.post(path, {"reason": "r"}).status_code == 404
    assert client.post(f"/en/{programme}/reports/freeze/", {"language": "xx"}).status_code == 404


@pytest.mark.parametrize(
    "grant", [Grant("auditor", "tashkent-2018", "lv79"), Grant("expert", "tashkent-2018", "expert-1")]
)
def test_who_reads_a_part_only_makes_no_report_and_sees_no_draft(programme: str, grant: Grant) -> None:
    frozen(reader_with(COORDINATOR), programme)
    client = reader_with(grant, email="part@example.org")
    html = html_of(client, f"/en/{programme}/reports/")
    assert ("Edition 1" in html, "<iframe" in html, "Freeze" in html) == (False, False, False)
    for path in ("preview/", "made/"):
        answer = client.get(f"/en/{programme}/reports/{path}?language=en&contract=lv79")
        assert answer.status_code == 404
    file = records.EditionFile.objects.get(form="pdf")
    assert client.get(f"/en/{programme}/reports/{file.stored_id}/").status_code == 404


def test_an_installation_without_accounts_shows_reports_and_freezes_none(
    reader: Client, programme: str
) -> None:
    html = html_of(reader, f"/en/{programme}/reports/?language=en")
    assert ("<iframe" in html, 'action="/en/tashkent-2018/reports/freeze/"' in html) == (True, False)
    assert reader.post(f"/en/{programme}/reports/freeze/", {"language": "en"}).status_code == 302
    assert records.Edition.objects.count() == 0


def test_the_page_asks_no_more_for_many_editions(make: Callable[..., str]) -> None:
    make_account("first@example.org", Grant("administrator"))
    programme = make()
    client = reader_with(COORDINATOR)
    asked = []
    for contract in ("", "lv79", "erdf"):
        frozen(client, programme, contract=contract)
        html_of(client, f"/en/{programme}/reports/")
        with CaptureQueriesContext(connection) as statements:
            html_of(client, f"/en/{programme}/reports/")
        asked.append(len(statements))
    assert asked == asked[:1] * 3


def template(*paragraphs: str) -> io.BytesIO:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    out.name = "Our Report.docx"
    return out


def test_an_own_template_is_kept_and_filled_with_the_choice(programme: str) -> None:
    client = reader_with(COORDINATOR)
    address = f"/en/{programme}/reports/"
    given = template("{{programme.title}}: {{figure.trained.best}}", "{{table.visits}}")
    told = client.post(f"{address}templates/add/", {"file": given}, follow=True).content.decode()
    assert "The template is kept." in told
    assert "our-report.docx" in told
    html = html_of(client, f"{address}?language=lv&contract=lv79")
    (link,) = re.findall(r'href="([^"]*template=[^"]*)"', html)
    one, two = (client.get(unescape(link)) for _ in range(2))
    assert one.content == two.content
    document = Document(io.BytesIO(one.content))
    found = figure_of(programme, "trained", Narrowing(contract="lv79"))
    assert found is not None
    assert document.paragraphs[0].text == f"Capacity building (lv): {found[1].best}"
    assert len(document.tables) == 1
    assert "our-report" not in html_of(client, f"{address}preview/?language=en")
    assert records.JournalEntry.objects.get(action="add_template").by is not None
    assert client.get(f"{address}made/?language=lv&template=nothing").status_code == 404


def test_what_is_wrong_with_a_template_is_said_field_by_field_and_nothing_is_kept(programme: str) -> None:
    client = reader_with(COORDINATOR)
    address = f"/lv/{programme}/reports/templates/add/"
    bad = template("{{programme.titel}}", "{{zzz}}")
    said = unescape(client.post(address, {"file": bad}).content.decode())
    assert "Our Report.docx, 1. rindkopa: lauka „programme.titel” nav. Vai domājāt „programme.title”?" in said
    assert "2. rindkopa: lauka „zzz” nav." in said
    renamed = io.BytesIO(b"MZ\x90\x00 this is a program")
    renamed.name = "report.docx"
    assert "nav Word dokuments" in client.post(address, {"file": renamed}).content.decode()
    assert "Izvēlieties Word datni." in client.post(address).content.decode()
    assert not records.Document.objects.filter(path__startswith="documents/report-templates/").exists()


def test_the_list_of_fields_says_each_with_its_value(reader: Client, programme: str) -> None:
    html = html_of(reader, f"/en/{programme}/reports/templates/")
    result = indicator_result(programme, "trained")
    assert result is not None
    assert "{{figure.trained.best}}" in html
    assert f">{result.figure.best}</td>" in html
    assert "{{table.statements}}" in html
    assert ("Add a template" in html, "<form" in html[html.index("<main") :]) == (False, False)
