"""Figures summed in the database are those of the reference way of counting."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karvon.actions.journal import save_payload
from karvon.actions.results import refresh_standings
from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts
from karvon.queries.results import indicator_results
from karvon.queries.results.figures import contracts_of, maintained_figures, reference_figures, rule_of
from karvon.records import models as records
from karvon.rules.programme.text import Text

pytestmark = pytest.mark.django_db

RULES = (
    "unique-in-period",
    "unique-in-operation",
    "completed",
    "signed",
    "min-contact-hours",
    "unique-with-heads",
)
FIRST = date(2018, 10, 1)


def some_programme(seed: int) -> str:
    """A random programme: three contracts, six events, thirty lines of which some may be one person."""
    chance = random.Random(seed)
    programme = records.Programme.objects.create(key=f"p{seed}", title=Text((("en", "P"),)), languages=["en"])
    funder = records.Organisation.objects.create(programme=programme, key="f", kind="donor")
    contracts = [
        records.Contract.objects.create(programme=programme, key=key, number=key, funder=funder)
        for key in "ABC"
    ]
    visit = records.Visit.objects.create(
        programme=programme, key="v", direction="outgoing", starts=FIRST, ends=FIRST + timedelta(days=20)
    )
    stored = records.StoredFile.objects.create(sha256=f"{seed:064x}", size=1, media_type="text/csv")
    events, sheets = [], []
    for number in range(6):
        starts = FIRST + timedelta(days=number * 3)
        ends = starts + timedelta(days=chance.randrange(3))
        event = records.Event.objects.create(
            programme=programme, key=f"e{number}", visit=visit, kind=chance.choice(["training"] * 4 + ["site_visit"]),
            starts=starts, ends=ends, hours=chance.choice([None, Decimal(6), Decimal(8), Decimal(16)]),
        )  # fmt: skip
        for contract in chance.sample(contracts, chance.randrange(3)):
            records.EventShare.objects.create(event=event, contract=contract, percent=40)
        if chance.random() < 0.5:
            records.HeadCount.objects.create(event=event, day=starts, heads=chance.randrange(12))
        events.append(event)
        sheets.append(
            records.Sheet.objects.create(
                programme=programme,
                key=f"s{number}",
                path="s",
                stored=stored,
                event=event,
                role="participant",
            )
        )
    lines = []
    for number in range(30):
        at = chance.randrange(6)
        event = events[at]
        line = records.Line.objects.create(
            id=f"{seed:03d}l{number:02d}", programme=programme, sheet=sheets[at], row=number + 1,
            payload=save_payload({"name": f"n{number}"}), key="k",
        )  # fmt: skip
        days = [event.starts + timedelta(days=n) for n in range((event.ends - event.starts).days + 1)]
        for day in chance.sample(days, chance.randint(1, len(days))):
            records.Attendance.objects.create(
                line=line, event=event, day=day, role=chance.choice(["participant"] * 5 + ["trainer"]),
                status=chance.choice(["present"] * 5 + ["registered"]), signed=chance.choice([True, None, False]),
            )  # fmt: skip
        lines.append(line)
    people: dict[int, records.Person] = {}
    for number, line in enumerate(lines):
        group = number if chance.random() < 0.6 else chance.randrange(number + 1)
        if group not in people:
            people[group] = records.Person.objects.create(
                id=f"{seed:03d}p{group:02d}", programme=programme, shown=line
            )
        records.Link.objects.create(line=line, person=people[group])
        if group != number:
            records.Match.objects.create(
                programme=programme,
                a=lines[group],
                b=line,
                weight=1,
                band=chance.choice(["certain", "undecided"]),
            )
    for a, b in (sorted(chance.sample(range(30), 2)) for _ in range(6)):
        records.Match.objects.get_or_create(
            a=lines[a], b=lines[b], defaults={"programme": programme, "weight": 1, "band": "undecided"}
        )
    for rule in RULES:
        records.Indicator.objects.create(programme=programme, key=rule, measure="people", rule=rule)
    records.Indicator.objects.create(
        programme=programme,
        key="october-b",
        measure="people",
        scope={"contracts": ["B"], "ends": "2018-10-10"},
    )
    refresh_standings(programme)
    return programme.key


@pytest.mark.parametrize("seed", range(12))
def test_maintained_figures_equal_the_reference_for_every_rule_contract_overlap_and_union(seed: int) -> None:
    key = some_programme(seed)
    described = describe(key)
    assert described is not None
    facts, maintained = counting_facts(key), maintained_figures(key)
    for indicator in described.indicators:
        contracts = contracts_of(described, indicator.scope)
        wanted = reference_figures(rule_of(indicator), indicator.scope, facts, contracts)
        found = {
            asking: figure
            for asking, figure in maintained[indicator.key].items()
            if asking.kind != "participations"
        }
        assert found == wanted


def test_figures_are_in_order_and_an_overlap_is_within_both_its_contracts() -> None:
    for result in indicator_results(some_programme(77)):
        of = {one.contract: one.figure for one in result.by_contract}
        for figure in (result.figure, *of.values(), *(one.figure for one in result.overlaps)):
            assert figure.lower <= figure.best <= figure.upper
        for one in result.overlaps:
            assert one.figure.upper <= min(of[one.first].upper, of[one.second].upper)


def test_reading_the_figures_takes_as_many_statements_however_many_people_there_are() -> None:
    key = some_programme(3)
    with CaptureQueriesContext(connection) as statements:
        maintained_figures(key)
    assert len(statements) == 2
