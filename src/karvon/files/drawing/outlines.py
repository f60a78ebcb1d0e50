"""Outlines of countries from the catalogue, as rings of longitude and latitude."""

from functools import cache

from karvon import catalog

Point = tuple[float, float]


@cache
def outline(country: str) -> tuple[tuple[Point, ...], ...]:
    """The rings of a country by its ISO 3166-1 code, in degrees; empty for one the catalogue lacks."""
    arcs = _arcs()
    rings = catalog.load("map_outlines/world")["rings"].get(country, [])
    return tuple(_ring(ring, arcs) for ring in rings)


def countries() -> tuple[str, ...]:
    return tuple(catalog.load("map_outlines/world")["rings"])


@cache
def extent(country: str) -> tuple[float, float, float, float]:
    """West, south, east and north of its rings."""
    points = [point for ring in outline(country) for point in ring]
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


@cache
def _arcs() -> tuple[tuple[Point, ...], ...]:
    data = catalog.load("map_outlines/world")
    unit = data["units_per_degree"]
    arcs: list[tuple[Point, ...]] = []
    for written in data["arcs"]:
        numbers = [int(number) for number in written.split()]
        x = y = 0
        points: list[Point] = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x / unit, y / unit))
        arcs.append(tuple(points))
    return tuple(arcs)


def _ring(numbers: list[int], arcs: tuple[tuple[Point, ...], ...]) -> tuple[Point, ...]:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[-number - 1][::-1]
        points.extend(arc if not points else arc[1:])
    return tuple(points)
