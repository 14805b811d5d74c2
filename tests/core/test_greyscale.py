import numpy as np
import pytest

from pneumo_desktop.core.greyscale import (
    LookupTable,
    Window,
    WindowFunction,
    full_window,
    range_window,
    to_unit,
)


def test_the_full_window_maps_the_whole_depth_to_the_whole_grey():
    assert full_window(8).apply(np.array([0, 255])).tolist() == [0.0, 1.0]
    assert full_window(16).apply(np.array([0, 65535])).tolist() == [0.0, 1.0]


def test_a_linear_window_follows_the_standards_formula():
    # PS3.3 C.11.2.1.2.1, the example with centre 2048 and width 4096 and output 0-255
    values = np.array([-1, 0, 1024, 2048, 4095, 5000])
    expected = [0.0, 0.0, (1024 - 2047.5) / 4095 + 0.5, (2048 - 2047.5) / 4095 + 0.5, 1.0, 1.0]
    assert Window(2048, 4096).apply(values) == pytest.approx(expected, abs=1e-6)


def test_width_one_is_a_step():
    assert Window(10, 1).apply(np.array([9, 10])).tolist() == [0.0, 1.0]


def test_an_exact_window_is_centred_without_the_half_value():
    window = Window(100, 50, WindowFunction.LINEAR_EXACT)
    assert window.apply(np.array([75, 100, 125])).tolist() == [0.0, 0.5, 1.0]


def test_a_sigmoid_window_follows_the_standards_formula():
    window = Window(100, 50, WindowFunction.SIGMOID)
    assert window.apply(np.array([100.0])) == pytest.approx([0.5])
    assert window.apply(np.array([150.0])) == pytest.approx([1 / (1 + np.exp(-4.0))])


def test_a_table_takes_its_nearest_entry_outside():
    table = LookupTable(10, np.array([0.0, 0.25, 1.0], np.float32))
    assert table.apply(np.array([0, 10, 11, 12, 99])).tolist() == [0.0, 0.0, 0.25, 1.0, 1.0]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.float32])
def test_every_pixel_type_gives_the_same_grey(kind):
    values = np.array([[0, 50], [100, 127]])
    grey = to_unit(values.astype(kind), range_window(0, 127), inverted=False)
    assert grey == pytest.approx(values / 127, abs=1e-6)
    assert grey.dtype == np.float32


def test_negative_values_keep_their_place():
    pixels = np.array([[-1000, 0, 1000]], np.int16)
    grey = to_unit(pixels, range_window(-1000, 1000), inverted=False)
    assert grey == pytest.approx(np.array([[0.0, 0.5, 1.0]]))


def test_monochrome1_is_inverted_after_the_window():
    pixels = np.array([[0, 10, 60]], np.uint8)
    window = range_window(10, 60)
    assert to_unit(pixels, window, inverted=True).tolist() == [[1.0, 1.0, 0.0]]
