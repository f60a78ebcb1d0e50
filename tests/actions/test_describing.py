"""A change made here is held to the rules of a folder, links only what it touches, and leaves with an export."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.actions.forgetting import forget_everything
from tests.small_folder import FIRST, PROGRAMME, small_folder

from karvon.actions import describing
from karvon.actions.describing import Described, begin_programme, change_description
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.people import decide, relink, undo_decision
from karvon.cli.exporting import export_folder
from karvon.queries.programme_description import describe
from karvon.queries.register import people_of_lines
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.problems import Refused
from karvon.rules.programme import description as d
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period

pytestmark = pytest.mark.django_db

THIRD = """No,Full name,Organisation,Position
1,Shavkat Yoldoshev,Suvtaminot,engineer
2,Nargiza Ergasheva,Suvtaminot,engineer
3,Янис Озолс,Cluster,
"""
Change = Callable[[d.ProgrammeDescription], d.ProgrammeDescription]


def changed(change: Change, **files: Path) -> Described:
    return change_description(
        "small",
        change,
        action="change",
        by=COMMAND,
        files={f"sheets/{name}.csv": path for name, path in files.items()},
    )


def of(thing: str, key: str, **fields: object) -> Change:
    """The programme with other fields of one thing."""

    def change(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
        found = tuple(replace(one, **fields) if one.key == key else one for one in getattr(before, thing))
        return replace(before, **{thing: found})  # type: ignore[arg-type]  # the tuple of that kind

    return change


def with_third(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
    event = d.Event(
        "water-3",
        "tashkent",
        "training",
        Text.of({"en": "Leaks"}),
        Period(date(2018, 10, 12), date(2018, 10, 12)),
    )
    sheet = d.Sheet("third", "sheets/third.csv", "water-3")
    return replace(before, events=(*before.events, event), sheets=(*before.sheets, sheet))


def without_sheet(key: str) -> Change:
    return lambda before: replace(before, sheets=tuple(one for one in before.sheets if one.key != key))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return small_folder(tmp_path / "given")


@pytest.fixture
def third(tmp_path: Path) -> Path:
    path = tmp_path / "third.csv"
    path.write_text(THIRD, "utf-8")
    return path


def best() -> int:
    found = indicator_result("small", "trained")
    assert found is not None
    return found.figure.best


def roles(event: str) -> dict[str, tuple[str, str]]:
    rows = records.Attendance.objects.filter(event__key=event).select_related("line__payload")
    return {row.line.payload.body["name"]: (row.role, row.role_reason) for row in rows}


def state() -> tuple[object, ...]:
    """What linking comes to, whatever the people are called."""
    people = people_of_lines("small")
    groups = {frozenset(line for line, p in people.items() if p == person) for person in people.values()}
    matches = records.Match.objects.order_by("a", "b").values_list("a", "b", "weight", "band")
    readings = records.LineReading.objects.order_by("line").values_list("line", "said", "component", "keys")
    keys = records.BlockKey.objects.order_by("line", "key").values_list("line", "key", "said", "wordy")
    words = records.RegisterWords.objects.values_list("words", flat=True)
    return groups, list(matches), list(readings), list(keys), list(words)


def test_a_title_is_changed_and_no_line_is_read_or_linked_again(small: Path) -> None:
    import_folder(small)
    before = state()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        outcome = changed(of("events", "water-1", title=Text.of({"en": "Water for all"})))

    described = describe("small")
    assert described is not None
    assert described.events[0].title.say("en") == "Water for all"
    assert state() == before
    assert outcome.new_lines == 0
    assert [q["sql"] for q in asked if "records_blockkey" in q["sql"].lower()] == []


def test_a_list_brought_in_is_linked_as_linking_everything_would(small: Path, third: Path) -> None:
    import_folder(small)
    outcome = changed(with_third, third=third)

    assert (outcome.new_lines, outcome.lines, outcome.sheets) == (3, 14, 3)
    joined = state()
    relink("small")
    assert state() == joined
    assert (
        roles("water-3")["Янис Озолс"] == ("trainer", "staff") or roles("water-3")["Янис Озолс"][1] == "staff"
    )


def test_a_list_left_out_and_put_back_is_as_it_was(small: Path, third: Path) -> None:
    import_folder(small)
    changed(with_third, third=third)
    figure, linked = best(), state()

    changed(without_sheet("third"))
    assert best() == figure - 1
    changed(
        lambda before: replace(
            before, sheets=(*before.sheets, d.Sheet("third", "sheets/third.csv", "water-3"))
        ),
        third=third,
    )
    assert (best(), state()) == (figure, linked)


def test_a_decision_about_a_line_holds_again_when_its_list_is_back(small: Path, third: Path) -> None:
    import_folder(small)
    changed(with_third, third=third)
    lines = records.Line.objects.filter(sheet__isnull=False).select_related("payload")
    ids = {line.payload.body["name"]: line.id for line in lines}
    decide("small", ids["Shavkat Yoldoshev"], ids["Shavkat Yo'ldoshev"], verdict="different")
    figure = best()

    changed(without_sheet("third"))
    changed(
        lambda before: replace(
            before, sheets=(*before.sheets, d.Sheet("third", "sheets/third.csv", "water-3"))
        ),
        third=third,
    )
    assert best() == figure
    people = people_of_lines("small")
    assert people[ids["Shavkat Yoldoshev"]] != people[ids["Shavkat Yo'ldoshev"]]


def test_who_trains_is_known_as_soon_as_the_programme_says_so(small: Path) -> None:
    import_folder(small)
    assert roles("water-1")["Jānis Ozols"] == ("trainer", "staff")

    changed(of("events", "water-1", trainers=()))
    assert roles("water-1")["Jānis Ozols"] == ("trainer", "staff")  # he travels as the visit's trainer

    changed(of("visits", "tashkent", experts=()))
    assert roles("water-1")["Jānis Ozols"] == ("participant", "sheet")
    assert best() == 6


def test_a_line_decided_to_be_the_trainer_counts_as_the_trainer(small: Path) -> None:
    import_folder(small)
    lines = records.Line.objects.select_related("payload", "sheet")
    gulnora = next(one for one in lines if one.sheet and one.payload.body["name"] == "Gulnora Rahimova")
    own = next(one for one in lines if one.expert_id)

    decide("small", gulnora.id, own.id, verdict="same")
    assert roles("water-1")["Gulnora Rahimova"] == ("trainer", "staff")
    undo_decision("small", gulnora.id, own.id)
    assert roles("water-1")["Gulnora Rahimova"] == ("participant", "sheet")


def test_a_spelling_claimed_for_an_organisation_moves_the_lines_that_carry_it(small: Path) -> None:
    import_folder(small)
    changed(of("organisations", "water", name=Text.of({"en": "Vodokanal"}), spellings=()))
    carried = records.Line.objects.filter(organisation__key="water")
    assert carried.count() == 0

    changed(of("organisations", "water", spellings=("Suvtaminot", "Сувтаъминот")))
    assert carried.filter(country="UZ").count() == 8
    linked = state()
    relink("small")
    assert state() == linked


def test_a_contradiction_is_refused_where_it_stands_and_nothing_is_written(small: Path) -> None:
    import_folder(small)
    before = records.JournalEntry.objects.count()
    with pytest.raises(Refused) as refused:
        changed(
            of(
                "events",
                "water-2",
                head_counts=(),
                period=Period(date(2018, 10, 12), date(2018, 10, 10)),
                trainers=("nobody",),
            )
        )

    assert {(p.code, p.where.key) for p in refused.value.problems} == {
        ("folder.ends_before_start", "event[water-2].ends"),
        ("folder.unknown_reference", "event[water-2].trainers"),
    }
    assert records.JournalEntry.objects.count() == before


def test_whoever_is_slower_is_told_and_overwrites_nothing(small: Path) -> None:
    import_folder(small)

    def meanwhile(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
        changed(of("events", "water-1", title=Text.of({"en": "First"})))
        return of("events", "water-1", title=Text.of({"en": "Second"}))(before)

    with pytest.raises(Refused) as refused:
        changed(meanwhile)
    assert [p.code for p in refused.value.problems] == ["import.changed_meanwhile"]
    described = describe("small")
    assert described is not None
    assert described.events[0].title.say("en") == "First"


def test_a_folder_does_not_undo_what_was_changed_here_unless_told_to(small: Path) -> None:
    import_folder(small)
    changed(of("events", "water-1", title=Text.of({"en": "Changed here"})))
    small_folder(small.parent / "other", description=PROGRAMME.replace("Water losses", "Water leaks"))

    with pytest.raises(Refused) as refused:
        import_folder(small.parent / "other")
    assert [p.code for p in refused.value.problems] == ["import.edited_here"]

    import_folder(small.parent / "other", replace=True)
    described = describe("small")
    assert described is not None
    assert [event.title.say("en") for event in described.events] == ["Water supply", "Water leaks"]


def test_what_was_changed_here_leaves_and_comes_back_byte_for_byte(
    small: Path, third: Path, tmp_path: Path
) -> None:
    import_folder(small)
    changed(with_third, third=third)
    export_folder("small", tmp_path / "first")
    assert import_folder(tmp_path / "first").unchanged

    forget_everything()
    import_folder(tmp_path / "first")
    export_folder("small", tmp_path / "second")
    files = {p.relative_to(tmp_path / "first") for p in (tmp_path / "first").rglob("*") if p.is_file()}
    assert files == {
        p.relative_to(tmp_path / "second") for p in (tmp_path / "second").rglob("*") if p.is_file()
    }
    assert [
        p for p in files if (tmp_path / "first" / p).read_bytes() != (tmp_path / "second" / p).read_bytes()
    ] == []


def test_a_programme_is_begun_with_nothing_in_it_and_its_first_list_is_measured(tmp_path: Path) -> None:
    begin_programme(
        d.Programme(
            "small", Text.of({"en": "Begun here"}), ("en",), Period(date(2018, 9, 1), date(2018, 12, 31))
        ),
        by=COMMAND,
    )
    assert records.Snapshot.objects.count() == 0
    with pytest.raises(Refused) as refused:
        begin_programme(d.Programme("small", Text.of({"en": "Again"}), ("en",)), by=COMMAND)
    assert [p.code for p in refused.value.problems] == ["import.key_taken"]

    path = tmp_path / "first.csv"
    path.write_text(FIRST, "utf-8")

    def first(before: d.ProgrammeDescription) -> d.ProgrammeDescription:
        day = Period(date(2018, 10, 10), date(2018, 10, 10))
        visit = d.Visit("v", "outgoing", Text.of({"en": "Tashkent"}), day)
        event = d.Event("e", "v", "training", Text.of({"en": "Water"}), day)
        return replace(
            before, visits=(visit,), events=(event,), sheets=(d.Sheet("s", "sheets/first.csv", "e"),)
        )

    outcome = changed(first, first=path)
    assert (outcome.new_lines, outcome.people) == (4, 4)
    assert records.Snapshot.objects.get().number == 1


def test_a_register_that_outgrew_its_rarities_is_measured_anew(small: Path, tmp_path: Path) -> None:
    import_folder(small)
    path = tmp_path / "third.csv"
    many = [f"{n},{name},Suvtaminot,engineer" for n, name in enumerate(INVENTED, 1)]
    path.write_text("\n".join(["No,Full name,Organisation,Position", *many]), "utf-8")
    changed(with_third, third=path)
    numbers = records.Snapshot.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert describing.OUTGROWN == 2


INVENTED = tuple(
    f"{given} {surname}"
    for given in ("Aziza", "Botir", "Dilfuza", "Eldor")
    for surname in ("Karimova", "Nazarova", "Yusupova")
)
