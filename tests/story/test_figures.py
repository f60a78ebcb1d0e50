"""The example's promised numbers, counted from its sheets under the funders' rules."""

import pytest
from tests.story import told

from karvon.files.programme_folder import FolderReading
from karvon.rules.counting.count import count, load_rule, overlap, union
from karvon.rules.counting.facts import Facts
from karvon.rules.programme.description import Scope
from karvon.rules.statements import judge

TRAININGS = Scope(event_kinds=("training",))
OCTOBER = Scope(event_kinds=("training",), visits=("tashkent-october",))


def true_people(lines: tuple[told.ToldLine, ...], events: set[str]) -> set[str]:
    """Who took part in these events, by the truth."""
    return {
        line.gold.person for line in lines if line.sheet.event in events and line.gold.role == "participant"
    }


def paid_by(folder: FolderReading, contract: str) -> set[str]:
    visits = {visit.key: visit.shares for visit in folder.description.visits}
    return {
        event.key
        for event in folder.description.events
        if event.kind == "training"
        and contract
        in {share.contract for share in (event.shares if event.shares is not None else visits[event.visit])}
    }


def test_the_truth_is_83_in_october_and_161_in_all(lines: tuple[told.ToldLine, ...]) -> None:
    october = {event for event in told.TRAININGS if event.startswith("tashkent")}
    assert (len(true_people(lines, october)), len(true_people(lines, set(told.TRAININGS)))) == (83, 161)


def test_october_trained_more_than_75(facts: Facts) -> None:
    counted = count(load_rule("unique-in-period"), OCTOBER, facts)
    assert judge(counted, "more_than", 75) == "supported"
    assert counted.lower <= 83 <= counted.upper
    assert 76 <= counted.best <= 90


def test_in_all_more_than_150_were_trained(facts: Facts) -> None:
    counted = count(load_rule("unique-in-period"), TRAININGS, facts)
    assert judge(counted, "more_than", 150) == "supported"
    assert counted.lower <= 161 <= counted.upper
    assert 151 <= counted.best <= 175


def test_the_draft_that_says_200_is_not_supported(facts: Facts) -> None:
    counted = count(load_rule("unique-in-period"), TRAININGS, facts)
    assert judge(counted, "more_than", 200) == "not_supported"


def test_the_draft_that_says_160_is_open_until_somebody_decides(facts: Facts) -> None:
    counted = count(load_rule("unique-in-period"), TRAININGS, facts)
    assert judge(counted, "at_least", 160) == "open"


@pytest.mark.parametrize("contract", ["LV-79", "erdf"])
def test_each_contract_counts_its_own_people_once(
    contract: str, facts: Facts, lines: tuple[told.ToldLine, ...], folder: FolderReading
) -> None:
    scope = Scope(event_kinds=("training",), contracts=(contract,))
    counted = count(load_rule("unique-in-period"), scope, facts)
    assert counted.lower <= len(true_people(lines, paid_by(folder, contract))) <= counted.upper


def test_dozens_are_counted_under_both_contracts_and_the_union_is_not_the_sum(
    facts: Facts, lines: tuple[told.ToldLine, ...], folder: FolderReading
) -> None:
    rule = load_rule("unique-in-period")
    both = true_people(lines, paid_by(folder, "LV-79")) & true_people(lines, paid_by(folder, "erdf"))
    overlapping = overlap(rule, "LV-79", "erdf", TRAININGS, facts)
    assert overlapping.lower <= len(both) <= overlapping.upper
    assert overlapping.best >= 48
    together = union(rule, ("LV-79", "erdf"), TRAININGS, facts)
    assert together.lower <= 161 <= together.upper


def test_trainers_interpreters_and_guests_on_the_same_lists_are_not_counted(
    facts: Facts, lines: tuple[told.ToldLine, ...]
) -> None:
    signed = {line.line for line in lines if line.sheet.event in told.TRAININGS}
    others = {line.line for line in lines if line.line in signed and line.gold.role != "participant"}
    people = {facts.register.person_of[line] for line in signed - others}
    assert len(others) == 40
    assert {facts.register.person_of[line] for line in others} & people == set()


def test_one_training_was_fuller_than_its_list(
    folder: FolderReading, lines: tuple[told.ToldLine, ...]
) -> None:
    event = next(event for event in folder.description.events if event.key == "tashkent-waste")
    (heads,) = event.head_counts
    assert heads.heads - len(true_people(lines, {"tashkent-waste"})) == 5


def test_people_who_came_after_the_list_only_raise_the_upper_bound_of_the_rule_that_counts_them(
    facts: Facts,
) -> None:
    named = count(load_rule("unique-in-period"), OCTOBER, facts)
    with_heads = count(load_rule("unique-with-heads"), OCTOBER, facts)
    assert (with_heads.lower, with_heads.best) == (named.lower, named.best)
    assert with_heads.upper > named.upper


def test_participations_are_the_larger_number_that_is_not_people(
    facts: Facts, lines: tuple[told.ToldLine, ...]
) -> None:
    participations = count(load_rule("participations"), TRAININGS, facts)
    assert participations.lower <= 245 <= participations.upper
