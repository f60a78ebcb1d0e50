"""An event's attendance on the page: the grid, a line corrected by hand, heads counted, and the way back."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.small_folder import small_folder
from tests.web.readers import reader_with

from karvon.actions.attendance import correct_attendance
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.attendance import Correction

HERE = "/en/tashkent-2018/events/event-1/attendance/"
LINE = "tashkent-2018-1-1"
DAY = "2018-10-12"
NEXT = "2018-10-13"


@pytest.fixture
def coordinator(programme: str) -> Client:
    return reader_with(Grant("coordinator", programme))


def said(client: Client) -> dict[str, str]:
    """What the form of the line holds as it is shown."""
    form = client.get(f"{HERE}of/{LINE}/").context["form"]
    return {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}


def sessions() -> list[tuple[str, str, str, str]]:
    rows = records.Attendance.objects.filter(line=LINE).order_by("day")
    return [(f"{row.day}", row.role, row.status, f"{row.hours}") for row in rows]


def test_the_grid_shows_every_line_day_by_day(coordinator: Client) -> None:
    html = coordinator.get(HERE).content.decode()
    shown = (
        "Karimov Aziz Rustam oʻgʻli 0",
        "list-1.csv:2",
        ">participant",
        "12\u00a0Oct\u00a02018",
        "13\u00a0Oct\u00a02018",
    )
    assert [one for one in shown if one not in html] == []
    assert html.count(">present</td>") == html.count(">Correct<span") == 4


def test_a_line_is_corrected_marked_and_taken_back(coordinator: Client) -> None:
    was = sessions()
    form = said(coordinator)
    assert form == {
        "seen": "0", "role": "", f"status-{DAY}": "", f"hours-{DAY}": "", f"status-{NEXT}": "", f"hours-{NEXT}": "",
        "reason": "",
    }  # fmt: skip
    typed = {
        **form,
        "role": "guest",
        f"hours-{DAY}": "2,5",
        f"status-{NEXT}": "completed",
        "reason": "She told us",
    }
    answer = coordinator.post(f"{HERE}of/{LINE}/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}#l-{LINE}")
    assert sessions() == [(DAY, "guest", "present", "2.50"), (NEXT, "guest", "completed", "None")]
    html = coordinator.get(HERE).content.decode()
    assert html.count('<span class="by-hand">by hand</span>') == 3
    undo = html.split('<form method="post" action="')[-1].split('"')[0] if "Undo" in html else ""
    entry = records.JournalEntry.objects.get(action="correct_attendance").pk
    assert f'action="{HERE}undo/{entry}/"' in html
    assert coordinator.get(f"{HERE}of/{LINE}/").content.decode().count("She told us") == 3
    assert coordinator.post(undo or f"{HERE}undo/{entry}/").status_code == 302
    assert sessions() == was
    again = coordinator.get("/en/tashkent-2018/events/event-1/").content.decode()
    assert "Taken back." in again
    history = coordinator.get("/en/tashkent-2018/journal/?kind=event&key=event-1").content.decode()
    assert history.count("Attendance corrected by hand") == 2
    assert "<span>12\u00a0Oct\u00a02018: 2.5</span>" in history


@pytest.mark.parametrize("hours", ["x", "25", "-1", "1e5", "NaN"])
def test_hours_that_cannot_be_are_said_beside_the_field_and_kept(coordinator: Client, hours: str) -> None:
    answer = coordinator.post(f"{HERE}of/{LINE}/", {**said(coordinator), f"hours-{DAY}": hours})
    html = answer.content.decode()
    assert "Write a number of hours, such as 6 or 7.5" in html
    assert f'value="{hours}"' in html
    assert records.AttendanceCorrection.objects.count() == 0


def test_a_double_click_is_one_correction(coordinator: Client) -> None:
    typed = {**said(coordinator), "role": "guest"}
    for _ in range(2):
        assert coordinator.post(f"{HERE}of/{LINE}/", typed).status_code == 302
    assert records.AttendanceCorrection.objects.count() == 1


def test_the_second_of_two_people_sees_what_stands_there_and_keeps_what_was_typed(
    coordinator: Client,
) -> None:
    typed = {**said(coordinator), "role": "guest"}
    correct_attendance(
        "tashkent-2018", "event-1", LINE, [Correction("role", "trainer")], reason="first", by=COMMAND
    )
    answer = coordinator.post(f"{HERE}of/{LINE}/", typed)
    html = answer.content.decode()
    assert (answer.status_code, "Somebody else has corrected this line" in html, "first" in html) == (
        409,
        True,
        True,
    )
    assert '<option value="guest" selected>' in html
    assert [role for _, role, *_ in sessions()] == ["trainer"]
    again = {name: str(answer.context["form"][name].value() or "") for name in answer.context["form"].fields}
    assert coordinator.post(f"{HERE}of/{LINE}/", again).status_code == 302
    assert [role for _, role, *_ in sessions()] == ["guest"]


def test_heads_are_counted_per_day_and_taken_back(db: None, tmp_path: Path, settings: Settings) -> None:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "folder"))
    client, here = reader_with(Grant("coordinator", "small")), "/en/small/events/water-2/attendance/"

    def heads() -> dict[str, int]:
        rows = records.HeadCount.objects.filter(event__key="water-2")
        return {f"{day}": number for day, number in rows.values_list("day", "heads")}

    wrong = client.post(
        f"{here}heads/", {"heads-2018-10-11": "many", "heads-2018-10-12": "-3"}
    ).content.decode()
    assert (wrong.count("Write a whole number of people"), 'value="many"' in wrong) == (2, True)
    typed = {"heads-2018-10-11": "", "heads-2018-10-12": "30"}
    assert [client.post(f"{here}heads/", typed).status_code for _ in range(2)] == [302, 302]
    assert heads() == {"2018-10-12": 30}
    html = client.get("/en/small/events/water-2/").content.decode()
    entry = records.JournalEntry.objects.get(action="count_heads").pk
    assert (f"{here}undo/{entry}/" in html, "The head-count is kept." in html) == (True, True)
    client.post(f"{here}undo/{entry}/")
    assert heads() == {}


def same(client: Client, **changed: object) -> dict[str, object]:
    """What the form below the grid is sent with."""
    form = client.get(HERE).context["form"]
    return {name: "" if (shown := form[name].value()) is None else shown for name in form.fields} | changed


def test_the_same_is_said_of_those_ticked_and_taken_back(coordinator: Client) -> None:
    was, other = sessions(), "tashkent-2018-2-1"
    typed = same(
        coordinator, line=[LINE, other], status="completed", hours="3,5", reason="Signed out at the end"
    )
    answer = coordinator.post(f"{HERE}several/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}?page=1")
    assert [(status, hours) for _, _, status, hours in sessions()] == [("completed", "3.50")] * len(was)
    html = coordinator.get(HERE).content.decode()
    entry = records.JournalEntry.objects.get(action="correct_attendance").pk
    assert ("2 lines corrected." in html, f'action="{HERE}undo/{entry}/"' in html) == (True, True)
    assert (
        coordinator.post(f"{HERE}several/", same(coordinator, line=[LINE], status="completed")).status_code
        == 302
    )
    assert "All of this was so already" in coordinator.get(HERE).content.decode()
    coordinator.post(f"{HERE}undo/{entry}/")
    assert sessions() == was
    history = coordinator.get("/en/tashkent-2018/journal/?kind=event&key=event-1").content.decode()
    told = ("Signed out at the end", 'lines: <span class="file" translate="no">2</span>')
    assert [one for one in told if one not in history] == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"status": "completed"}, "Tick at least one line of the table."),
        ({"line": [LINE]}, "Say what is to change: presence, hours or role."),
        ({"line": [LINE], "hours": "many"}, "Write a number of hours, such as 6 or 7.5"),
        ({"line": [LINE], "role": "king"}, "Choose from what is offered."),
        ({"line": [LINE], "status": "completed", "on": "2020-01-01"}, "Choose from what is offered."),
    ],
)
def test_what_is_wrong_about_many_lines_is_said_and_the_ticks_are_kept(
    coordinator: Client, changed: dict[str, object], said: str
) -> None:
    html = coordinator.post(f"{HERE}several/", same(coordinator, **changed)).content.decode()
    assert said in html
    assert bool(re.search(rf'value="{LINE}" aria-label="Tick: [^"]+" checked', html)) == ("line" in changed)
    assert records.AttendanceCorrection.objects.count() == 0


def test_a_line_that_is_gone_or_corrected_meanwhile_stops_all_of_them(coordinator: Client) -> None:
    typed = same(coordinator, line=[LINE, "tashkent-2018-2-1"], role="guest")
    correct_attendance("tashkent-2018", "event-1", LINE, [Correction("role", "trainer")], by=COMMAND)
    answer = coordinator.post(f"{HERE}several/", typed)
    assert (answer.status_code, "Somebody else has corrected this line" in answer.content.decode()) == (
        409,
        True,
    )
    gone = coordinator.post(f"{HERE}several/", same(coordinator, line=["no-line"], role="guest"))
    assert (gone.status_code, records.AttendanceCorrection.objects.count()) == (409, 1)


def test_what_is_not_there_is_not_found(coordinator: Client) -> None:
    paths = (
        "events/nothing/attendance/",
        "events/nothing/attendance/heads/",
        f"events/event-0/attendance/of/{LINE}/",
    )
    assert {coordinator.get(f"/en/tashkent-2018/{path}").status_code for path in paths} == {404}
    assert coordinator.post(f"{HERE}undo/999/").status_code == 302
    assert "nothing here that could be taken back" in coordinator.get(HERE).content.decode()


def test_who_only_reads_finds_no_way_to_correct(reader: Client, programme: str) -> None:
    html = reader.get(HERE).content.decode()
    assert [
        one for one in ("attendance/of/", "attendance/heads/", "several", "checkbox") if one in html
    ] == []
    answer = reader.post(f"{HERE}several/", {"line": LINE, "role": "guest"})
    assert (answer.status_code, records.AttendanceCorrection.objects.count()) == (302, 0)
    assert "sign-in" in answer["Location"]


def test_an_auditor_sees_no_grid(programme: str) -> None:
    client = reader_with(Grant("auditor", programme, "lv79"))
    assert client.get(HERE).status_code == 404
    assert "attendance/" not in client.get(f"/en/{programme}/audit/lv79/events/event-1/").content.decode()


def test_corrections_add_no_statement_to_the_grid(make: Callable[..., str]) -> None:
    key = make("few", rows=10)
    client = reader_with(Grant("coordinator", key))
    asked = []
    for number in range(3):
        correct_attendance(
            key,
            "event-1",
            f"{key}-{number}-1",
            [Correction("status", "absent", date(2018, 10, 12))],
            by=COMMAND,
        )
        with CaptureQueriesContext(connection) as statements:
            assert client.get(f"/en/{key}/events/event-1/attendance/").status_code == 200
        asked.append(len(statements))
    assert asked[1] == asked[2]
