"""People typed in at the desk stand on a sheet like any other: read, linked, opened, corrected, exported."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.actions.test_attendance import bytes_of, line_of, trained
from tests.small_folder import small_folder

from karvon.actions.attendance import correct_attendance, take_back
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.typing_in import change_row, desk_list, type_in
from karvon.cli.exporting import export_folder
from karvon.queries.register import counting_register
from karvon.records import models as records
from karvon.rules.attendance import Correction
from karvon.rules.attendance.typed import TypedRow
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2018, 10, 11), date(2018, 10, 12)
NEW = TypedRow("Malika Sobirova", "Suvtaminot", "engineer", days=(FIRST, SECOND))
OTHER = TypedRow("Жасур Мирзаев", "Сувтаъминот", days=(SECOND,))
KNOWN = TypedRow("Shavqat Yuldashev", "", "", days=(FIRST,))


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    made = small_folder(tmp_path / "folder")
    import_folder(made)
    return made


def typed_lines() -> list[tuple[int | None, str]]:
    rows = records.Line.objects.filter(sheet__key="water-2-desk", retired_at__isnull=True).select_related(
        "payload"
    )
    return sorted((row.row, row.payload.body["name"]) for row in rows)


def attended(name: str) -> list[tuple[date | None, str, str]]:
    rows = records.Attendance.objects.filter(line=line_of(name, "water-2-desk")).order_by("day")
    return list(rows.values_list("day", "role", "status"))


def person_of(line: str) -> str:
    return str(records.Link.objects.get(line=line).person_id)


def test_typed_people_stand_on_a_sheet_and_move_the_figure(folder: Path) -> None:
    was = trained()
    done = type_in("small", "water-2", [NEW, OTHER], by=COMMAND)
    assert (done.rows, done.unread, trained()) == (2, (), was + 2)
    assert typed_lines() == [(2, "Malika Sobirova"), (3, "Жасур Мирзаев")]
    assert attended("Sobirova") == [(FIRST, "participant", "present"), (SECOND, "participant", "present")]
    assert attended("Мирзаев") == [(SECOND, "participant", "present")]
    sheet = records.Sheet.objects.get(key="water-2-desk")
    assert (sheet.path, sheet.event.key, sheet.scan) == ("sheets/water-2-desk.csv", "water-2", None)


def test_more_people_are_put_behind_the_others_and_lines_stay(folder: Path) -> None:
    type_in("small", "water-2", [NEW], by=COMMAND)
    line = line_of("Sobirova", "water-2-desk")
    type_in("small", "water-2", [OTHER, TypedRow(NEW.name, NEW.organisation, NEW.position)], by=COMMAND)
    assert [row.name for row in desk_list("small", "water-2").rows] == [NEW.name, OTHER.name]
    assert line_of("Sobirova", "water-2-desk") == line
    assert type_in("small", "water-2", [OTHER], by=COMMAND).entry == 0


def test_whoever_is_known_is_decided_to_be_the_same_once(folder: Path) -> None:
    was, known = trained(), line_of("Yo'ldoshev", "first")
    for _ in range(2):
        type_in("small", "water-2", [NEW, KNOWN], known={1: known}, by=COMMAND)
    new = line_of("Yuldashev", "water-2-desk")
    assert (person_of(new), trained()) == (person_of(known), was + 1)
    assert list(records.Decision.objects.values_list("a", "b", "verdict")) == [
        (min(new, known), max(new, known), "same")
    ]


def test_a_decision_about_a_line_that_went_ties_nobody(folder: Path) -> None:
    was, known = trained(), line_of("Yo'ldoshev", "first")
    entry = type_in("small", "water-2", [KNOWN], known={0: known}, by=COMMAND).entry
    assert counting_register("small").same
    take_back("small", entry, by=COMMAND)
    register = counting_register("small")
    assert {line for pair in register.same for line in pair} - set(register.person_of) == set()
    assert trained() == was


def test_typing_is_taken_back_version_by_version(folder: Path) -> None:
    was = trained()
    first = type_in("small", "water-2", [NEW], by=COMMAND).entry
    second = type_in("small", "water-2", [OTHER], by=COMMAND).entry
    with pytest.raises(Refused):
        take_back("small", first, by=COMMAND)
    take_back("small", second, by=COMMAND)
    assert ([row.name for row in desk_list("small", "water-2").rows], trained()) == ([NEW.name], was + 1)
    take_back("small", first, by=COMMAND)
    assert (desk_list("small", "water-2").sheet, trained()) == ("", was)
    type_in("small", "water-2", [OTHER], by=COMMAND)
    assert typed_lines() == [(2, OTHER.name)]


def test_a_row_is_changed_taken_off_and_not_mistaken_for_another(folder: Path) -> None:
    type_in("small", "water-2", [NEW, OTHER], by=COMMAND)
    line = line_of("Sobirova", "water-2-desk")
    guest = TypedRow(NEW.name, NEW.organisation, NEW.position, "guest", (FIRST,))
    for _ in range(2):
        change_row("small", "water-2", 0, shown=NEW, becomes=guest, by=COMMAND)
    assert (line_of("Sobirova", "water-2-desk"), attended("Sobirova")) == (
        line,
        [(FIRST, "guest", "present")],
    )
    with pytest.raises(Refused) as refused:
        change_row("small", "water-2", 0, shown=NEW, becomes=None, by=COMMAND)
    assert [problem.code for problem in refused.value.problems] == ["attendance.row_changed_meanwhile"]
    change_row("small", "water-2", 0, shown=guest, becomes=None, by=COMMAND)
    assert typed_lines() == [(2, OTHER.name)]


def test_a_correction_of_a_typed_line_holds_over_newer_versions_of_the_list(folder: Path) -> None:
    type_in("small", "water-2", [NEW], by=COMMAND)
    line = line_of("Sobirova", "water-2-desk")
    correct_attendance("small", "water-2", line, [Correction("status", "completed", FIRST)], by=COMMAND)
    type_in("small", "water-2", [OTHER], by=COMMAND)
    assert attended("Sobirova") == [(FIRST, "participant", "completed"), (SECOND, "participant", "present")]


@pytest.mark.parametrize("odd", ["=Karimov Aziz", "@Karimov Aziz", "<b>Rustam</b> Aliyev"])
def test_a_name_like_a_formula_or_with_html_is_kept_as_text(folder: Path, odd: str) -> None:
    assert type_in("small", "water-2", [NEW, TypedRow(odd, "a,b", days=(FIRST,))], by=COMMAND).unread == ()
    assert [name for _, name in typed_lines()] == [NEW.name, odd]


def test_a_row_that_names_nobody_is_said(folder: Path) -> None:
    assert type_in("small", "water-2", [NEW, TypedRow("-")], by=COMMAND).unread == ("-",)


def test_an_event_of_one_day_has_no_days_to_tick(folder: Path) -> None:
    type_in("small", "water-1", [TypedRow("Malika Sobirova")], by=COMMAND)
    rows = records.Attendance.objects.filter(line__sheet__key="water-1-desk")
    assert list(rows.values_list("day", "status")) == [(date(2018, 10, 10), "present")]


def test_the_list_leaves_with_an_export_and_comes_back_to_the_same_bytes(
    folder: Path, tmp_path: Path
) -> None:
    type_in("small", "water-2", [NEW, KNOWN], known={1: line_of("Yo'ldoshev", "first")}, by=COMMAND)
    export_folder("small", tmp_path / "one")
    assert (tmp_path / "one/sheets/water-2-desk.csv").read_text(encoding="utf-8").splitlines() == [
        "No.,Name,Organisation,Position,Role,2018-10-11,2018-10-12",
        "1,Malika Sobirova,Suvtaminot,engineer,,+,+",
        "2,Shavqat Yuldashev,,,,+,-",
    ]
    figure = trained()
    forget_everything()
    import_folder(tmp_path / "one")
    export_folder("small", tmp_path / "two")
    assert (trained(), bytes_of(tmp_path / "two")) == (figure, bytes_of(tmp_path / "one"))
    type_in("small", "water-2", [OTHER], by=COMMAND)
    assert [row.name for row in desk_list("small", "water-2").rows] == [NEW.name, KNOWN.name, OTHER.name]
