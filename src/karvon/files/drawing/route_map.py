"""Where a programme took place: home, the places visited and the routes between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import hypot

from babel import Locale

from karvon.files.drawing.outlines import countries, extent, outline
from karvon.files.drawing.palette import CLASSES
from karvon.files.drawing.projection import Frame, Point
from karvon.files.drawing.svg import Drawing, element, text, text_width
from karvon.rules.wording import locale_of

WIDTH = 640.0
HEIGHT = 380.0
_SIZE = 12.5
_CROWDED = 34.0
"""Places nearer than this on the large map get a map of their own in a corner."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    name: str
    country: str
    longitude: float
    latitude: float

    @property
    def point(self) -> Point:
        return self.longitude, self.latitude


Box = tuple[float, float, float, float]


def route_map(
    home: MapPlace | None,
    away: Sequence[MapPlace],
    *,
    title: str,
    description: str = "",
    language: str,
    name: str = "map",
    standalone: bool = False,
) -> str:
    """Home and the places visited with an arc to each; crowded places are shown again, larger, in a corner.

    Without any place the map is empty but still a picture with its title.
    """
    drawing = Drawing(WIDTH, HEIGHT)
    places = ([home] if home else []) + [place for place in away if place != home]
    if not places:
        drawing.height = 10
        return drawing.svg(name=name, title=title, description=description, standalone=standalone)
    others = places[1:] if home else places
    points = widened([place.point for place in places])
    frame = Frame.holding(points, left=0, top=0, width=WIDTH, height=HEIGHT, margin=58)
    crowd = _crowd(others, frame)
    shown_large = [place for place in others if place not in crowd]
    routes = [_route(frame.at(home.point), frame.at(place.point)) for place in others] if home else []
    inset = _inset_frame(crowd, frame, places, routes) if crowd else None
    shown_countries = {place.country for place in places}
    drawing.add(sea(frame), *land(frame, shown_countries))
    taken: list[Box] = [box_of(frame.at(place.point), 5) for place in places]
    if inset:
        taken.append((inset.left, inset.top, inset.left + inset.width, inset.top + inset.height))
    for route in routes:
        drawing.add(_drawn_route(route))
        taken.extend(box_of(_bezier(route, step / 12), 1.5) for step in range(2, 11))
    for place in others:
        drawing.add(_dot(frame.at(place.point), "kv-place", place.name))
    if home:
        drawing.add(_dot(frame.at(home.point), "kv-home", home.name))
    labels = [*([home] if home else []), *shown_large]
    for place in labels:
        drawing.add(*label_at(place.name, frame.at(place.point), frame, taken, strong=place is home))
    if inset:
        drawing.add(*_corner(inset, crowd, shown_countries, locale_of(language)))
        middle = [frame.at(place.point) for place in crowd]
        centre = sum(x for x, _ in middle) / len(middle), sum(y for _, y in middle) / len(middle)
        named = sorted({_country(place.country, locale_of(language)) for place in crowd})
        drawing.add(*label_at(", ".join(named), centre, frame, taken, strong=False))
    return drawing.svg(name=name, title=title, description=description, standalone=standalone)


def widened(points: list[Point]) -> list[Point]:
    """At least some degrees of land around a single town."""
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    if max(longitudes) - min(longitudes) < 4 and max(latitudes) - min(latitudes) < 4:
        x, y = points[0]
        return [*points, (x - 3, y - 2), (x + 3, y + 2)]
    return points


def _crowd(places: Sequence[MapPlace], frame: Frame) -> list[MapPlace]:
    """The places of the countries in which some two stand too near to be told apart."""
    crowded = {
        one.country
        for place, one in enumerate(places)
        for other in places[place + 1 :]
        if one.country == other.country and _distance(frame.at(one.point), frame.at(other.point)) < _CROWDED
    }
    return [place for place in places if place.country in crowded]


def _inset_frame(
    crowd: list[MapPlace], frame: Frame, places: list[MapPlace], routes: list[tuple[Point, Point, Point]]
) -> Frame:
    """The corner in which it hides least; it shows the crowded places with some of their country around."""
    width, height, edge = WIDTH * 0.46, HEIGHT * 0.47, 8.0
    busy = [frame.at(place.point) for place in places]
    busy += [_bezier(route, step / 20) for route in routes for step in range(21)]
    corners = [(left, top) for top in (HEIGHT - height - edge, edge) for left in (edge, WIDTH - width - edge)]

    def hidden(corner: tuple[float, float]) -> int:
        x, y = corner
        return sum(x - 20 < px < x + width + 20 and y - 20 < py < y + height + 20 for px, py in busy)

    left, top = min(corners, key=hidden)
    points = [place.point for place in crowd]
    for country in sorted({place.country for place in crowd}):
        if country in countries():
            west, south, east, north = extent(country)
            if east - west < 30 and north - south < 20:
                points += [(west, south), (east, north), (west, north), (east, south)]
    return Frame.holding(points, left=left, top=top, width=width, height=height, margin=16)


def _corner(frame: Frame, crowd: list[MapPlace], shown: set[str], locale: Locale) -> list[str]:
    parts = [sea(frame, class_="kv-inset"), *land(frame, shown)]
    parts.append(
        element(
            "rect",
            class_="kv-inset-edge",
            x=frame.left,
            y=frame.top,
            width=frame.width,
            height=frame.height,
            rx=3,
            fill="none",
            stroke="currentColor",
            stroke_opacity="0.45",
        )
    )
    named = ", ".join(sorted({_country(place.country, locale) for place in crowd}))
    parts.append(text(named, frame.left + 9, frame.top + 17, size=11.5, weight="bold", quiet=True))
    taken = [box_of(frame.at(place.point), 5) for place in crowd]
    taken.append((frame.left, frame.top, frame.left + 12 + text_width(named, 12), frame.top + 22))
    for place in sorted(crowd, key=lambda each: each.longitude):
        parts.append(_dot(frame.at(place.point), "kv-place", place.name))
        parts += label_at(place.name, frame.at(place.point), frame, taken, strong=False)
    return parts


def sea(frame: Frame, class_: str = "kv-sea") -> str:
    opaque = class_ == "kv-inset"
    ground = element(
        "rect", class_="kv-inset-ground", x=frame.left, y=frame.top, width=frame.width, height=frame.height,
        rx=3, fill="#ffffff",
    )  # fmt: skip
    sea = element(
        "rect", class_=class_, x=frame.left, y=frame.top, width=frame.width, height=frame.height, rx=3,
        fill=CLASSES["kv-first"], fill_opacity="0.09",
    )  # fmt: skip
    return ground + sea if opaque else sea


def land(frame: Frame, shown: set[str]) -> list[str]:
    """Every country that reaches into the frame; those of the programme a little stronger."""
    quiet: list[str] = []
    strong: list[str] = []
    in_view = frame.extent()
    for country in countries():
        if not _near(extent(country), in_view):
            continue
        path = "".join(_ring_path(frame, ring) for ring in outline(country))
        if path:
            (strong if country in shown else quiet).append(path)
    return [
        element(
            "path", class_=class_, d="".join(paths), fill=fill, fill_rule="evenodd", stroke="#aeb9c2",
            stroke_width=0.7,
        )
        for class_, paths, fill in (("kv-land", quiet, "#f1efe9"), ("kv-land-ours", strong, "#dcd5c0"))
        if paths
    ]  # fmt: skip


def _near(country: Box, in_view: Box) -> bool:
    """Whether a country may reach into view; east and west are taken round the globe."""
    west, south, east, north = in_view
    if country[1] > north + 1 or country[3] < south - 1:
        return False
    return any(country[0] + turn < east + 1 and country[2] + turn > west - 1 for turn in (-360, 0, 360))


def _ring_path(frame: Frame, ring: Sequence[Point]) -> str:
    placed = frame.clipped([frame.at(point) for point in ring])
    if not placed:
        return ""
    kept = [placed[0]]
    for point in placed[1:]:
        if _distance(point, kept[-1]) > 0.7:
            kept.append(point)
    if len(kept) < 3:
        return ""
    x, y = kept[0]
    steps = "".join(f"L{px:.1f} {py:.1f}" for px, py in kept[1:])
    return f"M{x:.1f} {y:.1f}{steps}z"


def _route(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """Start, the point that bends it, end: a bow to the north."""
    (x1, y1), (x2, y2) = start, end
    length = _distance(start, end)
    bend = 0.16 * length
    nx, ny = (y2 - y1) / (length or 1), -(x2 - x1) / (length or 1)
    if ny > 0:
        nx, ny = -nx, -ny
    return start, ((x1 + x2) / 2 + nx * bend, (y1 + y2) / 2 + ny * bend), end


def _bezier(route: tuple[Point, Point, Point], part: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2) = route
    rest = 1 - part
    return (
        rest * rest * x0 + 2 * rest * part * x1 + part * part * x2,
        rest * rest * y0 + 2 * rest * part * y1 + part * part * y2,
    )


def _drawn_route(route: tuple[Point, Point, Point]) -> str:
    (x0, y0), (x1, y1), (x2, y2) = route
    path = f"M{x0:.1f} {y0:.1f}Q{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}"
    return element(
        "path",
        class_="kv-route",
        d=path,
        fill="none",
        stroke=CLASSES["kv-route"],
        stroke_width=1.6,
        stroke_opacity="0.85",
    )


def _dot(point: Point, class_: str, name: str) -> str:
    return element(
        "circle",
        element("title", escape(name)),
        class_=class_,
        cx=point[0],
        cy=point[1],
        r=4.4,
        fill=CLASSES[class_],
        stroke="#ffffff",
        stroke_width=1.2,
    )


def label_at(
    name: str, point: Point, frame: Frame, taken: list[Box], *, strong: bool, around: float = 0
) -> list[str]:
    """The name at the first free spot around its place; farther off with a thin line to it.

    ``around`` is the radius of what is drawn there.
    """
    x, y = point
    width = text_width(name, _SIZE)
    spots: list[tuple[float, float, str]] = []
    for away in (8.0 + around, 20.0 + around, 34.0 + around, 50.0 + around):
        up, down = y - away * 0.9, y + away * 0.9 + 8
        spots += [(x + away, y + 4, "start"), (x - away, y + 4, "end")]
        spots += [(x, up, "middle"), (x, down, "middle")]
        spots += [(x + away * 0.8, up, "start"), (x - away * 0.8, up, "end")]
        spots += [(x + away * 0.8, down, "start"), (x - away * 0.8, down, "end")]
    boxes = [_text_box(spot, width) for spot in spots]
    free = [place for place, box in enumerate(boxes) if _fits(box, frame) and not _meets(box, taken)]
    inside = [place for place, box in enumerate(boxes) if _fits(box, frame)]
    chosen = (free or inside or [0])[0]
    tx, ty, anchor = spots[chosen]
    taken.append(boxes[chosen])
    parts: list[str] = []
    if chosen >= 8:
        parts.append(
            element(
                "line", class_="kv-leader", x1=x, y1=y, x2=tx, y2=ty - 4, stroke="currentColor",
                stroke_opacity="0.5", stroke_width=0.8,
            )
        )  # fmt: skip
    halo = element(
        "text", escape(name), class_="kv-label-halo", x=tx, y=ty, font_size=_SIZE,
        text_anchor=None if anchor == "start" else anchor,
        font_weight="bold" if strong else None, fill="#ffffff", stroke="#ffffff", stroke_width=3,
        stroke_linejoin="round", stroke_opacity="0.8", aria_hidden="true",
    )  # fmt: skip
    ink = text(
        name, tx, ty, size=_SIZE, anchor=anchor, weight="bold" if strong else None, class_="kv-place-name",
        fill="#1b2a36",
    )  # fmt: skip
    return [*parts, halo, ink]


def _text_box(spot: tuple[float, float, str], width: float) -> Box:
    x, y, anchor = spot
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, y - 10, left + width, y + 3


def box_of(point: Point, around: float) -> Box:
    return point[0] - around, point[1] - around, point[0] + around, point[1] + around


def _fits(box: Box, frame: Frame) -> bool:
    return (
        box[0] >= frame.left + 3
        and box[1] >= frame.top + 3
        and box[2] <= frame.left + frame.width - 3
        and box[3] <= frame.top + frame.height - 3
    )


def _meets(box: Box, taken: Sequence[Box]) -> bool:
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _country(code: str, locale: Locale) -> str:
    return str(locale.territories.get(code, code))
