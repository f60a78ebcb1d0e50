"""On lists of fictitious people the truth is known: what is certain is right, and bounds and ranges hold it."""

import pytest
from bench.people import kin_merged, measured
from bench.people_generator import generate


def test_a_seed_and_a_size_make_one_list() -> None:
    assert generate(seed=3, people=120) == generate(seed=3, people=120)
    assert generate(seed=3, people=120) != generate(seed=4, people=120)


def test_every_row_has_its_truth_and_every_spelling_is_there() -> None:
    rows, gold = generate(seed=1, people=900)
    assert [row["row_id"] for row in rows] == [row["row_id"] for row in gold]
    assert {row["orth"] for row in gold} == {"uz_latn", "uz_cyrl", "ru", "en", "lv", "uz_new"}
    tags = {tag for row in gold for tag in row["tags"].split("+")}
    assert tags == {
        "", "father_son", "sisters", "twins", "bro_sis", "namesake", "common", "moved", "moved_nophone", "married",
        "office_phone",
    }  # fmt: skip


@pytest.mark.parametrize("seed", [201, 202])
def test_what_is_certain_is_right_and_the_truth_lies_inside(seed: int) -> None:
    figures = measured(*generate(seed=seed, people=700))
    assert (figures.f1 > 0.9, figures.b_cubed > 0.94, figures.report_error < 0.015) == (True, True, True)
    assert (figures.hard_coverage, figures.certain_wrong <= 0.01) == (1.0, True)
    assert figures.range_coverage >= 0.93


def test_kin_put_together_are_counted_only_among_clean_full_names() -> None:
    row = {"form": "SG", "noise": "", "tags": "twins"}
    gold = [
        {**row, "row_id": "1", "person_id": "a"},
        {**row, "row_id": "2", "person_id": "b"},
        {**row, "row_id": "3", "person_id": "b", "form": "Si"},
        {**row, "row_id": "4", "person_id": "b", "noise": "typo"},
    ]
    assert kin_merged(gold, dict.fromkeys("1234", "x")) == 1
    assert kin_merged(gold, {"1": "x", "2": "y", "3": "x", "4": "x"}) == 0
