"""A person's page puts right who is who, says who said what, and offers names while somebody types."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.pages import CODES
from tests.web.readers import reader_with

from karvon.actions.evidence import import_folder
from karvon.queries.register import people_of_lines
from karvon.records import models as records
from karvon.rules.access import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(tmp_path: Path, settings: Settings) -> Client:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path))
    return reader_with(Grant("coordinator", "small"))


def line_of(name: str) -> str:
    rows = records.Line.objects.filter(sheet__isnull=False).select_related("payload")
    return next(row.pk for row in rows if row.payload.body["name"] == name)


def person_of(name: str) -> str:
    return people_of_lines("small")[line_of(name)]


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_line_is_taken_away_from_its_page_and_given_back(client: Client) -> None:
    line, person = line_of("Шавкат Йўлдошев"), person_of("Шавкат Йўлдошев")
    page = client.get(f"/en/small/people/{person}/").content.decode()
    assert f'name="line" value="{line}"' in page
    after = client.post(f"/en/small/people/{person}/take-away/", {"line": line}, follow=True)
    said = text_of(after.content.decode())
    assert after.redirect_chain[-1][0] == f"/en/small/people/{people_of_lines('small')[line]}/"
    assert "This line is somebody else now. 1 decision about two lines is kept. Specialists trained: " in said
    assert "decided: different people reader@example.org" in said
    undo = re.search(r'class="told".*?action="([^"]+)"', after.content.decode(), re.S)
    assert undo is not None
    back = client.post(unescape(undo[1]), follow=True)
    assert "What was said is taken back." in text_of(back.content.decode())
    assert person_of("Шавкат Йўлдошев") == person_of("Shavkat Yo'ldoshev")


def test_two_people_are_found_in_any_spelling_and_made_one(client: Client) -> None:
    one, other = person_of("Bekzod Tursunov"), person_of("Дилшод Эргашев")
    address = f"/en/small/people/{one}/the-same-as/"
    found = client.post(address, {"q": "Ergashev Dilshod"}).content.decode()
    assert f'name="other" value="{other}"' in found
    assert f'value="{one}"' not in found
    after = client.post(address, {"other": other, "reason": "married"}, follow=True)
    assert "They are one person now." in text_of(after.content.decode())
    assert person_of("Bekzod Tursunov") == person_of("Дилшод Эргашев")
    assert set(records.Decision.objects.values_list("verdict", "reason")) == {("same", "married")}


def test_somebody_who_is_gone_is_said_to_be(client: Client) -> None:
    address = f"/en/small/people/{person_of('Bekzod Tursunov')}/the-same-as/"
    after = client.post(address, {"other": "gone"}, follow=True)
    assert "This person is not in the programme any more." in text_of(after.content.decode())
    assert client.get("/en/small/people/gone/the-same-as/").status_code == 404


def test_a_decision_in_the_history_is_undone_there(client: Client) -> None:
    line, person = line_of("Шавкат Йўлдошев"), person_of("Шавкат Йўлдошев")
    client.post(f"/en/small/people/{person}/take-away/", {"line": line})
    page = client.get(f"/en/small/people/{people_of_lines('small')[line]}/").content.decode()
    form = re.search(
        r'<form class="undo" method="post" action="([^"]+)"><input type="hidden" name="back" value="([^"]+)"',
        page,
    )
    assert form is not None
    after = client.post(form[1], {"back": form[2]}, follow=True)
    assert "The decision is taken back." in text_of(after.content.decode())


def test_names_are_offered_while_somebody_types_and_never_stand_in_an_address(client: Client) -> None:
    answer = client.post("/en/small/people/suggestions/", {"q": "Ergash"})
    assert [(one["name"], one["href"]) for one in answer.json()["found"]] == [
        ("Дилшод Эргашев", f"/en/small/people/{person_of('Дилшод Эргашев')}/")
    ]
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get("/en/small/people/suggestions/?q=Ergash").json() == {"found": []}
    assert client.post("/en/small/people/suggestions/", {"q": " "}).json() == {"found": []}


@pytest.mark.parametrize("code", CODES)
def test_what_was_done_is_told_in_every_language(client: Client, code: str) -> None:
    line, person = line_of("Шавкат Йўлдошев"), person_of("Шавкат Йўлдошев")
    after = client.post(f"/{code}/small/people/{person}/take-away/", {"line": line}, follow=True)
    said = text_of(after.content.decode())
    assert ("This line is somebody else now." in said) == (code == "en")
    assert client.get(f"/{code}/small/people/{person_of('Bekzod Tursunov')}/the-same-as/").status_code == 200
