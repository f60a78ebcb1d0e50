"""What somebody saw on the paper goes before what its transcript says, is counted, and travels with an export."""

from pathlib import Path

import pytest
from tests.actions.forgetting import forget_everything
from tests.actions.test_bringing import files_in, on_the_desk, small
from tests.small_folder import FIRST, PROGRAMME, small_folder

from karvon.actions.bringing import accept
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.people import decide
from karvon.actions.signing import see_signatures
from karvon.cli.exporting import export_folder
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.problems import Refused

__all__ = ["small"]
pytestmark = pytest.mark.django_db
SIGNED = (
    PROGRAMME
    + """
[[indicator]]
key = "signed"
title = "Signed for"
measure = "people"
rule = "signed"
"""
)
WITH_SIGNATURES = FIRST.replace("Position\n", "Position,Signature\n").replace(
    "chief engineer", "chief engineer,no"
)


def counted() -> int:
    found = indicator_result("small", "signed")
    assert found is not None
    return found.figure.best


def line_of(row: int, sheet: str = "first") -> str:
    return str(records.Line.objects.get(sheet__key=sheet, row=row, retired_at=None).pk)


def signed(line: str) -> set[bool | None]:
    return set(records.Attendance.objects.filter(line=line).values_list("signed", flat=True))


@pytest.fixture
def looked_at(tmp_path: Path, settings: object) -> Path:
    settings.KARVON_HOME = tmp_path / "home"  # type: ignore[attr-defined]
    folder = small_folder(tmp_path / "signed", description=SIGNED, first=WITH_SIGNATURES)
    import_folder(folder)
    return folder


def test_a_signature_somebody_saw_is_counted_where_a_rule_asks_for_one(looked_at: Path) -> None:
    assert (counted(), signed(line_of(4))) == (0, {False})
    assert see_signatures("small", "first", {line_of(3): True, line_of(4): True}, by=COMMAND) == 2
    assert (counted(), signed(line_of(3)), signed(line_of(4))) == (2, {True}, {True})
    assert see_signatures("small", "first", {line_of(3): True}, by=COMMAND) == 0
    see_signatures("small", "first", {line_of(3): False, line_of(4): None}, by=COMMAND)
    assert (counted(), signed(line_of(3)), signed(line_of(4))) == (0, {False}, {False})
    entry = records.JournalEntry.objects.latest("id")
    assert (entry.action, entry.facts["not_signed"], entry.facts["taken_back"]) == (
        "see_signatures", [line_of(3)], [line_of(4)],
    )  # fmt: skip


def test_what_was_seen_outlasts_reading_the_sheet_again(looked_at: Path) -> None:
    see_signatures("small", "first", {line_of(3): True}, by=COMMAND)
    sheet = looked_at / "sheets/first.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("hydrologist", "chief hydrologist"), encoding="utf-8")
    import_folder(looked_at)
    assert (counted(), signed(line_of(3))) == (1, {True})


def test_what_was_seen_travels_with_an_export_and_comes_back(looked_at: Path, tmp_path: Path) -> None:
    see_signatures("small", "first", {line_of(3): True, line_of(5): False}, by=COMMAND)
    export_folder("small", tmp_path / "one")
    assert (tmp_path / "one/register/signatures.csv").read_text("utf-8").count("\n") == 3
    forget_everything()
    import_folder(tmp_path / "one")
    assert (counted(), signed(line_of(3)), signed(line_of(5))) == (1, {True}, {False})
    export_folder("small", tmp_path / "two")
    assert files_in(tmp_path / "two") == files_in(tmp_path / "one")


def test_nobody_signs_for_a_line_of_another_sheet(looked_at: Path) -> None:
    with pytest.raises(Refused):
        see_signatures("small", "first", {line_of(2, "second"): True}, by=COMMAND)
    assert records.SignatureSeen.objects.count() == 0


@pytest.mark.parametrize("holds", [True, False])
def test_a_word_about_a_line_that_changed_holds_only_where_somebody_confirms_it(
    small: str, tmp_path: Path, holds: bool
) -> None:
    a, b = line_of(5), line_of(4, "second")
    c, d = line_of(4), line_of(3, "second")
    decide(small, a, b, verdict="different", by=COMMAND)
    decide(small, c, d, verdict="same", by=COMMAND)
    see_signatures(small, "first", {a: True, c: True}, by=COMMAND)
    text = (tmp_path / "small/sheets/first.csv").read_text("utf-8").replace("hydrologist", "pump hydrologist")
    draft = on_the_desk(tmp_path, replaces="first", first_csv=text)
    accept(small, draft, by=COMMAND, confirm=[a] if holds else [])
    latest = {(one.a_id, one.b_id): one.verdict for one in records.Decision.objects.order_by("at", "id")}
    assert latest == {
        (min(a, b), max(a, b)): "different" if holds else "undone", (min(c, d), max(c, d)): "same",
    }  # fmt: skip
    assert (signed(a), signed(c)) == ({True} if holds else {None}, {True})
