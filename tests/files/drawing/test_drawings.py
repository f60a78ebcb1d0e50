"""Drawings are well-formed, speak, obey a strict content policy, and show what they were given."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from karvon.files.drawing import (
    Bar,
    ContractBar,
    MapPlace,
    RegionFigure,
    TimelineEvent,
    TimelineVisit,
    bar_chart,
    contract_chart,
    region_map,
    route_map,
    timeline,
)
from karvon.files.drawing.outlines import countries, outline
from karvon.files.drawing.palette import CLASSES
from karvon.files.drawing.svg import shortened, text_width, wrapped
from karvon.rules.reporting.figure import Figure
from karvon.rules.wording import LANGUAGES

RIGA = MapPlace("Rīga", "LV", 24.1052, 56.9496)
TASHKENT = MapPlace("Toshkent", "UZ", 69.2401, 41.2995)
ANDIJAN = MapPlace("Andijon", "UZ", 72.3442, 40.7821)
FERGANA = MapPlace("Fargʻona", "UZ", 71.7843, 40.3842)
DAY = date(2018, 10, 10)
NASTY = "<script>alert(\"1\")</script> & 'more'"
SVG = "{http://www.w3.org/2000/svg}"

Draw = Callable[..., str]


def visit(number: int, starts: date, days: int, *events: TimelineEvent) -> TimelineVisit:
    return TimelineVisit(f"Visit {number}", "outgoing", starts, starts + timedelta(days=days - 1), events)


def event(label: str, day: date, kind: str = "training") -> TimelineEvent:
    return TimelineEvent(label, kind, day, day)  # type: ignore[arg-type]


def a_bar_chart(**further: object) -> str:
    bars = [
        Bar(NASTY, Figure(94, 96, 99), target=110.0),
        Bar("Withheld", None),
        Bar("Nobody", Figure.exact(0)),
    ]
    return bar_chart(bars, **further)  # type: ignore[arg-type]


def a_contract_chart(**further: object) -> str:
    contracts = [
        ContractBar(NASTY, Figure(94, 96, 99)),
        ContractBar("3.2.1.1/16/A/014", Figure(119, 121, 124)),
    ]
    return contract_chart(contracts, both=Figure(61, 63, 66), union=Figure(151, 154, 158), **further)  # type: ignore[arg-type]


def a_timeline(**further: object) -> str:
    kinds = ("training", "partner_meeting", "site_visit", "presentation")
    events = [event(NASTY, DAY, kind) for kind in kinds]
    return timeline([visit(1, DAY, 3, *events), visit(2, DAY, 40)], **further)  # type: ignore[arg-type]


def a_route_map(**further: object) -> str:
    return route_map(RIGA, [TASHKENT, ANDIJAN, FERGANA, MapPlace(NASTY, "LT", 25.28, 54.69)], **further)  # type: ignore[arg-type]


def a_region_map(**further: object) -> str:
    regions = [
        RegionFigure(place, Figure.exact(number))
        for place, number in (
            (TASHKENT, 52),
            (FERGANA, 13),
            (MapPlace(NASTY, "UZ", 72.3, 40.8), 4),
            (RIGA, 0),
        )
    ]
    return region_map(regions, **further)  # type: ignore[arg-type]


DRAWINGS: tuple[Draw, ...] = (a_bar_chart, a_contract_chart, a_timeline, a_route_map, a_region_map)


def drawn(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("standalone", [False, True])
@pytest.mark.parametrize("draw", DRAWINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_names_and_describes_itself(draw: Draw, language: str, standalone: bool) -> None:
    svg = drawn(draw(title=f"T {NASTY}", description="D", language=language, name="x", standalone=standalone))

    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "x-title x-desc")
    assert [(child.get("id"), child.text) for child in svg[:2]] == [
        ("x-title", f"T {NASTY}"),
        ("x-desc", "D"),
    ]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_obeys_a_strict_content_policy(draw: Draw) -> None:
    """No style attribute or element, nothing that runs, nothing that is fetched."""
    svg = drawn(draw(title="T", language="en"))

    tags = {etree.QName(part).localname for part in svg.iter()}
    attributes = {str(name) for part in svg.iter() for name in part.attrib}
    assert tags <= {"svg", "title", "desc", "g", "rect", "circle", "line", "path", "text", "tspan"}
    assert [name for name in attributes if name == "style" or name.startswith("on") or "href" in name] == []


@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_colour_can_be_overridden_by_class(draw: Draw) -> None:
    svg = drawn(draw(title="T", language="en"))
    coloured = [part for part in svg.iter() if (part.get("fill") or "none") not in ("none", "currentColor")]

    assert [part.tag for part in coloured if not part.get("class")] == []


@pytest.mark.parametrize("draw", DRAWINGS)
def test_only_a_standalone_drawing_has_a_size_and_a_font(draw: Draw) -> None:
    on_page, alone = (
        drawn(draw(title="T", language="en", standalone=standalone)) for standalone in (False, True)
    )

    assert [on_page.get(name) for name in ("width", "height", "font-family")] == [None, None, None]
    assert [alone.get(name) is None for name in ("width", "height", "font-family")] == [False, False, False]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_no_text_leaves_the_drawing(draw: Draw) -> None:
    svg = drawn(draw(title="T", language="ru"))
    width = float(svg.get("viewBox", "").split()[2])
    for text in svg.iter(f"{SVG}text"):
        x, size, long = float(text.get("x")), float(text.get("font-size")), "".join(text.itertext())
        left = {None: x, "middle": x - text_width(long, size) / 2, "end": x - text_width(long, size)}[
            text.get("text-anchor")
        ]
        assert left >= -12, long
        assert left + text_width(long, size) <= width + 12, long


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", sorted(set(CLASSES.values())))
def test_marks_are_legible_on_light_and_on_dark(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3
    assert contrast(colour, "#14191d") >= 3


def test_a_bar_is_as_long_as_its_figure_and_its_whisker_reaches_the_bounds() -> None:
    svg = drawn(
        bar_chart([Bar("a", Figure(40, 50, 100)), Bar("b", Figure.exact(100))], title="T", language="en")
    )
    first, second = (float(bar.get("width")) for bar in svg.iter(f"{SVG}rect"))
    left = float(next(svg.iter(f"{SVG}rect")).get("x"))
    whisker = next(part for part in svg.iter(f"{SVG}path") if part.get("class") == "kv-whisker").get("d")
    low, high = re.findall(r"M([\d.]+)", whisker)[:2]

    assert second / first == pytest.approx(2, abs=0.01)
    assert (float(low) - left) / second == pytest.approx(0.4, abs=0.01)
    assert (float(high) - left) / second == pytest.approx(1, abs=0.01)


def test_a_settled_figure_has_no_whisker() -> None:
    assert "kv-whisker" not in bar_chart([Bar("a", Figure.exact(7))], title="T", language="en")


def test_a_withheld_bar_says_so_and_draws_nothing() -> None:
    svg = bar_chart([Bar("few", None)], title="T", language="lv")

    assert "neizpauž" in words(svg)
    assert list(drawn(svg).iter(f"{SVG}rect")) == []


def test_the_overlap_of_two_contracts_stands_in_one_column() -> None:
    """The end of the first bar and the start of the second enclose just the people of both."""
    svg = drawn(a_contract_chart(title="T", language="en"))
    bars = {
        bar.get("class"): (float(bar.get("x")), float(bar.get("width"))) for bar in svg.iter(f"{SVG}rect")
    }
    first, second, both = bars["kv-first"], bars["kv-second"], bars["kv-shared"]

    assert both[0] == pytest.approx(second[0], abs=0.2)
    assert both[0] + both[1] == pytest.approx(first[0] + first[1], abs=0.2)
    assert bars["kv-union"][1] == pytest.approx(second[0] + second[1] - first[0], abs=0.2)


def test_three_contracts_are_plain_bars_from_zero() -> None:
    contracts = [ContractBar(f"LV-{number}", Figure.exact(10 * number)) for number in (1, 2, 3)]
    svg = drawn(contract_chart(contracts, union=Figure.exact(45), title="T", language="en"))

    assert len({bar.get("x") for bar in svg.iter(f"{SVG}rect")}) == 1


def test_visits_are_numbered_in_order_of_time() -> None:
    later, earlier = visit(1, DAY + timedelta(days=40), 2), visit(2, DAY, 2)
    shown = words(timeline([later, earlier], title="T", language="en"))

    assert [word for word in shown if word.startswith("Visit")] == ["Visit 2", "Visit 1"]


def test_every_event_has_a_mark_with_its_name() -> None:
    events = [event(f"Event {number}", DAY + timedelta(days=number % 3)) for number in range(6)]
    svg = drawn(timeline([visit(1, DAY, 3, *events)], title="T", language="en"))
    named = {title.text for title in svg.iter(f"{SVG}title")}

    assert {one.label for one in events} <= named


def test_events_that_do_not_fit_their_day_are_counted() -> None:
    events = [event(f"Event {number}", DAY) for number in range(9)]

    assert "+5" in words(timeline([visit(1, DAY, 1, *events)], title="T", language="en"))


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 900), st.integers(0, 9000))
def test_a_timeline_of_any_length_has_an_axis_with_its_years(starts: date, days: int, gap: int) -> None:
    visits = [visit(1, starts, days), visit(2, starts + timedelta(days=gap), 1)]

    assert str(starts.year) in words(timeline(visits, title="T", language="en"))


def test_nothing_to_draw_is_still_a_picture() -> None:
    assert drawn(timeline([], title="T", language="en")).get("role") == "img"
    assert drawn(bar_chart([], title="T", language="en")).get("role") == "img"
    assert drawn(route_map(None, [], title="T", language="en")).get("role") == "img"


def test_crowded_towns_are_shown_larger_in_a_corner_and_every_town_is_named() -> None:
    svg = route_map(RIGA, [TASHKENT, ANDIJAN, FERGANA], title="T", language="uz")

    assert "kv-inset" in svg
    assert set(words(svg)) == {"Rīga", "Toshkent", "Andijon", "Fargʻona", "Oʻzbekiston"}


def test_towns_apart_need_no_corner() -> None:
    vilnius, tallinn = MapPlace("Vilnius", "LT", 25.28, 54.69), MapPlace("Tallinn", "EE", 24.75, 59.44)

    assert "kv-inset" not in route_map(RIGA, [vilnius, tallinn], title="T", language="lv")


def test_names_on_a_map_do_not_cover_one_another() -> None:
    towns = [
        MapPlace(f"Town number {number}", "PL", 16.0 + 2.2 * (number % 4), 50.0 + 1.3 * (number // 4))
        for number in range(8)
    ]
    svg = drawn(route_map(RIGA, towns, title="T", language="en"))
    boxes = []
    for text in svg.iter(f"{SVG}text"):
        if text.get("class") == "kv-place-name":
            x, y, width = float(text.get("x")), float(text.get("y")), text_width(text.text, 12.5)
            left = {None: x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor")]
            boxes.append((left, y - 10, left + width, y + 3))

    assert len(boxes) == 9
    for one, other in combinations(boxes, 2):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


@given(st.floats(-179, 179), st.floats(-75, 80), st.floats(-179, 179), st.floats(-75, 80))
def test_a_map_of_any_two_places_is_drawn(x1: float, y1: float, x2: float, y2: float) -> None:
    svg = route_map(MapPlace("A", "LV", x1, y1), [MapPlace("B", "UZ", x2, y2)], title="T", language="en")

    assert {"A", "B"} <= set(words(svg))


def inside(point: tuple[float, float], country: str) -> bool:
    x, y = point
    crossings = 0
    for ring in outline(country):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossings += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ((24.1, 56.9), "LV"), ((69.2, 41.3), "UZ"), ((72.3, 40.8), "UZ"), ((71.8, 40.4), "UZ"), ((59.6, 42.5), "UZ"),
        ((25.3, 54.7), "LT"), ((34.1, 45.0), "UA"), ((33.6, 35.3), "CY"), ((44.1, 9.6), "SO"), ((21.0, 42.6), "XK"),
        ((37.6, 55.8), "RU"), ((71.4, 51.2), "KZ"), ((-74.0, 40.8), "US"), ((149.1, -35.3), "AU"),
    ],
)  # fmt: skip
def test_a_place_lies_in_its_country(place: tuple[float, float], country: str) -> None:
    assert [code for code in countries() if inside(place, code)] == [country]


def test_rings_are_closed() -> None:
    assert [code for code in countries() for ring in outline(code) if ring[0] != ring[-1]] == []


@given(st.text(max_size=80), st.floats(30, 400), st.integers(1, 3))
def test_wrapped_lines_fit_and_lose_no_word_without_saying_so(text: str, width: float, lines: int) -> None:
    out = wrapped(text, width=width, size=12, lines=lines)

    assert len(out) <= lines
    assert all(text_width(line, 12) <= width or line == "…" for line in out)
    if not any(line.endswith("…") for line in out):
        assert " ".join(out).split() == text.split()


def test_a_short_text_is_left_alone() -> None:
    assert shortened("LV-79", width=100, size=12) == "LV-79"


def test_discs_are_as_large_as_their_figures_and_regions_of_nobody_have_none() -> None:
    discs = list(drawn(a_region_map(title="T", language="en")).iter(f"{SVG}circle"))
    areas = [float(disc.get("r", "0")) ** 2 for disc in discs]
    assert [area / areas[0] for area in areas] == pytest.approx([1, 13 / 52, 4 / 52], rel=0.05)
    assert words(a_region_map(title="T", language="en"))[::2] == ["Toshkent 52", "Fargʻona 13", f"{NASTY} 4"]


def test_a_map_of_nobody_is_still_a_picture_with_its_title() -> None:
    svg = drawn(region_map([], title="From where", language="en"))
    assert svg[0].text == "From where"


def test_a_target_is_a_line_across_its_bar_and_within_the_scale() -> None:
    far = bar_chart([Bar("A", Figure.exact(10), target=200.0)], title="T", language="en")
    lines = [part for part in drawn(far).iter(f"{SVG}path") if part.get("class") == "kv-target"]
    ticks = [int(tick) for tick in words(far) if tick.isdigit()]
    assert len(lines) == 1
    assert max(ticks) >= 200
