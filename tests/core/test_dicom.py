import io

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from pneumo_desktop.core.cases import ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.greyscale import to_unit
from tests.core.dicom_files import RAMP, bundled, film_dataset
from tests.core.shown import reason_of


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_uncompressed_pixels_arrive_exactly(read, syntax):
    film = read(film_dataset(syntax=syntax))
    assert np.array_equal(film.pixels, RAMP)
    assert film.pixels.dtype == np.uint16
    assert film.facts.bits == 12


@pytest.mark.parametrize(("implicit", "little"), [(True, True), (False, True), (False, False)])
def test_a_file_without_preamble_and_meta_information_is_read(tmp_path, implicit, little):
    dataset = film_dataset(RAMP if little else RAMP.byteswap())
    del dataset.file_meta
    bare = io.BytesIO()
    dataset.save_as(bare, implicit_vr=implicit, little_endian=little, enforce_file_format=False)
    (tmp_path / "a.png").write_bytes(bare.getvalue())  # its name says nothing either
    assert np.array_equal(read_film(tmp_path / "a.png").pixels, RAMP)


def test_a_file_with_meta_information_but_no_preamble_is_read(tmp_path):
    film_dataset().save_as(tmp_path / "a.dcm", enforce_file_format=True)
    whole = (tmp_path / "a.dcm").read_bytes()
    (tmp_path / "a.dcm").write_bytes(whole[132:])
    assert np.array_equal(read_film(tmp_path / "a.dcm").pixels, RAMP)


def test_a_compressed_file_that_does_not_say_how_is_refused(tmp_path):
    dataset = film_dataset()
    dataset.PixelData = encapsulate([b"\xff\xd8\xff\xd9"])
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    del dataset.file_meta
    dataset.save_as(tmp_path / "a.dcm", implicit_vr=False, little_endian=True)
    assert reason_of(tmp_path / "a.dcm") is ReasonCode.UNSUPPORTED


def test_a_report_has_no_pixels(read):
    dataset = film_dataset()
    del dataset.PixelData
    assert reason_of(dataset, read) is ReasonCode.NO_PIXELS


def test_a_series_of_frames_is_refused(read):
    frames = np.stack([RAMP, RAMP])
    dataset = film_dataset(NumberOfFrames=2)
    dataset.PixelData = frames.tobytes()
    assert reason_of(dataset, read) is ReasonCode.MULTI_FRAME


def test_a_huge_header_is_refused_before_decoding(read):
    assert reason_of(film_dataset(Rows=60000, Columns=60000), read) is ReasonCode.TOO_LARGE


def test_too_few_pixels_are_unreadable(read):
    assert reason_of(film_dataset(Rows=640), read) is ReasonCode.UNREADABLE


@pytest.mark.parametrize(
    "name", ["RG1_J2KI.dcm", "RG2_JPLL.dcm", "RG3_J2KR.dcm", "Fake_MONOHR1.dcm", "dx_image.dcm"]
)
def test_real_dicom_films_match_pydicoms_own_pipeline(real_films, name):
    path = real_films / "dicom" / name
    dataset = pydicom.dcmread(path)
    film = read_film(path)
    stored = pydicom.pixels.apply_modality_lut(dataset.pixel_array, dataset)
    shown = pydicom.pixels.apply_voi_lut(stored, dataset)
    assert np.array_equal(film.pixels, stored)
    assert film.inverted == (dataset.PhotometricInterpretation == "MONOCHROME1")
    ours = to_unit(film.pixels, film.voi, inverted=False)
    low, high = float(shown.min()), float(shown.max())
    ours_spread = ours.max() - ours.min()
    expected = (shown - low) / (high - low) * ours_spread + ours.min()
    assert np.abs(ours - expected).max() < 0.01


@pytest.mark.parametrize(
    "name", ["SC_rgb_rle", "SC_rgb_jpeg_gdcm", "SC_rgb_rle_16bit", "ExplVR_BigEnd"]
)
def test_colour_becomes_its_luma_over_its_whole_depth(name):
    path = bundled(f"{name}.dcm")
    colour = pydicom.dcmread(path).pixel_array
    film = read_film(path)
    luma = np.rint(colour @ np.array([0.299, 0.587, 0.114]))
    assert np.abs(film.pixels - luma).max() <= 1
    top = 2.0**film.facts.bits - 1.0
    shown = to_unit(film.pixels, film.voi, inverted=film.inverted)
    assert shown == pytest.approx(film.pixels / top, abs=1e-6)


def test_palette_colour_is_looked_up_before_it_becomes_grey():
    path = bundled("examples_palette.dcm")
    dataset = pydicom.dcmread(path)
    with Image.fromarray((pydicom.pixels.apply_color_lut(dataset.pixel_array, dataset) >> 8)
                         .astype(np.uint8)) as colour:  # fmt: skip
        expected = np.asarray(colour.convert("L")) / 255.0
    film = read_film(path)
    assert np.abs(to_unit(film.pixels, film.voi, inverted=film.inverted) - expected).max() < 0.01
