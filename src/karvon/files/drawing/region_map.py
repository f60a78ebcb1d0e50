"""How many people came from where: a disc in every region, as large as its figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from karvon.files.drawing.outlines import countries, extent
from karvon.files.drawing.palette import CLASSES
from karvon.files.drawing.projection import Frame
from karvon.files.drawing.route_map import HEIGHT, WIDTH, MapPlace, box_of, label_at, land, sea, widened
from karvon.files.drawing.svg import Drawing, element
from karvon.rules.reporting.figure import Figure
from karvon.rules.wording import number_text

_LARGEST = 26.0
"""Radius of the largest disc; the others are in proportion by area."""
_SMALLEST = 3.5


@dataclass(frozen=True, slots=True)
class RegionFigure:
    place: MapPlace
    figure: Figure


def region_map(
    regions: Sequence[RegionFigure],
    *,
    title: str,
    description: str = "",
    language: str,
    name: str = "regions",
    standalone: bool = False,
) -> str:
    """A disc per region with its name and number; regions of nobody are left out.

    Without any region the map is empty but still a picture with its title.
    """
    drawing = Drawing(WIDTH, HEIGHT)
    shown = sorted(
        (one for one in regions if one.figure.best), key=lambda one: (-one.figure.best, one.place.name)
    )
    if not shown:
        drawing.height = 10
        return drawing.svg(name=name, title=title, description=description, standalone=standalone)
    points = widened([one.place.point for one in shown])
    for country in sorted({one.place.country for one in shown} & set(countries())):
        west, south, east, north = extent(country)
        if east - west < 30 and north - south < 20:
            points += [(west, south), (east, north), (west, north), (east, south)]
    frame = Frame.holding(points, left=0, top=0, width=WIDTH, height=HEIGHT, margin=30)
    drawing.add(sea(frame), *land(frame, {one.place.country for one in shown}))
    most = shown[0].figure.best
    radius = {one: max(_SMALLEST, _LARGEST * sqrt(one.figure.best / most)) for one in shown}
    taken = [box_of(frame.at(one.place.point), radius[one] * 0.8) for one in shown]
    for one in shown:
        number = number_text(one.figure.best, language)
        drawing.add(_disc(frame.at(one.place.point), radius[one], f"{one.place.name}: {number}"))
    for one in shown:
        number = number_text(one.figure.best, language)
        x, y = frame.at(one.place.point)
        label = f"{one.place.name} {number}"
        drawing.add(*label_at(label, (x, y), frame, taken, strong=False, around=radius[one]))
    return drawing.svg(name=name, title=title, description=description, standalone=standalone)


def _disc(point: tuple[float, float], radius: float, said: str) -> str:
    return element(
        "circle",
        element("title", escape(said)),
        class_="kv-region",
        cx=point[0],
        cy=point[1],
        r=radius,
        fill=CLASSES["kv-first"],
        fill_opacity="0.75",
        stroke="#ffffff",
        stroke_width=1.2,
    )
