"""The map's projection keeps areas, turns back what it turned, and cuts at the frame."""

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.files.drawing.projection import Conic, Frame, Point

EUROPE = Conic.around([(24.1, 56.9), (69.2, 41.3)])
PLACES = st.tuples(st.floats(-30, 110), st.floats(10, 80))


@given(PLACES)
def test_what_is_projected_comes_back(point: Point) -> None:
    assert EUROPE.back(EUROPE.at(point)) == pytest.approx(point, abs=1e-6)


@given(st.tuples(st.floats(-100, 20), st.floats(-60, -10)))
def test_what_is_projected_south_of_the_equator_comes_back(point: Point) -> None:
    conic = Conic.around([(-70.0, -20.0), (-40.0, -50.0)])

    assert conic.back(conic.at(point)) == pytest.approx(point, abs=1e-6)


@given(st.tuples(st.floats(0, 90), st.floats(30, 70)))
def test_areas_are_kept(corner: Point) -> None:
    """A cell of a tenth of a degree has the area it has on a sphere of radius one."""
    size = 0.1
    west, south = corner
    ring = [EUROPE.at((west + dx, south + dy)) for dx, dy in ((0, 0), (size, 0), (size, size), (0, size))]
    following = [*ring[1:], ring[0]]
    drawn = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, following, strict=True))) / 2

    assert drawn == pytest.approx(radians(size) ** 2 * cos(radians(south + size / 2)), rel=2e-3)


def test_north_is_up_and_east_is_right_on_both_halves_of_the_globe() -> None:
    for conic in (
        EUROPE,
        Conic.around([(-70.0, -20.0), (-40.0, -50.0)]),
        Conic.around([(10.0, 5.0), (30.0, -5.0)]),
    ):
        middle = (conic.longitude, conic.latitude)
        (x, y), (east, _), (_, north) = (
            conic.at(point) for point in (middle, (middle[0] + 1, middle[1]), (middle[0], middle[1] + 1))
        )
        assert east > x
        assert north < y


@given(st.lists(PLACES, min_size=2, max_size=6))
def test_a_frame_holds_its_points_within_its_margin(points: list[Point]) -> None:
    frame = Frame.holding(points, left=10, top=20, width=640, height=380, margin=40)

    for x, y in map(frame.at, points):
        assert 50 - 1e-6 <= x <= 610 + 1e-6
        assert 60 - 1e-6 <= y <= 360 + 1e-6


@given(st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), min_size=3, max_size=9))
def test_a_clipped_ring_lies_within_the_frame(ring: list[Point]) -> None:
    frame = Frame.holding([(24.1, 56.9), (69.2, 41.3)], left=0, top=0, width=640, height=380, margin=40)

    for x, y in frame.clipped(ring):
        assert -1e-6 <= x <= 640 + 1e-6
        assert -1e-6 <= y <= 380 + 1e-6


def test_a_ring_around_the_frame_becomes_the_frame() -> None:
    frame = Frame.holding([(24.1, 56.9), (69.2, 41.3)], left=0, top=0, width=640, height=380, margin=40)

    cut = frame.clipped([(-50, -50), (700, -50), (700, 500), (-50, 500)])
    assert set(cut) == {(0, 0), (640, 0), (640, 380), (0, 380)}
