"""The desk on the website: what is laid down is shown, corrected, let count and taken back; nobody else may."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.readers import reader_with, stranger

from karvon.actions.evidence import import_folder
from karvon.actions.journal import new_id
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.web import uploads

pytestmark = pytest.mark.django_db
THIRD = "No,Full name,Organisation\n1,Shavkat Yoldoshev,Suvtaminot\n2,Nargiza Ergasheva,Suvtaminot\n"
MESSY = "Uzbekistan,,\nList,who,what\n1,Nargiza Ergasheva,Suvtaminot\n2,Botir Aliyev,Suvtaminot\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def coordinator(tmp_path: Path, settings: Settings) -> Client:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "small"))
    return reader_with(Grant("coordinator", "small"))


def upload(name: str, content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def lay_down(client: Client, *files: SimpleUploadedFile, event: str = "water-1", to: str = "desk/") -> str:
    """The address of the draft's page."""
    answer = client.post(f"/en/small/{to}", {"files": files, "event": event, "draft": new_id()})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of(answer.content.decode())


def trained() -> int:
    found = indicator_result("small", "trained")
    assert found is not None
    return found.figure.best


def test_a_list_is_laid_down_looked_at_let_count_and_taken_back(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    html = page(coordinator, draft)
    assert "2 rows name a person" in html
    assert "1 is known, 1 new, 0 doubtful." in html
    assert "Nothing of it counts yet." in html
    assert trained() == 5
    answer = coordinator.post(draft, {"do": "accept"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/en/small/events/water-1/"
    assert "It counts now: 2 new lines." in answer.content.decode()
    assert trained() == 6
    undo = re.search(r'action="([^"]*take-back/)"', answer.content.decode())
    assert undo is not None
    answer = coordinator.post(undo[1], follow=True)
    assert "It was taken back and no longer counts." in answer.content.decode()
    assert trained() == 5
    again = re.search(r'action="([^"]*count-again/)"', answer.content.decode())
    assert again is not None
    coordinator.post(again[1])
    assert trained() == 6


def test_columns_headings_and_rows_are_corrected_on_the_page(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("messy.csv", MESSY))
    assert "0 rows name a person" in page(coordinator, draft)
    file = records.DraftFile.objects.get().pk
    base = {"file": file, "sheet": "", "page": "1"}
    coordinator.post(
        draft, {**base, "do": "correct", "header": "2", "col-B": "name", "col-C": "organisation"}
    )
    assert "2 rows name a person" in page(coordinator, draft)
    coordinator.post(draft, {**base, "do": "out:4", "header": "2"})
    assert records.DraftFile.objects.get().reading == [
        "header = 2", "B = name", "C = organisation", "row 4 = nobody",
    ]  # fmt: skip
    assert "left out by hand" in page(coordinator, draft)
    coordinator.post(draft, {**base, "do": "in:4", "header": "2"})
    assert "2 rows name a person" in page(coordinator, draft)
    coordinator.post(draft, {**base, "do": "plain"})
    assert records.DraftFile.objects.get().reading == []


def test_what_was_just_chosen_is_read_before_a_list_counts(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    file = records.DraftFile.objects.get()
    form = {"file": file.pk, "sheet": "", "event": "water-1", "role": "participant", "day": "",
            "header": "1", "col-A": "number", "col-B": "name", "col-C": "organisation"}  # fmt: skip
    answer = coordinator.post(draft, {**form, "do": "accept", "col-C": "position"}, follow=True)
    file.refresh_from_db()
    assert ("Look at it, then let it count." in answer.content.decode(), file.reading, file.draft.state) == (
        True, ["C = position"], "open",
    )  # fmt: skip
    coordinator.post(draft, {**form, "do": "accept", "col-C": "position", "event": "water-2"})
    file.refresh_from_db()
    assert (file.event.key if file.event else "", file.draft.state) == ("water-2", "open")
    coordinator.post(draft, {**form, "do": "accept", "col-C": "position", "event": "water-2"})
    file.draft.refresh_from_db()
    assert file.draft.state == "accepted"


def test_a_row_of_headings_that_is_none_is_said_beside_the_field_and_everything_chosen_stays(
    coordinator: Client,
) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    base = {"file": records.DraftFile.objects.get().pk, "sheet": "", "do": "correct", "col-C": "position",
            "event": "water-2", "role": "trainer"}  # fmt: skip
    for typed in ("99", "first", "-1"):
        answer = coordinator.post(draft, {**base, "header": typed})
        html = answer.content.decode()
        assert (answer.status_code, "from 1 to 3, or 0" in html, f'value="{typed}" aria-invalid' in html) == (
            422, True, True,
        )  # fmt: skip
        kept = [f'<option value="{word}" selected>' in html for word in ("position", "water-2", "trainer")]
        assert kept == [True, True, True]
    assert records.DraftFile.objects.get().reading == []


def test_one_event_is_said_for_all_lists_laid_down_together(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD), upload("messy.csv", MESSY), event="")
    file = records.DraftFile.objects.get(name="third.csv")
    assert page(coordinator, draft).count("no event chosen yet") == 2
    said = {"do": "settings", "file": file.pk, "event": "water-1", "role": "participant", "others": "on"}
    html = coordinator.post(draft, said, follow=True).content.decode()
    assert ("no event chosen yet" in html, "The other lists without an event" in html) == (False, False)
    events = records.DraftFile.objects.values_list("event__key", flat=True)
    assert sorted(filter(None, events)) == ["water-1", "water-1"]
    assert page(coordinator, "/en/small/desk/").count("third.csv") == 1


def test_a_list_that_counts_already_for_its_event_is_refused_in_words_of_the_desk(
    coordinator: Client,
) -> None:
    draft, again = (lay_down(coordinator, upload("third.csv", THIRD)) for _ in range(2))
    assert coordinator.post(draft, {"do": "accept"}).status_code == 302
    assert "This very file counts already for this event:" in page(coordinator, again)
    answer = coordinator.post(again, {"do": "accept"})
    html = answer.content.decode()
    assert (answer.status_code, "This very list counts already for this event and day." in html) == (
        422,
        True,
    )
    assert "sheet[" not in html


def test_who_is_whom_is_said_row_by_row_and_taken_back(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    html = coordinator.get(draft).content.decode()
    file = records.DraftFile.objects.get().pk
    different = re.search(r'value="(who:different:[^"]*:2:)"', html)
    assert different is not None
    base = {"file": file, "sheet": ""}
    coordinator.post(draft, {**base, "do": different[1]})
    html = page(coordinator, draft)
    assert ("you said: somebody else" in html, "0 are known, 2 new" in html) == (True, True)
    coordinator.post(draft, {**base, "do": different[1].replace("different", "back")})
    assert "1 is known, 1 new" in page(coordinator, draft)


def test_what_a_list_proves_is_said_above_it(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD), upload("third.png", PNG), event="")
    file = records.DraftFile.objects.get(kind="sheet")
    assert "It can count when every list says which event it proves." in page(coordinator, draft)
    said = {"do": "settings", "file": file.pk, "event": "water-2", "role": "participant", "pages": "1 and 2",
            "scan": file.scan_id or "", "day": ""}  # fmt: skip
    answer = coordinator.post(draft, said)
    assert (answer.status_code, "Write page numbers" in answer.content.decode()) == (422, True)
    assert 'value="1 and 2"' in answer.content.decode()
    coordinator.post(draft, {**said, "pages": "2, 1"})
    file.refresh_from_db()
    assert (file.event.key if file.event else "", file.pages) == ("water-2", [2, 1])


def test_files_that_cannot_be_taken_are_refused_beside_the_form(coordinator: Client) -> None:
    answer = coordinator.post(
        "/en/small/desk/",
        {"files": [upload("list.xlsx", PNG), upload("run.csv", b"MZ\x90\0")], "draft": new_id()},
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert ("list.xlsx: by its content this is a PNG picture" in html, "run.csv" in html) == (True, True)
    assert coordinator.post("/en/small/desk/", {"draft": new_id()}).status_code == 422


def test_html_in_names_is_text_and_formulas_stay_text(coordinator: Client) -> None:
    rows = 'No,Full name,Organisation\n1,=HYPERLINK("x"),Water\n2,<b>Aziz</b> Karimov,Water\n3,Botir Aliyev,Water\n'
    draft = lay_down(coordinator, upload("<img src=x onerror=alert(1)>.csv", rows.replace('("x")', "(1)")))
    html = coordinator.get(draft).content.decode()
    assert ("<b>Aziz" in html, "<img src=x" in html, "&lt;b&gt;Aziz" in html) == (False, False, True)


def test_the_same_file_is_said_with_the_way_there(coordinator: Client, tmp_path: Path) -> None:
    first = (tmp_path / "small/sheets/first.csv").read_bytes()
    draft = lay_down(coordinator, upload("again.csv", first), event="water-2")
    html = coordinator.get(draft).content.decode()
    assert ("This very file already proves an event:" in html, "/en/small/sheets/first/" in html) == (
        True,
        True,
    )


def test_a_corrected_version_shows_what_changed_and_asks_about_what_rests_on_it(
    coordinator: Client, tmp_path: Path
) -> None:
    text = (
        (tmp_path / "small/sheets/first.csv").read_text("utf-8").replace("hydrologist", "chief hydrologist")
    )
    draft = lay_down(coordinator, upload("first.csv", text), to="sheets/first/replace/")
    html = page(coordinator, draft)
    assert "3 lines are the same, 1 changed, 0 added, 0 gone." in html
    answer = coordinator.post(draft, {"do": "accept"}, follow=True)
    assert "The corrected version counts now." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/en/small/sheets/first/"
    assert trained() == 5
    assert (
        "the file it is now" in answer.content.decode(),
        "an earlier file" in answer.content.decode(),
    ) == (True,) * 2
    old = records.DraftFile.objects.get().before_id
    handed_out = coordinator.get(f"/en/small/files/{old}/")
    assert b"".join(handed_out) == (tmp_path / "small/sheets/first.csv").read_bytes()  # type: ignore[arg-type]


def test_a_single_sheet_is_taken_back_on_its_page(coordinator: Client) -> None:
    answer = coordinator.post("/en/small/sheets/first/take-back/", follow=True)
    assert "It was taken back" in answer.content.decode()
    assert trained() == 4
    coordinator.post("/en/small/sheets/first/count-again/")
    assert trained() == 5


def test_files_put_away_are_taken_out_again(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    answer = coordinator.post(draft, {"do": "discard"}, follow=True)
    assert "The desk is empty." in answer.content.decode()
    coordinator.post(f"{draft}back/")
    assert "Nothing of it counts yet." in page(coordinator, draft)


def test_too_much_is_refused_with_a_page_in_the_language_asked_for(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_SENT", 100)
    answers = {
        code: coordinator.post(f"/{code}/small/desk/", {"files": [upload("big.csv", "x" * 200)]})
        for code in ("lv", "en", "ru", "uz", "uz-cyrl")
    }
    assert {answer.status_code for answer in answers.values()} == {413}
    assert len({text_of(answer.content.decode()) for answer in answers.values()}) == 5
    assert records.Draft.objects.count() == 0


OTHERS = {
    "nobody": None,
    "expert": Grant("expert", "small", "ozols"),
    "auditor": Grant("auditor", "small", "A"),
    "coordinator of another": Grant("coordinator", "other"),
}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_lays_down_corrects_accepts_or_takes_back(
    coordinator: Client, tmp_path: Path, who: str
) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    records.Programme.objects.create(
        key="other", title=records.Programme.objects.get().title, languages=["en"]
    )
    grant = OTHERS[who]
    client = reader_with(grant, email="other@example.org") if grant else stranger()
    file = records.DraftFile.objects.get()
    for address in (
        "/en/small/desk/", draft, f"{draft}take-back/", f"{draft}progress/", "/en/small/sheets/first/replace/",
        "/en/small/sheets/first/take-back/", "/en/small/sheets/first/count-again/",
        f"/en/small/files/{file.stored_id}/",
    ):  # fmt: skip
        for answer in (client.get(address), client.post(address, {"do": "accept"})):
            assert (address, answer.status_code in (302, 404, 405)) == (address, True)
            assert "/desk/" not in answer.headers.get("Location", "").split("?")[0]
    assert (records.Draft.objects.get().state, trained()) == ("open", 5)


def test_statements_do_not_grow_with_the_rows_of_a_list(coordinator: Client) -> None:
    counts = []
    for rows in (3, 60):
        people = "".join(f"{n},Ismoil{n} Karimov{n},Suvtaminot\n" for n in range(rows))
        draft = lay_down(coordinator, upload(f"list{rows}.csv", "No,Full name,Organisation\n" + people))
        coordinator.get(draft)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            coordinator.get(draft)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_page_of_the_desk_is_there_in_every_language(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD)).removeprefix("/en/")
    answers: Callable[[str], int] = lambda path: coordinator.get(path).status_code  # noqa: E731
    for code in ("lv", "ru", "uz", "uz-cyrl"):
        found = [answers(f"/{code}/{path}") for path in (draft, "small/desk/", "small/sheets/first/replace/")]
        assert found == [200, 200, 200]


def test_signatures_are_ticked_together_or_one_by_one(coordinator: Client) -> None:
    address = "/en/small/sheets/first/signatures/"
    lines = list(records.Line.objects.filter(sheet__key="first").order_by("row").values_list("pk", flat=True))
    answer = coordinator.post(address, {"do": "save", "seen": lines[:2]}, follow=True)
    assert "Saved: 2 lines changed." in answer.content.decode()
    assert "of 4 lines have a signature somebody saw" in text_of(answer.content.decode())
    one = coordinator.post(address, {"do": "one", "line": lines[2], "seen": "yes"})
    assert (one.status_code, one.json()) == (200, {"seen": "3"})
    coordinator.post(address, {"do": "save", "seen": lines[:1], "rest": "no"})
    seen = dict(records.SignatureSeen.objects.values_list("line", "seen"))
    assert seen == {line: line == lines[0] for line in lines}
    assert coordinator.post(address, {"do": "one", "line": "nothing", "seen": "yes"}).status_code == 404


def test_pages_of_a_pdf_lie_beside_the_list(coordinator: Client, tmp_path: Path) -> None:
    written = typst.compile(b"one #pagebreak() two #pagebreak() three", format="pdf")
    pdf = written if isinstance(written, bytes) else written[0]
    draft = lay_down(coordinator, upload("third.csv", THIRD), upload("third.pdf", pdf))
    coordinator.post(draft, {"do": "accept"})
    key = records.DraftFile.objects.get(kind="sheet").sheet_key
    for address in (f"/en/small/sheets/{key}/", f"/en/small/sheets/{key}/signatures/"):
        html = coordinator.get(address).content.decode()
        assert len(re.findall(rf'src="/en/small/sheets/{key}/scan/[123]/"', html)) == 3
    drawn = coordinator.get(f"/en/small/sheets/{key}/scan/2/")
    assert (drawn.status_code, drawn["Content-Type"], drawn.content[:4]) == (200, "image/png", b"\x89PNG")
    gone = [
        coordinator.get(f"/en/small/sheets/{path}/").status_code for path in (f"{key}/scan/4", "first/scan/1")
    ]
    assert gone == [404, 404]
    assert reader_with(Grant("auditor", "small", "A"), email="a@example.org").get(
        f"/en/small/sheets/{key}/scan/2/"
    ).status_code == 404  # fmt: skip


def test_where_each_page_of_the_scan_begins_is_said_row_by_row(coordinator: Client) -> None:
    written = typst.compile(b"one #pagebreak() two #pagebreak() three", format="pdf")
    pdf = written if isinstance(written, bytes) else written[0]
    draft = lay_down(coordinator, upload("third.csv", THIRD), upload("third.pdf", pdf))
    file = records.DraftFile.objects.get(kind="sheet")
    base = {"file": file.pk, "sheet": "", "do": "correct"}
    for typed in ("3, 2", "99", "two", "0", "2, 2"):
        answer = coordinator.post(draft, {**base, "breaks": typed})
        html = answer.content.decode()
        assert (answer.status_code, "from top to bottom with commas" in html) == (422, True)
        assert f'value="{typed}"' in html
        assert 'aria-describedby="breaks-wrong"' in html
    coordinator.post(draft, {**base, "breaks": "2; 3"})
    file.refresh_from_db()
    assert file.reading == ["page 2 = row 2", "page 3 = row 3"]
    coordinator.post(draft, {**base, "breaks": "3"})
    file.refresh_from_db()
    assert file.reading == ["page 2 = row 3"]
    assert "3 p. 2" in page(coordinator, draft)
    coordinator.post(draft, {"do": "accept"})
    rows = (
        records.Line.objects.filter(sheet__key__startswith="list-").order_by("row").values_list("row", "page")
    )
    assert list(rows) == [(2, 1), (3, 2)]
    key = records.DraftFile.objects.get(kind="sheet").sheet_key
    assert "p. 2" in coordinator.get(f"/en/small/sheets/{key}/").content.decode()


def test_pages_of_a_list_that_are_said_above_it_are_those_its_rows_begin(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD), upload("third.pdf", b"%PDF-1.4 scan"))
    file = records.DraftFile.objects.get(kind="sheet")
    form = {"file": file.pk, "sheet": "", "event": "water-1", "role": "participant", "day": "", "do": "correct",
            "scan": file.scan_id, "pages": "5, 7"}  # fmt: skip
    answer = coordinator.post(draft, {**form, "breaks": "2, 3"})
    assert (answer.status_code, "fewer pages of the scan" in answer.content.decode()) == (422, True)
    coordinator.post(draft, {**form, "breaks": "3"})
    file.refresh_from_db()
    assert (file.reading, file.pages) == (["page 7 = row 3"], [5, 7])
    coordinator.post(draft, {"do": "accept"})
    rows = (
        records.Line.objects.filter(sheet__key__startswith="list-").order_by("row").values_list("row", "page")
    )
    assert list(rows) == [(2, 5), (3, 7)]


def test_a_list_without_a_scan_is_not_asked_for_pages(coordinator: Client) -> None:
    draft = lay_down(coordinator, upload("third.csv", THIRD))
    assert 'name="breaks"' not in page(coordinator, draft)
    file = records.DraftFile.objects.get(kind="sheet")
    coordinator.post(draft, {"file": file.pk, "sheet": "", "do": "correct", "breaks": "3"})
    coordinator.post(draft, {"do": "accept"})
    assert not records.Line.objects.filter(page__isnull=False, sheet__key__startswith="list-").exists()
    assert records.Sheet.objects.get(key__startswith="list-").reading == []
