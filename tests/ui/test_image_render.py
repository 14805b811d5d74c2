import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import LookupTable, Window, full_window, range_window
from pneumo_desktop.ui.image_render import (
    ATTENTION_COLOURS,
    attention_image,
    full_attention,
    scaled,
    start_window,
    to_image,
    turned,
)
from pneumo_desktop.ui.orientation import Turn
from tests.ui import make


def film(pixels, voi, *, inverted=False):
    return Film(make.facts(), pixels, voi, inverted)


def greys(image):
    return [image.pixelColor(x, 0).red() for x in range(image.width())]


def test_a_window_is_applied_to_the_full_depth():
    deep = film(np.array([[1000, 1001, 1002]], np.uint16), full_window(16))
    assert len(set(greys(to_image(deep.pixels, deep.voi, inverted=False)))) == 1
    assert greys(to_image(deep.pixels, range_window(1000, 1002), inverted=False)) == [0, 128, 255]


def test_inverted_turns_light_and_dark_round():
    plain = film(np.array([[0, 255]], np.uint8), full_window(8))
    assert greys(to_image(plain.pixels, plain.voi, inverted=True)) == [255, 0]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.float32])
def test_every_kind_of_pixel_is_shown(kind):
    some = film(np.array([[0, 50, 100]], kind), range_window(0, 100))
    assert greys(to_image(some.pixels, some.voi, inverted=False)) == [0, 128, 255]


def test_a_drag_starts_from_the_files_window_or_spans_its_table():
    window = Window(40.0, 80.0)
    assert start_window(film(np.zeros((1, 1), np.uint8), window)) is window
    table = LookupTable(100, np.linspace(0, 1, 50, dtype=np.float32))
    assert start_window(film(np.zeros((1, 1), np.uint8), table)) == Window(125.0, 50.0)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.float32])
def test_a_shrunken_film_keeps_its_depth_and_its_mean(kind):
    low = -100 if np.dtype(kind).kind == "i" else 0
    pixels = (np.arange(90 * 61).reshape(90, 61) % 101 + low).astype(kind)
    small = scaled(pixels, 20, 29, None)
    assert small.shape == (29, 20)
    assert small.dtype == kind
    assert small.mean() == pytest.approx(pixels.mean(), abs=2)


def test_a_film_shrunken_by_less_than_half_is_resampled_too():
    pixels = np.tile(np.arange(0, 4000, 100, dtype=np.uint16), (40, 1))
    small = scaled(pixels, 30, 30, None)
    assert np.all(np.diff(small[0].astype(int)) > 0)
    assert small[0, 15] == pytest.approx(100 * (15.5 * 4 / 3 - 0.5), abs=10)


@pytest.mark.parametrize("kind", [np.uint16, np.int16, np.float32])
def test_padding_stays_black_beside_the_film_however_small_it_is_shown(kind):
    pixels = np.full((90, 90), 1000, kind)
    pixels[:, :31] = 30000  # the border cuts through cells
    small = scaled(pixels, 30, 30, 30000.0)
    assert set(np.unique(small)) == {1000, 30000}
    assert greys(to_image(small, range_window(0, 1000), padding=30000.0))[9:12] == [0, 0, 255]


def test_shrinking_leaves_the_film_itself_alone():
    pixels = np.full((8, 8), 7, np.uint8)
    scaled(pixels, 8, 8, None)[0, 0] = 1
    assert pixels[0, 0] == 7


@given(quarters=st.integers(0, 3), mirrored=st.booleans(), x=st.integers(0, 4), y=st.integers(0, 2))
def test_pixels_are_turned_as_points_are(quarters, mirrored, x, y):
    pixels = np.zeros((3, 5), np.uint8)
    pixels[y, x] = 255
    turn = Turn(quarters, mirrored)
    shown = turned(pixels, turn)
    to_x, to_y = turn.to_shown((x + 0.5, y + 0.5), 5, 3)
    assert shown.shape[::-1] == turn.size(5, 3)
    assert shown[int(to_y), int(to_x)] == 255


def test_attention_is_clear_where_nothing_speaks_for_pneumonia():
    evidence = np.full((7, 7), -1.0, np.float32)
    evidence[3, 3] = 2.0
    image = attention_image(evidence, 2.0)
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert image.pixelColor(0, 0).alpha() == 0
    assert middle.alpha() > 200


def test_attention_colours_grow_lighter_for_every_eye():
    lightness = ATTENTION_COLOURS @ np.array([0.2126, 0.7152, 0.0722])
    assert np.all(np.diff(lightness) > 0)


def test_a_trace_does_not_shine_like_a_finding():
    trace = np.full((7, 7), 0.05, np.float32)
    assert full_attention(trace, 0.1) == pytest.approx(0.3)
    assert full_attention(trace * 100, 0.1) == pytest.approx(5.0)
