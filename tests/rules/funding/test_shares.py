"""Contract shares of visits and events."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.funding import (
    effective_shares,
    funding_problems,
    paying_contracts,
    share_problems,
    unfunded_percent,
)
from karvon.rules.problems import Place
from karvon.rules.programme.description import Contract, Event, Programme, ProgrammeDescription, Visit
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period, Share
from karvon.rules.wording import LANGUAGES, problem_text

OCTOBER = Period(date(2018, 10, 10), date(2018, 10, 12))
HERE = Place(file="programme.toml", key="visit[tashkent].shares")


def shares(**percents: str) -> tuple[Share, ...]:
    return tuple(Share(contract, Decimal(percent)) for contract, percent in percents.items())


def visit(*paid: Share) -> Visit:
    return Visit("tashkent", "outgoing", Text(), OCTOBER, shares=paid)


def event(paid: tuple[Share, ...] | None = None) -> Event:
    return Event("heat", "tashkent", "training", Text(), OCTOBER, shares=paid)


def test_shares_that_make_a_hundred_per_cent_are_well() -> None:
    assert share_problems(shares(grant="33.3", cluster="66.7"), where=HERE) == ()


@pytest.mark.parametrize(
    ("given_shares", "codes"),
    [
        (shares(grant="60", cluster="40.01"), ["funding.shares_over_100"]),
        (shares(grant="0"), ["funding.share_out_of_range"]),
        (shares(grant="-5"), ["funding.share_out_of_range"]),
        (shares(grant="NaN"), ["funding.share_out_of_range"]),
        (shares(grant="120"), ["funding.share_out_of_range", "funding.shares_over_100"]),
        (shares(bank="50"), ["funding.contract_unknown"]),
        ((*shares(grant="50"), *shares(grant="30")), ["funding.contract_repeated"]),
    ],
)
def test_shares_that_cannot_be_are_told_in_every_language(
    given_shares: tuple[Share, ...], codes: list[str]
) -> None:
    problems = share_problems(given_shares, where=HERE, contracts={"grant", "cluster"})
    assert [problem.code for problem in problems] == codes
    for problem in problems:
        for language in LANGUAGES:
            assert problem_text(problem, language).startswith("programme.toml: visit[tashkent].shares: ")


@given(st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=4))
def test_shares_are_refused_exactly_when_they_sum_to_more_than_a_hundred(percents: list[Decimal]) -> None:
    paid = tuple(Share(f"c{i}", percent) for i, percent in enumerate(percents))
    codes = [problem.code for problem in share_problems(paid, where=HERE)]
    assert codes == (["funding.shares_over_100"] if sum(percents) > 100 else [])
    assert unfunded_percent(paid) == max(Decimal(0), 100 - sum(percents))


def test_an_event_without_shares_of_its_own_is_paid_like_its_visit() -> None:
    paid = shares(grant="60", cluster="40")
    assert effective_shares(event(), visit(*paid)) == paid
    assert paying_contracts(event(), visit(*paid)) == ("grant", "cluster")


def test_an_event_has_its_own_shares_or_none_at_all() -> None:
    paid = shares(grant="60", cluster="40")
    assert paying_contracts(event(shares(cluster="100")), visit(*paid)) == ("cluster",)
    assert effective_shares(event(()), visit(*paid)) == ()


def described(
    *contracts: Contract, paid: tuple[Share, ...], own: tuple[Share, ...] | None = None
) -> ProgrammeDescription:
    return ProgrammeDescription(
        Programme("demo", Text(), ("en",)), contracts=contracts, visits=(visit(*paid),), events=(event(own),)
    )


def test_an_event_outside_its_contracts_period_is_a_warning_in_every_language() -> None:
    late = Contract("grant", "LV-79", "ministry", period=Period(date(2018, 10, 11), date(2018, 12, 31)))
    (problem,) = funding_problems(described(late, paid=shares(grant="100")))
    assert (problem.code, problem.severity) == ("funding.outside_contract_period", "warning")
    assert problem.facts == {"contract": "LV-79", "day": "2018-10-10"}
    for language in LANGUAGES:
        assert "LV-79" in problem_text(problem, language)


def test_problems_of_a_programme_name_the_visit_and_the_event() -> None:
    grant = Contract("grant", "LV-79", "ministry")
    problems = funding_problems(described(grant, paid=shares(grant="101"), own=shares(bank="100")))
    assert [(problem.code, problem.where.key) for problem in problems] == [
        ("funding.share_out_of_range", "visit[tashkent].shares"),
        ("funding.shares_over_100", "visit[tashkent].shares"),
        ("funding.contract_unknown", "event[heat].shares"),
    ]
