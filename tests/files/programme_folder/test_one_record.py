"""A record by itself says the same as in its folder, and what is typed is held to the same shapes."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from tests.files.programme_folder.generated import programmes

from karvon.files.programme_folder.one_record import kind_named, read_record, values_of
from karvon.files.programme_folder.schema import KINDS, PROGRAMME
from karvon.rules.programme import description as d
from karvon.rules.programme.ordering import in_canonical_order
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import ALWAYS, Money, Share

PROGRAMME_ITSELF = d.Programme("p", Text((("en", "Programme"),)), ("en", "lv"))
WITHIN = d.ProgrammeDescription(
    PROGRAMME_ITSELF,
    contracts=(d.Contract("lv79", "LV-79", "ministry"),),
    organisations=(d.Organisation("ministry", Text((("en", "Ministry"),))),),
)


@settings(max_examples=25)
@given(programmes())
def test_a_record_read_from_its_values_is_the_same_record(description: d.ProgrammeDescription) -> None:
    whole = in_canonical_order(description)
    for kind in KINDS:
        things = (whole.programme,) if kind is PROGRAMME else getattr(whole, kind.holder)
        for thing in things:
            reading = read_record(kind, thing.key, values_of(kind, thing), within=whole)
            assert (reading.problems, reading.record) == ((), thing)


def read(name: str, **values: object) -> object:
    kind = kind_named(name)
    assert kind is not None
    reading = read_record(kind, "k", values, within=WITHIN)
    return reading.record or [(p.code, p.where.key) for p in reading.problems]


CONTRACT = {"number": "LV-1", "funder": "ministry"}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50000", "50000"), ("50 000", "50000"), ("50\u00a0000,50", "50000.5"), ("7,5", "7.5"), ("7.50", "7.5"),
        ("0", "0"), (" 12 ", "12"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed: str, amount: str) -> None:
    contract = read("contract", **CONTRACT, budget={"amount": typed, "currency": "EUR"})
    assert isinstance(contract, d.Contract)
    assert contract.budget == Money(Decimal(amount), "EUR")


@pytest.mark.parametrize("typed", ["50,000", "1.000,5", "1e9", "¹", "٣", "x", "--1", "1,2,3", "9" * 30])
def test_what_could_be_two_numbers_or_none_is_asked_again(typed: str) -> None:
    said = read("contract", **CONTRACT, budget={"amount": typed, "currency": "EUR"})
    assert said == [("folder.not_a_number", "contract[k].budget")]


def test_a_problem_is_placed_at_the_part_it_is_about() -> None:
    visit = {"direction": "outgoing", "title": {"en": "Visit"}, "starts": "2018-10-10", "ends": "10.31.2018"}
    assert read("visit", **visit, shares={"lv79": "much", "none": "5"}) == [
        ("folder.not_a_day", "visit[k].ends"),
        ("folder.not_a_number", "visit[k].shares.lv79"),
        ("folder.unknown_reference", "visit[k].shares.none"),
    ]
    people = {"title": {"en": "People"}, "measure": "people"}
    assert read("indicator", **people, target=[{"value": "5"}, {"contract": "none", "value": "1"}]) == [
        ("folder.unknown_reference", "indicator[k].target.1.contract")
    ]


def test_an_event_that_nobody_pays_is_another_than_one_paid_as_its_visit() -> None:
    kind = kind_named("event")
    assert kind is not None
    event = d.Event("k", "v", "training", Text((("en", "Event"),)), ALWAYS)
    nobody = d.Event("k", "v", "training", Text((("en", "Event"),)), ALWAYS, shares=())
    shared = d.Event("k", "v", "training", Text((("en", "Event"),)), ALWAYS, shares=(Share("c", Decimal(5)),))
    said = [values_of(kind, one).get("shares") for one in (event, nobody, shared)]
    assert said == [None, {}, {"c": "5"}]


def test_a_funder_of_the_catalogue_becomes_an_organisation() -> None:
    kind = kind_named("contract")
    assert kind is not None
    reading = read_record(kind, "k", {"number": "LV-1", "funder": "mfa-lv"}, within=WITHIN)
    assert [one.key for one in reading.funders] == ["mfa-lv"]


def test_a_target_is_no_thing_by_itself() -> None:
    assert (kind_named("target"), kind_named("nothing")) == (None, None)
