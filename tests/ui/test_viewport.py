import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.ui.viewport import LARGEST, SMALLEST, Viewport, centred, fitted


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
