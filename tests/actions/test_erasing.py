"""Somebody is erased for good: no text of theirs is left or comes back, and every figure stays what it was."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.small_folder import PROGRAMME, SECOND, small_folder

from karvon.actions.bringing import restore_sheets, withdraw_sheets
from karvon.actions.by_hand import take_away
from karvon.actions.editing import digests_of, write_thing
from karvon.actions.erasing import NOBODY, erase_person
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.people import decide, relink
from karvon.cli.exporting import export_folder
from karvon.files.programme_folder.one_record import kind_named, values_of
from karvon.queries.erasing import to_erase
from karvon.queries.people import people
from karvon.queries.programme_description import describe
from karvon.queries.register import people_of_lines
from karvon.queries.results import indicator_results
from karvon.records import models as records
from karvon.rules.problems import Refused
from karvon.rules.reporting.figure import Figure

pytestmark = pytest.mark.django_db
DELEGATION = """
[[visit]]
key = "riga"
direction = "incoming"
title = "Riga"
starts = 2018-09-10
ends = 2018-09-14

[[delegate]]
key = "head"
visit = "riga"
name = "Odil Nazarov"
position = "head of department"
"""
NAMES = ("Shavkat Yo'ldoshev", "Шавкат Йўлдошев")


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    made = small_folder(
        tmp_path / "given", description=PROGRAMME + DELEGATION, second=f"{SECOND}6,Б. Турсунов,,,+,+\n"
    )
    import_folder(made)
    return made


def person_of(name: str) -> str:
    rows = records.Line.objects.filter(sheet__isnull=False, retired_at__isnull=True).select_related("payload")
    line = next(row.pk for row in rows if row.payload.body and row.payload.body["name"] == name)
    return people_of_lines("small")[line]


def figures() -> dict[str, Figure]:
    return {one.key: one.figure for one in indicator_results("small")}


def traces(*names: str) -> list[str]:
    """Where one of the names, or a word kept of it, still stands in the database."""
    held = {
        "payload": [json.dumps(body, ensure_ascii=False) for body in records.Payload.objects.filter(
            snapshot__isnull=True, body__isnull=False).values_list("body", flat=True)],
        "key": [*records.NameKey.objects.filter(line__isnull=False).values_list("key", flat=True)],
        "reading": [*records.LineReading.objects.values_list("features", flat=True)],
        "words": [str(row) for row in records.RegisterWords.objects.values_list("words", flat=True)],
        "order": [*records.Person.objects.values_list("filed_under", flat=True)],
    }  # fmt: skip
    words = {word.casefold() for name in names for word in name.replace("'", "ʻ").split()} | {
        *names,
        "shavkat",
    }
    return sorted({where for where, texts in held.items() for text in texts if any(w in text for w in words)})


def test_every_text_goes_and_every_figure_stays(folder: Path) -> None:
    person, before = person_of(NAMES[0]), figures()
    assert traces(*NAMES) != []
    mine = {line for line, of in people_of_lines("small").items() if of == person}
    done = erase_person("small", person, by=COMMAND)
    assert (done.lines, figures(), traces(*NAMES)) == (len(mine), before, [])
    assert {line for line, of in people_of_lines("small").items() if of == person} == mine
    relink("small")
    assert (figures(), traces(*NAMES)) == (before, [])
    assert len({people_of_lines("small")[line] for line in mine}) == 1
    entry = records.JournalEntry.objects.get(action="erase_person")
    assert (entry.payload, entry.object_key, set(entry.facts["lines"]) >= mine) == (None, person, True)


def test_the_journals_notes_about_the_person_lose_their_text(folder: Path) -> None:
    description = describe("small")
    kind = kind_named("event")
    assert description is not None and kind is not None  # noqa: PT018
    now = values_of(kind, description.events[0])
    write_thing(
        "small", "event", {**now, "title": {"en": f"Training of {NAMES[0]}"}}, key=description.events[0].key,
        shown=digests_of(now), by=COMMAND,
    )  # fmt: skip
    write_thing(
        "small", "event", now, key=description.events[0].key,
        shown=digests_of({**now, "title": {"en": f"Training of {NAMES[0]}"}}), by=COMMAND,
    )  # fmt: skip
    assert erase_person("small", person_of(NAMES[0]), by=COMMAND).notes == 2
    assert traces(*NAMES) == []


def test_what_was_doubtful_stays_doubtful(folder: Path) -> None:
    one, other = person_of(NAMES[0]), person_of("Bekzod Tursunov")
    people_of = people_of_lines("small")
    lines = [min(line for line, of in people_of.items() if of == person) for person in (one, other)]
    decide("small", *lines, verdict="cannot_tell", by=COMMAND)
    before = figures()
    assert before["trained"].lower < before["trained"].best < before["trained"].upper
    erase_person("small", one, by=COMMAND)
    relink("small")
    assert figures() == before


def test_a_doubt_among_the_persons_own_lines_ends_as_it_stands_and_is_told_before(folder: Path) -> None:
    other = person_of("Bekzod Tursunov")
    found = to_erase("small", other)
    assert found is not None
    assert (found.lines, found.doubts) == (2, 1)
    before = figures()["trained"]
    erase_person("small", other, by=COMMAND)
    relink("small")
    after = figures()["trained"]
    assert (after.lower, after.best, after.upper) == (before.lower, before.best, before.upper - 1)


def test_taken_back_and_counted_again_the_text_does_not_come_back(folder: Path) -> None:
    person, before = person_of(NAMES[0]), figures()
    erase_person("small", person, by=COMMAND)
    keys = list(records.Sheet.objects.values_list("key", flat=True))
    withdraw_sheets("small", keys, by=COMMAND)
    restore_sheets("small", keys, by=COMMAND)
    assert (figures(), traces(*NAMES)) == (before, [])


def test_it_leaves_with_the_folder_erased_and_comes_back_erased(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    erase_person("small", person_of(NAMES[0]), by=COMMAND)
    before = {name: figure.best for name, figure in figures().items()}
    export_folder("small", tmp_path / "out")
    forget_everything()
    settings.KARVON_HOME = tmp_path / "elsewhere"
    import_folder(tmp_path / "out")
    assert (traces(*NAMES), {name: figure.best for name, figure in figures().items()}) == ([], before)
    export_folder("small", tmp_path / "again")
    for path in sorted((tmp_path / "out").rglob("*")):
        if path.is_file():
            other = tmp_path / "again" / path.relative_to(tmp_path / "out")
            assert (path.name, path.read_bytes()) == (path.name, other.read_bytes())


def test_nobody_an_expert_and_somebody_erased_are_refused(folder: Path) -> None:
    expert = records.Line.objects.filter(expert__isnull=False).values_list("link__person", flat=True)[0]
    person = person_of(NAMES[0])
    erase_person("small", person, by=COMMAND)
    kept = records.Payload.objects.filter(body__isnull=False).count()
    codes = []
    for key in ("nobody", expert, person):
        with pytest.raises(Refused) as refused:
            erase_person("small", key, by=COMMAND)
        codes.append(refused.value.problems[0].code)
    assert codes == ["people.nobody_known", "people.erase_expert", "people.erased_already"]
    assert records.Payload.objects.filter(body__isnull=False).count() == kept


def test_others_stay_as_they_are_and_are_still_decided_about(folder: Path) -> None:
    erase_person("small", person_of(NAMES[0]), by=COMMAND)
    other = person_of("Bekzod Tursunov")
    line = next(line for line, of in sorted(people_of_lines("small").items()) if of == other)
    names = {row.name for row in people("small", size=100)[0]}
    assert "Bekzod Tursunov" in names
    take_away("small", line, by=COMMAND)
    assert {row.name for row in people("small", size=100)[0]} == names | {"Б. Турсунов"}


def test_a_member_of_a_delegation_keeps_the_place_without_a_name(folder: Path) -> None:
    delegate = records.Delegate.objects.select_related("payload").first()
    if delegate is None:
        pytest.fail("the small programme has a delegation")
    person = records.Line.objects.get(delegate=delegate).link.person_id
    erase_person("small", person, by=COMMAND)
    description = describe("small")
    assert description is not None
    assert [one.name for one in description.delegates if one.key == delegate.key] == [NOBODY]
