"""Pixel padding (PS3.3 C.7.5.1.1.2) stays out of windows, of the film and of the model's input."""

import numpy as np
import pytest
from pydicom.dataset import Dataset

from pneumo_desktop.core.preprocess import model_input
from tests.core.dicom_files import depth, film_dataset
from tests.core.shown import grey

IMAGE = np.array([[100, 150, 200, 100]] * 4, np.uint16)


def framed(*values: int, dtype=np.uint16) -> np.ndarray:
    """Return the image with one column on the right for each value."""
    columns = np.repeat(np.array([values], dtype), 4, axis=0)
    return np.hstack([IMAGE.astype(dtype), columns])


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize(
    ("pixels", "elements"),
    [
        (framed(0), {"PixelPaddingValue": 0}),
        (framed(4000), {"PixelPaddingValue": 4000}),
        (framed(3900, 4000), {"PixelPaddingValue": 4000, "PixelPaddingRangeLimit": 3900}),
        (framed(0, 20), {"PixelPaddingValue": 0, "PixelPaddingRangeLimit": 20}),
    ],
)
def test_padding_is_black_and_the_window_spans_the_image_alone(read, photometric, pixels, elements):
    film = read(film_dataset(pixels, PhotometricInterpretation=photometric, **elements))
    plain = read(film_dataset(IMAGE, PhotometricInterpretation=photometric))
    assert np.all(grey(film)[:, 4:] == 0.0)
    assert np.array_equal(grey(film)[:, :4], grey(plain))
    assert np.array_equal(model_input(film, *pixels.shape)[:, :4], model_input(plain, 4, 4))
    assert np.all(model_input(film, *pixels.shape)[:, 4:] == 0.0)


def test_the_files_own_window_does_not_show_padding(read):
    film = read(film_dataset(framed(0), PixelPaddingValue=0, WindowCenter=-500, WindowWidth=100))
    assert np.all(grey(film)[:, :4] == 1.0)
    assert np.all(grey(film)[:, 4] == 0.0)


@pytest.mark.parametrize("written", [-2000, 63536])
def test_padding_of_signed_pixels_may_be_written_without_its_sign(read, written):
    pixels = framed(-2000, dtype=np.int16)
    dataset = film_dataset(pixels, **depth(pixels, 16), RescaleSlope=1, RescaleIntercept=-1024)
    dataset.add_new("PixelPaddingValue", "SS" if written < 0 else "US", written)
    film = read(dataset)
    assert film.padding == -3024.0
    assert np.all(grey(film)[:, 4] == 0.0)
    assert (grey(film)[0, 0], grey(film)[0, 2]) == (0.0, 1.0)


def test_padding_keeps_apart_from_image_that_a_table_gives_the_same_value(read):
    table = Dataset()
    table.add_new("LUTDescriptor", "US", [201, 0, 16])
    table.add_new("LUTData", "US", [50] * 150 + [90] * 51)
    film = read(film_dataset(framed(0), PixelPaddingValue=0, ModalityLUTSequence=[table],
                             PhotometricInterpretation="MONOCHROME1"))  # fmt: skip
    assert film.padding not in film.pixels[:, :4]
    assert grey(film)[0].tolist() == [1.0, 0.0, 0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("pixels", "value"), [(IMAGE, 0), (np.full((4, 4), 9, np.uint16), 9)], ids=["none", "all"]
)
def test_without_padding_or_without_image_nothing_is_left_out(read, pixels, value):
    film = read(film_dataset(pixels, PixelPaddingValue=value))
    assert film.padding is None
    assert np.array_equal(film.pixels, pixels)
