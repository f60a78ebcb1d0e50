"""Everybody of a programme or of a figure leaves as a workbook, for those who may read all of it."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.web.pages import CODES
from tests.web.readers import reader_with, stranger

from karvon.actions.journal import save_payload
from karvon.queries.people import people, person
from karvon.queries.results import counted_people
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.web.people.workbook import MEDIA_TYPE

WHOLE, FIGURE = "people/workbook/", "results/trained/people/workbook/"


def taken(client: Client, address: str) -> dict[str, list[tuple[Any, ...]]]:
    answer = client.post(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPE)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer streams
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in load_workbook(BytesIO(content))}


def test_everybody_leaves_with_all_they_attended_and_its_proof(reader: Client, programme: str) -> None:
    found = taken(reader, f"/en/{programme}/{WHOLE}")
    assert [*found] == ["People", "Attendances", "About this list"]
    listed = {row[-1]: row for row in found["People"][1:]}
    kept, page = people(programme)
    assert ([row.person for row in kept], page.total) == ([*listed], len(listed))
    of_page = person(programme, f"{programme}-p00001")
    assert of_page is not None
    (number, name, others, organisation, position, country, region, sex, events, days, hours, roles, first, last,
     contracts, _) = listed[of_page.person]  # fmt: skip
    assert (name, others) == (of_page.name, "; ".join(form for form in of_page.forms if form != of_page.name))
    assert (organisation, position, country, region, sex) == (
        "Сувтаъминот",
        "инженер",
        "Uzbekistan",
        None,
        None,
    )
    assert (events, hours, roles) == (of_page.events, of_page.hours, "participant")
    day_of = sorted(day for line in of_page.lines for day in line.days)
    assert (days, first.date(), last.date()) == (len({*day_of}), day_of[0], day_of[-1])
    assert contracts == "LV-79; 3.2.1.1/16/A/014"
    proof = [row for row in found["Attendances"][1:] if row[0] == number]
    sheets = {sheet.path: sheet for sheet in records.Sheet.objects.all()}
    assert [(row[2], row[9].date(), row[16], row[17], row[18]) for row in proof] == [
        (line.name, line.days[0], line.path, line.row, sheets[line.path].stored_id) for line in of_page.lines
    ]
    assert dict(found["About this list"])["Programme"] == "Capacity building"


def test_a_figure_leaves_with_whom_it_counts_and_only_what_makes_them_count(
    reader: Client, programme: str
) -> None:
    for query, contract in (("", None), ("?contract=lv79", "lv79")):
        found = taken(reader, f"/en/{programme}/{FIGURE}{query}")
        counted, _ = counted_people(programme, "trained", contract=contract)
        assert [row[-1] for row in found["People"][1:]] == [one.person for one in counted]
        assert {row[-1] for row in found["Attendances"][1:]} == {
            line.line for one in counted for line in one.lines
        }
        assert dict(found["About this list"])["Figure"] == "Specialists trained"
    assert len(counted) < len(people(programme)[0])


def test_a_name_that_begins_like_a_formula_stays_a_name(reader: Client, programme: str) -> None:
    body = {"name": "=HYPERLINK(1)", "cells": {"name": "=HYPERLINK(1)", "organisation": "@SUM(A1)"}}
    line = records.Line.objects.get(pk=f"{programme}-1-0"[-20:])
    line.payload = save_payload(body)
    line.save()
    answer = reader.post(f"/en/{programme}/{WHOLE}")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [
        cell for row in book["People"].iter_rows() for cell in row if str(cell.value).startswith(("=", "@"))
    ]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=HYPERLINK(1)", "s"),
        ("@SUM(A1); Сувтаъминот", "s"),
    ]
    assert "@SUM(A1)" in [row[3] for row in book["Attendances"].iter_rows(values_only=True)]


def test_headings_are_in_the_readers_language(reader: Client, programme: str) -> None:
    headings = {code: next(iter(taken(reader, f"/{code}/{programme}/{WHOLE}").values()))[0] for code in CODES}
    assert {code: said[1] for code, said in headings.items()} == {
        "lv": "Vārds, uzvārds", "en": "Name", "ru": "Имя и фамилия", "uz": "Ism-familiya", "uz-cyrl": "Исм-фамилия",
    }  # fmt: skip
    assert {code: len({*said}) for code, said in headings.items()} == dict.fromkeys(CODES, 16)


def test_what_it_asks_the_database_does_not_grow(reader: Client, make: Callable[..., str]) -> None:
    asked: dict[str, list[int]] = {WHOLE: [], FIGURE: []}
    for key in (make("few", rows=5), make("many", rows=25)):
        for path, numbers in asked.items():
            with CaptureQueriesContext(connection) as statements:
                taken(reader, f"/en/{key}/{path}")
            numbers.append(len(statements))
    assert [few == many for few, many in asked.values()] == [True, True]


@pytest.mark.parametrize("path", [WHOLE, FIGURE])
def test_only_who_may_read_the_whole_programme_takes_it(
    programme: str, make: Callable[..., str], path: str
) -> None:
    make("other", rows=1)
    outside = {
        "auditor": reader_with(Grant("auditor", programme, "lv79"), email="a@example.org"),
        "expert": reader_with(Grant("expert", programme, "expert-1"), email="e@example.org"),
        "another programme's coordinator": reader_with(Grant("coordinator", "other"), email="c@example.org"),
        "nobody": stranger(),
    }
    said = {who: client.post(f"/en/{programme}/{path}").status_code for who, client in outside.items()}
    assert said == {"auditor": 404, "expert": 404, "another programme's coordinator": 404, "nobody": 302}
    assert not records.JournalEntry.objects.filter(action="take_workbook").exists()


def test_the_journal_says_who_took_what(programme: str) -> None:
    client = reader_with(Grant("coordinator", programme))
    began = datetime.now().astimezone()
    client.post(f"/en/{programme}/{WHOLE}")
    client.post(f"/en/{programme}/{FIGURE}")
    entries = records.JournalEntry.objects.filter(action="take_workbook", at__gte=began)
    assert [(entry.by.email, entry.object_kind, entry.object_key, entry.facts) for entry in entries if entry.by] == [
        ("reader@example.org", "programme", programme, {}), ("reader@example.org", "indicator", "trained", {}),
    ]  # fmt: skip
    assert client.get(f"/en/{programme}/{WHOLE}")["Location"] == f"/en/{programme}/people/"


def test_a_part_of_a_figure_that_is_not_there_is_no_workbook(reader: Client, programme: str) -> None:
    for path in ("results/nothing/people/workbook/", f"{FIGURE}?contract=x", f"{FIGURE}?by=sex&part=x",
                 "results/visits/people/workbook/"):  # fmt: skip
        assert reader.post(f"/en/{programme}/{path}").status_code == 404
