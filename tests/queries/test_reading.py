"""What the pages ask: people by any spelling, what is open, evidence row by row."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.web.factory import make_programme

from karvon.queries import evidence, findings, people, programme, proposals, training, visits
from karvon.queries import search as searching
from karvon.records import models as records

DAY = date(2018, 12, 31)


@pytest.fixture
def key(db: None, tmp_path: Path, settings: Settings) -> str:
    settings.KARVON_HOME = tmp_path
    return make_programme(rows=4)


def _names(key: str, typed: str) -> list[str]:
    return [row.name for row in people.people(key, contains=typed)[0]]


@pytest.mark.parametrize("typed", ["Karimov", "Каримов", "Karimovs", "karim", "Aziz Karimov", "Каримов Азиз"])
def test_a_person_is_found_by_any_spelling_and_by_the_beginning_of_a_word(key: str, typed: str) -> None:
    assert _names(key, typed) == ["Каримов Азиз Рустамович 0"]


@pytest.mark.parametrize("typed", ["Karimov Dilnoza", "Nobody", "%", "_", "'", "\\", "()"])
def test_every_word_typed_must_be_found(key: str, typed: str) -> None:
    assert _names(key, typed) == []


def test_without_a_word_everybody_is_listed_by_name_as_written(key: str) -> None:
    rows, page = people.people(key, size=3)
    assert [row.name for row in rows] == ["Делегатов 0", "Делегатов 1", "Делегатов 2"]
    assert (page.number, page.total, page.pages) == (1, 8, 3)
    assert [row.name for row in people.people(key, page=99, size=3)[0]] == [
        "Шарипов Шерзод Ғуломович 3",
        "Юсупова Дилноза Бахтиёровна 1",
    ]


def test_a_person_has_every_form_of_the_name_with_its_place(key: str) -> None:
    found = people.person(key, f"{key}-p00001")
    assert found is not None
    assert found.forms == ("Юсупова Дилноза Бахтиёровна 1", "Yusupova Dilnoza Baxtiyor qizi 1")
    assert [(line.path, line.row, line.scanned) for line in found.lines] == [
        ("sheets/list-0.csv", 3, True),
        ("sheets/list-1.csv", 3, False),
        ("sheets/list-2.csv", 3, True),
    ]
    assert (found.events, found.hours) == (3, Decimal(36))
    assert [(why.band, why.weight, why.other) for why in found.why] == [("certain", 850, "")] * 2


def test_a_doubt_is_shown_with_the_other_person_until_somebody_decides(key: str) -> None:
    found = people.person(key, f"{key}-p00000")
    assert found is not None
    assert [(doubt.weight, doubt.other) for doubt in found.doubts] == [(120, f"{key}-p00001")]
    doubt = found.doubts[0]
    assert programme.needs(key, today=DAY).doubts == 1
    records.Decision.objects.create(
        programme=records.Programme.objects.get(key=key), a_id=doubt.a, b_id=doubt.b, verdict="different",
        at=datetime(2019, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    again = people.person(key, f"{key}-p00000")
    assert again is not None
    assert again.doubts == ()
    assert programme.needs(key, today=DAY).doubts == 0


@pytest.mark.parametrize(
    ("verdict", "left"), [("same", 0), ("different", 0), ("cannot_tell", 1), ("undone", 1)]
)
def test_only_a_word_that_holds_settles_a_doubt(key: str, verdict: str, left: int) -> None:
    match = records.Match.objects.get(programme__key=key, band="undecided")
    for number, said in enumerate(("same", verdict)):
        records.Decision.objects.create(
            programme=match.programme,
            a=match.a,
            b=match.b,
            verdict=said,
            at=datetime(2019, 1, 1 + number, tzinfo=UTC),
        )
    assert programme.needs(key, today=DAY).doubts == left


def test_what_is_open_is_counted_on_its_day(key: str) -> None:
    later = programme.needs(key, today=DAY)
    assert (later.sheets, later.sheets_without_scan, later.overdue) == (4, 2, 4)
    assert programme.needs(key, today=date(2018, 10, 1)).overdue == 0


def test_rows_of_a_sheet_come_in_the_order_of_the_file_with_the_skipped_ones(key: str) -> None:
    found = evidence.sheet(key, "sheet-0")
    assert found is not None
    assert [(row.row, row.skipped, row.name) for row in found.rows] == [
        (1, "title", ""),
        (2, None, "Каримов Азиз Рустамович 0"),
        (3, None, "Юсупова Дилноза Бахтиёровна 1"),
        (4, None, "Тошматов Ўткир 2"),
        (5, None, "Шарипов Шерзод Ғуломович 3"),
        (7, "total", ""),
    ]
    assert [(c.letter, c.field) for c in found.tables[0].columns] == [
        ("A", "number"), ("B", "name"), ("C", "organisation"), ("D", None),
    ]  # fmt: skip
    assert found.rows[1].cells["organisation"] == "Сувтаъминот"
    assert found.sheet.lines == 4


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_line_is_on_the_page_its_place_names(key: str, size: int) -> None:
    for line in records.Line.objects.filter(programme__key=key, sheet__key="sheet-1"):
        place = evidence.line_place(key, line.pk, size=size)
        assert place is not None
        shown = evidence.sheet(key, place.sheet, page=place.page, size=size)
        assert shown is not None
        assert [row.line for row in shown.rows if row.line == line.pk] == [line.pk]


def test_a_withdrawn_sheet_still_shows_what_it_said(key: str) -> None:
    records.Sheet.objects.filter(programme__key=key, key="sheet-1").update(
        withdrawn_at=datetime(2019, 1, 1, tzinfo=UTC)
    )
    records.Line.objects.filter(sheet__key="sheet-1").update(retired_at=datetime(2019, 1, 1, tzinfo=UTC))
    found = evidence.sheet(key, "sheet-1")
    assert found is not None
    assert (found.withdrawn, len([row for row in found.rows if row.line])) == (True, 4)
    assert "sheet-1" not in [row.key for row in evidence.sheets(key)]


def test_an_event_tells_who_came_and_what_is_missing(key: str) -> None:
    found = training.event(key, "event-1")
    assert found is not None
    assert {(role.role, role.people) for role in found.roles} == {("participant", 3), ("interpreter", 1)}
    assert [(day.named, day.heads, day.unnamed) for day in found.days] == [(3, 9, 6)]
    assert [(paper.kind, paper.held) for paper in found.evidence_set] == [
        ("agenda", 1), ("invitation", 0), ("materials", 0), ("photo", 0), ("evaluation", 0), ("certificates", 0),
    ]  # fmt: skip
    assert found.event.shares[0].percent == Decimal("33.333")


def test_visits_come_in_order_of_time_with_their_numbers(key: str) -> None:
    rows = visits.visits(key)
    assert [row.key for row in rows] == ["visit-0", "visit-1", "visit-2", "visit-3"]
    assert [(row.events, row.experts, row.delegates) for row in rows] == [(1, 1, 1)] * 4
    assert [share.percent for share in rows[0].shares] == [Decimal(40), Decimal(40)]


def test_a_contract_lists_what_it_pays(key: str) -> None:
    found = programme.contract(key, "lv79")
    assert found is not None
    assert (found.contract.visits, found.contract.events, len(found.visits), len(found.events)) == (
        4,
        4,
        4,
        4,
    )


def test_an_organisation_knows_its_people_by_its_spellings(key: str) -> None:
    found = programme.organisation(key, "water")
    assert found is not None
    assert (found.people_in_all, len(found.people)) == (4, 4)
    assert "Сувтаъминот" in found.spellings
    cluster = programme.organisation(key, "cluster")
    assert cluster is not None
    assert ([len(one.visits) for one in cluster.experts], len(cluster.members)) == ([4], 4)


def test_a_response_is_late_only_after_its_day(key: str) -> None:
    (group,) = findings.recommendation_groups(key, today=DAY)
    assert [(row.answered, row.late) for row in group.recommendations] == [(True, False), (False, True)] * 2
    (early,) = findings.recommendation_groups(key, today=date(2018, 10, 15))
    assert [row.late for row in early.recommendations] == [False] * 4


def test_proposals_name_the_advice_they_follow_from(key: str) -> None:
    assert [row.advice[0][0] for row in proposals.proposals(key)] == [f"advice-{n}" for n in range(4)]


FOUND: tuple[tuple[str, Callable[[searching.Found], list[str]], list[str]], ...] = (
    ("Сувтаъминот", lambda found: [row.key for row in found.organisations], ["water"]),
    ("Suvtaʼminot", lambda found: [row.key for row in found.organisations], ["water"]),
    ("Fergāna", lambda found: [place.key for place in found.places], ["fergana"]),
    ("Фарғона", lambda found: [place.key for place in found.places], ["fergana"]),
    ("training 2", lambda found: [row.key for row in found.events], ["event-2"]),
    ("list-3", lambda found: [row.key for row in found.sheets], ["sheet-3"]),
)


@pytest.mark.parametrize(("typed", "chosen", "expected"), FOUND)
def test_a_search_finds_things_by_any_spelling(
    key: str, typed: str, chosen: Callable[[searching.Found], list[str]], expected: list[str]
) -> None:
    assert chosen(searching.search(key, typed)) == expected


@pytest.mark.parametrize("typed", ["", " ", "...", "\x00", "«»"])
def test_a_search_for_nothing_finds_nothing(key: str, typed: str) -> None:
    assert not searching.search(key, typed)
