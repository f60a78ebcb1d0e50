"""A person's word about two lines is kept, obeyed, undoable, and moves the figures."""

from pathlib import Path

import pytest
from tests.small_folder import small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.people import decide, relink, undo_decision
from karvon.queries.register import people_of_lines
from karvon.queries.results import certain_unreviewed, indicator_result
from karvon.records import models as records
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, str]:
    import_folder(small_folder(tmp_path))
    rows = records.Line.objects.filter(sheet__isnull=False).select_related("payload")
    return {row.payload.body["name"]: row.id for row in rows}


def trained() -> tuple[int, int, int]:
    result = indicator_result("small", "trained")
    assert result is not None
    return result.figure.lower, result.figure.best, result.figure.upper


def partition(people: dict[str, str]) -> set[frozenset[str]]:
    """The groups of lines, whatever their people are called."""
    return {frozenset(line for line, p in people.items() if p == person) for person in people.values()}


def test_different_takes_two_lines_apart_and_the_figure_grows(lines: dict[str, str]) -> None:
    _, before, _ = trained()

    decide(
        "small",
        lines["Shavkat Yo'ldoshev"],
        lines["Шавкат Йўлдошев"],
        verdict="different",
        reason="two cousins",
    )

    people = people_of_lines("small")
    assert people[lines["Shavkat Yo'ldoshev"]] != people[lines["Шавкат Йўлдошев"]]
    assert trained()[1] == before + 1


def test_same_joins_two_lines_whatever_their_names(lines: dict[str, str]) -> None:
    _, before, _ = trained()

    decide(
        "small", lines["Bekzod Tursunov"], lines["Дилшод Эргашев"], verdict="same", reason="took another name"
    )

    people = people_of_lines("small")
    assert people[lines["Bekzod Tursunov"]] == people[lines["Дилшод Эргашев"]]
    assert trained()[1] == before - 1


def test_cannot_tell_leaves_the_doubt_between_the_bounds(lines: dict[str, str]) -> None:
    decide("small", lines["Bekzod Tursunov"], lines["Дилшод Эргашев"], verdict="cannot_tell")

    lower, _, upper = trained()
    assert upper - lower >= 1


def test_undoing_a_decision_restores_what_was_and_keeps_both_on_record(lines: dict[str, str]) -> None:
    before = people_of_lines("small"), trained()
    a, b = lines["Shavkat Yo'ldoshev"], lines["Шавкат Йўлдошев"]

    decide("small", a, b, verdict="different")
    undo_decision("small", a, b)

    assert trained() == before[1]
    assert partition(people_of_lines("small")) == partition(before[0])
    assert list(records.Decision.objects.values_list("verdict", flat=True)) == ["different", "undone"]
    assert list(records.JournalEntry.objects.values_list("action", flat=True)) == [
        "import_folder",
        "decide",
        "decide",
    ]


def test_a_decision_is_obeyed_when_everything_is_linked_again_under_a_new_snapshot(
    lines: dict[str, str],
) -> None:
    decide("small", lines["Shavkat Yo'ldoshev"], lines["Шавкат Йўлдошев"], verdict="different")

    relink("small", new_snapshot=True)

    people = people_of_lines("small")
    assert people[lines["Shavkat Yo'ldoshev"]] != people[lines["Шавкат Йўлдошев"]]
    assert list(records.Snapshot.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_linking_again_without_a_change_keeps_every_person(lines: dict[str, str]) -> None:
    before = people_of_lines("small")

    relink("small")

    assert people_of_lines("small") == before


def test_a_certain_match_somebody_looked_at_is_no_longer_unreviewed(lines: dict[str, str]) -> None:
    found = records.Match.objects.filter(band="certain", a__sheet__isnull=False)
    pair = found.values_list("a_id", "b_id").first()
    assert pair is not None
    before = certain_unreviewed("small")

    decide("small", *pair, verdict="same")

    assert certain_unreviewed("small") == before - 1


def test_a_line_nobody_knows_cannot_be_decided_about(lines: dict[str, str]) -> None:
    with pytest.raises(Refused):
        decide("small", lines["Bekzod Tursunov"], "unknown", verdict="same")
    with pytest.raises(Refused):
        decide("small", lines["Bekzod Tursunov"], lines["Bekzod Tursunov"], verdict="same")

    assert not records.Decision.objects.exists()
