import numpy as np
import pytest

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import LookupTable, Window, full_window, range_window
from pneumo_desktop.ui.image_render import (
    ATTENTION_COLOURS,
    attention_image,
    full_attention,
    render,
    start_window,
    value_range,
)
from tests.ui import make


def film(pixels, voi, *, inverted=False):
    return Film(make.facts(), pixels, voi, inverted)


def greys(image):
    return [image.pixelColor(x, 0).red() for x in range(image.width())]


def test_a_window_is_applied_to_the_full_depth():
    deep = film(np.array([[1000, 1001, 1002]], np.uint16), full_window(16))
    assert len(set(greys(render(deep, deep.voi, inverted=False)))) == 1
    assert greys(render(deep, range_window(1000, 1002), inverted=False)) == [0, 128, 255]


def test_inverted_turns_light_and_dark_round():
    plain = film(np.array([[0, 255]], np.uint8), full_window(8))
    assert greys(render(plain, plain.voi, inverted=True)) == [255, 0]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.float32])
def test_every_kind_of_pixel_is_shown(kind):
    some = film(np.array([[0, 50, 100]], kind), range_window(0, 100))
    assert greys(render(some, some.voi, inverted=False)) == [0, 128, 255]


def test_a_drag_starts_from_the_files_window_or_spans_its_table():
    window = Window(40.0, 80.0)
    assert start_window(film(np.zeros((1, 1), np.uint8), window)) is window
    table = LookupTable(100, np.linspace(0, 1, 50, dtype=np.float32))
    assert start_window(film(np.zeros((1, 1), np.uint8), table)) == Window(125.0, 50.0)


def test_a_flat_film_still_has_a_range():
    assert value_range(film(np.full((2, 2), 7, np.uint8), full_window(8))) == 1.0


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
