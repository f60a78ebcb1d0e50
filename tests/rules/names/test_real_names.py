"""Two renderings of one real name are recognised, similar names of two are not.

``real_names.csv``: places of Uzbekistan, Latvia and around, office holders, scholars, writers, sportspeople.
``unlike_names.csv``: real given names, surnames and places, and full names of such, that look or sound alike.
Each row says where both spellings come from: a usual spelling from memory, or a published table applied to one.
The rules were mended while looking at these two. ``*_unseen.csv`` were written afterwards, and nothing was mended
for them: they tell what to expect elsewhere. A row that is added to mend a rule belongs in the first two.
"""

import csv
from pathlib import Path

import pytest

from karvon.rules.names.rendering import same_name

HERE = Path(__file__).parent


def rows(file: str) -> list[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


REAL, UNLIKE = rows("real_names.csv"), rows("unlike_names.csv")
REAL_UNSEEN, UNLIKE_UNSEEN = rows("real_names_unseen.csv"), rows("unlike_names_unseen.csv")


def taken_for_one(pair: dict[str, str]) -> bool:
    return same_name(pair["one"], pair["two"], of="place" if pair["kind"] == "place" else "person")


def shown(pairs: list[dict[str, str]]) -> str:
    return "; ".join(f"{pair['one']} ~ {pair['two']}" for pair in pairs)


@pytest.mark.parametrize("table", [REAL, REAL_UNSEEN], ids=["seen", "unseen"])
def test_one_real_name_is_recognised_in_two_renderings(table: list[dict[str, str]]) -> None:
    missed = [pair for pair in table if not taken_for_one(pair)]
    assert len(missed) <= 0.05 * len(table), shown(missed)


@pytest.mark.parametrize("table", [UNLIKE, UNLIKE_UNSEEN], ids=["seen", "unseen"])
def test_similar_names_are_not_taken_for_one(table: list[dict[str, str]]) -> None:
    mistaken = [pair for pair in table if taken_for_one(pair)]
    assert len(mistaken) <= 0.02 * len(table), shown(mistaken)


@pytest.mark.parametrize("kind", ["place", "person"])
def test_places_and_people_are_recognised_alike(kind: str) -> None:
    pairs = [pair for pair in REAL if pair["kind"] == kind]
    missed = [pair for pair in pairs if not taken_for_one(pair)]
    assert len(missed) <= 0.1 * len(pairs), shown(missed)


@pytest.mark.parametrize("table", [REAL, UNLIKE], ids=["real", "unlike"])
def test_every_pair_is_there_once_with_its_sources(table: list[dict[str, str]]) -> None:
    assert len(table) >= 320
    assert all(pair["source_of_one"] and pair["source_of_two"] for pair in table)
    assert len({frozenset((pair["one"], pair["two"])) for pair in table}) == len(table)


def test_the_answer_does_not_depend_on_which_is_first() -> None:
    for pair in REAL + UNLIKE:
        assert taken_for_one(pair) == taken_for_one(pair | {"one": pair["two"], "two": pair["one"]}), pair
