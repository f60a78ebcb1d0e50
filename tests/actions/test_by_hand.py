"""A word about a whole person is kept as decisions about lines, moves the figures, and is taken back at once."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.small_folder import small_folder

from karvon.actions.by_hand import make_one, take_away, take_back
from karvon.actions.evidence import import_folder
from karvon.actions.organisations import claim_spellings, merge_organisations
from karvon.actions.people import decide
from karvon.actions.results import refresh_standings
from karvon.cli.exporting import export_folder
from karvon.queries.register import people_of_lines
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, str]:
    import_folder(small_folder(tmp_path))
    rows = records.Line.objects.filter(sheet__isnull=False).select_related("payload")
    return {row.payload.body["name"]: row.id for row in rows}


def best() -> int:
    result = indicator_result("small", "trained")
    assert result is not None
    return result.figure.best


def kept() -> list[tuple[object, ...]]:
    return sorted(records.Standing.objects.values_list("indicator", "person", "under", "settled"))


def test_a_line_taken_away_is_nobody_elses_and_the_figure_grows(lines: dict[str, str]) -> None:
    line, before = lines["Шавкат Йўлдошев"], best()
    others = {
        one for one, person in people_of_lines("small").items() if person == people_of_lines("small")[line]
    }
    assert len(others) > 1
    done = take_away("small", line, reason="his cousin")
    people = people_of_lines("small")
    assert [one for one, person in people.items() if person == people[line]] == [line]
    assert done.person == people[line]
    assert best() == before + 1
    assert [(one.before.best, one.after.best) for one in done.moved.figures if one.key == "trained"] == [
        (before, before + 1)
    ]
    assert set(records.Decision.objects.values_list("verdict", "reason")) == {("different", "his cousin")}
    assert records.Decision.objects.count() == done.decisions


def test_two_people_made_one_are_one_whatever_their_names(lines: dict[str, str]) -> None:
    people, before = people_of_lines("small"), best()
    one, other = people[lines["Bekzod Tursunov"]], people[lines["Дилшод Эргашев"]]
    done = make_one("small", one, other)
    now = people_of_lines("small")
    wanted = {line for line, person in people.items() if person in (one, other)}
    assert {line for line, person in now.items() if person == done.person} == wanted
    assert best() == before - 1


def test_what_was_said_of_a_person_is_taken_back_at_once(lines: dict[str, str]) -> None:
    before, people = best(), people_of_lines("small")
    groups = {frozenset(line for line, p in people.items() if p == person) for person in people.values()}
    done = take_away("small", lines["Шавкат Йўлдошев"])
    back = take_back("small", done.entry)
    now = people_of_lines("small")
    assert {frozenset(line for line, p in now.items() if p == person) for person in now.values()} == groups
    assert (best(), back.decisions) == (before, done.decisions)
    with pytest.raises(Refused):
        take_back("small", done.entry)


def test_what_somebody_said_since_is_not_taken_back(lines: dict[str, str]) -> None:
    people = people_of_lines("small")
    done = make_one("small", people[lines["Bekzod Tursunov"]], people[lines["Дилшод Эргашев"]])
    for decision in list(records.Decision.objects.all()):
        decide("small", decision.a_id, decision.b_id, verdict="cannot_tell")
    with pytest.raises(Refused):
        take_back("small", done.entry)


def test_people_parted_by_a_decision_can_be_made_one_again(lines: dict[str, str]) -> None:
    line = lines["Шавкат Йўлдошев"]
    before = people_of_lines("small")
    rest = next(one for one, person in before.items() if person == before[line] and one != line)
    take_away("small", line)
    people = people_of_lines("small")
    done = make_one("small", people[rest], people[line])
    now = people_of_lines("small")
    assert now[line] == now[rest] == done.person


def test_figures_are_kept_as_if_worked_out_anew(lines: dict[str, str]) -> None:
    people = people_of_lines("small")
    take_away("small", lines["Шавкат Йўлдошев"])
    make_one("small", people[lines["Bekzod Tursunov"]], people[lines["Дилшод Эргашев"]])
    moved = kept()
    refresh_standings(records.Programme.objects.get())
    assert moved == kept()


def test_nothing_is_said_of_who_is_not_there(lines: dict[str, str]) -> None:
    person = people_of_lines("small")[lines["Bekzod Tursunov"]]
    for said in (
        lambda: take_away("small", "unknown"),
        lambda: take_away("other", lines["Bekzod Tursunov"]),
        lambda: make_one("small", person, "unknown"),
        lambda: make_one("small", person, person),
        lambda: take_back("small", 10**6),
    ):
        with pytest.raises(Refused):
            said()
    assert not records.Decision.objects.exists()


def test_what_was_said_by_hand_leaves_with_an_export_and_comes_back(
    tmp_path: Path, settings: Settings
) -> None:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "given"))
    lines = {row.payload.body["name"]: row.id for row in records.Line.objects.filter(sheet__isnull=False)}
    take_away("small", lines["Шавкат Йўлдошев"], reason="his cousin")
    people = people_of_lines("small")
    make_one("small", people[lines["Bekzod Tursunov"]], people[lines["Дилшод Эргашев"]])
    claim_spellings("small", "water", ["Suvtaminot DUK"])
    merge_organisations("small", "cluster", "ministry")
    figure, people = best(), people_of_lines("small")
    export_folder("small", tmp_path / "first")
    forget_everything()
    import_folder(tmp_path / "first")
    assert (best(), people_of_lines("small")) == (figure, people)
    assert set(records.Decision.objects.values_list("verdict", flat=True)) == {"different", "same"}
    export_folder("small", tmp_path / "second")
    assert files_in(tmp_path / "second") == files_in(tmp_path / "first")


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
