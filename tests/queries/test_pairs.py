"""Two lines of a programme explained as they are linked now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.small_folder import SECOND, small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.people import decide, undo_decision
from karvon.queries.pairs import explained_pair, missing_lines
from karvon.queries.register import current_snapshot, identity_line, register_lines, same_by_definition
from karvon.records import models as records
from karvon.rules.identity.finding import Reason, Said, finding
from karvon.rules.identity.resolve import resolve

pytestmark = pytest.mark.django_db

NAMESAKE = "6,Йўлдошев Шавкат Каримович,Сувтаъминот,,+,+\n"


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, str]:
    import_folder(small_folder(tmp_path, second=SECOND + NAMESAKE))
    rows = records.Line.objects.filter(programme__key="small").select_related("payload")
    return {row.payload.body["name"]: row.id for row in rows}


def test_what_is_found_is_what_linking_all_lines_again_would_find(lines: dict[str, str]) -> None:
    rows = register_lines("small")
    by_line = {row.line: identity_line(row) for row in rows}
    words = same_by_definition(rows)
    again = resolve(by_line.values(), decisions=words, snapshot=current_snapshot("small"))
    ids = sorted(lines.values())
    for a in ids:
        for b in (b for b in ids if b > a):
            pair = explained_pair("small", a, b)
            assert pair.finding == finding(
                a, b, lines=by_line, resolution=again, decisions=words, everybody=by_line.values
            )


def test_a_decision_that_stands_is_told_with_who_when_and_why(lines: dict[str, str]) -> None:
    a, b = lines["Gulnora Rahimova"], lines["Гулнора Рахимова"]
    first, second = sorted((a, b))
    records.Decision.objects.create(
        programme=records.Programme.objects.get(key="small"), a_id=first, b_id=second, verdict="same",
        at=datetime(2018, 10, 12, 9, tzinfo=UTC), by_name="anna", reason="one signature",
    )  # fmt: skip
    said = explained_pair("small", b, a).decision
    assert said is not None
    assert (said.verdict, said.by, said.reason) == ("same", "anna", "one signature")

    decide("small", a, b, verdict="different", reason="two cousins")
    pair = explained_pair("small", a, b)
    assert pair.decision is not None
    assert (pair.decision.verdict, pair.decision.by) == ("different", "")
    assert (pair.finding.found, pair.finding.reason) == (Said("different", False), Reason("decided"))
    assert len(set(pair.people.values())) == 2

    undo_decision("small", a, b)
    assert explained_pair("small", a, b).decision is None


def test_lines_of_the_reason_are_told_with_their_places(lines: dict[str, str]) -> None:
    forms = lines["Jānis Ozols"], lines["Янис Озолс"]
    decide("small", lines["Bekzod Tursunov"], lines["Дилшод Эргашев"], verdict="same")
    pair = explained_pair("small", *forms)
    assert set(pair.lines) >= set(forms)
    assert {pair.lines[line].name for line in forms} == {"Jānis Ozols", "Янис Озолс"}


def test_lines_that_are_not_in_use_are_named(lines: dict[str, str]) -> None:
    assert missing_lines("small", lines["Bekzod Tursunov"], "nobody") == ("nobody",)
    assert missing_lines("other", lines["Bekzod Tursunov"]) == (lines["Bekzod Tursunov"],)


def test_two_people_are_explained_without_reading_the_lines_of_others(lines: dict[str, str]) -> None:
    a, b = lines["Gulnora Rahimova"], lines["Гулнора Рахимова"]
    with CaptureQueriesContext(connection) as statements:
        explained_pair("small", a, b)
    assert len(statements) <= 10
    assert not [one for one in statements if lines["Bekzod Tursunov"] in one["sql"]]
