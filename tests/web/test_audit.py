"""What an auditor does not see: other contracts' figures, shares and overlaps, events and people the contract does not
pay, names from other sheets, doubts, documents, files that also prove something else."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.factory import SCAN, text
from tests.web.readers import reader_with

from karvon.actions.journal import save_payload
from karvon.actions.results import refresh_standings
from karvon.files.evidence_store import store
from karvon.records import models as records
from karvon.rules.access import Grant

ELSEWHERE = "Тошматова Зухра"
OTHER_SPELLING = "Toshmatova Zuhra Elsewhere"


def keep(home: Path, data: bytes, name: str) -> str:
    kept = store(home, data, name=name)
    records.StoredFile.objects.get_or_create(
        sha256=kept.sha256, defaults={"size": kept.size, "media_type": kept.media_type}
    )
    return kept.sha256


@pytest.fixture
def programme(make: Callable[..., str], tmp_path: Path) -> str:
    """Two events are paid by LV-79, one by the other contract only; one person came to both kinds."""
    key = make(rows=3)
    row = records.Programme.objects.get(key=key)
    lv79 = records.Contract.objects.get(programme=row, key="lv79")
    other = records.Event.objects.get(programme=row, key="event-1")
    records.EventShare.objects.filter(event=other, contract=lv79).delete()
    records.VisitShare.objects.filter(visit=other.visit, contract=lv79).delete()
    for number in range(3):
        sheet = records.Sheet.objects.get(programme=row, key=f"sheet-{number}")
        sheet.stored_id = keep(tmp_path, f"No.;Name\n{number};Karimov\n".encode(), f"list-{number}.csv")
        sheet.scan_id = keep(tmp_path, SCAN + str(number).encode(), f"list-{number}.png")
        sheet.scan_path = f"documents/list-{number}.png"
        sheet.save()
    person = records.Person.objects.create(id="zuhra", programme=row)
    for event, name in (("sheet-0", ELSEWHERE), ("sheet-1", OTHER_SPELLING)):
        sheet = records.Sheet.objects.get(programme=row, key=event)
        line = records.Line.objects.create(
            id=f"z-{event}", programme=row, sheet=sheet, row=40, country="UZ", key="k",
            payload=save_payload({"name": name, "cells": {"name": name}, "marks": {}}),
        )  # fmt: skip
        records.Attendance.objects.create(
            line=line, event=sheet.event, day=sheet.day, role="participant", status="present"
        )
        records.Link.objects.create(line=line, person=person)
        person.shown = line  # shown elsewhere by the spelling of the event that is not paid
    person.save()
    records.Match.objects.create(
        programme=row, a_id="z-sheet-0", b_id="z-sheet-1", weight=850, band="certain",
        parts=[["surname", "same", 850]],
    )  # fmt: skip
    refresh_standings(row)
    return key


@pytest.fixture
def auditor(programme: str) -> Client:
    return reader_with(Grant("auditor", programme, "lv79"))


def pages(auditor: Client, programme: str) -> dict[str, str]:
    paths = (
        "", "results/trained/", "results/trained/left-out/", "results/visits/", "events/event-0/",
        "events/event-2/", "sheets/sheet-0/", "sheets/sheet-2/",
    )  # fmt: skip
    found = {}
    for path in paths:
        answer = auditor.get(f"/en/{programme}/audit/lv79/{path}")
        assert (path, answer.status_code) == (path, 200)
        found[path] = answer.content.decode()
    return found


def test_nothing_of_another_contract_stands_on_any_page(auditor: Client, programme: str) -> None:
    other = ("3.2.1.1/16/A/014", "erdf", "Training 1", "Visit 1", "event-1", "sheet-1", "list-1")
    for path, html in pages(auditor, programme).items():
        # as words of their own: ids and tokens are letters drawn by lot
        assert (path, [word for word in other if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", html)]) == (
            path,
            [],
        )


def test_no_spelling_of_a_name_from_a_sheet_that_is_not_paid(auditor: Client, programme: str) -> None:
    found = pages(auditor, programme)
    assert ELSEWHERE in found["results/trained/"]
    assert ELSEWHERE in found["sheets/sheet-0/"]
    assert [path for path, html in found.items() if OTHER_SPELLING in html] == []


def test_the_figure_is_the_contracts_own(auditor: Client, programme: str) -> None:
    counted = records.Standing.objects.filter(indicator__key="trained", indicator__programme__key=programme)
    lv79 = records.Contract.objects.get(programme__key=programme, key="lv79")
    own = counted.filter(under__contains=f",{lv79.pk},").count()
    html = pages(auditor, programme)["results/trained/"]
    assert html.split('<span class="big">')[1].split("<")[0] == str(own)
    assert [word for word in ("both", "at least one contract", "participations") if word in html] == []


def test_people_who_came_only_to_what_is_not_paid_are_nowhere(auditor: Client, programme: str) -> None:
    row = records.Programme.objects.get(key=programme)
    sheet = records.Sheet.objects.get(programme=row, key="sheet-1")
    line = records.Line.objects.create(
        id="only-there", programme=row, sheet=sheet, row=41, country="UZ", key="k",
        payload=save_payload({"name": "Олимова Нигора", "cells": {"name": "Олимова Нигора"}, "marks": {}}),
    )  # fmt: skip
    records.Attendance.objects.create(
        line=line, event=sheet.event, day=sheet.day, role="interpreter", status="present"
    )
    records.Link.objects.create(
        line=line, person=records.Person.objects.create(id="nigora", programme=row, shown=line)
    )
    refresh_standings(row)
    assert [path for path, html in pages(auditor, programme).items() if "Олимова" in html] == []


NOT_PAID = ("events/event-1/", "sheets/sheet-1/", "lines/z-sheet-1/")


@pytest.mark.parametrize("path", NOT_PAID)
def test_what_the_contract_does_not_pay_is_not_there(auditor: Client, programme: str, path: str) -> None:
    assert auditor.get(f"/en/{programme}/audit/lv79/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "results/trained/", "events/event-1/", "sheets/sheet-1/"])
def test_another_contracts_pages_are_not_there(auditor: Client, programme: str, path: str) -> None:
    assert auditor.get(f"/en/{programme}/audit/erdf/{path}").status_code == 404
    both = reader_with(Grant("auditor", programme, "erdf"), email="other@example.org")
    assert both.get(f"/en/{programme}/audit/erdf/{path}").status_code == 200


def test_a_figure_no_contract_counts_is_not_there(auditor: Client, programme: str) -> None:
    row = records.Programme.objects.get(key=programme)
    records.Indicator.objects.create(
        programme=row, key="advice", order=5, title=text("Advice given"), measure="recommendations"
    )
    assert auditor.get(f"/en/{programme}/audit/lv79/results/advice/").status_code == 404
    assert "Advice given" not in auditor.get(f"/en/{programme}/audit/lv79/").content.decode()


def test_another_contracts_target_is_not_told(auditor: Client, programme: str) -> None:
    erdf = records.Contract.objects.get(programme__key=programme, key="erdf")
    trained = records.Indicator.objects.get(programme__key=programme, key="trained")
    records.Target.objects.create(indicator=trained, contract=erdf, value=Decimal(987), order=9)
    html = "".join(pages(auditor, programme).values())
    assert ("target 75" in html, "987" in html, "150" in html) == (True, False, False)


def test_neither_doubts_nor_people_nor_documents_can_be_reached(auditor: Client, programme: str) -> None:
    inside = {
        part.split('"')[0].split("#")[0]
        for html in pages(auditor, programme).values()
        for part in html.replace('src="', 'href="').split('href="')[1:]
    }
    within = {link for link in inside if link.startswith(f"/en/{programme}/")}
    allowed = (f"/en/{programme}/audit/lv79/", f"/en/{programme}/reports/")
    assert {link for link in within if not link.startswith(allowed)} == set()
    assert {auditor.get(link).status_code for link in within} <= {200, 302}


def test_a_line_leads_to_its_row(auditor: Client, programme: str) -> None:
    answer = auditor.get(f"/en/{programme}/audit/lv79/lines/z-sheet-0/")
    assert answer["Location"] == f"/en/{programme}/audit/lv79/sheets/sheet-0/#l-z-sheet-0"
    assert 'id="l-z-sheet-0"' in auditor.get(answer["Location"]).content.decode()


def sheet(programme: str, number: int) -> records.Sheet:
    return records.Sheet.objects.get(programme__key=programme, key=f"sheet-{number}")


def given(auditor: Client, programme: str, sha256: str | None) -> tuple[int, int]:
    path = f"/en/{programme}/audit/lv79"
    return (
        auditor.get(f"{path}/files/{sha256}/").status_code,
        auditor.get(f"{path}/images/{sha256}/").status_code,
    )


def test_the_sheets_and_scans_of_paid_events_are_handed_out_and_no_other(
    auditor: Client, programme: str
) -> None:
    mine, other = sheet(programme, 0), sheet(programme, 1)
    assert given(auditor, programme, mine.stored_id) == (200, 404)
    assert given(auditor, programme, mine.scan_id) == (200, 200)
    assert given(auditor, programme, other.stored_id) == (404, 404)
    assert given(auditor, programme, other.scan_id) == (404, 404)


def test_a_scan_that_also_proves_what_is_not_paid_is_named_and_not_handed_out(
    auditor: Client, programme: str
) -> None:
    mine = sheet(programme, 0)
    records.Sheet.objects.filter(programme__key=programme, key="sheet-1").update(scan=mine.scan_id)
    assert given(auditor, programme, mine.scan_id) == (404, 404)
    html = auditor.get(f"/en/{programme}/audit/lv79/sheets/sheet-0/").content.decode()
    assert "also holds what this contract does not pay" in html
    assert "signed scan" in html
    assert "<img" not in html


def test_a_file_that_is_also_somebodys_paper_is_not_handed_out(auditor: Client, programme: str) -> None:
    mine = sheet(programme, 0)
    records.Document.objects.create(
        programme=mine.programme, key="minutes", path="documents/minutes.csv", stored_id=mine.stored_id,
        kind="minutes",
    )  # fmt: skip
    assert given(auditor, programme, mine.stored_id) == (404, 404)


def test_documents_are_not_handed_out(auditor: Client, programme: str) -> None:
    for paper in records.Document.objects.filter(programme__key=programme):
        assert given(auditor, programme, paper.stored_id) == (404, 404)


def test_a_withdrawn_sheet_is_not_there(auditor: Client, programme: str) -> None:
    from django.utils import timezone

    mine = sheet(programme, 0)
    records.Sheet.objects.filter(pk=mine.pk).update(withdrawn_at=timezone.now())
    for path in ("sheets/sheet-0/", "lines/z-sheet-0/"):
        assert (path, auditor.get(f"/en/{programme}/audit/lv79/{path}").status_code) == (path, 404)
    for sha256 in (mine.stored_id, mine.scan_id):
        assert given(auditor, programme, sha256) == (404, 404)


def test_what_is_written_down_after_the_contract_was_given_stays_outside(
    auditor: Client, programme: str
) -> None:
    """An event that loses its share disappears from the auditor's pages at once."""
    path = f"/en/{programme}/audit/lv79/events/event-0/"
    assert auditor.get(path).status_code == 200
    records.EventShare.objects.filter(event__key="event-0", contract__key="lv79").delete()
    assert auditor.get(path).status_code == 404
    assert auditor.get(f"/en/{programme}/audit/lv79/sheets/sheet-0/").status_code == 404


def test_a_name_is_not_searched_on_an_auditors_page(auditor: Client, programme: str) -> None:
    html = auditor.get(f"/en/{programme}/audit/lv79/results/trained/").content.decode()
    assert '<input id="find"' not in html
    assert auditor.post(f"/en/{programme}/audit/lv79/results/trained/", {"q": "x"}).status_code == 405


def test_an_auditors_pages_ask_the_database_no_more_for_many_rows(make: Callable[..., str]) -> None:
    asked = []
    for key, rows in (("few", 10), ("many", 60)):
        make(key, rows=rows)
        client = reader_with(Grant("auditor", key, "lv79"), email=f"{key}@example.org")
        counts = {}
        for path in (
            "",
            "results/trained/",
            "results/trained/left-out/",
            "events/event-1/",
            "sheets/sheet-0/",
        ):
            client.get(f"/en/{key}/audit/lv79/{path}")
            with CaptureQueriesContext(connection) as statements:
                assert client.get(f"/en/{key}/audit/lv79/{path}").status_code == 200
            counts[path] = len(statements)
        asked.append(counts)
    assert asked[0] == asked[1]


def test_a_coordinator_sees_what_the_funder_sees(auditor: Client, programme: str) -> None:
    coordinator = reader_with(Grant("coordinator", programme), email="coordinator@example.org")
    for path in ("", "results/trained/", "sheets/sheet-0/"):
        mine = auditor.get(f"/en/{programme}/audit/lv79/{path}").content.decode()
        theirs = coordinator.get(f"/en/{programme}/audit/lv79/{path}").content.decode()
        assert (
            mine.split('<main id="content"')[1].split("<footer")[0]
            == (theirs.split('<main id="content"')[1].split("<footer")[0])
        )
