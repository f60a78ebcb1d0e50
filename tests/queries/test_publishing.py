"""Reports of a part: the same figures as everywhere, nothing of what is not theirs, nothing given away between them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.queries.test_parts import programme_with_values
from tests.web.factory import make_programme

from karvon.queries.publishing import results_report
from karvon.queries.results import Narrowing, figure_of, indicator_results, parts
from karvon.records import models as records
from karvon.rules.programme.values import Period
from karvon.rules.reporting.content import Breakdown, FeedbackResult, ResultsReport, ScoreChange
from karvon.rules.reporting.part import WHOLE, Part

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2018, 10, 1), date(2018, 10, 8))


@pytest.fixture
def make(tmp_path: Path, settings: Settings) -> Callable[..., str]:
    settings.KARVON_HOME = tmp_path
    return make_programme


def report_of(programme: str, part: Part = WHOLE) -> ResultsReport:
    report = results_report(programme, part)
    assert report is not None
    return report


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("period", [Period(), OCTOBER])
def test_a_contracts_report_says_what_its_pages_say(seed: int, period: Period) -> None:
    key = programme_with_values(seed)
    for contract in "ABC":
        report = report_of(key, Part(contract, period))
        for row in report.results:
            found = figure_of(key, row.key, Narrowing(contract, period))
            by_contract = parts(key, row.key, "contract", Narrowing(period=period))
            assert found is not None
            assert by_contract is not None
            assert [(one.contract, one.figure) for one in row.contracts] == [(contract, found[1])]
            assert (row.programme, row.union) == (None, None)
            assert {(one.contracts, one.figure) for one in row.overlaps} == {
                ((one.first, one.second), one.figure)
                for one in by_contract.overlaps
                if contract in (one.first, one.second)
            }


@pytest.mark.parametrize("seed", range(3))
def test_a_periods_report_counts_everybody_in_it_once(seed: int) -> None:
    key = programme_with_values(seed)
    for row in report_of(key, Part(period=OCTOBER)).results:
        found = figure_of(key, row.key, Narrowing(period=OCTOBER))
        assert found is not None
        assert row.programme == found[1]


def test_the_whole_report_says_the_figures_that_are_kept() -> None:
    key = programme_with_values(4)
    assert [(row.key, row.programme, row.union) for row in report_of(key).results] == [
        (one.key, one.figure, one.union) for one in indicator_results(key)
    ]


def test_a_contracts_report_holds_what_it_pays_and_names_who_shares_it(make: Callable[..., str]) -> None:
    key = make(rows=4)
    erdf_only = records.Event.objects.get(programme__key=key, key="event-2")
    records.EventShare.objects.filter(event=erdf_only, contract__key="lv79").delete()
    erdf_only.own_shares = True
    erdf_only.save()
    report = report_of(key, Part("lv79"))
    assert [one.number for one in report.contracts] == ["LV-79"]
    assert [one.number for one in report.further_contracts] == ["3.2.1.1/16/A/014"]
    assert {event.key for visit in report.visits for event in visit.events} == {
        "event-0", "event-1", "event-3",
    }  # fmt: skip
    assert {one.event for one in report.evidence} == {"event-0", "event-1", "event-3"}
    assert report.statements == ()
    assert not report.programme.summary
    assert {target.target for row in report.results for target in row.contracts if target.target} == {75}


def test_a_contract_or_programme_that_is_not_there_has_no_report(make: Callable[..., str]) -> None:
    key = make(rows=2)
    assert results_report(key, Part("nobody")) is None
    assert results_report("nobody") is None


def test_a_period_in_which_nothing_happened_has_a_report_that_says_so(make: Callable[..., str]) -> None:
    report = report_of(make(rows=3), Part(period=Period(date(2030, 1, 1), date(2030, 12, 31))))
    assert (report.visits, report.evidence, report.advice, report.proposals) == ((), (), (), ())
    assert {row.programme.best for row in report.results if row.programme} == {0}


def test_no_report_of_any_part_holds_a_name(make: Callable[..., str]) -> None:
    key = make(rows=5)
    for part in (WHOLE, Part("lv79"), Part(period=OCTOBER), Part("erdf", OCTOBER)):
        content = str(asdict(report_of(key, part)))
        assert [
            name for name in ("Karimov", "Каримов", "Юсупова", "Делегатов", "Ozols") if name in content
        ] == []


def many_people(seed: int) -> str:
    """A programme large enough that some cells are shown and others withheld."""
    chance, key = random.Random(seed), programme_with_values(seed)
    records.Line.objects.filter(programme__key=key).update(sex="f", region="UZ-TK")
    lines = list(records.Line.objects.filter(programme__key=key).order_by("id"))
    for line in chance.sample(lines, 9):
        line.sex, line.region = "m", "UZ-FA"
        line.save()
    return key


def shown(breakdowns: tuple[Breakdown, ...]) -> dict[tuple[str, str], int]:
    return {
        (breakdown.by, cell.key): cell.figure.best
        for breakdown in breakdowns
        for cell in breakdown.cells
        if cell.figure is not None
    }


@pytest.mark.parametrize("seed", range(6))
def test_no_report_shows_a_small_cell_or_gives_one_away_beside_the_whole(seed: int) -> None:
    key = many_people(seed)
    whole = shown(report_of(key).breakdowns)
    seen = 0
    for part in (Part("A"), Part("B"), Part("C"), Part(period=OCTOBER), Part("A", OCTOBER)):
        cells = shown(report_of(key, part).breakdowns)
        seen += len(cells)
        assert [(cell, number) for cell, number in cells.items() if 0 < number < 5] == []
        outside = {cell: whole[cell] - number for cell, number in cells.items() if cell in whole}
        assert [(part, cell, rest) for cell, rest in outside.items() if 0 < rest < 5] == []
    assert seen > 0


def test_a_report_tells_what_participants_learned_and_thought_unless_too_few_did(
    make: Callable[..., str],
) -> None:
    key = make(rows=8)
    events = {row.key: row for row in records.Event.objects.filter(programme__key=key)}

    def score(event: str, people: int) -> None:
        lines = records.Line.objects.filter(sheet__event=events[event], attendances__role="participant")
        for number, line in enumerate(lines.order_by("row").distinct()[:people]):
            records.Score.objects.create(line=line, before=40 + number, after=50 + number)

    def answer(event: str, marks: Sequence[int]) -> None:
        for number, mark in enumerate(marks):
            records.FeedbackAnswer.objects.create(
                id=f"{event}{number:08}"[-16:], event=events[event], way="typed", usefulness=mark,
                trainer=mark if number < 4 else None,
            )  # fmt: skip

    score("event-0", 5)
    score("event-1", 4)
    answer("event-1", (5, 5, 4, 4, 3))
    answer("event-2", (5, 5, 5, 5))
    assert [(one.event, one.tests, one.feedback) for one in report_of(key).learning] == [
        ("event-0", ScoreChange(5, 5, Decimal("42.0"), Decimal("52.0"), Decimal("10.0"), Decimal(100)), None),
        ("event-1", None, FeedbackResult(5, (("usefulness", Decimal("4.2")),))),
    ]
