"""One institution under many spellings: found on sheets, claimed, made one, and taken back."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.small_folder import PROGRAMME, small_folder
from tests.web.pages import CODES
from tests.web.readers import reader_with

from karvon.actions.evidence import import_folder
from karvon.actions.organisations import merge_organisations, part_organisations
from karvon.queries.organisations import spelling_group, unclaimed_spellings
from karvon.queries.programme_description import describe
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db
LIST = """No,Full name,Organisation,Position
1,Rustam Karimov,Махсустранс,engineer
2,Nigora Saidova,SUE Makhsustrans,engineer
3,Bekzod Tursunov,Suvtaminot,engineer
4,Dilshod Ergashev,Махсустранс,driver
5,Aziz Yusupov,Suvtaminot waterworks,
6,Olim Qodirov,,
"""
MORE = """
[[organisation]]
key = "waterworks"
name = "Waterworks"
kind = "company"
country = "UZ"

[[membership]]
key = "m1"
organisation = "cluster"
member = "waterworks"
starts = 2017-01-01

[[facility]]
key = "plant"
name = "Plant"
kind = "utility"
operator = "waterworks"
"""


@pytest.fixture
def client(tmp_path: Path, settings: Settings) -> Client:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path, description=PROGRAMME + MORE, first=LIST))
    return reader_with(Grant("coordinator", "small"))


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def lines_of(organisation: str) -> set[str]:
    rows = records.Line.objects.filter(organisation__key=organisation, sheet__isnull=False)
    return {row.payload.body["name"] for row in rows.select_related("payload")}


def group_of(text: str) -> str:
    groups, _ = unclaimed_spellings("small")
    return next(one.id for one in groups if text in {said.text for said in one.spellings})


def test_spellings_that_nobody_claims_stand_together_with_how_often_they_are_written(client: Client) -> None:
    groups, page = unclaimed_spellings("small")
    found = {tuple((one.text, one.lines) for one in group.spellings) for group in groups}
    assert (("Махсустранс", 2), ("SUE Makhsustrans", 1)) in found
    assert page.total == len(groups)
    assert not any(one.text == "Suvtaminot" for group in groups for one in group.spellings)
    said = text_of(client.get("/en/small/spellings/").content.decode())
    assert "Махсустранс 2 SUE Makhsustrans 1 3" in said


def test_an_organisation_is_offered_for_a_name_that_shares_its_words(client: Client) -> None:
    group = spelling_group("small", group_of("Suvtaminot waterworks"))
    assert group is not None
    assert {one.key for one in group.offered} <= {"water", "waterworks"}
    assert group.offered


def test_claimed_spellings_are_the_organisations_on_every_line_and_can_be_given_back(client: Client) -> None:
    group = group_of("Махсустранс")
    assert lines_of("waterworks") == set()
    after = client.post(
        f"/en/small/spellings/{group}/",
        {"spelling": ["Махсустранс", "SUE Makhsustrans"], "whose": "waterworks"},
        follow=True,
    )
    said = text_of(after.content.decode())
    assert "2 spellings are claimed; the lines that carry them name the organisation now." in said
    assert lines_of("waterworks") == {"Rustam Karimov", "Nigora Saidova", "Dilshod Ergashev"}
    assert spelling_group("small", group) is None
    undo = re.search(r'class="told".*?action="([^"]+)"', after.content.decode(), re.S)
    assert undo is not None
    client.post(unescape(undo[1]))
    assert lines_of("waterworks") == set()
    assert spelling_group("small", group) is not None


def test_a_new_organisation_is_made_of_spellings_once_however_often_the_form_is_sent(client: Client) -> None:
    data = {
        "spelling": ["Махсустранс", "SUE Makhsustrans"], "whose": "new", "name": "Makhsustrans", "language": "uz",
        "kind": "company", "key": "abcdefghjkmn",
    }  # fmt: skip
    address = f"/en/small/spellings/{group_of('Махсустранс')}/"
    client.post(address, data)
    again = client.post(address, data, follow=True)
    assert "These spellings are claimed already; nothing was changed." in text_of(again.content.decode())
    row = records.Organisation.objects.get(key="abcdefghjkmn")
    assert (row.name.said, row.kind, row.spellings) == (
        (("uz", "Makhsustrans"),), "company", ["Махсустранс", "SUE Makhsustrans"],
    )  # fmt: skip
    assert lines_of("abcdefghjkmn") == {"Rustam Karimov", "Nigora Saidova", "Dilshod Ergashev"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"whose": "waterworks"}, "Choose at least one spelling."),
        ({"spelling": "Махсустранс"}, "Choose an organisation, or make a new one."),
        ({"spelling": "Махсустранс", "whose": "gone"}, "This organisation is not in the programme any more."),
        (
            {"spelling": "Махсустранс", "whose": "new", "name": " ", "language": "uz", "kind": "company"},
            "Write the name of the new organisation.",
        ),
        (
            {"spelling": "Махсустранс", "whose": "new", "name": "M", "language": "xx", "kind": "firm"},
            "Choose the language of the name and the kind of organisation.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    client: Client, data: dict[str, str], sentence: str
) -> None:
    before = records.Organisation.objects.count()
    page = client.post(f"/en/small/spellings/{group_of('Махсустранс')}/", data)
    assert sentence in text_of(page.content.decode())
    assert records.Organisation.objects.count() == before
    assert lines_of("waterworks") == set()


def test_two_organisations_are_made_one_and_parted_again(client: Client) -> None:
    before = describe("small")
    after = client.post("/en/small/organisations/water/the-same-as/", {"other": "waterworks"}, follow=True)
    assert "They are one organisation now; all spellings are kept." in text_of(after.content.decode())
    now = describe("small")
    assert now is not None
    assert before is not None
    assert [one.key for one in now.organisations] == [
        one.key for one in before.organisations if one.key != "waterworks"
    ]
    assert next(one for one in now.organisations if one.key == "water").spellings[-1] == "Waterworks"
    assert [one.member for one in now.memberships] == ["water"]
    assert [one.operator for one in now.facilities] == ["water"]
    undo = re.search(r'class="told".*?action="([^"]+)"', after.content.decode(), re.S)
    assert undo is not None
    back = client.post(unescape(undo[1]), follow=True)
    assert "They are two organisations again." in text_of(back.content.decode())
    assert describe("small") == before
    again = client.post(unescape(undo[1]), follow=True)
    assert "These are not one organisation any more" in text_of(again.content.decode())


def test_what_was_pointed_elsewhere_since_stays_there(client: Client) -> None:
    merged = merge_organisations("small", "water", "waterworks")
    records.Facility.objects.update(operator=records.Organisation.objects.get(key="cluster"))
    part_organisations("small", merged.entry)
    now = describe("small")
    assert now is not None
    assert [one.operator for one in now.facilities] == ["cluster"]
    assert [one.member for one in now.memberships] == ["waterworks"]


def test_organisations_that_cannot_be_one_are_refused(client: Client) -> None:
    for kept, gone in (("water", "water"), ("water", "gone"), ("gone", "water"), ("cluster", "waterworks")):
        with pytest.raises(Refused):
            merge_organisations("small", kept, gone)
    with pytest.raises(Refused):
        part_organisations("small", 10**6)


@pytest.mark.parametrize("code", CODES)
def test_the_pages_speak_every_language(client: Client, code: str) -> None:
    group = group_of("Махсустранс")
    for path in ("spellings/", f"spellings/{group}/", "organisations/water/the-same-as/"):
        html = client.get(f"/{code}/small/{path}").content.decode()
        assert ("Whose spellings" in html or "same organisation" in html) == (code == "en")


def test_dates_of_a_membership_are_shown_and_lead_to_their_form(client: Client) -> None:
    html = client.get("/en/small/organisations/cluster/").content.decode()
    assert "from 1 Jan 2017" in text_of(html) or "2017" in text_of(html)
    assert 'href="/en/small/write/membership/at/m1/"' in html
