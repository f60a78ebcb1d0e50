"""Doubts are settled on the page: decided, taken back, and nobody overrules another unseen."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.queries.test_doubts import NAMESAKES, SECOND, statement
from tests.small_folder import PROGRAMME, small_folder
from tests.web.pages import CODES
from tests.web.readers import make_account, reader_with, signed_in

from karvon.actions.evidence import import_folder
from karvon.actions.people import decide
from karvon.queries.results import DoubtfulPair, doubt_count, doubts, indicator_result
from karvon.records import models as records
from karvon.rules.access import Grant

pytestmark = pytest.mark.django_db
COORDINATOR = Grant("coordinator", "small")


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The small programme with doubts, the statement said of which one answer settles."""
    settings.KARVON_HOME = tmp_path / "home"
    return doubtful(tmp_path)


def doubtful(folder: Path, *said: str) -> Path:
    description = PROGRAMME[: PROGRAMME.index("[[statement]]")] + "".join(said)
    import_folder(small_folder(folder, description=description, first=NAMESAKES, second=SECOND))
    if not said:
        result = indicator_result("small", "trained")
        assert result is not None
        return doubtful(folder / "again", statement("most", "more_than", result.figure.upper - 1))
    return folder


@pytest.fixture
def client(folder: Path) -> Client:
    return reader_with(COORDINATOR)


def answer(pair: DoubtfulPair, verdict: str, **more: str) -> dict[str, str]:
    return {"a": pair.a.line, "b": pair.b.line, "seen": str(pair.decision), "verdict": verdict, **more}


def first() -> DoubtfulPair:
    return doubts("small")[0][0]


def send(client: Client, data: dict[str, str], code: str = "en") -> str:
    """What the page says that follows the answer."""
    html = client.post(f"/{code}/small/doubts/decide/", data, follow=True).content.decode()
    return said_on(html)


def said_on(html: str) -> str:
    found = re.search(
        r'<(?:p class="wrong" role="alert"|div class="told" role="status")>(.*?)</p>', html, re.S
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def undo_of(client: Client, data: dict[str, str]) -> str:
    """The address that takes the answer back."""
    html = client.post("/en/small/doubts/decide/", data, follow=True).content.decode()
    found = re.search(r'class="told".*?action="([^"]+)"', html, re.S)
    assert found is not None
    return unescape(found[1])


def test_an_answer_says_which_figure_moved_and_which_statement_is_judged_otherwise(client: Client) -> None:
    before = indicator_result("small", "trained")
    pair = first()
    told = send(client, answer(pair, "same"))
    after = indicator_result("small", "trained")
    assert before is not None
    assert after is not None
    assert (before.figure.upper, after.figure.upper) == (before.figure.upper, before.figure.upper - 1)
    assert told.startswith("Decided: one person. ")
    assert f"({before.figure.lower}–{before.figure.upper}), now " in told
    assert "“more_than" in told
    assert "was open and is now not supported." in told


def test_the_answer_is_kept_with_who_gave_it_and_why(client: Client) -> None:
    pair = first()
    send(client, answer(pair, "different", reason="  two   cousins "))
    kept = records.Decision.objects.get()
    assert (kept.a_id, kept.b_id, kept.verdict, kept.reason) == (
        pair.a.line, pair.b.line, "different", "two cousins",
    )  # fmt: skip
    assert kept.by is not None
    assert kept.by.get_username() == "reader@example.org"
    entry = records.JournalEntry.objects.get(action="decide")
    assert (entry.via, entry.by_id, entry.facts) == ("web", kept.by_id, {"verdict": "different"})


def test_undo_moves_the_figure_back_and_says_so(client: Client) -> None:
    before, pair = indicator_result("small", "trained"), first()
    address = undo_of(client, answer(pair, "same"))
    told = said_on(client.post(address, follow=True).content.decode())
    assert told.startswith("The decision is taken back. ")
    after = indicator_result("small", "trained")
    assert before is not None
    assert after is not None
    assert after.figure == before.figure
    assert (first().a.line, first().b.line) == (pair.a.line, pair.b.line)
    again = said_on(client.post(address, follow=True).content.decode())
    assert again == "You had said so already; nothing was changed."
    assert records.Decision.objects.count() == 2


def test_a_double_click_decides_once(client: Client) -> None:
    data = answer(first(), "same")
    send(client, data)
    assert send(client, data) == "You had said so already; nothing was changed."
    assert records.Decision.objects.count() == 1


def test_somebody_who_decided_meanwhile_is_named_and_not_overruled(client: Client) -> None:
    pair = first()
    other = signed_in(make_account("other@example.org", COORDINATOR))
    send(other, answer(pair, "same"))
    told = send(client, answer(pair, "different"))
    assert told.startswith("Meanwhile somebody else decided that these two lines are the same person (other@")
    assert list(records.Decision.objects.values_list("verdict", flat=True)) == ["same"]


def test_a_line_that_was_withdrawn_meanwhile_is_said_to_be(client: Client) -> None:
    pair = first()
    records.Line.objects.filter(pk=pair.b.line).update(retired_at="2019-01-01T00:00:00Z")
    told = send(client, answer(pair, "same"))
    assert told.startswith("These two lines: one of these lines was withdrawn meanwhile")
    assert not records.Decision.objects.exists()


def test_what_nobody_can_tell_leaves_the_queue_and_is_listed_by_itself(client: Client) -> None:
    pair, total = first(), doubt_count("small")
    told = send(client, answer(pair, "cannot_tell"))
    assert told.startswith("Noted that nobody can tell.")
    queue = client.get("/en/small/doubts/").content.decode()
    listed = client.get("/en/small/doubts/?looked_at=1").content.decode()
    place = f'id="d-{pair.a.line}-{pair.b.line}"'
    assert (place in queue, place in listed) == (False, True)
    assert queue.count('<article class="doubt"') == total - 1
    assert "1 more that nobody could tell" in queue
    assert "1 doubt that somebody looked at and could not tell." in listed


def test_the_page_goes_on_with_the_next_doubt_where_the_reader_was(client: Client) -> None:
    back = "/en/small/doubts/?figure=trained#d-x-y"
    answered = client.post("/en/small/doubts/decide/", answer(first(), "same", back=back))
    assert (answered.status_code, answered["Location"]) == (302, back)


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example/en/small/", "//elsewhere.example/en/small/", "/en/other/", "/en/small/\\x"],
)
def test_the_way_back_never_leaves_the_programme(client: Client, back: str) -> None:
    answered = client.post("/en/small/doubts/decide/", answer(first(), "same", back=back))
    assert answered["Location"] == "/en/small/doubts/"


def test_the_queue_is_narrowed_by_statement_figure_event_and_person(client: Client) -> None:
    rows = doubts("small", size=100)[0]
    person = records.Link.objects.get(line=rows[0].a.line).person_id
    of_person = set(records.Link.objects.filter(person=person).values_list("line_id", flat=True))
    of_event = set(records.Line.objects.filter(sheet__event__key="water-2").values_list("pk", flat=True))
    wanted = {
        "": [True for _ in rows],
        "statement=most": ["most" in {said.key for said in (*one.settles, *one.helps)} for one in rows],
        "figure=trained": ["trained" in {said.key for said in one.narrows} for one in rows],
        "event=water-2": [not of_event.isdisjoint({one.a.line, one.b.line}) for one in rows],
        f"person={person}": [not of_person.isdisjoint({one.a.line, one.b.line}) for one in rows],
        "event=none": [False for _ in rows],
    }
    pages = {query: client.get(f"/en/small/doubts/?{query}").content.decode() for query in wanted}
    shown = {
        query: [f'id="d-{one.a.line}-{one.b.line}"' in html for one in rows] for query, html in pages.items()
    }
    assert shown == wanted
    assert {sum(found) for found in wanted.values()} > {0, len(rows)}


def test_whoever_only_reads_gets_no_buttons(folder: Path) -> None:
    html = Client(headers={"host": "127.0.0.1"}).get("/en/small/doubts/").content.decode()
    assert ('<article class="doubt"' in html, "<form class=\"decide\"" in html, "<script" in html) == (
        True, False, False,
    )  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"verdict": "perhaps"}, {"a": "x", "b": "x", "verdict": "same"}])
def test_an_answer_that_says_nothing_changes_nothing(client: Client, data: dict[str, str]) -> None:
    assert client.post("/en/small/doubts/decide/", data).status_code == 302
    assert not records.Decision.objects.exists()


@pytest.mark.parametrize("code", CODES)
def test_answers_are_told_in_every_language(client: Client, code: str) -> None:
    told = send(client, answer(first(), "same"), code)
    assert told
    assert ("Decided" in told) == (code == "en")


def test_deciding_in_the_terminal_overrules_without_having_seen(folder: Path) -> None:
    pair = first()
    for verdict in ("same", "different"):
        decide("small", pair.a.line, pair.b.line, verdict=verdict)  # type: ignore[arg-type]
    assert records.Decision.objects.count() == 2
