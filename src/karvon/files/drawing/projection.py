"""From the globe to a sheet: Albers' conic, true in area, around what the map shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Conic:
    """Albers' equal-area conic (Snyder 1987, p. 98) on a sphere; a plain cylinder where the cone is flat."""

    longitude: float
    latitude: float
    cone: float
    constant: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> "Conic":
        longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
        south, north = min(latitudes), max(latitudes)
        middle = (min(longitudes) + max(longitudes)) / 2
        margin = max((north - south) / 6, 1.0)
        first, second = radians(south + margin), radians(north - margin)
        cone = (sin(first) + sin(second)) / 2
        if abs(cone) < 0.15 or max(longitudes) - min(longitudes) > 150:
            return cls(middle, (south + north) / 2, 0.0, 0.0)
        return cls(middle, (south + north) / 2, cone, cos(first) ** 2 + 2 * cone * sin(first))

    def at(self, point: Point) -> Point:
        """East and south of the centre, in radians of a great circle at the standard parallels."""
        turn = (point[0] - self.longitude + 540) % 360 - 180
        if not self.cone:
            return radians(turn) * cos(radians(self.latitude)), radians(self.latitude - point[1])
        angle = self.cone * radians(turn)
        radius, centre = self._radius(point[1]), self._radius(self.latitude)
        return radius * sin(angle), radius * cos(angle) - centre

    def back(self, place: Point) -> Point:
        """The longitude and latitude that ``at`` puts here, the nearest there are beyond the pole."""
        x, y = place
        if not self.cone:
            return self.longitude + degrees(x / cos(radians(self.latitude))), self.latitude - degrees(y)
        down = y + self._radius(self.latitude)
        radius, sign = hypot(x, down), 1 if self.cone > 0 else -1
        angle = atan2(sign * x, sign * down)
        height = (self.constant - (radius * self.cone) ** 2) / (2 * self.cone)
        return self.longitude + degrees(angle / self.cone), degrees(asin(max(-1.0, min(1.0, height))))

    def _radius(self, latitude: float) -> float:
        return sqrt(max(self.constant - 2 * self.cone * sin(latitude * pi / 180), 0)) / self.cone


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the sheet and the projection that fills it."""

    left: float
    top: float
    width: float
    height: float
    projection: Conic
    scale: float
    east: float
    south: float

    @classmethod
    def holding(
        cls, points: Sequence[Point], *, left: float, top: float, width: float, height: float, margin: float
    ) -> "Frame":
        """All points, centred, at least ``margin`` away from every edge."""
        projection = Conic.around(points)
        placed = [projection.at(point) for point in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        spans = max(max(xs) - min(xs), 0.01), max(max(ys) - min(ys), 0.01)
        scale = min((width - 2 * margin) / spans[0], (height - 2 * margin) / spans[1])
        centre = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        return cls(left, top, width, height, projection, scale, *centre)

    def at(self, point: Point) -> Point:
        x, y = self.projection.at(point)
        return (
            self.left + self.width / 2 + (x - self.east) * self.scale,
            self.top + self.height / 2 + (y - self.south) * self.scale,
        )

    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what it shows, seen along its edge."""
        steps = [step / 12 for step in range(13)]
        edge = [(part, side) for part in steps for side in (0.0, 1.0)] + [
            (side, part) for part in steps for side in (0.0, 1.0)
        ]
        seen = [
            self.projection.back(
                (
                    (across - 0.5) * self.width / self.scale + self.east,
                    (down - 0.5) * self.height / self.scale + self.south,
                )
            )
            for across, down in edge
        ]
        longitudes, latitudes = [x for x, _ in seen], [y for _, y in seen]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)

    def clipped(self, ring: Sequence[Point]) -> list[Point]:
        """A ring already on the sheet, cut at the edges of the frame (Sutherland and Hodgman 1974)."""
        right, bottom = self.left + self.width, self.top + self.height
        points = list(ring)
        for axis, edge, keeps_less in (
            (0, self.left, False),
            (0, right, True),
            (1, self.top, False),
            (1, bottom, True),
        ):
            points = _cut(points, axis, edge, keeps_less=keeps_less)
            if not points:
                return []
        return points


def _cut(points: list[Point], axis: int, edge: float, *, keeps_less: bool) -> list[Point]:
    kept: list[Point] = []
    before = points[-1]
    for point in points:
        was_in = (before[axis] <= edge) == keeps_less
        is_in = (point[axis] <= edge) == keeps_less
        if was_in != is_in:
            part = (edge - before[axis]) / (point[axis] - before[axis])
            crossing = (
                before[0] + part * (point[0] - before[0]),
                before[1] + part * (point[1] - before[1]),
            )
            kept.append(crossing)
        if is_in:
            kept.append(point)
        before = point
    return kept
