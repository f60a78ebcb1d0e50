"""The page of a figure by its parts: every number opens to as many people, and the address says what is shown."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.pages import CODES

from karvon.cli.results import DIMENSIONS as TERMINAL_DIMENSIONS
from karvon.cli.results import figure_text, print_parts
from karvon.queries.publishing import results_report
from karvon.queries.results import DIMENSIONS, Once, parts
from karvon.records import models as records

CELL = re.compile(r'<a class="mid" href="([^"]*people/\?[^"]*by=[^"]*)"[^>]*>([^<]*)</a>')
TALLY = re.compile(r'<p class="tally"[^>]*>(\d+)')


def page(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def figure(programme: str) -> str:
    """A figure whose events are of two sectors and whose people are of two sexes, as far as somebody said."""
    for place, event in enumerate(records.Event.objects.filter(programme__key=programme).order_by("id")):
        event.sectors = [["14021"], ["14021", "14050"], []][place % 3]
        event.save()
    lines = records.Line.objects.filter(programme__key=programme)
    lines.filter(row=2).update(sex="m", region="UZ-TK")
    lines.filter(row=3).update(sex="f", region="UZ-FA")
    return f"/en/{programme}/results/trained/"


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_number_opens_to_as_many_people(reader: Client, figure: str, by: str) -> None:
    for narrowing in ("", "&contract=lv79", "&starts=2018-10-10&ends=2018-10-12", "&sector=14050"):
        cells = CELL.findall(page(reader, f"{figure}?by={by}{narrowing}"))
        opened = [TALLY.findall(page(reader, unescape(address))) for address, _ in cells]
        assert opened == [[number] for _, number in cells]
        assert len(cells) > 0 or (by, narrowing) == ("contract", "")


def test_the_page_says_the_numbers_of_the_reference(reader: Client, figure: str, programme: str) -> None:
    found = parts(programme, "trained", "sector", once=Once(programme))
    assert found is not None
    html = page(reader, f"{figure}?by=sector")
    table = html[html.index('<table class="stack parts') : html.index("<tfoot>")]
    shown = [
        tuple(int(number) for number in re.findall(r'data-label="[^"]*">(?:<[^>]*>)?(\d+)', row))
        for row in table.split("<tr>")[2:]
    ]
    assert shown == [(p.figure.lower, p.figure.best, p.figure.upper) for p in found.parts]
    assert f"Added together they would be {sum(p.figure.best for p in found.parts)}" in html
    assert f"but the figure is {found.total.best}" in html


def test_what_is_not_stated_is_a_part_of_its_own_that_opens_too(reader: Client, figure: str) -> None:
    html = page(reader, f"{figure}?by=sex")
    assert [word in html for word in ("women", "men", "not stated")] == [True] * 3
    addresses = [unescape(address) for address, _ in CELL.findall(html)]
    assert sum(address.endswith("by=sex&part=") for address in addresses) == 1


@pytest.mark.parametrize("code", CODES)
def test_every_dimension_is_worded_in_every_language(reader: Client, figure: str, code: str) -> None:
    for by in DIMENSIONS:
        html = page(reader, f"{figure.replace('/en/', f'/{code}/')}?by={by}")
        assert (by, html.count('class="kv-drawing"') >= 1, 'aria-current="true"' in html) == (by, True, True)


def test_a_part_narrows_the_figure_and_the_narrowing_is_said_and_lifted(reader: Client, figure: str) -> None:
    html = page(reader, f"{figure}?by=month&contract=lv79")
    assert "A part of this figure:" in html
    assert "LV-79" in html[html.index("A part of this figure:") : html.index("Show the whole figure")]
    assert f'<a href="{figure}">Show the whole figure</a>' in html
    within = unescape(re.findall(rf'<th scope="row"><a href="{figure}([^"]*)"', html)[0])
    assert "contract=lv79" in within
    assert "starts=2018-10-01" in within
    assert "ends=2018-10-31" in within
    assert "October 2018" in html


def test_a_part_of_which_nothing_is_counted_says_so(reader: Client, figure: str) -> None:
    html = page(reader, f"{figure}?starts=2030-01-01")
    assert '<span class="big">0</span>' in html
    other = records.Indicator.objects.get(key="trained")
    other.scope = {**other.scope, "contracts": ["lv79"]}
    other.save()
    html = page(reader, f"{figure}?contract=erdf")
    assert "Nothing that this figure counts lies in the part you asked for." in html
    assert '<span class="big">' not in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("starts=yesterday", "This is no day."),
        ("starts=2018-12-01&ends=2018-11-01", "The last day is before the first one."),
        ("contract=nobody", "There is nothing of this name here."),
        ("sector=%3Cscript%3E", "There is nothing of this name here."),
    ],
)
def test_a_narrowing_that_makes_no_sense_is_told_beside_its_field_and_kept(
    reader: Client, figure: str, query: str, said: str
) -> None:
    html = page(reader, f"{figure}?{query}")
    assert said in html
    assert "A part of this figure:" not in html
    assert '<details class="explain" open>' in html
    assert "<script" not in html
    if query.startswith("starts=yesterday"):
        assert 'value="yesterday"' in html


@pytest.mark.parametrize(
    "query", ["by=nothing", "by=sector&part=99999", "contract=nobody&by=sex&part=", "starts=x", "by=x&part=m"]
)
def test_a_list_of_no_part_is_not_found(reader: Client, figure: str, query: str) -> None:
    assert reader.get(f"{figure}people/?{query}").status_code == 404


def test_a_search_within_a_part_stays_within_it(reader: Client, figure: str) -> None:
    address = f"{figure}people/?by=sex&part=m"
    everybody, found, nobody = (
        reader.post(address, {"q": typed}).content.decode() for typed in ("", "Karimov", "Yusupova")
    )
    assert [TALLY.findall(html) for html in (everybody, found, nobody)] == [["1"], ["1"], ["0"]]


def test_targets_say_how_far_the_figure_is(reader: Client, figure: str) -> None:
    html = page(reader, figure)
    targets = html[html.index('id="targets"') : html.index("</section>", html.index('id="targets"'))]
    assert targets.count("<progress ") == 2
    assert "target not reached yet" in targets
    assert "LV-79" in targets


def test_overview_and_figure_take_thirty_two_statements_and_no_more_for_more_rows(
    reader: Client, make: Callable[..., str]
) -> None:
    pages = ("", "results/trained/", *(f"results/trained/?by={by}" for by in DIMENSIONS))
    asked: dict[str, list[int]] = {path: [] for path in pages}
    for key in (make("few", rows=8), make("many", rows=40)):
        for path in pages:
            with CaptureQueriesContext(connection) as statements:
                page(reader, f"/en/{key}/{path}")
            asked[path].append(len(statements))
    assert {path: many - few for path, (few, many) in asked.items()} == dict.fromkeys(pages, 0)
    named = {f"results/trained/?by={by}" for by in ("event", "visit", "organisation")}
    assert {path for path, (few, _) in asked.items() if few > 32} <= named


@pytest.mark.parametrize("by", ["sector", "event", "region", "sex", "organisation"])
def test_page_terminal_and_report_say_the_same_numbers(
    reader: Client, make: Callable[..., str], capsys: pytest.CaptureFixture[str], by: str
) -> None:
    key = make(rows=12)
    lines = records.Line.objects.filter(programme__key=key, row__isnull=False)
    lines.filter(row__lt=9).update(sex="f", region="UZ-TK")
    found = parts(key, "trained", by)  # type: ignore[arg-type]
    assert found is not None
    print_parts(key, by, "en")
    printed = capsys.readouterr().out.splitlines()
    told = [line.split()[-1] if "(" not in line else line.rpartition("  ")[2] for line in printed if line]
    assert figure_text(found.total) in told[0]
    shown = [line for line in printed if line.startswith("  ")]
    assert len(shown) == len(found.parts)
    assert all(line.endswith(figure_text(p.figure)) for line, p in zip(shown, found.parts, strict=True))
    numbers = {p.value: p.figure for p in found.parts}
    html = page(reader, f"/en/{key}/results/trained/?by={by}")
    table = html[html.index('<table class="stack parts') : html.index("<tfoot>")]
    assert [int(n) for n in re.findall(r'class="mid"[^>]*>(\d+)<', table)] == [
        p.figure.best for p in found.parts
    ]
    report = results_report(key)
    assert report is not None
    held = {one.by: one for one in report.breakdowns}
    keys = {"not_stated": "", "female": "f", "male": "m"}
    reported = {
        keys.get(cell.key, cell.key): cell.figure
        for cell in (held[by].cells if by in held else ())  # type: ignore[index]
        if cell.figure is not None
    }
    assert reported == {value: numbers[value] for value in reported}
    assert len(reported) > 0


def test_the_terminal_knows_the_dimensions_there_are() -> None:
    assert TERMINAL_DIMENSIONS == DIMENSIONS
