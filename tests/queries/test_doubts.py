"""The doubts of a programme in the order in which to look at them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.queries.test_figures import some_programme
from tests.small_folder import PROGRAMME, small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.people import decide
from karvon.queries.results import (
    certain_unreviewed,
    doubt_count,
    doubts,
    indicator_result,
    statement_results,
)
from karvon.records import models as records
from karvon.rules.programme.description import Scope
from karvon.rules.programme.text import Text

pytestmark = pytest.mark.django_db

NAMESAKES = """No,Full name,Organisation,Position
1,Rustam Karimov,Suvtaminot,engineer
2,R. Karimov,,
3,Nigora Saidova,Suvtaminot,engineer
4,N. Saidova,,
5,Tursunov Bekzod Anvarovich,Suvtaminot,engineer
"""
SECOND = """No,Full name,Organisation,11.10.2018,12.10.2018
1,Karimov R.,,+,+
2,Saidova N.,,-,-
3,Турсунов Бекзод Анварович,Сувтаъминот,+,+
"""


def statement(key: str, comparator: str, number: int) -> str:
    return (
        f'\n[[statement]]\nkey = "{key}"\ntext = "{comparator} {number}"\nindicator = "trained"\n'
        f'comparator = "{comparator}"\nnumber = {number}\n'
    )


def imported(folder: Path, *said: str) -> None:
    description = PROGRAMME[: PROGRAMME.index("[[statement]]")] + "".join(said)
    import_folder(small_folder(folder, description=description, first=NAMESAKES, second=SECOND))


def test_a_pair_that_settles_a_statement_comes_first_and_says_so(tmp_path: Path) -> None:
    imported(tmp_path)
    rows, page = doubts("small")
    assert (page.total, len(rows)) == (doubt_count("small"), doubt_count("small"))
    assert page.total > 1
    lower, upper = _bounds()
    assert lower < upper
    records.Statement.objects.create(
        programme=records.Programme.objects.get(key="small"), key="most", order=0,
        indicator=records.Indicator.objects.get(key="trained"), comparator="more_than", number=upper - 1,
        text=Text((("en", "Everybody"),)),
    )  # fmt: skip
    assert [one.verdict for one in statement_results("small")] == ["open"]
    again, _ = doubts("small")
    assert [one.key for one in again[0].settles] == ["most"]
    assert (again[0].settles[0].same, again[0].settles[0].different) == ("not_supported", "open")
    assert {(one.a.line, one.b.line) for one in again} == {(one.a.line, one.b.line) for one in rows}
    assert [named.key for named in again[0].narrows][:1] == ["trained"]


def _bounds() -> tuple[int, int]:
    result = indicator_result("small", "trained")
    assert result is not None
    return result.figure.lower, result.figure.upper


def test_deciding_as_the_first_pair_says_settles_the_statement(tmp_path: Path) -> None:
    imported(tmp_path)
    _, upper = _bounds()
    imported(tmp_path / "again", statement("most", "more_than", upper - 1))
    first = doubts("small")[0][0]
    said = first.settles[0]
    decide("small", first.a.line, first.b.line, verdict="same")
    assert [one.verdict for one in statement_results("small")] == [said.same]


def test_a_pair_somebody_could_not_tell_stays_and_says_so(tmp_path: Path) -> None:
    imported(tmp_path)
    before = doubts("small")[0]
    decide("small", before[0].a.line, before[0].b.line, verdict="cannot_tell")
    found = {(one.a.line, one.b.line): one.looked_at for one in doubts("small")[0]}
    assert found[before[0].a.line, before[0].b.line] is True
    assert sum(found.values()) == 1


def test_pages_hold_every_doubt_once_in_one_order() -> None:
    key = some_programme(5)
    everything, page = doubts(key, size=1000)
    assert page.total == len(everything) == doubt_count(key) > 4
    pages = [doubts(key, page=number, size=3) for number in range(1, -(-page.total // 3) + 1)]
    assert [pair for rows, _ in pages for pair in rows] == list(everything)
    assert {len(rows) for rows, _ in pages[:-1]} == {3}
    assert doubts(key, page=999, size=3)[1].number == pages[-1][1].number


def test_the_order_is_by_what_is_settled_then_narrowed_then_weight() -> None:
    key = some_programme(9)
    rows, _ = doubts(key, size=1000)
    narrows = [bool(one.narrows) for one in rows if not one.settles]
    assert narrows == sorted(narrows, reverse=True)
    useless = [(-one.weight, one.a.line, one.b.line) for one in rows if not one.settles and not one.narrows]
    assert useless == sorted(useless)


def test_a_programme_without_doubts_has_an_empty_page(db: None) -> None:
    records.Programme.objects.create(key="empty", title=Text((("en", "Empty"),)), languages=["en"])
    rows, page = doubts("empty")
    assert (rows, page.total, page.number) == ((), 0, 1)


def test_asking_takes_as_many_statements_for_three_doubts_as_for_all() -> None:
    asked = []
    for seed, size in ((3, 3), (5, 1000)):
        key = some_programme(seed)
        with CaptureQueriesContext(connection) as statements:
            doubts(key, size=size)
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 30


def test_certain_matches_nobody_looked_at_are_counted_where_their_lines_were_seen(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    whole = certain_unreviewed("small")
    assert whole >= 2
    assert certain_unreviewed("small", Scope(visits=("nowhere",))) == 0
    seen = certain_unreviewed("small", Scope(event_kinds=("training",)))
    assert 0 < seen <= whole
    trained = records.Line.objects.filter(sheet__event__kind="training")
    match = records.Match.objects.filter(band="certain", a__in=trained, b__in=trained).order_by("pk").first()
    assert match is not None
    records.Decision.objects.create(
        programme=match.programme, a=match.a, b=match.b, verdict="same", at=datetime(2019, 1, 1, tzinfo=UTC)
    )
    assert certain_unreviewed("small", Scope(event_kinds=("training",))) == seen - 1
    assert certain_unreviewed("small") == whole - 1
