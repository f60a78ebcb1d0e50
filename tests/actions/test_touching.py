"""After a decision, figures and doubts are moved by what it touched: as if all were worked out anew."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.queries.test_doubts import NAMESAKES, SECOND
from tests.queries.test_figures import some_programme
from tests.small_folder import small_folder

from karvon.actions.attendance import correct_attendance
from karvon.actions.describing import change_description
from karvon.actions.editing import write_thing
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.results import refresh_standings
from karvon.actions.signing import see_signatures
from karvon.actions.touching import SeenAt, refresh_touched
from karvon.queries.programme_description import describe
from karvon.queries.register import attendances_of, counting_register
from karvon.queries.results.doubts import kept_queue
from karvon.records import models as records
from karvon.rules.attendance import Correction
from karvon.rules.programme.description import Role
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Share

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
"""PostgreSQL takes a second for each of the examples that SQLite has been through already."""


def said(programme: records.Programme) -> None:
    """Statements on a whole scope and on narrower ones, also under a rule that counts heads without a name."""
    for number, (indicator, scope) in enumerate(
        (
            ("unique-in-period", {}),
            ("unique-in-period", {"contracts": ["A"]}),
            ("signed", {"ends": "2018-10-08"}),
            ("unique-with-heads", {}),
            ("unique-with-heads", {"contracts": ["A", "B"]}),
        )
    ):
        records.Statement.objects.create(
            programme=programme, key=f"said-{number}", order=number, comparator="at_least", number=number + 2,
            indicator=records.Indicator.objects.get(programme=programme, key=indicator), scope=scope,
            text=Text((("en", "At least so many."),)),
        )  # fmt: skip


def kept(programme: records.Programme) -> dict[str, list[Any]]:
    """Everything that is kept of figures and doubts."""
    of = {"indicator__programme": programme}
    return {
        "standings": sorted(
            records.Standing.objects.filter(**of).values_list(
                "indicator", "person", "under", "by_programme", "settled"
            )
        ),
        "bounds": sorted(
            map(
                str,
                records.UnsettledBound.objects.filter(**of).values_list(
                    "indicator", "kind", "contract", "second", "lower", "best", "upper", "unnamed", "outer"
                ),
            )
        ),
        "doubts": sorted(
            map(
                str,
                records.Doubt.objects.filter(programme=programme).values_list(
                    "a", "b", "weight", "looked_at", "narrowing", "narrows", "shifts"
                ),
            )
        ),
        "narrower": [records.DoubtQueue.objects.get(programme=programme).narrower],
    }


def change(programme: records.Programme, chance: random.Random) -> tuple[set[str], dict[SeenAt, Role]]:
    """Something of what a decision may change: decisions, matches, links, roles.

    Returns the lines decided about and the earlier roles.
    """
    lines = list(records.Line.objects.filter(programme=programme).order_by("id"))
    people = list(records.Person.objects.filter(programme=programme).order_by("id"))
    a, b = sorted(chance.sample(lines, 2), key=lambda line: line.pk)
    match chance.randrange(5):
        case 0 | 1:
            records.Decision.objects.create(
                programme=programme, a=a, b=b, at=f"2019-01-01T00:00:{records.Decision.objects.count():02d}Z",
                verdict=chance.choice(["same", "different", "cannot_tell", "undone"]),
            )  # fmt: skip
            return {a.pk, b.pk}, {}
        case 2:
            records.Match.objects.filter(a=a, b=b).delete()
            band, weight = chance.choice(["certain", "undecided"]), chance.randrange(9)
            records.Match.objects.create(programme=programme, a=a, b=b, weight=weight, band=band)
        case 3:
            records.Link.objects.filter(line=a).update(person=chance.choice(people))
        case _:
            seen = records.Attendance.objects.filter(line=a).first()
            if seen is not None:
                earlier: Role = seen.role  # type: ignore[assignment]  # held to the known words by the database
                records.Attendance.objects.filter(pk=seen.pk).update(
                    role="guest" if earlier == "participant" else "participant"
                )
                return set(), {(a.pk, seen.event.key, seen.day): earlier}
    return set(), {}


@given(seed=st.integers(0, 400), chance=st.randoms(use_true_random=False), changes=st.integers(1, 4))
@settings(max_examples=25 if ON_SQLITE else 10)
def test_what_is_moved_says_the_same_as_what_is_worked_out_anew(
    seed: int, chance: random.Random, changes: int
) -> None:
    with transaction.atomic():
        programme = records.Programme.objects.get(key=some_programme(seed))
        said(programme)
        refresh_standings(programme)
        for _ in range(changes):
            before = counting_register(programme.key)
            about, earlier = change(programme, chance)
            refresh_touched(programme, before=before, about=about, earlier_roles=earlier)
            moved = kept(programme)
            refresh_standings(programme)
            assert moved == kept(programme)
        transaction.set_rollback(True)


@given(seed=st.integers(0, 400), chance=st.randoms(use_true_random=False))
@settings(max_examples=8 if ON_SQLITE else 4)
def test_what_a_correction_of_attendance_moves_says_the_same_as_what_is_worked_out_anew(
    seed: int, chance: random.Random
) -> None:
    with transaction.atomic():
        programme = records.Programme.objects.get(key=some_programme(seed))
        said(programme)
        refresh_standings(programme)
        attended = list(records.Attendance.objects.filter(event__programme=programme).order_by("id"))
        rows = chance.sample(attended, min(3, len(attended)))
        earlier = {row.line_id: attendances_of(programme.key, lines=[row.line_id]) for row in rows}
        for row in rows:
            row.role = chance.choice(["participant", "guest", "interpreter"])
            row.status = chance.choice(["registered", "present", "completed"])
            row.signed = chance.choice([True, False, None])
            row.hours = chance.choice([None, 1, 8])
            row.save()
        refresh_touched(programme, earlier=earlier)
        moved = kept(programme)
        refresh_standings(programme)
        assert moved == kept(programme)
        transaction.set_rollback(True)


def test_corrections_and_signatures_leave_everything_as_worked_out_anew(tmp_path: Path) -> None:
    """Also where nobody is left who was there on one day, so that the hours of the others are shared anew."""
    import_folder(small_folder(tmp_path))
    programme = records.Programme.objects.get(key="small")
    records.Event.objects.filter(key="water-2").update(hours=8)
    second = records.Line.objects.filter(sheet__key="second", retired_at__isnull=True).order_by("row")
    day = date(2018, 10, 12)
    for line in second:
        correct_attendance("small", "water-2", line.pk, [Correction("status", "absent", day)], by=COMMAND)
        correct_attendance("small", "water-2", line.pk, [Correction("role", "guest")], by=COMMAND)
        see_signatures("small", "second", {line.pk: True}, by=COMMAND)
        moved = kept(programme)
        refresh_standings(programme)
        assert moved == kept(programme)


def test_a_visit_without_an_event_moves_nothing_and_one_with_events_does(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    programme = records.Programme.objects.get(key="small")
    before, standings = kept(programme), set(records.Standing.objects.values_list("id", flat=True))
    visit = {
        "direction": "outgoing",
        "title": {"en": "Andijan"},
        "starts": "2018-11-01",
        "ends": "2018-11-02",
    }
    write_thing("small", "visit", visit, key="andijan", shown=None, by=COMMAND)
    assert kept(programme) == before
    assert set(records.Standing.objects.values_list("id", flat=True)) == standings

    paid_by = (Share("B", Decimal(100)),)
    change_description(
        "small",
        lambda said: replace(
            said,
            visits=tuple(replace(v, shares=paid_by) if v.key == "tashkent" else v for v in said.visits),
        ),
        action="change",
        by=COMMAND,
    )
    moved = kept(programme)
    refresh_standings(programme)
    assert moved == kept(programme) != before


def test_nothing_is_written_where_nothing_changed() -> None:
    programme = records.Programme.objects.get(key=some_programme(3))
    before = kept(programme)
    refresh_touched(programme, before=counting_register(programme.key))
    assert kept(programme) == before


def test_doubts_weighed_for_other_statements_are_weighed_anew() -> None:
    programme = records.Programme.objects.get(key=some_programme(4))
    said(programme)
    refresh_touched(programme, before=counting_register(programme.key))
    moved = kept(programme)
    refresh_standings(programme)
    assert moved == kept(programme)
    assert set(moved["narrower"][0]) == {"said-1", "said-2", "said-4"}


def test_a_statement_said_later_is_weighed_at_once(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path, first=NAMESAKES, second=SECOND))
    values = {"text": {"en": "Many"}, "indicator": "trained", "comparator": "at_least", "number": "2"}
    write_thing("small", "statement", values, key="later", shown=None, by=COMMAND)
    described = describe("small")
    assert described is not None
    assert kept_queue("small", described) is not None
    assert any("later" in shift[0] for one in records.Doubt.objects.all() for shift in one.shifts)
