"""A figure in its parts: the parts are the figure's own people, and each opens to as many as it counts."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.queries.test_figures import FIRST, RULES, some_programme
from tests.web.factory import make_programme

from karvon.actions.results import refresh_standings
from karvon.queries.results import (
    DIMENSIONS,
    Cell,
    Dimension,
    Narrowing,
    Once,
    counted_people,
    figure_of,
    indicator_result,
    indicator_results,
    parts,
    target_reaches,
)
from karvon.records import models as records
from karvon.rules.programme.values import Period
from karvon.rules.reporting.figure import Figure

pytestmark = pytest.mark.django_db


def programme_with_values(seed: int) -> str:
    """Some programme whose lines state sex, region and organisation, or do not; its events have sectors."""
    chance, key = random.Random(seed), some_programme(seed)
    programme = records.Programme.objects.get(key=key)
    works = [
        records.Organisation.objects.create(programme=programme, key=name, kind="company")
        for name in ("heat", "water")
    ]
    for line in records.Line.objects.filter(programme=programme).order_by("id"):
        line.sex, line.region = chance.choice(["", "f", "m"]), chance.choice(["", "UZ-TK", "UZ-FA"])
        line.organisation = chance.choice([None, *works])
        line.save()
    for event in records.Event.objects.filter(programme=programme).order_by("id"):
        event.sectors = chance.choice([[], ["14021"], ["14021", "14050"]])
        event.save()
    refresh_standings(programme)
    return key


NARROWINGS = (
    Narrowing(),
    Narrowing(contract="A"),
    Narrowing(period=Period(FIRST, date(2018, 10, 8))),
    Narrowing(sector="14021", contract="B"),
)


@pytest.mark.parametrize(("seed", "narrowing"), [*enumerate(NARROWINGS)])
def test_every_part_opens_to_as_many_people_as_it_counts(seed: int, narrowing: Narrowing) -> None:
    key = programme_with_values(seed)
    once = Once(key)
    for indicator in ("unique-in-period", "min-contact-hours", "signed"):
        for by in DIMENSIONS:
            found = parts(key, indicator, by, narrowing, once=once)
            assert found is not None
            for part in found.parts:
                _, page = counted_people(
                    key, indicator, narrowing=narrowing, cell=Cell(by, part.value), once=once
                )
                assert (indicator, by, part.value, page.total) == (
                    indicator,
                    by,
                    part.value,
                    part.figure.best,
                )


@pytest.mark.parametrize("seed", range(3))
def test_the_parts_of_the_whole_are_parts_of_the_figure_kept(seed: int) -> None:
    key = programme_with_values(seed)
    once = Once(key)
    for result in indicator_results(key):
        for by in DIMENSIONS:
            found = parts(key, result.key, by, once=once)
            assert found is not None
            assert found.total == result.figure
            if by == "contract":
                assert [(p.value, p.figure) for p in found.parts] == [
                    (own.contract, own.figure) for own in result.by_contract
                ]
                assert (found.overlaps, found.union) == (result.overlaps, result.union)
            if found.exclusive:
                assert (found.added, found.overlap) == (found.total.best, False)


def test_who_is_counted_under_a_contract_is_counted_alike_from_what_is_kept_and_by_the_reference() -> None:
    key = programme_with_values(5)
    for rule in RULES:
        for contract in "ABC":
            kept, _ = counted_people(key, rule, contract=contract)
            counted, _ = counted_people(key, rule, cell=Cell("contract", contract))
            assert counted == kept


def test_participations_open_to_the_people_who_took_part(tmp_path: Path, settings: Settings) -> None:
    settings.KARVON_HOME = tmp_path
    key = make_programme(rows=5)
    programme = records.Programme.objects.get(key=key)
    records.Indicator.objects.create(programme=programme, key="participations", measure="participations")
    refresh_standings(programme)
    result = indicator_result(key, "participations")
    people, page = counted_people(key, "participations")
    assert result is not None
    assert page.total == len(people) > 0
    assert sum(len({line.event for line in person.lines}) for person in people) == result.figure.best


def test_not_stated_is_a_part_of_its_own_and_stands_last() -> None:
    found = parts(programme_with_values(1), "unique-in-period", "region")
    assert found is not None
    assert found.parts[-1].value == ""
    assert [part.name.say("lv") for part in found.parts if part.value.startswith("UZ")] == [
        {"UZ-TK": "Taškenta", "UZ-FA": "Fergānas apgabals"}[part.value]
        for part in found.parts
        if part.value.startswith("UZ")
    ]


def test_a_narrowing_that_leaves_nothing_of_a_figure_has_no_parts() -> None:
    key = programme_with_values(1)
    nothing = Narrowing(contract="A")
    assert parts(key, "october-b", "sector", nothing) is None
    assert figure_of(key, "october-b", nothing) is None
    assert parts(key, "nothing", "sector") is None


def test_a_target_is_held_against_the_contract_and_the_time_it_speaks_of() -> None:
    key = programme_with_values(1)
    programme = records.Programme.objects.get(key=key)
    indicator = records.Indicator.objects.get(programme=programme, key="unique-in-period")
    contract = records.Contract.objects.get(programme=programme, key="A")
    october = Period(date(2018, 10, 1), date(2018, 10, 31))
    for order, (paying, value, period) in enumerate(
        ((None, 3, Period()), (contract, 1000, Period()), (contract, 2, october))
    ):
        records.Target.objects.create(
            indicator=indicator, contract=paying, value=Decimal(value), starts=period.starts, ends=period.ends,
            order=order,
        )  # fmt: skip
    result = indicator_result(key, "unique-in-period")
    assert result is not None
    own = result.by_contract[0].figure
    _, in_october = figure_of(key, "unique-in-period", Narrowing("A", october)) or ((), Figure(0, 0, 0))
    found = target_reaches(key, result)
    assert [(one.contract, one.figure, one.reach.state) for one in found] == [
        ("", result.figure, "reached"),
        ("A", own, "short"),
        ("A", in_october, "reached"),
    ]
    assert (found[1].reach.missing, found[1].reach.percent) == (1000 - own.best, own.best // 10)
    by_month = parts(key, "unique-in-period", "month", Narrowing(contract="A"))
    assert by_month is not None
    assert [part.value for part in by_month.parts if part.reach] == ["2018-10"]
    by_contract = parts(key, "unique-in-period", "contract")
    assert by_contract is not None
    assert [part.value for part in by_contract.parts if part.reach] == ["A"]
    by_sector = parts(key, "unique-in-period", "sector")
    assert by_sector is not None
    assert [part.value for part in by_sector.parts if part.reach] == []


@pytest.mark.parametrize("by", DIMENSIONS)
def test_parts_take_the_same_statements_however_many_lines_there_are(by: Dimension) -> None:
    asked = []
    for seed, kept in ((7, 10), (8, 30)):
        key = programme_with_values(seed)
        few = records.Line.objects.filter(programme__key=key).order_by("id")[:kept].values("id")
        records.Attendance.objects.filter(event__programme__key=key).exclude(line__in=few).delete()
        with CaptureQueriesContext(connection) as statements:
            parts(key, "unique-in-period", by)
            counted_people(key, "unique-in-period", cell=Cell("year", "2018"))
        asked.append(len(statements))
    assert asked[0] == asked[1]
