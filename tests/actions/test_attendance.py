"""What a person knows better than a sheet holds over every reading of it, is taken back, and leaves with an export."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.small_folder import SECOND, small_folder

from karvon.actions.attendance import (
    MOST_AT_ONCE,
    SameForAll,
    correct_attendance,
    correct_several,
    count_heads,
    take_back,
)
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.cli.exporting import export_folder
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.attendance import Correction
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db
FIRST, SECOND_DAY = date(2018, 10, 11), date(2018, 10, 12)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    made = small_folder(tmp_path / "folder")
    import_folder(made)
    return made


def line_of(name: str, sheet: str = "second") -> str:
    rows = records.Line.objects.filter(sheet__key=sheet, retired_at__isnull=True).select_related("payload")
    return next(row.pk for row in rows if name in row.payload.body["name"])


def sessions(line: str) -> list[tuple[object, ...]]:
    rows = records.Attendance.objects.filter(line=line).order_by("day")
    return [(row.day, row.role, row.role_reason, row.status, row.hours) for row in rows]


def everybody() -> list[tuple[object, ...]]:
    rows = records.Attendance.objects.order_by("line", "day")
    return list(
        rows.values_list("line", "event__key", "day", "role", "role_reason", "status", "hours", "signed")
    )


def trained() -> int:
    result = indicator_result("small", "trained")
    assert result is not None
    return result.figure.best


def correct(line: str, *words: Correction, reason: str = "") -> int:
    return correct_attendance("small", "water-2", line, words, reason=reason, by=COMMAND)


def test_a_correction_moves_the_figure_and_taking_it_back_moves_it_back(folder: Path) -> None:
    before, was = everybody(), trained()
    line = line_of("Эргашев")
    entry = correct(line, Correction("role", "interpreter"), reason="He told us.")
    assert trained() == was - 1
    assert [(role, why) for _, role, why, *_ in sessions(line)] == [("interpreter", "hand")] * 2
    take_back("small", entry, by=COMMAND)
    assert (trained(), everybody()) == (was, before)


def test_somebody_is_absent_present_on_another_day_and_there_for_some_hours(folder: Path) -> None:
    line = line_of("Рахимова")
    assert sessions(line) == [(FIRST, "participant", "sheet", "present", None)]
    correct(
        line, Correction("status", "absent", FIRST), Correction("status", "completed", SECOND_DAY),
        Correction("hours", "3.5", SECOND_DAY),
    )  # fmt: skip
    assert sessions(line) == [(SECOND_DAY, "participant", "sheet", "completed", Decimal("3.5"))]


def test_who_was_only_registered_is_counted_once_seen(folder: Path) -> None:
    was, line = trained(), line_of("Саидова")
    assert [status for *_, status, _ in sessions(line)] == ["registered"]
    correct(line, Correction("status", "present", FIRST))
    assert trained() == was + 1


def test_a_correction_holds_over_a_corrected_version_of_the_sheet(folder: Path) -> None:
    line = line_of("Эргашев")
    correct(line, Correction("role", "guest"), Correction("status", "absent", SECOND_DAY))
    text = SECOND.replace("3,Дилшод Эргашев,Сувтаъминот,,+,+", "3,Дилшод Эргашев,Suvtaminot,,+,+")
    (folder / "sheets/second.csv").write_text(text, encoding="utf-8")
    import_folder(folder)
    assert sessions(line) == [(FIRST, "guest", "hand", "present", None)]
    read = records.AttendanceAsRead.objects.get(pk=line)
    assert [session[0] for session in read.sessions] == ["2018-10-11", "2018-10-12"]


def test_a_withdrawn_sheet_takes_its_corrections_along_and_brings_them_back(folder: Path) -> None:
    line, was = line_of("Эргашев"), trained()
    correct(line, Correction("role", "guest"))
    whole = (folder / "programme.toml").read_text(encoding="utf-8")
    without = whole.replace('[[sheet]]\nkey = "second"\nfile = "sheets/second.csv"\nevent = "water-2"\n', "")
    (folder / "programme.toml").write_text(without, encoding="utf-8")
    (folder / "sheets/second.csv").rename(folder / "second.csv")
    import_folder(folder)
    assert (sessions(line), records.AttendanceAsRead.objects.count()) == ([], 0)
    (folder / "programme.toml").write_text(whole, encoding="utf-8")
    (folder / "second.csv").rename(folder / "sheets/second.csv")
    import_folder(folder)
    assert [role for _, role, *_ in sessions(line)] == ["guest", "guest"]
    assert trained() == was - 1


def test_the_same_is_said_of_many_lines_on_the_days_each_of_them_has_and_taken_back_at_once(
    folder: Path,
) -> None:
    before, was = everybody(), trained()
    entry, changed = correct_several("small", "water-2", None, SameForAll(status="completed"), by=COMMAND)
    lines = set(
        records.Line.objects.filter(sheet__event__key="water-2", retired_at=None).values_list("pk", flat=True)
    )
    of_event = records.Attendance.objects.filter(event__key="water-2")
    assert (changed, set(of_event.values_list("status", flat=True))) == (len(lines), {"completed"})
    assert len(everybody()) == len(before)  # nobody is seen on a day the list does not name
    assert records.JournalEntry.objects.get(pk=entry).facts["lines"] == len(lines)
    assert trained() == was + 1  # somebody was only registered
    assert correct_several("small", "water-2", None, SameForAll(status="completed"), by=COMMAND) == (0, 0)
    take_back("small", entry, by=COMMAND)
    assert (everybody(), trained()) == (before, was)


def test_lines_that_differ_go_back_each_to_its_own_word(folder: Path) -> None:
    guest, other = line_of("Эргашев"), line_of("Рахимова")
    correct(guest, Correction("role", "guest"))
    entry, changed = correct_several(
        "small", "water-2", [guest, other], SameForAll(role="trainer"), by=COMMAND
    )
    assert changed == 2
    assert {role for line in (guest, other) for _, role, *_ in sessions(line)} == {"trainer"}
    take_back("small", entry, by=COMMAND)
    assert {role for _, role, *_ in sessions(guest)} == {"guest"}
    assert {role for _, role, *_ in sessions(other)} == {"participant"}
    _, changed = correct_several("small", "water-2", None, SameForAll(role=""), by=COMMAND)
    assert (changed, [role for _, role, *_ in sessions(guest)]) == (1, ["participant"] * 2)


def test_a_day_is_said_of_those_the_list_does_not_name_on_it(folder: Path) -> None:
    line = line_of("Рахимова")
    correct_several(
        "small", "water-2", [line], SameForAll(status="present", hours="2.5", on=SECOND_DAY), by=COMMAND
    )
    assert [(day, hours) for day, *_, hours in sessions(line)] == [
        (FIRST, None),
        (SECOND_DAY, Decimal("2.5")),
    ]


@pytest.mark.parametrize(
    ("code", "lines", "said"),
    [
        ("attendance.no_such_line", ["small-not-there"], SameForAll(role="guest")),
        ("attendance.makes_no_sense", None, SameForAll(role="king")),
        ("attendance.makes_no_sense", None, SameForAll(hours="25")),
        ("attendance.makes_no_sense", None, SameForAll(status="present", on=date(2020, 1, 1))),
        ("attendance.corrected_meanwhile", None, SameForAll(role="trainer")),
        ("attendance.too_many_lines", [f"l{n}" for n in range(MOST_AT_ONCE + 1)], SameForAll(role="guest")),
    ],
)
def test_nothing_is_said_of_anybody_where_one_line_is_refused(
    folder: Path, code: str, lines: list[str] | None, said: SameForAll
) -> None:
    correct(line_of("Эргашев"), Correction("role", "guest"))
    before, words = everybody(), records.AttendanceCorrection.objects.count()
    with pytest.raises(Refused) as refused:
        correct_several("small", "water-2", lines, said, by=COMMAND, seen=0)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (everybody(), records.AttendanceCorrection.objects.count()) == (before, words)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_corrections_leave_and_come_back_to_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    export_folder("small", tmp_path / "before")
    entry = correct(line_of("Эргашев"), Correction("role", "guest"), reason="said so, twice")
    correct(line_of("Рахимова"), Correction("hours", "2", FIRST), Correction("status", "present", SECOND_DAY))
    take_back("small", entry, by=COMMAND)
    export_folder("small", tmp_path / "one")
    rows, figure = everybody(), trained()
    assert "register/attendance.csv" not in bytes_of(tmp_path / "before")
    assert (tmp_path / "one/register/attendance.csv").read_text(encoding="utf-8").splitlines()[0] == (
        "line,field,day,value,at,by,reason"
    )
    assert import_folder(tmp_path / "one").unchanged
    forget_everything()
    import_folder(tmp_path / "one")
    assert (everybody(), trained()) == (rows, figure)
    export_folder("small", tmp_path / "two")
    assert bytes_of(tmp_path / "two") == bytes_of(tmp_path / "one")


def test_what_was_corrected_again_is_not_taken_back_from_below(folder: Path) -> None:
    line = line_of("Эргашев")
    first = correct(line, Correction("role", "guest"))
    correct(line, Correction("role", "trainer"))
    with pytest.raises(Refused) as refused:
        take_back("small", first, by=COMMAND)
    assert [problem.code for problem in refused.value.problems] == ["attendance.changed_since"]
    assert {role for _, role, *_ in sessions(line)} == {"trainer"}


def test_the_same_word_twice_is_one_word(folder: Path) -> None:
    line = line_of("Эргашев")
    assert correct(line, Correction("role", "guest")) > 0
    assert correct(line, Correction("role", "guest")) == 0
    assert records.AttendanceCorrection.objects.count() == 1


def test_the_programmes_own_word_about_its_staff_comes_back_when_a_hand_lets_go(folder: Path) -> None:
    line = line_of("Ozols", "first")
    assert sessions(line)[0][1:3] == ("trainer", "staff")
    entry = correct_attendance("small", "water-1", line, [Correction("role", "participant")], by=COMMAND)
    assert sessions(line)[0][1:3] == ("participant", "hand")
    take_back("small", entry, by=COMMAND)
    assert sessions(line)[0][1:3] == ("trainer", "staff")


NONSENSE: dict[str, Callable[[], int]] = {
    "attendance.no_such_line": lambda: correct_attendance(
        "small", "water-1", line_of("Эргашев"), [Correction("role", "guest")], by=COMMAND
    ),
    "attendance.makes_no_sense": lambda: correct(line_of("Эргашев"), Correction("hours", "25", FIRST)),
    "attendance.nothing_to_take_back": lambda: take_back("small", 1, by=COMMAND),
    "attendance.no_such_event": lambda: count_heads("small", "nothing", {FIRST: 1}, by=COMMAND),
}


@pytest.mark.parametrize("code", NONSENSE)
def test_what_makes_no_sense_is_refused(folder: Path, code: str) -> None:
    before = everybody()
    with pytest.raises(Refused) as refused:
        NONSENSE[code]()
    assert ([problem.code for problem in refused.value.problems], everybody()) == ([code], before)


def test_an_entry_of_the_journal_says_what_held_before_and_after(folder: Path) -> None:
    line = line_of("Эргашев")
    correct(line, Correction("role", "guest"), Correction("hours", "2", FIRST), reason="seen")
    entry = records.JournalEntry.objects.get(action="correct_attendance")
    assert (entry.object_kind, entry.object_key, entry.facts["line"]) == ("event", "water-2", line)
    assert entry.payload is not None
    assert entry.payload.body == {
        "before": {}, "after": {"hours": {"2018-10-11": "2"}, "role": "guest"}, "reason": "seen",
    }  # fmt: skip


# --- heads


def heads(event: str = "water-1") -> dict[date, int]:
    return dict(records.HeadCount.objects.filter(event__key=event).values_list("day", "heads"))


def test_heads_are_counted_and_taken_back(folder: Path, tmp_path: Path) -> None:
    day = date(2018, 10, 10)
    assert heads() == {day: 6}
    entry = count_heads("small", "water-1", {day: 30}, by=COMMAND)
    assert heads() == {day: 30}
    assert count_heads("small", "water-1", {day: 30}, by=COMMAND) == 0
    none = count_heads("small", "water-1", {day: None}, by=COMMAND)
    assert heads() == {}
    with pytest.raises(Refused):
        take_back("small", entry, by=COMMAND)
    take_back("small", none, by=COMMAND)
    assert heads() == {day: 30}
    export_folder("small", tmp_path / "out")
    forget_everything()
    import_folder(tmp_path / "out")
    assert heads() == {day: 30}


def test_a_head_count_outside_the_event_is_refused_as_in_a_folder(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        count_heads("small", "water-1", {date(2018, 12, 1): 3}, by=COMMAND)
    assert [problem.code for problem in refused.value.problems] == ["folder.outside_event"]
