"""What a coordinator writes down in the browser: saved, refused beside the field, compared, removed, taken back."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.small_folder import PROGRAMME, small_folder
from tests.web.forms import filled
from tests.web.readers import make_account, prove, reader_with, signed_in, stranger

from karvon.actions.evidence import import_folder
from karvon.cli.exporting import export_folder
from karvon.queries.programme_description import describe
from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.programme import description as d
from karvon.web.editing.layout import NEW, WRITTEN, controls, groups, kind_of

pytestmark = pytest.mark.django_db
COORDINATOR = Grant("coordinator", "small")
WRITE = "/en/small/write/"


@pytest.fixture
def small(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    folder = small_folder(tmp_path / "given")
    import_folder(folder)
    return folder


@pytest.fixture
def coordinator(small: Path) -> Client:
    return reader_with(COORDINATOR)


def thing(kind: str, key: str) -> object:
    description = describe("small")
    assert description is not None
    return next(one for one in getattr(description, kind) if one.key == key)


def visit(key: str = "tashkent") -> d.Visit:
    found = thing("visits", key)
    assert isinstance(found, d.Visit)
    return found


def event(key: str) -> d.Event:
    found = thing("events", key)
    assert isinstance(found, d.Event)
    return found


def shown(client: Client, path: str) -> dict[str, list[str]]:
    """What the form at this address holds, as a browser would send it."""
    answer = client.get(WRITE + path)
    assert answer.status_code == 200
    return filled(answer.content.decode())


def send(client: Client, path: str, typed: dict[str, list[str]], **more: str | list[str]) -> tuple[int, str]:
    """Send the form with other values in some fields; status, and the page or where it leads."""
    body = {**typed, **{name.replace("__", "."): said for name, said in more.items()}}
    answer = client.post(WRITE + path, body)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def beside(html: str) -> dict[str, str]:
    """Control -> what is said to be wrong beside it."""
    found = re.findall(r'<p class="wrong" id="(?:c-)?([\w-]+?)-wrong">([^<]*)</p>', html)
    return {control: unescape(said).replace("\xa0", " ") for control, said in found}


def undo_of(client: Client, page: str) -> str:
    """The address of the undo button on the page."""
    html = client.get(page).content.decode()
    found = re.search(r'class="told".*?action="([^"]+)"', html, re.S)
    assert found is not None
    return found[1]


def entries() -> list[tuple[str, str, str]]:
    rows = records.JournalEntry.objects.order_by("id").values_list("action", "object_kind", "object_key")
    return [row for row in rows if row[1] not in ("account", "programme")]


VISIT: dict[str, str | list[str]] = {
    "direction": "outgoing", "title__en": "Fergana", "starts": "2018-11-05", "ends": "2018-11-08",
    "places": ["fergana", "andijan"], "shares__B": "60", "host": "water", "experts": ["ozols"],
}  # fmt: skip


def test_a_visit_is_written_down_from_nothing(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/new/")
    status, page = send(coordinator, "visit/new/", typed, key="fergana", **VISIT)
    assert (status, page) == (302, "/en/small/visits/fergana/")
    made = visit("fergana")
    assert (made.title.say("en"), made.places, made.experts) == (
        "Fergana",
        ("fergana", "andijan"),
        ("ozols",),
    )
    assert [(share.contract, str(share.percent)) for share in made.shares] == [("B", "60")]
    assert "Fergana" in coordinator.get(page).content.decode()
    assert entries() == [("create", "visit", "fergana")]


def test_a_form_sent_back_as_it_came_changes_nothing(coordinator: Client, small: Path) -> None:
    before = describe("small")
    for kind, key in (
        ("visit", "tashkent"), ("event", "water-1"), ("event", "water-2"), ("contract", "A"), ("expert", "ozols"),
        ("organisation", "water"), ("indicator", "trained"), ("indicator", "missions"),
        ("statement", "more-than-four"),
    ):  # fmt: skip
        status, _ = send(coordinator, f"{kind}/at/{key}/", shown(coordinator, f"{kind}/at/{key}/"))
        assert (kind, key, status) == (kind, key, 302)
    assert send(coordinator, "programme/", shown(coordinator, "programme/")) == (302, "/en/small/")
    assert describe("small") == before
    assert entries() == []


def test_a_changed_visit_is_told_with_a_way_back(coordinator: Client) -> None:
    before = visit()
    typed = shown(coordinator, "visit/at/tashkent/")
    status, page = send(
        coordinator, "visit/at/tashkent/", typed, title__en="Toshkent", purpose__en="To train."
    )
    assert (status, visit().title.say("en"), visit().purpose.say("en")) == (302, "Toshkent", "To train.")
    undo = undo_of(coordinator, page)
    assert coordinator.post(undo)["Location"] == page
    assert visit() == before
    redo = undo_of(coordinator, page)
    coordinator.post(redo)
    assert visit().title.say("en") == "Toshkent"
    assert entries() == [("change", "visit", "tashkent")] * 3


def test_the_journal_holds_what_was_changed_before_and_after(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    send(coordinator, "visit/at/tashkent/", typed, title__en="Toshkent", shares__A="", shares__B="70")
    entry = records.JournalEntry.objects.latest("id")
    assert entry.payload is not None
    assert entry.payload.body == {
        "before": {"title": {"en": "Tashkent"}, "shares": {"A": "100"}},
        "after": {"title": {"en": "Toshkent"}, "shares": {"B": "70"}},
    }
    assert (entry.by.email if entry.by else "", entry.via) == ("reader@example.org", "web")
    assert "Toshkent" not in str(entry.facts)


def test_an_undo_is_refused_once_the_thing_was_changed_again(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    _, page = send(coordinator, "visit/at/tashkent/", typed, title__en="One")
    undo = undo_of(coordinator, page)
    send(coordinator, "visit/at/tashkent/", shown(coordinator, "visit/at/tashkent/"), title__en="Two")
    answer = coordinator.post(undo)
    assert (answer.status_code, visit().title.say("en")) == (200, "Two")
    assert "It was changed again since" in answer.content.decode()


def test_a_change_of_another_field_does_not_stand_in_the_way_of_an_undo(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    _, page = send(coordinator, "visit/at/tashkent/", typed, title__en="One")
    undo = undo_of(coordinator, page)
    send(coordinator, "visit/at/tashkent/", shown(coordinator, "visit/at/tashkent/"), purpose__en="To see.")
    coordinator.post(undo)
    assert (visit().title.say("en"), visit().purpose.say("en")) == ("Tashkent", "To see.")


@pytest.mark.parametrize("entry", ["0", "999999", "9" * 18])
def test_an_undo_of_nothing_says_so(coordinator: Client, entry: str) -> None:
    answer = coordinator.post(f"{WRITE}take-back/{entry}/")
    assert (answer.status_code, "nothing here that could be taken back" in answer.content.decode()) == (
        200,
        True,
    )


def test_the_import_of_a_folder_is_not_taken_back_like_a_field(coordinator: Client) -> None:
    entry = records.JournalEntry.objects.filter(action="import_folder").get()
    answer = coordinator.post(f"{WRITE}take-back/{entry.pk}/")
    assert "nothing here that could be taken back" in answer.content.decode()
    assert visit().title.say("en") == "Tashkent"


def test_an_entry_of_another_programme_is_not_taken_back_here(coordinator: Client, tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path / "other", description=PROGRAMME.replace('"small"', '"other"')))
    other = signed_in(make_account("other@example.org", Grant("coordinator", "other")))
    typed = filled(other.get("/en/other/write/visit/at/tashkent/").content.decode())
    other.post("/en/other/write/visit/at/tashkent/", {**typed, "title.en": "Theirs"})
    entry = records.JournalEntry.objects.latest("id")
    coordinator.post(f"{WRITE}take-back/{entry.pk}/")
    description = describe("other")
    assert description is not None
    assert description.visits[0].title.say("en") == "Theirs"


def test_an_event_is_written_down_with_its_hours_heads_and_shares(coordinator: Client) -> None:
    typed = shown(coordinator, "event/new/?visit=tashkent")
    assert typed["visit"] == ["tashkent"]
    status, page = send(
        coordinator, "event/new/", typed,
        key="leaks", kind="training", title__en="Leaks", starts="2018-10-11", ends="2018-10-12", hours="12,5",
        head_count__0__day="2018-10-11", head_count__0__heads="20", head_count__1__day="2018-10-12",
        head_count__1__heads="18", language=["ru", "uz"], trainers=["ozols"], place="tashkent",
        sectors=["14030"], **{"shares:own": "own", "shares__A": "30", "shares__B": "20.5"},
    )  # fmt: skip
    assert (status, page) == (302, "/en/small/events/leaks/")
    made = event("leaks")
    assert (str(made.hours), made.language, made.structured) == ("12.5", ("ru", "uz"), True)
    assert [(count.day.day, count.heads) for count in made.head_counts] == [(11, 20), (12, 18)]
    assert [(s.contract, str(s.percent)) for s in made.shares or ()] == [("A", "30"), ("B", "20.5")]


def test_an_event_paid_as_its_visit_has_no_shares_of_its_own(coordinator: Client) -> None:
    typed = shown(coordinator, "event/at/water-2/")
    assert (typed["shares:own"], typed["shares.A"]) == (["own"], ["50"])
    _, html = send(coordinator, "event/at/water-2/", typed, **{"shares:own": ""})
    assert beside(html)["shares"].startswith("There are shares here")
    send(coordinator, "event/at/water-2/", typed, **{"shares:own": "", "shares__A": "", "shares__B": ""})
    assert event("water-2").shares is None


def test_an_event_nobody_pays_is_paid_by_nobody(coordinator: Client) -> None:
    typed = shown(coordinator, "event/at/water-1/")
    send(coordinator, "event/at/water-1/", typed, **{"shares:own": "own"})
    assert event("water-1").shares == ()
    again = shown(coordinator, "event/at/water-1/")
    send(coordinator, "event/at/water-1/", again, title__en="Water")
    assert (event("water-1").shares, event("water-1").title.say("en")) == ((), "Water")


def test_a_figure_follows_the_contract_that_pays(coordinator: Client) -> None:
    typed = shown(coordinator, "event/at/water-1/")
    send(coordinator, "event/at/water-1/", typed, **{"shares:own": "own", "shares__B": "100"})
    trained = indicator_result("small", "trained")
    assert trained is not None
    assert {one.number: one.figure.best for one in trained.by_contract} == {"LV-1": 4, "3.2/1": 5}


def test_the_days_of_an_event_are_offered_for_its_head_counts(coordinator: Client) -> None:
    typed = shown(coordinator, "event/at/water-2/")
    days = [said for name, said in typed.items() if re.fullmatch(r"head_count\.\d+\.day", name)]
    assert days == [["2018-10-11"], ["2018-10-12"], [""], [""]]
    send(coordinator, "event/at/water-2/", typed, head_count__1__heads="9")
    assert [(c.day.day, c.heads) for c in event("water-2").head_counts] == [(12, 9)]


def test_another_row_keeps_everything_typed(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    before = len(typed["places"])
    status, html = send(
        coordinator, "visit/at/tashkent/", typed, do="more:places", title__en="Half", starts="yesterday"
    )
    again = filled(html)
    assert (status, len(again["places"]) - before) == (200, 2)
    assert (again["title.en"], again["starts"], again["places"][0]) == (["Half"], ["yesterday"], "tashkent")
    assert visit().title.say("en") == "Tashkent"
    assert again["shown"] == typed["shown"]


WRONG = [
    ("visit/at/tashkent/", {"title__en": ""}, "title", "Fill this in."),
    ("visit/at/tashkent/", {"starts": "12345"}, "starts", "“12345” is no date. Write it like 2018-10-25"),
    ("visit/at/tashkent/", {"starts": "2018-02-30"}, "starts", "“2018-02-30” is no date."),
    ("visit/at/tashkent/", {"ends": "2018-10-01"}, "ends", "The end 1 Oct 2018 is before the start 10 Oct 2018."),
    ("visit/at/tashkent/", {"shares__A": "60", "shares__B": "50"}, "shares", "The contracts’ shares add up to 110 %."),
    ("visit/at/tashkent/", {"shares__A": "101"}, "shares", "101 is too large; the most is 100."),
    ("visit/at/tashkent/", {"shares__A": "-5"}, "shares", "-5 is below zero."),
    ("visit/at/tashkent/", {"shares__A": "half"}, "shares", "“half” cannot be read as a number."),
    ("visit/at/tashkent/", {"host": "nobody"}, "host", "What was chosen is not there any more."),
    ("visit/at/tashkent/", {"experts": ["nobody"]}, "experts", "What was chosen is not there any more."),
    ("visit/at/tashkent/", {"places": ["atlantis"]}, "places", "Choose one of those that are offered."),
    ("visit/at/tashkent/", {"direction": "sideways"}, "direction", "Choose one of those that are offered."),
    ("visit/at/tashkent/", {"direction": ""}, "direction", "Fill this in."),
    ("visit/at/tashkent/", {"sectors": ["99999"]}, "sectors", "Choose one of those that are offered."),
    ("visit/at/tashkent/", {"title__en": "x" * 30_000}, "title", "The text has 30,000 characters; at most 20,000"),
    ("visit/at/tashkent/", {"title__en": "a\x07b"}, "title", "“a\ufffdb” holds invisible control characters."),
    ("event/at/water-1/", {"hours": "8 h"}, "hours", "“8 h” cannot be read as a number."),
    ("event/at/water-1/", {"hours": "10000"}, "hours", "10000 is too large; the most is 9,999."),
    ("event/at/water-1/", {"starts": "2018-10-09"}, "starts", "9 Oct 2018 is outside the visit"),
    ("event/at/water-1/", {"head_count__0__heads": "many"}, "head_count", "“many” cannot be read as a number."),
    ("event/at/water-1/", {"head_count__0__heads": "-3"}, "head_count", "-3 is below zero."),
    ("event/at/water-1/", {"head_count__0__day": "2018-12-24"}, "head_count", "24 Dec 2018 is outside the event"),
    ("event/at/water-1/", {"head_count__1__day": "2018-10-10", "head_count__1__heads": "3"}, "head_count",
     "“10 Oct 2018” is said twice."),
    ("event/at/water-1/", {"visit": ""}, "visit", "Fill this in."),
    ("event/at/water-1/", {"language": ["tlh-x"]}, "language", "Choose one of those that are offered."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "typed", "control", "sentence"), WRONG)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(
    coordinator: Client, path: str, typed: dict[str, str | list[str]], control: str, sentence: str
) -> None:
    before = describe("small")
    status, html = send(coordinator, path, shown(coordinator, path), **typed)
    said = beside(html)
    assert (status, list(said), said[control][: len(sentence)]) == (200, [control], sentence)
    again = filled(html)
    for name, value in typed.items():
        wanted = value if isinstance(value, list) else [value]
        assert [one for one in again[name.replace("__", ".")] if one] == [one for one in wanted if one]
    assert describe("small") == before


def test_a_visit_that_leaves_its_events_behind_says_which(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    status, html = send(coordinator, "visit/at/tashkent/", typed, starts="2018-10-11")
    assert status == 200
    assert 'href="/en/small/write/event/at/water-1/">Water supply' in html
    assert "10 Oct 2018 is outside the visit" in html.replace("\xa0", " ")
    assert visit().period.starts is not None
    assert visit().period.starts.day == 10


def test_html_in_a_name_is_text(coordinator: Client) -> None:
    name = "<script>alert(1)</script> & \"Sons\" 'x'"
    typed = shown(coordinator, "visit/at/tashkent/")
    _, page = send(coordinator, "visit/at/tashkent/", typed, title__en=name)
    assert visit().title.say("en") == name
    assert filled(coordinator.get(f"{WRITE}visit/at/tashkent/").content.decode())["title.en"] == [name]
    for path in (page, WRITE, f"{WRITE}visit/", f"{WRITE}visit/at/tashkent/", "/en/small/visits/"):
        assert "<script>alert" not in coordinator.get(path).content.decode()


def test_a_double_click_makes_one_thing(coordinator: Client) -> None:
    typed = {**shown(coordinator, "visit/new/"), "key": ["fergana"]}
    first = send(coordinator, "visit/new/", typed, **VISIT)
    second = send(coordinator, "visit/new/", typed, **VISIT)
    assert first == second == (302, "/en/small/visits/fergana/")
    assert entries() == [("create", "visit", "fergana")]
    assert undo_of(coordinator, "/en/small/visits/fergana/")


def test_a_change_sent_twice_is_one_change(coordinator: Client) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    first = send(coordinator, "visit/at/tashkent/", typed, title__en="Toshkent")
    assert send(coordinator, "visit/at/tashkent/", typed, title__en="Toshkent") == first
    assert len(entries()) == 1


def test_a_key_that_is_taken_is_said_beside_the_key(coordinator: Client) -> None:
    typed = {**shown(coordinator, "visit/new/"), "key": ["tashkent"]}
    _, html = send(coordinator, "visit/new/", typed, **VISIT)
    assert beside(html) == {"key": "This key is taken. Write another."}
    typed["key"] = ["a b"]
    _, html = send(coordinator, "visit/new/", typed, **VISIT)
    assert list(beside(html)) == ["key"]


def test_new_things_are_offered_keys_of_chance(coordinator: Client) -> None:
    offered = {shown(coordinator, "visit/new/")["key"][0] for _ in range(5)}
    assert (len(offered), all(re.fullmatch("visit-[2-9a-z]{6}", key) for key in offered)) == (5, True)


def test_the_second_of_two_people_is_shown_the_difference(coordinator: Client) -> None:
    other = signed_in(make_account("zane@example.org", COORDINATOR))
    mine, theirs = (shown(client, "visit/at/tashkent/") for client in (coordinator, other))
    send(other, "visit/at/tashkent/", theirs, title__en="Theirs", purpose__en="Their purpose")
    status, html = send(coordinator, "visit/at/tashkent/", mine, title__en="Mine", host="water")
    again = filled(html)
    assert (status, visit().title.say("en")) == (200, "Theirs")
    assert "zane@example.org changed this at" in html
    assert re.findall(r'id="c-(\w+)-theirs"><b>Saved now:</b> <span translate="no">([^<]*)', html) == [
        ("title", "English: Theirs"), ("purpose", "English: Their purpose"),
    ]  # fmt: skip
    assert (again["title.en"], again["purpose.en"], again["host"]) == (["Mine"], ["Their purpose"], ["water"])
    assert send(coordinator, "visit/at/tashkent/", again)[0] == 302
    saved = visit()
    assert (saved.title.say("en"), saved.purpose.say("en"), saved.host) == ("Mine", "Their purpose", "water")


def test_what_was_removed_meanwhile_can_be_written_down_again(coordinator: Client) -> None:
    send(coordinator, "visit/new/", {**shown(coordinator, "visit/new/"), "key": ["fergana"]}, **VISIT)
    other = signed_in(make_account("zane@example.org", COORDINATOR))
    mine, theirs = (shown(client, "visit/at/fergana/") for client in (coordinator, other))
    assert send(other, "visit/at/fergana/", theirs, do="remove")[0] == 302
    status, html = send(coordinator, "visit/at/fergana/", mine, title__en="Mine")
    assert (status, "zane@example.org removed this" in html) == (200, True)
    assert send(coordinator, "visit/at/fergana/", filled(html))[0] == 302
    assert visit("fergana").title.say("en") == "Mine"


def test_a_removal_of_what_somebody_else_changed_is_asked_again(coordinator: Client) -> None:
    send(coordinator, "visit/new/", {**shown(coordinator, "visit/new/"), "key": ["fergana"]}, **VISIT)
    mine = shown(coordinator, "visit/at/fergana/")
    send(coordinator, "visit/at/fergana/", mine, title__en="Newer")
    assert send(coordinator, "visit/at/fergana/", mine, do="remove")[0] == 200
    assert visit("fergana").title.say("en") == "Newer"


def test_a_removal_happens_at_once_and_can_be_taken_back_in_its_place(coordinator: Client) -> None:
    before = describe("small")
    typed = shown(coordinator, "statement/at/more-than-four/")
    status, page = send(coordinator, "statement/at/more-than-four/", typed, do="remove")
    assert (status, page) == (302, "/en/small/write/statement/")
    undo = undo_of(coordinator, page)
    assert coordinator.get(f"{WRITE}statement/at/more-than-four/").status_code == 404
    coordinator.post(undo)
    assert describe("small") == before


def test_a_thing_in_the_middle_comes_back_to_the_middle(coordinator: Client) -> None:
    send(coordinator, "event/new/", shown(coordinator, "event/new/?visit=tashkent"), key="mid", kind="presentation",
         title__en="Mid", starts="2018-10-10")  # fmt: skip
    send(coordinator, "event/new/", shown(coordinator, "event/new/?visit=tashkent"), key="end", kind="presentation",
         title__en="End", starts="2018-10-10")  # fmt: skip
    before = describe("small")
    _, page = send(coordinator, "event/at/mid/", shown(coordinator, "event/at/mid/"), do="remove")
    coordinator.post(undo_of(coordinator, page))
    assert describe("small") == before


NEEDED = [
    ("visit/at/tashkent/", {"event/at/water-1", "event/at/water-2"}),
    ("expert/at/ozols/", {"visit/at/tashkent", "event/at/water-1"}),
    ("contract/at/A/", {"visit/at/tashkent", "event/at/water-2"}),
    ("indicator/at/trained/", {"statement/at/more-than-four"}),
    ("organisation/at/ministry/", {"contract/at/A", "contract/at/B"}),
    ("organisation/at/cluster/", {"expert/at/ozols", "programme"}),
]


@pytest.mark.parametrize(("path", "needing"), NEEDED)
def test_what_is_still_needed_says_by_what(coordinator: Client, path: str, needing: set[str]) -> None:
    before = describe("small")
    status, html = send(coordinator, path, shown(coordinator, path), do="remove")
    listed = re.search(r"it is still needed.*?</div>", html, re.S)
    assert listed is not None
    assert (status, set(re.findall(r'href="/en/small/write/([^"]+)/"', listed[0]))) == (200, needing)
    assert describe("small") == before


def test_an_event_that_a_sheet_proves_leads_to_the_sheet(coordinator: Client) -> None:
    _, html = send(coordinator, "event/at/water-1/", shown(coordinator, "event/at/water-1/"), do="remove")
    assert 'href="/en/small/sheets/first/"' in html


@pytest.mark.parametrize(
    "path",
    ["nonsense/", "nonsense/new/", "sheet/", "sheet/new/", "target/", "visit/at/nowhere/", "programme/new/",
     "programme/at/small/", "visit/at/%00/", "visit/at/" + "x" * 500 + "/"],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(coordinator: Client, path: str) -> None:
    assert (coordinator.get(WRITE + path).status_code, coordinator.post(WRITE + path).status_code) == (
        404,
        404,
    )


def test_a_form_that_is_not_ours_is_no_error(coordinator: Client) -> None:
    for body in (
        {},
        {"shown": "x"},
        {"shown": "[1]"},
        {"shown": '{"a":1}'},
        {"do": "more:"},
        {"do": "more:none"},
    ):
        assert coordinator.post(f"{WRITE}visit/at/tashkent/", body).status_code == 200
        assert coordinator.post(f"{WRITE}visit/new/", body).status_code == 200
    assert visit().title.say("en") == "Tashkent"


def test_what_was_written_here_leaves_with_the_folder_and_comes_back(
    coordinator: Client, tmp_path: Path
) -> None:
    send(coordinator, "visit/new/", {**shown(coordinator, "visit/new/"), "key": ["fergana"]}, **VISIT)
    typed = shown(coordinator, "event/at/water-2/")
    send(coordinator, "event/at/water-2/", typed, head_count__0__heads="9", language=["uz-Cyrl"])
    export_folder("small", tmp_path / "out")
    before = describe("small")
    outcome = import_folder(tmp_path / "out", replace=True)
    assert describe("small") == before
    export_folder(outcome.programme, tmp_path / "again")
    for path in sorted((tmp_path / "out").rglob("*")):
        if path.is_file():
            other = tmp_path / "again" / path.relative_to(tmp_path / "out")
            assert (path.name, other.read_bytes()) == (path.name, path.read_bytes())


@pytest.mark.parametrize("code", ["lv", "en", "ru", "uz", "uz-cyrl"])
def test_the_forms_of_all_kinds_open_in_every_language(coordinator: Client, code: str) -> None:
    for kind in sorted(WRITTEN):
        paths = [f"{kind}/", f"{kind}/new/"]
        for path in paths:
            answer = coordinator.get(f"/{code}/small/write/{path}")
            assert (path, answer.status_code) == (path, 200)


def test_the_form_of_a_new_thing_says_what_it_is() -> None:
    assert set(NEW) == WRITTEN


def test_no_control_is_left_out_of_its_form(small: Path) -> None:
    for name in sorted({*WRITTEN, "programme"}):
        kind = kind_of(name)
        assert kind is not None
        placed = [control for _, names in groups(kind) for control in names]
        assert (name, sorted(placed)) == (name, sorted(controls(kind)))
        assert len(set(placed)) == len(placed)


def test_somebody_whose_session_ended_comes_back_to_the_filled_form(
    coordinator: Client, settings: Settings
) -> None:
    typed = shown(coordinator, "visit/at/tashkent/")
    browser = stranger()
    answer = browser.post(f"{WRITE}visit/at/tashkent/", {**typed, "title.en": "Written before"})
    assert answer["Location"] == "/en/-/sign-in/?next=%2Fen%2Fsmall%2Fwrite%2Fvisit%2Fat%2Ftashkent%2F"
    assert browser.session.get_expiry_age() == 3600
    prove(browser, records.User.objects.get(email="reader@example.org"))
    html = browser.get(f"{WRITE}visit/at/tashkent/").content.decode()
    assert ("You had been signed out" in html, filled(html)["title.en"]) == (True, ["Written before"])
    assert browser.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert visit().title.say("en") == "Tashkent"
    assert "You had been signed out" not in browser.get(f"{WRITE}visit/at/tashkent/").content.decode()
    assert send(browser, "visit/at/tashkent/", filled(html))[0] == 302
    assert visit().title.say("en") == "Written before"


def test_a_new_thing_typed_before_signing_in_again_keeps_its_key(coordinator: Client) -> None:
    typed = {**shown(coordinator, "visit/new/"), "key": ["fergana"]}
    browser = stranger()
    send(browser, "visit/new/", typed, **VISIT)
    prove(browser, records.User.objects.get(email="reader@example.org"))
    again = shown(browser, "visit/new/")
    assert (again["key"], again["title.en"]) == (["fergana"], ["Fergana"])
    assert send(browser, "visit/new/", again) == (302, "/en/small/visits/fergana/")


def test_what_a_stranger_types_is_kept_only_where_it_is_small_and_no_file(small: Path) -> None:
    path = f"{WRITE}visit/at/tashkent/"
    for body in ({"title.en": "x" * 200_000}, {"file": SimpleUploadedFile("a.csv", b"1")}, {}):
        client = stranger()
        assert client.post(path, body).status_code == 302
        assert "typed" not in client.session


def test_the_way_in_counts_everything(coordinator: Client) -> None:
    html = coordinator.get(WRITE).content.decode()
    assert re.findall(r'write/(visit|event|contract)/">[^<]*</a> <span class="mid">(\d+)', html) == [
        ("contract", "2"), ("visit", "1"), ("event", "2"),
    ]  # fmt: skip


def test_what_a_form_asks_the_database_does_not_grow_with_the_programme(make: Callable[..., str]) -> None:
    paths = (
        "",
        "visit/",
        "visit/new/",
        "visit/at/visit-1/",
        "event/at/event-1/",
        "indicator/at/trained/",
        "programme/",
    )
    asked: dict[str, list[int]] = {path: [] for path in paths}
    client = reader_with(Grant("administrator"))
    client.get("/en/-/account/")  # the first page of a session also notes that somebody is there
    for key in (make("few", rows=4), make("many", rows=20)):
        for path in paths:
            with CaptureQueriesContext(connection) as statements:
                assert client.get(f"/en/{key}/write/{path}").status_code == 200
            asked[path].append(len(statements))
    assert {path: many - few for path, (few, many) in asked.items()} == dict.fromkeys(paths, 0)


def test_a_form_asks_for_the_readers_language_first_and_writes_in_the_programmes_order(
    coordinator: Client,
) -> None:
    path = "/uz/small/write/visit/new/"
    html = coordinator.get(path).content.decode()
    assert re.findall(r'name="title\.([\w-]+)"', html) == ["uz", "en"]
    typed = {**filled(html), "title.uz": "Fargʻona", "title.en": "Fergana", "key": "fergana"}
    typed |= {"direction": ["outgoing"], "starts": ["2018-11-05"], "ends": ["2018-11-08"]}
    assert coordinator.post(path, typed).status_code == 302
    assert visit("fergana").title.said == (("en", "Fergana"), ("uz", "Fargʻona"))
