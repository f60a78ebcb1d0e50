"""Scores entered down a list hold, are taken back, follow the person, and leave with an export."""

from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.actions.test_attendance import bytes_of, line_of
from tests.small_folder import SECOND, small_folder

from karvon.actions.attendance import take_back
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.scoring import Overtaken, ScoreEntry, enter_scores
from karvon.cli.exporting import export_folder
from karvon.queries.scores import event_scores, person_scores
from karvon.records import models as records
from karvon.rules.attendance import ScoreField, ScoreSummary
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    made = small_folder(tmp_path / "folder")
    import_folder(made)
    return made


def score(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def entry(line: str, field: ScoreField, number: str | None, *, shown: str | None = None) -> ScoreEntry:
    return ScoreEntry(line, field, score(number), score(shown))


def enter(*entries: ScoreEntry) -> int:
    return enter_scores("small", "water-2", entries, by=COMMAND)


def scores(event: str = "water-2") -> dict[str, tuple[Decimal | None, Decimal | None]]:
    found = event_scores("small", event)
    assert found is not None
    return {one.name.split()[-1]: (one.scores.before, one.scores.after) for one in found.people}


def known(event: str = "water-2") -> dict[str, tuple[Decimal | None, Decimal | None]]:
    return {name: both for name, both in scores(event).items() if both != (None, None)}


def test_a_column_of_scores_is_kept_and_taken_back_as_one(folder: Path) -> None:
    first, second = line_of("Эргашев"), line_of("Рахимова")
    number = enter(entry(first, "score_before", "40"), entry(second, "score_before", "55.5"))
    assert known() == {"Эргашев": (Decimal(40), None), "Рахимова": (Decimal("55.5"), None)}
    again = enter(entry(first, "score_before", "40", shown="40"))
    assert (again, records.JournalEntry.objects.filter(action="enter_scores").count()) == (0, 1)
    take_back("small", number, by=COMMAND)
    assert (known(), records.Score.objects.count()) == ({}, 0)


def test_taking_back_stops_where_a_score_was_changed_since(folder: Path) -> None:
    line = line_of("Эргашев")
    number = enter(entry(line, "score_before", "40"))
    enter(entry(line, "score_before", "45", shown="40"))
    with pytest.raises(Refused) as refused:
        take_back("small", number, by=COMMAND)
    assert refused.value.problems[0].code == "attendance.changed_since"
    assert known() == {"Эргашев": (Decimal(45), None)}


def test_the_second_of_two_people_is_told_what_stands_there(folder: Path) -> None:
    line = line_of("Эргашев")
    enter(entry(line, "score_after", "80"))
    with pytest.raises(Overtaken) as overtaken:
        enter(entry(line, "score_after", "70"), entry(line_of("Рахимова"), "score_after", "60"))
    assert overtaken.value.now == {(line, "score_after"): Decimal(80)}
    assert known() == {"Эргашев": (None, Decimal(80))}


def test_a_line_of_another_event_and_a_score_above_the_highest_are_refused(folder: Path) -> None:
    wrong = [
        entry(line_of("Tursunov", "first"), "score_before", "40"),
        entry(line_of("Эргашев"), "score_after", "100.5"),
    ]
    codes = []
    for one in wrong:
        with pytest.raises(Refused) as refused:
            enter(one)
        codes.append(refused.value.problems[0].code)
    assert codes == ["attendance.no_such_line", "attendance.makes_no_sense"]
    assert records.Score.objects.count() == 0


def test_who_teaches_takes_no_test_and_scores_move_no_attendance(folder: Path) -> None:
    everybody = records.Attendance.objects.order_by("line", "day").values_list("line", "day", "role", "hours")
    before = list(everybody)
    assert "Ozols" not in scores("water-1")
    enter(entry(line_of("Эргашев"), "score_before", "40"))
    assert (list(everybody), records.AttendanceAsRead.objects.count()) == (before, 0)


def test_the_event_and_the_person_show_before_after_and_change(folder: Path) -> None:
    first, second = line_of("Эргашев"), line_of("Рахимова")
    enter(
        entry(first, "score_before", "40"), entry(first, "score_after", "70"),
        entry(second, "score_before", "60"), entry(second, "score_after", "50"),
    )  # fmt: skip
    found = event_scores("small", "water-2")
    assert found is not None
    assert found.summary == ScoreSummary(2, 2, 1, Decimal(50), Decimal(60), Decimal(10))
    person = records.Link.objects.get(line=second).person_id
    assert [(one.event, one.scores.change, one.out_of) for one in person_scores(person)] == [
        ("water-2", Decimal(-10), Decimal(100))
    ]


def test_a_withdrawn_sheet_takes_its_scores_along_and_brings_them_back(folder: Path) -> None:
    enter(entry(line_of("Эргашев"), "score_before", "40"))
    whole = (folder / "programme.toml").read_text(encoding="utf-8")
    without = whole.replace('[[sheet]]\nkey = "second"\nfile = "sheets/second.csv"\nevent = "water-2"\n', "")
    (folder / "programme.toml").write_text(without, encoding="utf-8")
    (folder / "sheets/second.csv").rename(folder / "second.csv")
    import_folder(folder)
    assert records.Score.objects.count() == 0
    (folder / "programme.toml").write_text(whole, encoding="utf-8")
    (folder / "second.csv").rename(folder / "sheets/second.csv")
    import_folder(folder)
    assert known() == {"Эргашев": (Decimal(40), None)}


def test_scores_and_the_highest_leave_with_an_export_and_come_back(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    text = (folder / "programme.toml").read_text(encoding="utf-8")
    (folder / "programme.toml").write_text(
        text.replace('title = "Water losses"', 'title = "Water losses"\nscores_out_of = 40'), encoding="utf-8"
    )
    import_folder(folder)
    line = line_of("Эргашев")
    enter(entry(line, "score_before", "12.5"), entry(line, "score_after", "31"))
    export_folder("small", tmp_path / "out")
    forget_everything()
    settings.KARVON_HOME = tmp_path / "another"
    import_folder(tmp_path / "out")
    export_folder("small", tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "out")
    assert known() == {"Эргашев": (Decimal("12.5"), Decimal(31))}
    found = event_scores("small", "water-2")
    assert found is not None
    assert found.out_of == Decimal(40)


TESTED = SECOND.replace(",12.10.2018\n", ",12.10.2018,Pre-test,Post-test\n")
for _name, _scores in (
    ("Йўлдошев", "10,35"), ("Рахимова", "12,"), ("Эргашев", ",30"), ("Саидова", "absent,"), ("Қодиров", "20,40"),
):  # fmt: skip
    TESTED = "\n".join(f"{row},{_scores}" if _name in row else row for row in TESTED.split("\n"))


def test_scores_stand_on_the_sheet_and_a_hand_holds_over_them(folder: Path, tmp_path: Path) -> None:
    ids = {name: line_of(name) for name in ("Йўлдошев", "Эргашев")}
    (folder / "sheets/second.csv").write_text(TESTED, encoding="utf-8")
    import_folder(folder)
    assert {name: line_of(name) for name in ids} == ids
    assert known() == {
        "Йўлдошев": (10, 35), "Рахимова": (12, None), "Эргашев": (None, 30), "Қодиров": (20, 40),
    }  # fmt: skip
    line = ids["Йўлдошев"]
    number = enter(
        entry(line, "score_before", "15", shown="10"), entry(line, "score_after", None, shown="35")
    )
    assert known()["Йўлдошев"] == (15, None)
    (folder / "sheets/second.csv").write_text(TESTED.replace("10,35", "11,36"), encoding="utf-8")
    import_folder(folder)
    assert known()["Йўлдошев"] == (15, None)
    take_back("small", number, by=COMMAND)
    assert known()["Йўлдошев"] == (11, 36)
    export_folder("small", tmp_path / "one")
    forget_everything()
    import_folder(tmp_path / "one")
    export_folder("small", tmp_path / "two")
    assert bytes_of(tmp_path / "two") == bytes_of(tmp_path / "one")
    assert known()["Йўлдошев"] == (11, 36)
