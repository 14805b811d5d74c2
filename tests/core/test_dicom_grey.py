"""The greyscale steps one by one, each against its formula in PS3.3."""

from contextlib import suppress

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.greyscale import LookupTable, Window, WindowFunction
from pneumo_desktop.core.sandbox import Sandbox
from tests.core.dicom_files import RAMP, bundled, depth, film_dataset, grained
from tests.core.shown import grey

BOTH = [ExplicitVRLittleEndian, ImplicitVRLittleEndian]


def table(entries, first=0, bits=16, explanation="", vr="US") -> Dataset:
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if first < 0 else "US", [len(entries) % 65536, first, bits])
    item.add_new("LUTData", vr, entries)
    item.ModalityLUTType = "US"
    item.LUTExplanation = explanation
    return item


def test_rescale_comes_before_the_window(read):
    film = read(
        film_dataset(RescaleSlope=2, RescaleIntercept=-1000, WindowCenter=1000, WindowWidth=2000)
    )
    assert film.pixels[0, 0] == -1000
    assert film.voi == Window(1000, 2000)
    assert grey(film).flat[1000] == pytest.approx(0.5, abs=1e-3)


def test_fractions_of_a_rescale_are_kept(read):
    assert read(film_dataset(RescaleSlope=0.5, RescaleIntercept=0)).pixels[0, 1] == 0.5


@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
@pytest.mark.parametrize("keyword", ["RescaleSlope", "RescaleIntercept"])
@pytest.mark.parametrize("number", ["nan", "1e400", "-inf", "1e300"])
def test_a_rescale_of_no_numbers_is_refused(read, keyword, number):
    dataset = film_dataset(RescaleSlope=1, RescaleIntercept=0)
    dataset.add_new(keyword, "DS", number)
    with pytest.raises(FilmError, match="rescale is not a number") as caught:
        read(dataset)
    assert caught.value.reason.code is ReasonCode.UNREADABLE


def test_a_rescale_slope_of_zero_is_refused(read):
    with pytest.raises(FilmError, match="slope is zero") as caught:
        read(film_dataset(RescaleSlope=0, RescaleIntercept=7))
    assert caught.value.reason.code is ReasonCode.UNREADABLE


@pytest.mark.parametrize("syntax", BOTH)
def test_a_modality_lut_beats_a_rescale(read, syntax):
    entries = [7, 300, 65535]
    film = read(film_dataset(syntax=syntax, ModalityLUTSequence=[table(entries, first=10)],
                             RescaleSlope=2, RescaleIntercept=0))  # fmt: skip
    assert film.pixels.flat[:13].tolist() == [7] * 11 + [300, 65535]
    assert film.pixels.flat[4000] == 65535


@pytest.mark.parametrize("syntax", BOTH)
def test_the_modality_lut_of_signed_pixels_begins_below_zero(read, syntax):
    pixels = np.array([[-3, -2, -1, 0]], np.int16)
    item = table([5, 6, 7], first=-2)
    film = read(film_dataset(pixels, syntax, **depth(pixels, 12), ModalityLUTSequence=[item]))
    assert film.pixels.tolist() == [[5, 5, 6, 7]]


@pytest.mark.parametrize("syntax", BOTH)
@pytest.mark.parametrize(
    ("vr", "bits", "data"),
    [
        ("US", 8, list(range(255, -1, -1)) * 16),
        ("OW", 16, (65535 - np.arange(4096) * 16).astype("<u2").tobytes()),
        ("OW", 8, (255 - np.arange(4096) // 16).astype("u1").tobytes()),
    ],
)
def test_a_voi_lut_beats_a_window(read, syntax, vr, bits, data):
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [4096, 0, bits])
    item.add_new("LUTData", vr, data)
    film = read(film_dataset(syntax=syntax, VOILUTSequence=[item], WindowCenter=1, WindowWidth=2))
    assert isinstance(film.voi, LookupTable)
    shown = grey(film)
    assert shown[0, 0] == pytest.approx(1.0, abs=0.001)
    assert 0.0 <= shown.min() <= shown.max() <= 1.0


def test_a_voi_lut_that_understates_its_bits_still_gives_grey(read):
    shown = grey(read(film_dataset(VOILUTSequence=[table(list(range(0, 65536, 16)), bits=12)])))
    assert (shown.min(), shown.max()) == (0.0, 1.0)


def test_a_voi_lut_of_rescaled_values_may_begin_below_zero(read):
    item = table([0, 100, 200], first=65534, bits=8)  # -2 as it is written without a sign
    pixels = np.array([[0, 1, 2, 3]], np.uint16)
    film = read(film_dataset(pixels, VOILUTSequence=[item], RescaleIntercept=-3, RescaleSlope=1))
    assert grey(film) * 255 == pytest.approx(np.array([[0, 0, 100, 200]]))


def test_every_table_and_window_is_offered_with_its_explanation(read):
    film = read(film_dataset(
        VOILUTSequence=[table([0, 1], explanation="HARDER"), table([0, 2], explanation="SOFTER")],
        WindowCenter=[100, 9], WindowWidth=[50, 8],
        WindowCenterWidthExplanation=["LUNG", "BONE"],
    ))  # fmt: skip
    assert [step.explanation for step in film.offered] == ["HARDER", "SOFTER", "LUNG", "BONE"]
    assert film.voi is film.offered[0].voi
    assert [step.voi for step in film.offered[2:]] == [Window(100, 50), Window(9, 8)]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(
    descriptor=st.tuples(*[st.integers(0, 65535)] * 3),
    entries=st.one_of(st.binary(max_size=40), st.lists(st.integers(0, 65535), max_size=20)),
    keyword=st.sampled_from(["VOILUTSequence", "ModalityLUTSequence"]),
)
def test_any_table_gives_grey_or_a_reason(read, descriptor, entries, keyword):
    item = Dataset()
    item.add_new("LUTDescriptor", "US", list(descriptor))
    item.add_new("LUTData", "OW" if isinstance(entries, bytes) else "US", entries)
    with suppress(FilmError):  # any other exception would be a bug
        shown = grey(read(film_dataset(**{keyword: [item]})))
        assert 0.0 <= shown.min() <= shown.max() <= 1.0


def test_all_of_it_comes_through_the_decoding_child(tmp_path):
    dataset = film_dataset(
        VOILUTSequence=[table([0, 1], explanation="HARDER")], WindowCenter=100, WindowWidth=50,
        PixelPaddingValue=0, PixelSpacing=[0.2, 0.1], StudyTime="1230",
        PatientOrientation=["L", "F"],
    )  # fmt: skip
    dataset.save_as(tmp_path / "film.dcm", enforce_file_format=True)
    plain = read_film(tmp_path / "film.dcm")
    with Sandbox() as sandbox:
        film = sandbox(tmp_path / "film.dcm")
    assert film.facts == plain.facts
    assert (film.padding, film.offered[1]) == (plain.padding, plain.offered[1])
    assert film.offered[0].explanation == "HARDER"
    assert np.array_equal(film.offered[0].voi.grey, plain.offered[0].voi.grey)
    assert np.array_equal(grey(film), grey(plain))


def test_real_windows_are_offered_in_the_files_order():
    film = read_film(bundled("examples_overlay.dcm"))
    dataset = pydicom.dcmread(bundled("examples_overlay.dcm"))
    windows = zip(dataset.WindowCenter, dataset.WindowWidth, strict=True)
    assert [step.voi for step in film.offered] == [Window(c, w) for c, w in windows]


@pytest.mark.parametrize("function", WindowFunction)
def test_the_windows_function_is_followed(read, function):
    film = read(film_dataset(WindowCenter=2048, WindowWidth=1000, VOILUTFunction=function.value))
    assert film.voi == Window(2048, 1000, function)
    assert grey(film) == pytest.approx(
        pydicom.pixels.apply_windowing(RAMP, _windowed(function)) / 4095.0, abs=1e-5
    )


def _windowed(function: str) -> Dataset:
    return film_dataset(WindowCenter=2048, WindowWidth=1000, VOILUTFunction=function)


@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
@pytest.mark.parametrize(("center", "width"), [("nan", "100"), ("5", "0"), ("5", "-3"), ("", "9")])
def test_a_window_that_is_none_is_left_out(read, center, width):
    dataset = film_dataset()
    dataset.add_new("WindowCenter", "DS", center)
    dataset.add_new("WindowWidth", "DS", width)
    film = read(dataset)
    assert film.offered == ()
    assert (grey(film).min(), grey(film).max()) == (0.0, 1.0)


def test_without_a_window_the_range_is_shown(read):
    assert grey(read(film_dataset(RAMP // 2)))[-1, -1] == 1.0


@pytest.mark.parametrize(
    ("photometric", "shape", "inverted"),
    [
        ("MONOCHROME2", None, False), ("MONOCHROME2", "IDENTITY", False),
        ("MONOCHROME2", "INVERSE", True), ("MONOCHROME1", None, True),
        ("MONOCHROME1", "INVERSE", True),  # two names of one inversion (C.8.11.3)
        ("MONOCHROME1", "IDENTITY", True),  # contradicts itself; every image has a photometric
    ],
)  # fmt: skip
def test_polarity_comes_last_and_once(read, photometric, shape, inverted):
    elements = {"WindowCenter": 2048, "WindowWidth": 1000}
    plain = read(film_dataset(**elements))
    if shape:
        elements["PresentationLUTShape"] = shape
    film = read(film_dataset(PhotometricInterpretation=photometric, **elements))
    assert np.array_equal(film.pixels, plain.pixels)
    assert film.inverted is inverted
    assert grey(film) == pytest.approx(1.0 - grey(plain) if inverted else grey(plain))


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("bits", [10, 12, 15, 16])
def test_every_depth_arrives_exactly(read, bits, signed):
    pixels = grained(bits, signed=signed)
    film = read(film_dataset(pixels, **depth(pixels, bits)))
    assert np.array_equal(film.pixels, pixels)
    assert film.facts.bits == bits


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("high", [11, 13, 15])
def test_a_high_bit_above_the_lowest_place_is_followed(read, high, signed):
    pixels = grained(12, signed=signed)
    shifted = pixels << (high - 11)
    elements = {**depth(shifted, 12), "HighBit": high}
    assert np.array_equal(read(film_dataset(shifted, **elements)).pixels, pixels)


def test_a_high_bit_that_cannot_be_is_ignored(read):
    assert np.array_equal(read(film_dataset(HighBit=3)).pixels, RAMP)


@pytest.mark.parametrize("signed", [False, True])
def test_an_overlay_in_unused_bits_is_not_part_of_the_film(read, signed):
    pixels = grained(12, signed=signed)
    burnt = (pixels & 0xFFF) | np.where(np.arange(52) % 2, 0x5000, 0).astype(pixels.dtype)
    film = read(film_dataset(burnt, **depth(burnt, 12)))
    assert np.array_equal(film.pixels, pixels)


def test_an_overlay_plane_is_not_part_of_the_film():
    path = bundled("examples_overlay.dcm")
    dataset = pydicom.dcmread(path)
    assert dataset.overlay_array(0x6000).any()
    assert np.array_equal(read_film(path).pixels, dataset.pixel_array)
