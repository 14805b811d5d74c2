import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.ui.viewport import (
    LARGEST,
    SMALLEST,
    Viewport,
    centred,
    fitted,
    framed,
    framing,
    region,
)


def test_a_fitted_film_is_whole_and_centred():
    place = fitted((200, 100), (100, 100))
    assert place == Viewport(0.5, 0.0, 25.0)


def test_one_to_one_is_centred():
    assert centred((50, 50), (100, 80), 1.0) == Viewport(1.0, 25.0, 15.0)


@given(st.floats(0.1, 10), st.floats(0, 500), st.floats(0, 500))
def test_zoom_keeps_the_point_under_the_cursor(factor, x, y):
    before = Viewport(0.5, 12.0, -30.0)
    after = before.zoomed(factor, x, y)
    assert (x - after.left) / after.scale == pytest.approx((x - before.left) / before.scale)
    assert (y - after.top) / after.scale == pytest.approx((y - before.top) / before.scale)


def test_zoom_has_ends():
    assert Viewport().zoomed(1e9, 0, 0).scale == LARGEST
    assert Viewport().zoomed(1e-9, 0, 0).scale == SMALLEST


def test_pan_moves():
    assert Viewport(2.0, 1.0, 1.0).moved(3.0, -4.0) == Viewport(2.0, 4.0, -3.0)


def test_a_region_fills_the_room_with_its_middle_in_the_middle():
    place = region((10, 20), (30, 30), (200, 200))
    assert place.scale == pytest.approx(10)
    assert place.to_film(100, 100) == pytest.approx((20, 25))


def test_a_region_without_extent_zooms_no_further_than_there_is_to_see():
    assert region((5, 5), (5, 5), (100, 100)).scale == LARGEST


def test_two_films_of_other_size_share_what_is_seen():
    room = (300.0, 400.0)
    place = fitted((100, 100), room).zoomed(4.0, 40.0, 90.0)
    seen = framing(place, (100, 100), room)
    other = framed(seen, (2000, 1000), (500.0, 500.0))
    back = framing(other, (2000, 1000), (500.0, 500.0))
    assert (back.zoom, back.x, back.y) == pytest.approx((seen.zoom, seen.x, seen.y))
