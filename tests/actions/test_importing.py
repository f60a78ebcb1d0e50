"""A folder is imported whole or not at all, and again without a change."""

import shutil
from pathlib import Path

import pytest
from django.db import connection
from tests.actions.forgetting import forget_everything
from tests.small_folder import FIRST, PROGRAMME, SECOND, small_folder

from karvon.actions import describing
from karvon.actions.evidence import import_folder
from karvon.cli.exporting import export_folder
from karvon.files import evidence_store
from karvon.files.programme_folder import read_folder
from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts, people_of_lines
from karvon.queries.results import indicator_result, indicator_results, statement_results
from karvon.records import models as records
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db


def names() -> dict[str, str]:
    """Name as written -> id of its line, for lines in use that stand on a sheet."""
    lines = records.Line.objects.filter(retired_at__isnull=True, sheet__isnull=False).select_related(
        "payload"
    )
    return {line.payload.body["name"]: line.id for line in lines}


def everything() -> dict[str, int]:
    """How many rows every table holds."""
    tables = (
        records.Programme, records.Event, records.EventShare, records.Sheet, records.Line, records.Payload,
        records.Attendance, records.Person, records.Link, records.Match, records.Standing, records.JournalEntry,
        records.StoredFile, records.NameKey, records.SkippedRow, records.Snapshot,
    )  # fmt: skip
    return {table.__name__: table.objects.count() for table in tables}


def test_a_folder_becomes_records_lines_people_and_figures(tmp_path: Path) -> None:
    outcome = import_folder(small_folder(tmp_path))

    assert (outcome.programme, outcome.sheets, outcome.new_lines) == ("small", 2, 9)
    trained = indicator_result("small", "trained")
    assert trained is not None
    figures = {one.number: one.figure.best for one in trained.by_contract}
    assert (trained.figure.best, figures) == (5 + 1 - 1, {"LV-1": 5, "3.2/1": 4})
    assert [overlap.figure.best for overlap in trained.overlaps] == [4]
    assert trained.participations is not None
    assert trained.participations.best == 3 + 4


def test_the_description_read_back_is_the_one_written(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    import_folder(folder)

    assert describe("small") == read_folder(folder).description


def test_the_trainer_who_signs_the_list_is_no_participant(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    ozols = records.Attendance.objects.get(line=names()["Jānis Ozols"])
    assert (ozols.role, ozols.role_reason) == ("trainer", "staff")


def test_somebody_marked_absent_every_day_is_registered_and_not_trained(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    absent = records.Attendance.objects.get(line=names()["Нигора Саидова"])
    assert absent.status == "registered"
    kept = records.Link.objects.get(line=names()["Нигора Саидова"]).person
    assert not records.Standing.objects.filter(person=kept).exists()


def test_days_with_a_plus_are_the_days_somebody_came(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    days = records.Attendance.objects.filter(line=names()["Гулнора Рахимова"]).values_list("day", "status")
    assert [(day.isoformat(), status) for day, status in days] == [("2018-10-11", "present")]


def test_one_name_in_two_scripts_is_one_person(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    people, lines = people_of_lines("small"), names()
    assert people[lines["Shavkat Yo'ldoshev"]] == people[lines["Шавкат Йўлдошев"]]
    assert people[lines["Bekzod Tursunov"]] != people[lines["Дилшод Эргашев"]]


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    import_folder(folder)
    before = everything()

    again = import_folder(folder)

    assert again.unchanged
    assert everything() == before


def test_every_import_that_changes_something_leaves_one_journal_entry(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    import_folder(folder)
    import_folder(small_folder(tmp_path, description=PROGRAMME.replace("Water losses", "Water leaks")))

    entries = list(records.JournalEntry.objects.values_list("action", "facts"))
    assert [action for action, _ in entries] == ["import_folder", "import_folder"]
    assert len(entries[0][1]["lines"]) == 9
    assert entries[1][1]["changes"] == {"events": [0, 1, 0]}
    assert entries[1][1]["lines"] == []


def test_export_import_export_gives_the_same_bytes(tmp_path: Path, settings: object) -> None:
    import_folder(small_folder(tmp_path / "given"))
    lines = names()
    importing_people = people_of_lines("small")
    export_folder("small", tmp_path / "first")

    forget_everything()
    import_folder(tmp_path / "first")
    export_folder("small", tmp_path / "second")

    first = {
        path.relative_to(tmp_path / "first"): path.read_bytes() for path in (tmp_path / "first").rglob("*.*")
    }
    second = {
        path.relative_to(tmp_path / "second"): path.read_bytes()
        for path in (tmp_path / "second").rglob("*.*")
    }
    assert first == second
    assert names() == lines
    assert people_of_lines("small") == importing_people


def test_a_corrected_sheet_keeps_the_lines_it_still_says(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    before = names()
    corrected = FIRST.replace(
        "3,Bekzod Tursunov", "3,Kamola Aliyeva,Suvtaminot,analyst\n4,Bekzod Tursunov"
    ).replace("4,Jānis", "5,Jānis")

    outcome = import_folder(small_folder(tmp_path, first=corrected))

    after = names()
    assert outcome.new_lines == 1
    assert {name: after[name] for name in before} == before
    assert "Kamola Aliyeva" in after


def test_a_line_corrected_in_its_place_keeps_its_id_and_the_old_text_is_erased(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    before = names()

    import_folder(small_folder(tmp_path, first=FIRST.replace("Bekzod Tursunov", "Bekzod Tursunboyev")))

    assert names()["Bekzod Tursunboyev"] == before["Bekzod Tursunov"]
    erased = records.Payload.objects.filter(erased_at__isnull=False)
    assert [(payload.body, payload.salt) for payload in erased] == [(None, None)]


def test_a_line_that_is_struck_out_is_retired_and_counts_no_more(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    bekzod = names()["Bekzod Tursunov"]

    import_folder(
        small_folder(tmp_path, first=FIRST.replace("3,Bekzod Tursunov,Suvtaminot,hydrologist\n", ""))
    )

    trained = indicator_result("small", "trained")
    assert trained is not None
    assert trained.figure.best == 4
    assert records.Line.objects.get(id=bekzod).retired_at is not None
    assert not records.Attendance.objects.filter(line=bekzod).exists()


def test_a_sheet_left_out_is_withdrawn_and_comes_back_with_its_lines(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    before = names()
    without = PROGRAMME.replace(
        '[[sheet]]\nkey = "first"\nfile = "sheets/first.csv"\nevent = "water-1"\n', ""
    )

    import_folder(small_folder(tmp_path, description=without))
    trained = indicator_result("small", "trained")
    assert trained is not None
    assert trained.figure.best == 4

    import_folder(small_folder(tmp_path))
    assert names() == before


def test_a_sheet_without_people_refuses_the_whole_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        import_folder(small_folder(tmp_path, second="City,Population\nTashkent,2500000\nAndijan,440000\n"))

    assert refused.value.problems[0].where.file == "sheets/second.csv"
    assert set(everything().values()) == {0}


def test_a_cut_before_the_records_are_written_changes_nothing_and_running_again_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_folder(tmp_path)

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power_cut:
        power_cut.setattr(describing, "write_links", cut)
        with pytest.raises(KeyboardInterrupt):
            import_folder(folder)
    assert set(everything().values()) == {0}

    import_folder(folder)
    assert len(names()) == 9


def test_a_full_disk_is_said_with_the_file_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(evidence_store.os, "fsync", full)

    with pytest.raises(Refused) as refused:
        import_folder(small_folder(tmp_path))

    (problem,) = refused.value.problems
    assert (problem.code, problem.where.file, problem.facts["why"]) == (
        "import.not_stored", "sheets/first.csv", "No space left on device",
    )  # fmt: skip
    assert set(everything().values()) == {0}


def test_removing_what_evidence_still_needs_is_refused_by_name(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    shorter = PROGRAMME[: PROGRAMME.index('[[event]]\nkey = "water-2"')]
    rest = PROGRAMME[PROGRAMME.index("[[indicator]]") :]
    only_first = '[[sheet]]\nkey = "first"\nfile = "sheets/first.csv"\nevent = "water-1"\n\n'

    with pytest.raises(Refused) as refused:
        import_folder(small_folder(tmp_path, description=shorter + only_first + rest))

    (problem,) = refused.value.problems
    assert (problem.code, problem.where.key, problem.facts["needed_by"]) == (
        "import.still_needed", "water-2", "second",
    )  # fmt: skip
    assert records.Event.objects.filter(key="water-2").exists()


def test_what_is_not_counted_in_people_is_counted_from_the_records(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    missions = next(result for result in indicator_results("small") if result.key == "missions")
    assert (missions.figure.lower, missions.figure.best, missions.figure.upper) == (1, 1, 1)
    assert {one.contract: one.figure.best for one in missions.by_contract} == {"A": 1, "B": 0}


def test_a_statement_is_judged_by_the_lower_bound(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    (statement,) = statement_results("small")
    assert statement.verdict == ("supported" if statement.figure.lower > 4 else "open")
    import_folder(small_folder(tmp_path, description=PROGRAMME.replace("number = 4", "number = 40")))
    (statement,) = statement_results("small")
    assert statement.verdict == "not_supported"


def test_the_files_of_the_evidence_store_are_named_by_their_hash(tmp_path: Path, settings: object) -> None:
    from django.conf import settings as own

    folder = small_folder(tmp_path)
    import_folder(folder)

    for stored in records.StoredFile.objects.all():
        path = evidence_store.stored_path(own.KARVON_HOME, stored.sha256)
        assert evidence_store.digest_of(path) == stored.sha256
    assert counting_facts("small").attendances
    shutil.rmtree(folder / "sheets")
    assert evidence_store.stored_path(own.KARVON_HOME, stored.sha256).read_bytes()


def test_no_personal_text_stands_in_the_journal(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))

    entry = records.JournalEntry.objects.get()
    written = repr((entry.facts, entry.object_key, entry.action))
    words = {
        word
        for text in (FIRST, SECOND)
        for word in text.replace(",", " ").split()
        if word.isalpha() and len(word) > 5
    }
    people = words & {"Shavkat", "Gulnora", "Rahimova", "Bekzod", "Tursunov", "Шавкат", "Йўлдошев", "Эргашев"}
    assert people
    assert not [word for word in people if word in written]


@pytest.mark.only_on("postgresql")
def test_after_an_import_the_database_knows_how_many_rows_there_are(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname IN ('records_line', 'records_link')"
        )
        known = dict(cursor.fetchall())
    assert known == {
        "records_line": records.Line.objects.count(),
        "records_link": records.Link.objects.count(),
    }
