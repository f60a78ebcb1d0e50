"""The counting rules as they lie in the catalogue."""

from decimal import Decimal

import pytest

from karvon import catalog
from karvon.rules import wording
from karvon.rules.counting.count import load_rule
from karvon.rules.problems import Refused
from karvon.rules.wording import LANGUAGES, problem_text

RULES = catalog.names("counting_rules")


def test_the_catalogue_holds_the_rules_of_the_field_and_presets_for_both_funders() -> None:
    assert RULES == (
        "completed",
        "erdf-cluster",
        "lv-development-grant",
        "min-contact-hours",
        "participations",
        "person-days",
        "signed",
        "unique-in-operation",
        "unique-in-period",
        "unique-with-heads",
    )


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_is_named_and_told_in_every_language_with_its_parameters(rule_id: str) -> None:
    rule = load_rule(rule_id)
    data = catalog.load(f"counting_rules/{rule_id}")
    for language in LANGUAGES:
        assert data["name"][language].strip() == data["name"][language] != ""
        told = wording.fill(data["sentence"][language], language, dict(rule.parameters))
        for _, value in rule.parameters:
            assert str(value) in told
    assert set(data["name"]) == set(data["sentence"]) == set(LANGUAGES)


@pytest.mark.parametrize("rule_id", RULES)
def test_no_rule_claims_a_source_that_could_not_be_checked(rule_id: str) -> None:
    assert load_rule(rule_id).verified is False
    assert load_rule(rule_id).source != ""


def test_only_rules_of_people_count_people() -> None:
    ways = {rule_id: (load_rule(rule_id).way, load_rule(rule_id).counts) for rule_id in RULES}
    assert ways["participations"] == ("participation", "participations")
    assert ways["person-days"] == ("day", "person_days")
    others = {
        counts for rule_id, (_, counts) in ways.items() if rule_id not in ("participations", "person-days")
    }
    assert others == {"people"}


def test_hours_are_a_parameter_of_the_rule_by_default_sixteen() -> None:
    assert load_rule("min-contact-hours").parameter("hours") == 16
    assert load_rule("min-contact-hours", {"hours": Decimal(15)}).parameters == (("hours", Decimal(15)),)


@pytest.mark.parametrize(
    ("rule_id", "parameters", "codes"),
    [
        ("per-head", {}, ["counting.rule_unknown"]),
        ("unique-in-period", {"hours": Decimal(8)}, ["counting.parameter_unknown"]),
        ("min-contact-hours", {"hours": Decimal(0)}, ["counting.parameter_out_of_range"]),
        ("min-contact-hours", {"hours": Decimal("NaN")}, ["counting.parameter_out_of_range"]),
        ("completed", {"share": Decimal(101)}, ["counting.parameter_out_of_range"]),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_every_language(
    rule_id: str, parameters: dict[str, Decimal], codes: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        load_rule(rule_id, parameters)
    assert [problem.code for problem in refused.value.problems] == codes
    for language in LANGUAGES:
        assert f"{rule_id}" in problem_text(refused.value.problems[0], language)
