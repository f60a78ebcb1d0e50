"""The starting sets of indicators for the two funders of the founding story."""

from typing import get_args

import pytest

from karvon import catalog
from karvon.rules.counting.count import load_rule
from karvon.rules.programme.description import Direction, EventKind, Measure
from karvon.rules.wording import LANGUAGES

SETS = catalog.names("indicators")
PEOPLE = {"people", "participations", "person_days"}


def test_both_funders_have_a_set_and_neither_claims_to_be_verified() -> None:
    assert {name: catalog.load(f"indicators/{name}")["verified"] for name in SETS} == {
        "erdf-cluster": False,
        "lv-development-grant": False,
    }


@pytest.mark.parametrize("name", SETS)
def test_every_indicator_can_be_counted_and_is_titled_in_every_language(name: str) -> None:
    data = catalog.load(f"indicators/{name}")
    assert set(data["name"]) == set(LANGUAGES)
    keys = [indicator["key"] for indicator in data["indicator"]]
    assert len(keys) == len(set(keys)) > 0
    for indicator in data["indicator"]:
        assert indicator["measure"] in get_args(Measure)
        assert set(indicator["title"]) == set(LANGUAGES)
        assert ("rule" in indicator) == (indicator["measure"] in PEOPLE)
        if "rule" in indicator:
            assert load_rule(indicator["rule"]).counts == indicator["measure"]
        assert set(indicator.get("event_kinds", ())) <= set(get_args(EventKind))
        assert indicator.get("direction", "incoming") in get_args(Direction)
