"""A list on the desk is matched with the register by what is kept of it, as linking everything would."""

import random
from datetime import date
from pathlib import Path

import pytest
from bench.people_dev import lines_of
from bench.people_generator import generate
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.small_folder import small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.journal import erase, save_payload
from karvon.actions.people import decide, relink, undo_decision
from karvon.queries import kept_register as kept_register_module
from karvon.queries import matching
from karvon.queries.kept_register import kept_register
from karvon.queries.matching import matched
from karvon.queries.register import people_of_lines
from karvon.records import models as records
from karvon.rules.identity.line import IdentityLine
from karvon.rules.programme.text import Text

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 1)


def kept(lines: list[IdentityLine], *, key: str = "made") -> None:
    """A programme whose register is these lines, linked."""
    programme = records.Programme.objects.create(key=key, title=Text((("en", "Made up"),)), languages=["en"])
    visit = records.Visit.objects.create(
        programme=programme, key="v", direction="outgoing", starts=DAY, ends=DAY
    )
    stored, _ = records.StoredFile.objects.get_or_create(sha256="1" * 64, size=1, media_type="text/csv")
    sheets: dict[str, records.Sheet] = {}
    for number, line in enumerate(lines):
        if line.sheet not in sheets:
            event = records.Event.objects.create(
                programme=programme,
                key=line.sheet.lower(),
                visit=visit,
                kind="training",
                starts=DAY,
                ends=DAY,
            )
            sheets[line.sheet] = records.Sheet.objects.create(
                programme=programme,
                key=line.sheet,
                path=line.sheet,
                stored=stored,
                event=event,
                role="participant",
            )
        cells = {
            "organisation": line.organisation, "position": line.position, "phone": line.phone,
            "email": line.email, "region": line.region,
        }  # fmt: skip
        records.Line.objects.create(
            id=line.line, programme=programme, sheet=sheets[line.sheet], row=number + 1, key=line.line,
            payload=save_payload({"name": line.name, "cells": cells}),
        )  # fmt: skip
    relink(key)


def made_up(number: int) -> tuple[list[IdentityLine], list[IdentityLine]]:
    """A register of so many made-up lines, and thirty more."""
    rows, _ = generate(seed=5, people=200)
    lines = lines_of(rows)
    random.Random(5).shuffle(lines)
    return lines[:number], lines[number : number + 30]


def of_matches(found: tuple[matching.MatchedLine, ...]) -> object:
    return [(one.line, one.person, one.certain, one.matches, one.together_with) for one in found]


def test_a_list_is_matched_as_linking_everything_anew_would(monkeypatch: pytest.MonkeyPatch) -> None:
    register, new = made_up(400)
    kept(register)
    found = matched("made", new)
    assert sum(bool(one.person) for one in found) > 5
    assert any(one.certain for one in found)
    monkeypatch.setattr(matching, "kept_register", lambda programme: None)
    assert of_matches(matched("made", new)) == of_matches(found)


def test_matching_asks_the_database_no_more_for_a_larger_register_and_writes_nothing() -> None:
    register, new = made_up(400)
    kept(register[:100], key="small")
    kept(register[100:], key="large")
    for programme in ("small", "large"):
        with CaptureQueriesContext(connection) as statements:
            matched(programme, new)
        assert all(one["sql"].startswith("SELECT") for one in statements.captured_queries)
        assert len(statements) <= 20  # four of them only where older lines are read otherwise now


def test_the_words_kept_of_a_register_are_those_of_its_lines() -> None:
    register, new = made_up(300)
    kept(register)
    held = kept_register("made")
    assert held is not None
    words = held[0].words()
    assert words.turned_surnames
    found = of_matches(matched("made", new))
    records.RegisterWords.objects.update(state="of another linking")
    kept_register_module._words.cache_clear()
    assert held[0].words() == words
    assert of_matches(matched("made", new)) == found


def test_decisions_link_again_what_they_touch_as_linking_everything_would() -> None:
    register, _ = made_up(300)
    kept(register)
    chance = random.Random(1)
    pairs = [tuple(pair) for pair in records.Match.objects.values_list("a_id", "b_id")]
    strangers = [sorted(chance.sample([line.line for line in register], 2)) for _ in range(4)]
    for number, (a, b) in enumerate([*chance.sample(pairs, 8), *strangers]):
        decide("made", a, b, verdict=("same", "different", "cannot_tell")[number % 3])  # type: ignore[arg-type]
        if number % 4 == 3:
            undo_decision("made", a, b)
    step_by_step = everything()
    relink("made")
    assert everything() == step_by_step


def everything() -> dict[str, object]:
    """Who is with whom, why, and what is kept of every line."""
    people: dict[str, set[str]] = {}
    for line, person in people_of_lines("made").items():
        people.setdefault(person, set()).add(line)
    return {
        "people": people,
        "shown": dict(records.Person.objects.values_list("id", "shown")),
        "matches": sorted(records.Match.objects.values_list("a", "b", "weight", "band")),
        "components": dict(records.LineReading.objects.values_list("line", "component")),
        "keys": sorted(records.BlockKey.objects.values_list("line", "key", "said", "wordy")),
    }


def test_a_register_linked_by_other_rules_is_linked_anew_as_a_whole(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    records.Programme.objects.update(linked_under="1:0.0:x")
    assert kept_register("small") is None
    line = IdentityLine(line="new", sheet="desk", name="Шавкат Йўлдошев", organisation="Maxsustrans")
    assert matched("small", [line])[0].person
    a, b = sorted(records.Line.objects.values_list("id", flat=True))[:2]
    decide("small", a, b, verdict="cannot_tell")
    assert kept_register("small") is not None


def test_a_programme_without_lines_has_nobody_to_match(db: None) -> None:
    records.Programme.objects.create(key="empty", title=Text((("en", "Empty"),)), languages=["en"])
    found = matched("empty", [IdentityLine(line="1", name="Karimov Aziz"), IdentityLine(line="2", name="")])
    assert [(one.person, one.certain, one.matches) for one in found] == [("", False, ()), ("", False, ())]


def test_what_was_read_of_a_line_goes_when_its_text_is_erased(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    line = records.Line.objects.filter(sheet__isnull=False).select_related("payload")[0]
    left = (records.LineReading, records.BlockKey, records.NameKey)
    assert all(table.objects.filter(line=line).exists() for table in left)
    assert records.RegisterWords.objects.exists()
    erase(line.payload)
    assert kept_register("small") is None
    assert not records.RegisterWords.objects.exists()
    assert not any(table.objects.filter(line=line).exists() for table in left)
