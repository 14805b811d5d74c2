"""Windows by name, from the film's own values."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.cases import Film, FilmFacts
from pneumo_desktop.core.greyscale import Window, full_window, to_unit
from pneumo_desktop.core.windowing import Preset, tones


def film(pixels, **about):
    rows, columns = pixels.shape
    facts = FilmFacts(Path("a.dcm"), "ab" * 32, "DICOM", columns, rows, 12)
    return Film(facts, pixels, full_window(12), **about)


@pytest.fixture
def ramp():
    return np.linspace(1000, 3000, 40_000).astype(np.uint16).reshape(200, 200)


def reach(window):
    return window.center - window.width / 2, window.center + window.width / 2


def test_full_shows_every_value(ramp):
    assert reach(tones(film(ramp)).window(Preset.FULL)) == pytest.approx((1000, 3000))


def test_automatic_leaves_the_outermost_percent_out(ramp):
    assert reach(tones(film(ramp)).window(Preset.AUTO)) == pytest.approx((1020, 2980), abs=2)


def test_a_border_and_burnt_out_pixels_say_nothing_of_the_patient(ramp):
    framed = np.full((400, 400), 0, np.uint16)
    framed[100:300, 100:300] = ramp
    framed[:50] = 4095
    plain, bordered = tones(film(ramp)), tones(film(framed))
    for preset in (Preset.AUTO, Preset.LUNG, Preset.RETROCARDIAC):
        assert reach(bordered.window(preset)) == pytest.approx(reach(plain.window(preset)), abs=15)


def test_padding_says_nothing_either(ramp):
    padded = ramp.copy()
    padded[:90] = 20
    padded[0, 0] = 5
    found = tones(film(padded, padding=20.0))
    assert found.window(Preset.AUTO).center > 1500
    assert tones(film(np.full((4, 4), 9, np.uint8), padding=9.0)).span > 0


def test_lung_spreads_the_dark_and_retrocardiac_the_light(ramp):
    found = tones(film(ramp))
    lung, heart = found.window(Preset.LUNG), found.window(Preset.RETROCARDIAC)
    assert lung.center < found.window(Preset.AUTO).center < heart.center
    assert lung.width < found.window(Preset.AUTO).width


def test_where_small_values_are_bright_dark_is_at_the_other_end(ramp):
    upright, other = film(ramp), film(4000 - ramp, inverted=True)
    for preset in Preset:
        seen = to_unit(upright.pixels, tones(upright).window(preset), inverted=False)
        same = to_unit(other.pixels, tones(other).window(preset, inverted=True), inverted=True)
        assert np.abs(seen - same).max() < 0.02


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.float32])
def test_a_flat_film_has_windows_too(kind):
    found = tones(film(np.full((5, 5), 7, kind)))
    assert found.span >= 1.0
    assert all(found.window(preset).width > 0 for preset in Preset)


@given(centre=st.floats(0, 4000), width=st.floats(10, 4000), inverted=st.booleans())
def test_a_shared_window_is_the_same_again_on_the_film_it_came_from(centre, width, inverted):
    found = tones(film(np.linspace(1000, 3000, 400).astype(np.uint16).reshape(20, 20)))
    back = found.own(found.shared(Window(centre, width), inverted=inverted), inverted=inverted)
    assert (back.center, back.width) == pytest.approx((centre, width), abs=1e-6)


def test_two_films_of_other_depth_share_a_window(ramp):
    shallow = film((ramp // 16).astype(np.uint8))
    shared = tones(film(ramp)).shared(Window(2000.0, 800.0))
    assert tones(shallow).own(shared).center == pytest.approx(125, abs=1)
    assert tones(shallow).own(shared).width == pytest.approx(50, abs=1)
