"""The journal: who changed what, when, before and after; filtered, handed out, and closed to who reads a part."""

import ast
import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.web.readers import make_account, reader_with, signed_in, stranger

import karvon
from karvon import actions
from karvon.actions.journal import Actor, erase, write_entry
from karvon.files.programme_folder.schema import KINDS, SCOPE, TARGET
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.web.journal.fields import FACT, FIELD
from karvon.web.journal.told import said_facts
from karvon.web.words import ACTION, KIND

BEFORE = {
    "title": {"lv": "Vizīte", "en": "Visit"},
    "starts": "2018-10-10",
    "direction": "incoming",
    "shares": {"lv79": "40"},
}
AFTER = {
    "title": {"lv": "Vizīte", "en": "=cmd|' /C calc'!A0"},
    "direction": "outgoing",
    "shares": {"lv79": "60"},
}


@pytest.fixture
def reader(programme: str) -> Client:
    """Its coordinator."""
    return reader_with(Grant("coordinator", programme))


@pytest.fixture
def changed(programme: str) -> str:
    """A visit changed by somebody, an organisation by nobody with an account, beside what the programme has."""
    user = make_account("zane@example.org", Grant("coordinator", programme))
    record = records.Programme.objects.get(key=programme)
    write_entry(
        "change", by=Actor("web", user), programme=record, object_kind="visit", object_key="visit-1",
        facts={"changes": {"visits": [0, 1, 0]}}, personal={"before": BEFORE, "after": AFTER},
    )  # fmt: skip
    write_entry(
        "change", by=Actor("command"), programme=record, object_kind="organisation", object_key="gone",
        personal={"before": {"name": {"en": "<b>Old</b>"}}, "after": {"name": {"en": "New"}}},
    )  # fmt: skip
    return programme


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_entry_says_who_what_before_and_after(reader: Client, changed: str) -> None:
    html = html_of(reader, f"/en/{changed}/journal/")
    said = (
        '<span translate="no">zane@example.org</span>',
        f'<a href="/en/{changed}/visits/visit-1/"><span lang="lv">Visit 1</span></a>',
        "<dt>direction</dt>",
        '<del><span class="quiet">before: </span><span>study visit</span></del>',
        '<ins><span class="quiet">after: </span><span>expert mission</span></ins>',
        "<span>en: Visit</span>",
        '<span>10\u00a0Oct\u00a02018</span></del><span class="quiet-text">nothing any more</span>',
        "<span>lv79: 60</span>",
        "&lt;b&gt;Old&lt;/b&gt;",
        'organisation <span class="file" translate="no">gone</span>',
    )
    expected = [one.replace('<span lang="lv">Visit 1</span>', "Visit 1") for one in said]
    assert [one for one in expected if one not in html] == []


def test_what_was_erased_is_said_to_be(reader: Client, changed: str) -> None:
    entry = records.JournalEntry.objects.get(object_key="visit-1")
    assert entry.payload is not None
    erase(entry.payload)
    html = html_of(reader, f"/lv/{changed}/journal/?kind=visit&key=visit-1")
    assert ('<p class="quiet-text">dzēsts</p>' in html, "calc" in html) == (True, False)


def rows_of(client: Client, path: str) -> list[str]:
    """The entries shown, by the object they are about."""
    return [row.entry.object_key for row in client.get(path).context["entries"]]


def test_the_journal_is_narrowed_by_who_kind_object_action_and_period(reader: Client, changed: str) -> None:
    here = f"/en/{changed}/journal/"
    user = records.User.objects.get(email="zane@example.org")
    assert len(rows_of(reader, here)) == 4 + 4  # both roles given are entries of the programme
    assert rows_of(reader, f"{here}?who={user.pk}") == ["visit-1"]
    assert rows_of(reader, f"{here}?who=nobody&action=change") == ["gone"]
    assert rows_of(reader, f"{here}?kind=visit") == ["visit-1"]
    assert rows_of(reader, f"{here}?kind=organisation&key=gone") == ["gone"]
    assert rows_of(reader, f"{here}?kind=organisation&key=water") == []
    assert rows_of(reader, f"{here}?action=import_folder") == [changed] * 4
    assert rows_of(reader, f"{here}?ends=2018-12-30") == []
    assert rows_of(reader, f"{here}?starts=2018-12-31&ends=2018-12-31") == [changed] * 4
    assert rows_of(reader, f"{here}?starts=9999-12-31&ends=9999-12-31") == []


def test_a_period_that_makes_no_sense_is_said_beside_the_field(reader: Client, changed: str) -> None:
    html = html_of(reader, f"/en/{changed}/journal/?starts=x&ends=2018-13-01&who=%00&kind=%27&page=x")
    assert html.count("This is no day.") == 2
    assert html.count("There is nothing of this kind in the journal.") == 2
    assert "The last day is before the first one." in html_of(
        reader, f"/en/{changed}/journal/?starts=2019-01-02&ends=2019-01-01"
    )


def test_the_filter_is_kept_from_page_to_page(reader: Client, programme: str) -> None:
    record = records.Programme.objects.get(key=programme)
    for number in range(60):
        write_entry("change", by=Actor("web"), programme=record, object_kind="visit", object_key=f"v{number}")
    html = html_of(reader, f"/en/{programme}/journal/?kind=visit")
    assert "60 entries" in html
    assert 'rel="next" href="?kind=visit&amp;page=2"' in html
    assert rows_of(reader, f"/en/{programme}/journal/?kind=visit&page=2")[-1] == "v0"


def table(client: Client, path: str, *, separator: str = ",") -> list[list[str]]:
    answer = client.get(path)
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it is streamed
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_the_table_holds_what_the_page_was_narrowed_to(reader: Client, changed: str) -> None:
    heads, *rows = table(reader, f"/en/{changed}/journal/table/?kind=visit")
    assert heads[:6] == [
        "No.",
        "When (universal time)",
        "Who",
        "Came through",
        "What was done",
        "Kind of object",
    ]
    entry = records.JournalEntry.objects.get(object_key="visit-1")
    assert [row[0] for row in rows] == [str(entry.pk)]
    assert rows[0][1:8] == [
        entry.at.astimezone(UTC).isoformat(timespec="seconds"), "zane@example.org", "website", "changed", "visit",
        "visit-1", "kinds of records changed: 1",
    ]  # fmt: skip
    assert rows[0][8].split("\n") == [
        "direction: study visit → expert mission",
        "shares of contracts: lv79: 40 → lv79: 60",
        "first day: 10\u00a0Oct\u00a02018 → –",
        "title: lv: Vizīte; en: Visit → lv: Vizīte; en: =cmd|' /C calc'!A0",
    ]
    assert rows[0][9] == "change"


def test_the_table_for_a_spreadsheet_runs_nothing(reader: Client, changed: str) -> None:
    record = records.Programme.objects.get(key=changed)
    write_entry(
        "change", by=Actor("web"), programme=record, object_kind="visit", object_key="=1+1",
        personal={"": "=HYPERLINK(1)"},
    )  # fmt: skip
    exact = table(reader, f"/en/{changed}/journal/table/")[-1]
    safe = table(reader, f"/en/{changed}/journal/table/?form=spreadsheet")[-1]
    russian = table(reader, f"/ru/{changed}/journal/table/?form=spreadsheet", separator=";")
    assert (exact[6], exact[8]) == ("=1+1", "=HYPERLINK(1)")
    assert (safe[6], safe[8]) == ("'=1+1", "'=HYPERLINK(1)")
    assert russian[0][2:5] == ["Кто", "Откуда", "Что сделано"]
    assert russian[-1][6] == "'=1+1"


def test_a_table_is_sent_while_it_is_read(reader: Client, programme: str) -> None:
    record = records.Programme.objects.get(key=programme)
    records.JournalEntry.objects.bulk_create(
        records.JournalEntry(
            at=datetime(2020, 1, 1, tzinfo=UTC), via="web", programme=record, action="change"
        )
        for _ in range(1_200)
    )
    answer = reader.get(f"/en/{programme}/journal/table/")
    with CaptureQueriesContext(connection) as statements:
        pieces = list(answer.streaming_content)  # type: ignore[attr-defined]  # it is streamed
    assert len(pieces) == 7
    assert len(b"".join(pieces).splitlines()) == 1 + 5 + 1_200
    assert len(statements) == 1


def test_what_the_journal_asks_does_not_grow_with_its_changes(reader: Client, programme: str) -> None:
    record = records.Programme.objects.get(key=programme)
    asked = []
    for _ in range(3):
        for number in range(4):
            write_entry(
                "change", by=Actor("web"), programme=record, object_kind="visit", object_key=f"visit-{number}",
                personal={"before": BEFORE, "after": AFTER},
            )  # fmt: skip
        with CaptureQueriesContext(connection) as statements:
            assert reader.get(f"/en/{programme}/journal/").status_code == 200
        asked.append(len(statements))
    assert asked[1] == asked[2]  # the first answer also remembers a session


PLACES = {
    "visit": "visits/visit-1/", "event": "events/event-1/", "contract": "contracts/lv79/",
    "organisation": "organisations/water/", "person": "people/{key}-p00001/", "sheet": "sheets/sheet-0/",
    "recommendation": "recommendations/", "proposal": "proposals/", "statement": "statements/said-1/",
}  # fmt: skip


@pytest.mark.parametrize("kind", PLACES)
def test_a_page_leads_to_the_history_of_what_it_shows(reader: Client, programme: str, kind: str) -> None:
    html = html_of(reader, f"/en/{programme}/{PLACES[kind].format(key=programme)}")
    assert f'href="/en/{programme}/journal/?kind={kind}&amp;key=' in html


def test_a_persons_history_holds_the_decisions_about_their_lines(reader: Client, programme: str) -> None:
    record = records.Programme.objects.get(key=programme)
    a, b, c = sorted(
        line.pk for line in records.Line.objects.filter(programme=record, sheet__isnull=False)[:3]
    )
    for first, second in ((a, b), (b, c)):
        records.Decision.objects.create(
            programme=record,
            a_id=first,
            b_id=second,
            verdict="different",
            at=datetime(2020, 1, 1, tzinfo=UTC),
        )
        write_entry(
            "decide", by=Actor("web"), programme=record, object_kind="match", object_key=f"{first} {second}"
        )
    person = records.Link.objects.get(line=a).person_id
    mine = {line for (line,) in records.Link.objects.filter(person=person).values_list("line")}
    expected = [pair for pair in ((b, c), (a, b)) if mine & {*pair}]
    found = rows_of(reader, f"/en/{programme}/journal/?kind=person&key={person}")
    assert found == [f"{first} {second}" for first, second in expected]


@pytest.mark.parametrize(
    "role", [Grant("expert", "tashkent-2018", "expert-1"), Grant("auditor", "tashkent-2018", "lv79")]
)
def test_who_reads_a_part_sees_nothing_of_the_journal(changed: str, role: Grant) -> None:
    client = reader_with(role)
    paths = ("journal/", "journal/?kind=visit", "journal/table/", "journal/table/?form=spreadsheet")
    assert {client.get(f"/en/{changed}/{path}").status_code for path in paths} == {404}
    assert {client.get(f"/en/-/{path}").status_code for path in paths} == {403}
    part = "audit/lv79/" if role.role == "auditor" else "experts/expert-1/"
    assert "journal/" not in html_of(client, f"/en/{changed}/{part}")


def test_an_auditors_event_page_leads_to_no_history(changed: str) -> None:
    client = reader_with(Grant("auditor", changed, "lv79"))
    for path in ("events/event-1/", "sheets/sheet-0/", "results/trained/"):
        assert "journal/" not in html_of(client, f"/en/{changed}/audit/lv79/{path}")


def test_nobody_signed_in_reads_no_journal_once_there_are_accounts(changed: str) -> None:
    for path in (f"{changed}/journal/", f"{changed}/journal/table/", "-/journal/", "-/journal/table/"):
        assert stranger().get(f"/en/{path}").status_code == 302


def test_an_administrator_reads_what_was_done_with_accounts(changed: str) -> None:
    client = signed_in(make_account("first@example.org", Grant("administrator")))
    html = html_of(client, "/en/-/journal/?kind=account&action=invite")
    assert html.count("Somebody invited") == 2
    assert table(client, "/en/-/journal/table/?action=invite")[1][4:6] == ["somebody invited", "account"]
    assert set(rows_of(client, "/en/-/journal/")) > {"visit-1", "gone"}


# --- words

_SAYS_ACTION_FIRST = {"write_entry", "note", "Entry"}
_CODES = {"Noted", "Deed"}


def _constants(node: ast.AST | None) -> Iterator[str]:
    for part in ast.walk(node) if node is not None else ():
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
            yield part.value


def _written_actions() -> set[str]:
    """Every name of an action that the code writes down, and the words of the types it takes them from."""
    found: set[str] = set()
    for path in Path(karvon.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id in _CODES
            ):
                found |= set(_constants(node.value))
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            keywords = {keyword.arg: keyword.value for keyword in node.keywords}
            if name in _SAYS_ACTION_FIRST and node.args:
                found |= set(_constants(node.args[0])) - {"purpose", "action"}
            if "by" in keywords and "action" in keywords:
                found |= set(_constants(keywords["action"]))
    return found


def test_every_action_written_down_has_a_word() -> None:
    written = _written_actions()
    assert written - set(ACTION) == set()
    assert {"import_folder", "decide", "sign_in", "create"} <= written


def test_every_kind_of_thing_has_a_word() -> None:
    assert {kind.name for kind in KINDS} - set(KIND) == set()


def test_every_field_the_journal_tells_of_has_a_word() -> None:
    fields = {field.name for kind in (*KINDS, TARGET) for field in kind.fields} | {
        field.name for field in SCOPE
    }
    assert (fields | {"target"}) - set(FIELD) == set()


def test_facts_are_told_in_the_readers_words() -> None:
    facts = (("lines", "12"), ("with", "password+mfa"), ("purpose", "anew"), ("comets", "3"))
    with override("ru"):
        told = said_facts(facts)
    assert told == (
        ("строки", "12"),
        ("вход с помощью", "пароль, второй шаг"),
        ("назначение", "восстановление доступа"),
        ("comets", "3"),
    )


def test_every_fact_written_down_has_a_word() -> None:
    assert _written_facts() - set(FACT) == set()
    assert {"files", "lines", "verdict", "role"} <= _written_facts()


_WRITES_FACTS = ("write_entry", "change_description", "note", "_journal", "_about")


def _written_facts() -> set[str]:
    """Names of facts in the dictionaries that are handed to what writes an entry, at once or under a name."""
    found: set[str] = set()
    for path in Path(actions.__file__).parent.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                found |= set(_facts_of(function))
    return found


def _facts_of(function: ast.FunctionDef) -> Iterator[str]:
    handed: list[ast.expr] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _WRITES_FACTS:
            handed += [keyword.value for keyword in node.keywords if keyword.arg == "facts"] + node.args[1:]
    named = {name.id for each in handed for name in ast.walk(each) if isinstance(name, ast.Name)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in named & {"facts"}:
            handed.append(node.value)
    for each in (part for value in handed for part in ast.walk(value)):
        if isinstance(each, ast.Dict):
            yield from _texts(each.keys)


def _texts(keys: list[ast.expr | None]) -> list[str]:
    return [key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def test_a_change_of_a_form_leads_to_where_it_is_taken_back(reader: Client, changed: str) -> None:
    entry = records.JournalEntry.objects.get(object_key="visit-1")
    back = f'<a href="/en/{changed}/write/take-back/{entry.pk}/">Take it back</a>'
    assert html_of(reader, f"/en/{changed}/journal/?kind=visit").count(back) == 1
    assert "take-back" not in html_of(reader, f"/en/{changed}/journal/?kind=programme")


def test_an_action_nobody_worded_is_shown_by_its_name(reader: Client, programme: str) -> None:
    entry: dict[str, Any] = {"by": Actor("web"), "object_kind": "comet", "object_key": "x"}
    write_entry("frobnicate", programme=records.Programme.objects.get(key=programme), **entry)
    html = html_of(reader, f"/ru/{programme}/journal/?kind=comet&action=frobnicate")
    assert ("Frobnicate" in html, "comet" in html) == (True, True)
