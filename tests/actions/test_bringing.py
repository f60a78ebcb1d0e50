"""Files on the desk count for nothing; accepted they do, as somebody said; all of it can be taken back."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.actions.forgetting import forget_everything
from tests.small_folder import small_folder

from karvon.actions.bringing import (
    LaidFile,
    SheetSettings,
    accept,
    add_files,
    correct,
    discard,
    lay_down,
    put_back,
    restore_sheets,
    say_who,
    set_sheet,
    take_off,
    withdraw_sheets,
)
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND, new_id
from karvon.cli.exporting import export_folder
from karvon.queries import bringing as questions
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.evidence.corrections import Correction
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db

THIRD = "No,Full name,Organisation\n1,Shavkat Yoldoshev,Suvtaminot\n2,Nargiza Ergasheva,Suvtaminot\n"
MESSY = "Uzbekistan,,\nList,who,what\n1,Nargiza Ergasheva,Suvtaminot\n2,Botir Aliyev,Suvtaminot\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def small(tmp_path: Path, settings: object) -> str:
    """The small programme, imported: five specialists trained."""
    settings.KARVON_HOME = tmp_path / "home"  # type: ignore[attr-defined]
    import_folder(small_folder(tmp_path / "small"))
    return "small"


def laid(folder: Path, **files: str | bytes) -> list[LaidFile]:
    """Files as a browser sends them: ``third_csv="..."`` is called third.csv."""
    found = []
    for name, content in files.items():
        path = folder / f"upload-{new_id()}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found.append(LaidFile(path, ".".join(name.rsplit("_", 1))))
    return found


def on_the_desk(folder: Path, *, event: str = "water-1", replaces: str = "", **files: str | bytes) -> str:
    key = new_id()
    found = lay_down("small", laid(folder, **files), draft=key, by=COMMAND, event=event, replaces=replaces)
    assert (found.draft, found.problems) == (key, ())
    return key


def file_of(draft: str, name: str) -> records.DraftFile:
    return records.DraftFile.objects.get(draft=draft, name=name)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def trained() -> int:
    found = indicator_result("small", "trained")
    assert found is not None
    return found.figure.best


def test_what_lies_on_the_desk_counts_for_nothing_until_it_is_accepted(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD)
    assert (trained(), records.Sheet.objects.count()) == (5, 2)
    outcome = accept(small, draft, by=COMMAND)
    assert outcome is not None
    assert (outcome.new_lines, trained(), records.Sheet.objects.count()) == (2, 6, 3)
    assert accept(small, draft, by=COMMAND) is None
    assert records.Sheet.objects.count() == 3


def test_the_same_desk_sent_twice_is_one_desk(small: str, tmp_path: Path) -> None:
    key = new_id()
    for _ in range(2):
        lay_down(small, laid(tmp_path, third_csv=THIRD), draft=key, by=COMMAND, event="water-1")
    assert (records.Draft.objects.count(), records.DraftFile.objects.count()) == (1, 1)


def test_an_import_is_taken_back_and_let_count_again(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD)
    accept(small, draft, by=COMMAND)
    key = file_of(draft, "third.csv").sheet_key
    lines = set(records.Line.objects.filter(sheet__key=key).values_list("pk", flat=True))
    withdraw_sheets(small, [key], by=COMMAND)
    page = questions.draft(small, draft)
    assert (trained(), page and page.withdrawn) == (5, True)
    restore_sheets(small, [key], by=COMMAND)
    assert trained() == 6
    assert (
        set(records.Line.objects.filter(sheet__key=key, retired_at=None).values_list("pk", flat=True))
        == lines
    )


def test_the_list_says_which_columns_hold_what_and_it_travels_with_an_export(
    small: str, tmp_path: Path
) -> None:
    draft = on_the_desk(tmp_path, messy_csv=MESSY)
    file = file_of(draft, "messy.csv").pk
    with pytest.raises(Refused) as refused:
        accept(small, draft, by=COMMAND)
    assert [problem.code for problem in refused.value.problems] == ["sheet.no_people"]
    assert (trained(), records.Sheet.objects.count()) == (5, 2)
    correct(
        small, draft, file, Correction("", "header", "2"), Correction("", "B", "name"),
        Correction("", "C", "organisation"), Correction("", 4, "nobody"), by=COMMAND,
    )  # fmt: skip
    accept(small, draft, by=COMMAND)
    assert trained() == 6
    export_folder(small, tmp_path / "one")
    described = tomllib.loads((tmp_path / "one/programme.toml").read_text("utf-8"))
    assert [sheet.get("reading", []) for sheet in described["sheet"]] == [
        [], [], ["header = 2", "B = name", "C = organisation", "row 4 = nobody"],
    ]  # fmt: skip
    forget_everything()
    import_folder(tmp_path / "one")
    assert trained() == 6
    export_folder(small, tmp_path / "two")
    assert files_in(tmp_path / "two") == files_in(tmp_path / "one")


def test_what_is_said_of_who_is_whom_becomes_a_decision(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD)
    file = file_of(draft, "third.csv").pk
    first = records.Line.objects.get(sheet__key="first", row=3).pk
    second = records.Line.objects.get(sheet__key="second", row=2).pk
    for line in (first, second):
        say_who(small, draft, file, ("", 2, ""), line, "different", by=COMMAND)
    assert records.Decision.objects.count() == 0
    accept(small, draft, by=COMMAND)
    assert sorted(records.Decision.objects.values_list("verdict", flat=True)) == ["different", "different"]
    assert trained() == 7


def test_a_list_proves_the_event_and_day_somebody_says(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, event="", third_csv=THIRD)
    file = file_of(draft, "third.csv").pk
    with pytest.raises(Refused) as refused:
        accept(small, draft, by=COMMAND)
    assert [problem.code for problem in refused.value.problems] == ["bringing.no_event"]
    day = records.Event.objects.get(key="water-2").ends
    set_sheet(small, draft, file, SheetSettings("water-2", day, role="guest"), by=COMMAND)
    with pytest.raises(Refused) as refused:
        set_sheet(small, draft, file, SheetSettings("water-1", day), by=COMMAND)
    assert [problem.code for problem in refused.value.problems] == ["bringing.day_outside"]
    accept(small, draft, by=COMMAND)
    kept = records.Sheet.objects.get(key=file_of(draft, "third.csv").sheet_key)
    assert (kept.event.key, kept.day, kept.role, trained()) == ("water-2", day, "guest", 5)


def test_a_scan_lies_beside_the_list_that_is_called_like_it(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD, other_png=PNG + b"1", **{"third-signed_png": PNG})
    assert file_of(draft, "third.csv").scan == file_of(draft, "third-signed.png")
    accept(small, draft, by=COMMAND)
    kept = records.Sheet.objects.get(key=file_of(draft, "third.csv").sheet_key)
    assert (kept.scan_path, kept.path) == ("documents/third-signed.png", "sheets/third.csv")


def test_a_name_that_is_taken_by_another_file_is_given_a_number(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, first_csv=THIRD)
    accept(small, draft, by=COMMAND)
    assert sorted(records.Sheet.objects.values_list("path", flat=True)) == [
        "sheets/first-2.csv", "sheets/first.csv", "sheets/second.csv",
    ]  # fmt: skip
    assert trained() == 6


def test_the_same_file_is_noticed_in_use_and_on_another_desk(small: str, tmp_path: Path) -> None:
    on_the_desk(tmp_path, third_csv=THIRD)
    again = on_the_desk(tmp_path, third_csv=THIRD)
    first = (tmp_path / "small/sheets/first.csv").read_bytes()
    add_files(small, again, laid(tmp_path, copy_csv=first, third_csv=THIRD), by=COMMAND)
    page = questions.draft(small, again)
    assert page is not None
    assert [[(e.sheet, bool(e.draft)) for e in file.elsewhere] for file in page.files] == [
        [("", True)], [("first", False)],
    ]  # fmt: skip


def test_files_that_cannot_be_taken_are_told_and_kept_nowhere(small: str, tmp_path: Path) -> None:
    found = lay_down(
        small, laid(tmp_path, list_xlsx=PNG, program_xlsx=b"MZ\x90\0", copy_csv=THIRD, third_csv=THIRD),
        draft=new_id(), by=COMMAND, event="water-1",
    )  # fmt: skip
    assert [problem.code for problem in found.problems] == [
        "bringing.picture_as_list", "sheet.unknown_format", "bringing.chosen_twice",
    ]  # fmt: skip
    assert list(records.DraftFile.objects.values_list("name", flat=True)) == ["copy.csv"]
    nothing = lay_down(small, laid(tmp_path, list_xlsx=PNG), draft=new_id(), by=COMMAND)
    assert (nothing.draft, records.Draft.objects.count()) == ("", 1)


def test_a_desk_that_was_cleared_can_be_laid_again_for_some_days(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD)
    discard(small, draft, by=COMMAND)
    with pytest.raises(Refused):
        accept(small, draft, by=COMMAND)
    put_back(small, draft, by=COMMAND)
    discard(small, draft, by=COMMAND)
    records.Draft.objects.update(ended_at=timezone.now() - timedelta(days=8))
    sha256 = file_of(draft, "third.csv").stored_id
    on_the_desk(tmp_path, other_csv=MESSY)
    assert not records.StoredFile.objects.filter(pk=sha256).exists()


def test_a_file_taken_off_is_forgotten(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD, other_csv=MESSY)
    held = file_of(draft, "other.csv")
    take_off(small, draft, held.pk, by=COMMAND)
    assert not records.StoredFile.objects.filter(pk=held.stored_id).exists()


def test_a_corrected_version_takes_the_place_of_the_sheet_and_lines_keep_their_ids(
    small: str, tmp_path: Path
) -> None:
    before = dict(records.Line.objects.filter(sheet__key="first").values_list("row", "pk"))
    old = records.Sheet.objects.get(key="first").stored_id
    text = (tmp_path / "small/sheets/first.csv").read_text("utf-8")
    text = text.replace("Bekzod Tursunov", "Bekzod Tursunov-Aliyev").replace(
        "4,J", "5,Nargiza Ergasheva,,\n4,J"
    )
    draft = on_the_desk(tmp_path, replaces="first", first_csv=text)
    accept(small, draft, by=COMMAND)
    now = records.Sheet.objects.get(key="first")
    after = dict(now.lines.filter(retired_at=None).values_list("row", "pk"))
    assert (now.path, now.stored_id != old, trained()) == ("sheets/first.csv", True, 6)
    assert [after[row] == before.get(row) for row in (3, 4, 5)] == [True] * 3
    assert after[7] == before[6]
    assert [(v.sha256 == old, v.now) for v in questions.versions(small, "first")] == [
        (False, True),
        (True, False),
    ]


def test_every_step_is_in_the_journal(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD)
    file = file_of(draft, "third.csv").pk
    correct(small, draft, file, Correction("", 3, "nobody"), by=COMMAND)
    accept(small, draft, by=COMMAND)
    key = file_of(draft, "third.csv").sheet_key
    withdraw_sheets(small, [key], by=COMMAND)
    restore_sheets(small, [key], by=COMMAND)
    entries = records.JournalEntry.objects.order_by("id").values_list("action", "object_kind", "object_key")
    assert list(entries)[1:] == [
        ("lay_down", "draft", draft), ("correct", "draft", draft), ("accept_sheets", "draft", draft),
        ("withdraw_sheets", "sheet", key), ("restore_sheets", "sheet", key),
    ]  # fmt: skip


def test_several_lists_count_together_or_not_at_all(small: str, tmp_path: Path) -> None:
    nobody = "Programme of the day\n10:00 Opening\n"
    draft = on_the_desk(
        tmp_path, third_csv=THIRD, fourth_csv=THIRD.replace("Nargiza", "Lola"), fifth_csv=nobody
    )
    set_sheet(small, draft, file_of(draft, "fourth.csv").pk, SheetSettings("water-2"), by=COMMAND)
    with pytest.raises(Refused) as refused:
        accept(small, draft, by=COMMAND)
    assert [problem.where.file for problem in refused.value.problems] == ["sheets/fifth.csv"]
    assert (
        trained(),
        records.Sheet.objects.count(),
        records.Line.objects.filter(sheet__order__gt=1).count(),
    ) == (5, 2, 0)
    take_off(small, draft, file_of(draft, "fifth.csv").pk, by=COMMAND)
    accept(small, draft, by=COMMAND)
    assert (trained(), records.Sheet.objects.count()) == (7, 4)


def test_a_change_by_somebody_else_meanwhile_is_worked_on_and_not_lost(small: str, tmp_path: Path) -> None:
    draft = on_the_desk(tmp_path, third_csv=THIRD)
    other = on_the_desk(tmp_path, third_csv=THIRD.replace("Nargiza", "Lola"))
    quicker = [other]

    def meanwhile(step: str, done: int, of: int) -> None:
        if step == "people" and quicker:
            accept(small, quicker.pop(), by=COMMAND)

    outcome = accept(small, draft, by=COMMAND, progress=meanwhile)
    assert (outcome is not None, trained()) == (True, 7)
    assert sorted(records.Sheet.objects.values_list("path", flat=True))[2:] == [
        "sheets/third-2.csv",
        "sheets/third.csv",
    ]
