"""A programme is begun in the browser, or comes as an archive; what is wrong is said, nothing is half done."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.small_folder import PROGRAMME, small_folder
from tests.web.forms import filled
from tests.web.readers import reader_with, stranger
from tests.web.test_editing import beside

from karvon.actions.evidence import import_folder
from karvon.cli.exporting import export_folder
from karvon.queries.programme_description import describe
from karvon.records import models as records
from karvon.rules.access import Grant

pytestmark = pytest.mark.django_db
NEW, UPLOAD, REPLACE = "/en/-/programmes/new/", "/en/-/programmes/upload/", "/en/small/write/folder/"
BEGUN = {
    "key": "new-2026", "title.en": "A new programme", "title.lv": "Jauns projekts", "languages": ["en", "lv", "", ""],
    "starts": "2026-01-01", "ends": "2026-12-31", "home_country": "LV", "partner_countries": ["UZ", ""],
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(db: None, tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def administrator(home: Path) -> Client:
    return reader_with(Grant("administrator"))


def packed(folder: Path, *, leave_out: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != leave_out:
                archive.write(path, path.relative_to(folder.parent))
    return out.getvalue()


def upload(
    client: Client, path: str, content: bytes, name: str = "folder.zip", **more: str
) -> tuple[int, str]:
    answer = client.post(path, {"archive": SimpleUploadedFile(name, content), **more})
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def problems(html: str) -> list[str]:
    listed = re.search(r'<ul class="problems-found">(.*?)</ul>', html, re.S)
    return [unescape(one) for one in re.findall(r"<li>(.*?)</li>", listed[1])] if listed else []


def left_behind(home: Path) -> list[str]:
    return [path.name for path in (home / "incoming").glob("folder-*")]


def test_an_empty_installation_says_what_to_do_next_in_the_browser(administrator: Client) -> None:
    html = administrator.get("/en/").content.decode()
    assert ("Begin one from its title" in html, "karvon import" in html) == (True, False)


def test_what_has_to_be_written_down_first_is_said_beside_the_choice_that_offers_nothing(
    administrator: Client,
) -> None:
    administrator.post(NEW, {**BEGUN, "do": "save"})
    event, visit = (
        administrator.get(f"/en/new-2026/write/{kind}/new/").content.decode() for kind in ("event", "visit")
    )
    assert ("Write it down first" in event, "Write it down first" in visit) == (True, False)
    assert administrator.get("/en/new-2026/organisations/").content.decode().count("Add an organisation") == 1


def test_a_programme_is_begun_from_nothing(administrator: Client) -> None:
    answer = administrator.post(NEW, BEGUN)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/en/new-2026/write/")
    description = describe("new-2026")
    assert description is not None
    programme = description.programme
    assert (programme.languages, programme.title.said, programme.partner_countries) == (
        ("en", "lv"), (("en", "A new programme"), ("lv", "Jauns projekts")), ("UZ",),
    )  # fmt: skip
    assert "Written down." in administrator.get("/en/new-2026/write/").content.decode()


@pytest.mark.only_on("sqlite")
def test_a_whole_programme_is_written_down_from_nothing(administrator: Client, tmp_path: Path) -> None:
    administrator.post(NEW, BEGUN)
    things: list[tuple[str, str, dict[str, str | list[str]]]] = [
        ("organisation", "ministry", {"name.en": "Ministry", "kind": "ministry", "country": "LV", "place": "riga"}),
        ("organisation", "firm", {"name.en": "Firm", "kind": "company", "country": "UZ",
                                  "spellings": "Фирма\r\nFirma", "website": "https://example.org"}),
        ("organisation", "cluster", {"name.en": "Cluster", "kind": "cluster", "country": "LV"}),
        ("membership", "m1", {"organisation": "cluster", "member": "firm", "starts": "2026-01-01"}),
        ("contract", "lv-1", {"number": "LV-1/26", "funder": "mfa-lv", "budget.amount": "50 000",
                              "budget.currency": "EUR", "acknowledgement.en": "Paid by the ministry."}),
        ("expert", "zane", {"names": "Zane Ozola\r\nЗане Озола", "role": "trainer", "organisation": "cluster",
                            "position.en": "engineer"}),
        ("place", "works-town", {"name.en": "Waterworks town", "country": "UZ", "region": "UZ-FA",
                                 "latitude": "40.4", "longitude": "71,8"}),
        ("facility", "works", {"name.en": "Works", "kind": "utility", "operator": "firm", "place": "works-town",
                               "sectors": ["14021"]}),
        ("visit", "fergana", {"direction": "outgoing", "title.en": "Fergana", "starts": "2026-05-04",
                              "ends": "2026-05-06", "places": ["fergana", "works-town", ""], "shares.lv-1": "60",
                              "experts": ["zane"], "host": "firm"}),
        ("delegate", "d1", {"visit": "fergana", "name": "Каримов Азиз", "organisation:written": "Сувтаъминот",
                            "position": "инженер", "role": "guest", "country": "UZ"}),
        ("event", "training", {"visit": "fergana", "kind": "training", "title.en": "Leaks", "starts": "2026-05-04",
                               "ends": "2026-05-05", "place": "works-town", "facility": "works", "hours": "12",
                               "head_count.0.day": "2026-05-04", "head_count.0.heads": "30", "trainers": ["zane"],
                               "language": ["ru", "uz", ""], "structured": ""}),
        ("observation", "o1", {"event": "training", "text.en": "A third leaks.", "observer": "zane",
                               "on": "2026-05-05", "facility": "works"}),
        ("recommendation_group", "water", {"title.en": "Water"}),
        ("recommendation", "r1", {"group": "water", "title.en": "Meter it", "addressee": "firm", "priority": "high",
                                  "observations": ["o1"], "given_on": "2026-05-06", "response_status": "accepted",
                                  "response.en": "Yes.", "responded_on": "2026-06-01"}),
        ("action_point", "a1", {"recommendation": "r1", "text.en": "Buy meters", "owner": "firm",
                                "due": "2026-09-01"}),
        ("proposal", "p1", {"title.en": "Meters", "stage": "concept", "recommendations": ["r1"],
                            "cost.amount": "90000", "cost.currency": "EUR", "funding_sought.amount": "40000",
                            "funding_sought.currency": "EUR"}),
        ("indicator", "trained", {"title.en": "Trained", "measure": "people", "rule": "min-contact-hours",
                                  "parameters.hours": "12", "target.0.value": "20", "target.1.contract": "lv-1",
                                  "target.1.value": "15", "target.1.ends": "2026-12-31",
                                  "scope.direction": "outgoing", "scope.countries": ["UZ"]}),
        ("statement", "s1", {"text.en": "At least ten trained.", "indicator": "trained", "comparator": "at_least",
                             "number": "10", "published_in": "Web", "scope.starts": "2026-01-01"}),
    ]  # fmt: skip
    for kind, key, typed in things:
        path = f"/en/new-2026/write/{kind}/new/"
        body = {**filled(administrator.get(path).content.decode()), "key": key, **typed}
        answer = administrator.post(path, body)
        said = beside(answer.content.decode()) if answer.status_code == 200 else {}
        assert (kind, key, answer.status_code, said) == (kind, key, 302, {})
        assert administrator.get(answer["Location"].split("#")[0]).status_code == 200
    description = describe("new-2026")
    assert description is not None
    assert [one.key for one in description.organisations] == ["ministry", "firm", "cluster", "mfa-lv"]
    assert description.organisations[1].spellings == ("Фирма", "Firma")
    assert description.experts[0].names == ("Zane Ozola", "Зане Озола")
    assert description.delegates[0].organisation == "Сувтаъминот"
    assert [target.value for target in description.indicators[0].targets] == [20, 15]
    assert description.indicators[0].scope.direction == "outgoing"
    for kind, key, _typed in things:
        path = f"/en/new-2026/write/{kind}/at/{key}/"
        assert administrator.post(path, filled(administrator.get(path).content.decode())).status_code == 302
    assert describe("new-2026") == description
    path = "/en/new-2026/write/contract/at/lv-1/"
    typed = {**filled(administrator.get(path).content.decode()), "do": "remove"}
    needing = re.findall(
        r'href="/en/new-2026/write/(\w+)/at/[^"]+">', administrator.post(path, typed).content.decode()
    )
    assert needing == ["indicator", "visit"]
    export_folder("new-2026", tmp_path / "out")
    import_folder(tmp_path / "out", replace=True)
    export_folder("new-2026", tmp_path / "again")
    assert describe("new-2026") == description
    toml = (tmp_path / "out" / "programme.toml").read_bytes()
    assert (tmp_path / "again" / "programme.toml").read_bytes() == toml


def test_a_programme_sent_twice_is_one_programme(administrator: Client) -> None:
    assert administrator.post(NEW, BEGUN).status_code == 302
    assert administrator.post(NEW, BEGUN).status_code == 302
    assert records.Programme.objects.count() == 1
    assert records.JournalEntry.objects.filter(action="create").count() == 1


WRONG = [
    ({"key": ""}, {"key"}), ({"key": "a b"}, {"key"}), ({"key": "x" * 100}, {"key"}), ({"key": "../x"}, {"key"}),
    ({"title.en": "", "title.lv": ""}, {"title"}), ({"languages": ["", ""]}, {"languages"}),
    ({"languages": ["de"]}, {"languages"}), ({"ends": "2025-01-01"}, {"ends"}), ({"starts": "soon"}, {"starts"}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "controls"), WRONG)
def test_what_is_wrong_with_a_new_programme_is_said_beside_it(
    administrator: Client, typed: dict[str, str | list[str]], controls: set[str]
) -> None:
    html = administrator.post(NEW, {**BEGUN, **typed}).content.decode()
    assert (set(beside(html)), records.Programme.objects.count()) == (controls, 0)
    again = filled(html)
    assert again["home_country"] == ["LV"]


def test_a_key_of_another_programme_is_taken(administrator: Client, tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path / "given"))
    html = administrator.post(NEW, {**BEGUN, "key": "small"}).content.decode()
    assert beside(html) == {"key": "This key is taken. Write another."}


def test_an_archive_becomes_a_programme(administrator: Client, tmp_path: Path, home: Path) -> None:
    status, page = upload(administrator, UPLOAD, packed(small_folder(tmp_path / "given")))
    assert (status, page) == (302, "/en/small/")
    entry = records.JournalEntry.objects.get(action="import_folder")
    assert (entry.via, entry.by.email if entry.by else "") == ("web", "reader@example.org")
    assert "The folder is brought in." in administrator.get(page).content.decode()
    assert (records.Person.objects.count(), left_behind(home)) == (7, [])


def test_a_folder_with_problems_lists_them_with_file_and_line(
    administrator: Client, tmp_path: Path, home: Path
) -> None:
    broken = PROGRAMME.replace('direction = "outgoing"\ntitle', 'direction = "sideways"\ntitle')
    folder = small_folder(tmp_path / "given", description=broken)
    status, html = upload(administrator, UPLOAD, packed(folder, leave_out="second.csv"))
    line = broken.split("\n").index('direction = "sideways"') + 1
    assert status == 200
    assert f"programme.toml!{line}: visit[tashkent].direction: " in problems(html)[0]
    assert any("second.csv" in one for one in problems(html))
    assert (records.Programme.objects.count(), left_behind(home)) == (0, [])


NOT_FOLDERS = [
    (b"MZ\x90\x00" + b"\0" * 400, "This file is no zip archive."),
    (b"", "This file is no zip archive."),
    (b"PK\x03\x04 and nothing more", "The archive is damaged or cut off."),
]


@pytest.mark.parametrize(("content", "sentence"), NOT_FOLDERS)
def test_what_is_no_archive_is_refused_in_words(
    administrator: Client, home: Path, content: bytes, sentence: str
) -> None:
    status, html = upload(administrator, UPLOAD, content)
    if content:
        assert (status, problems(html)[0][: len(sentence)]) == (200, sentence)
    else:
        assert status == 200
    assert (records.Programme.objects.count(), left_behind(home)) == (0, [])


def test_an_upload_without_a_file_says_so(administrator: Client) -> None:
    html = administrator.post(UPLOAD, {}).content.decode()
    assert beside(html) == {"archive": "Choose the packed folder."}


def test_a_programme_that_is_here_is_not_brought_in_as_a_new_one(
    administrator: Client, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path / "given")
    import_folder(folder)
    _, html = upload(administrator, UPLOAD, packed(folder))
    assert problems(html) == [
        "The programme “small” is here already. Open it and replace it there if that is what you want."
    ]


def test_a_folder_replaces_its_programme_but_not_what_was_written_here_unasked(
    administrator: Client, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path / "given")
    import_folder(folder)
    path = "/en/small/write/visit/at/tashkent/"
    administrator.post(path, {**filled(administrator.get(path).content.decode()), "title.en": "Written here"})
    small_folder(tmp_path / "given", description=PROGRAMME.replace('"Water losses"', '"Losses"'))
    status, html = upload(administrator, REPLACE, packed(folder))
    assert (status, len(problems(html))) == (200, 1)
    assert upload(administrator, REPLACE, packed(folder), replace="yes") == (302, "/en/small/")
    description = describe("small")
    assert description is not None
    assert (description.visits[0].title.say("en"), description.events[1].title.say("en")) == (
        "Tashkent",
        "Losses",
    )
    assert upload(administrator, REPLACE, packed(folder), replace="yes")[0] == 302
    assert "nothing was changed" in administrator.get("/en/small/").content.decode()


def test_a_folder_of_another_programme_replaces_nothing(administrator: Client, tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path / "given"))
    other = small_folder(tmp_path / "other", description=PROGRAMME.replace('"small"', '"other"'))
    _, html = upload(administrator, REPLACE, packed(other), replace="yes")
    assert problems(html)[0].startswith("The folder describes the programme “other”, not this one.")


def test_programmes_are_begun_by_administrators_only(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path / "given"))
    coordinator = reader_with(Grant("coordinator", "small"))
    for path in (NEW, UPLOAD):
        assert (coordinator.get(path).status_code, coordinator.post(path, BEGUN).status_code) == (403, 403)
        assert stranger().post(path, BEGUN).status_code == 302
    assert records.Programme.objects.count() == 1
    for html in (coordinator.get("/en/small/write/").content.decode(),):
        assert "/-/programmes/" not in html
