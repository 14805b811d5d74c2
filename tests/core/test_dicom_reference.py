"""The whole greyscale way against DCMTK's dcmj2pnm, which shares no code with this program."""

import numpy as np
import pytest
from pydicom.dataset import Dataset

from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.greyscale import to_unit
from tests.core.dicom_files import bundled, depth, film_dataset, grained, shown_by_dcmtk

STEP = 1.0 / 65535.0
WINDOWS = {"WindowCenter": [1500, 900], "WindowWidth": [2200, 300]}
RESCALE = {"RescaleSlope": 2, "RescaleIntercept": -200}


def table(entries, first=0, bits=16) -> Dataset:
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if first < 0 else "US", [len(entries), first, bits])
    item.add_new("LUTData", "US", list(map(int, entries)))
    item.ModalityLUTType = "US"
    return item


CURVE = np.rint(65535 * np.sqrt(np.arange(4096) / 4095))
SHORT = np.rint(4095 * (np.arange(2000) / 1999) ** 2)
CASES = {
    "window": WINDOWS,
    "sigmoid": {**WINDOWS, "VOILUTFunction": "SIGMOID"},
    "rescale": {**WINDOWS, **RESCALE},
    "modality table": {**WINDOWS, "ModalityLUTSequence": [table(SHORT, 500, 12)]},
    "monochrome1": {**WINDOWS, "PhotometricInterpretation": "MONOCHROME1"},
    "inverse": {**WINDOWS, "PresentationLUTShape": "INVERSE"},
    "both": {
        **WINDOWS, **RESCALE, "PhotometricInterpretation": "MONOCHROME1",
        "PresentationLUTShape": "INVERSE",
    },
}  # fmt: skip


def compare(path, voi, *options: str, most: float = 2.0 * STEP) -> None:
    film = read_film(path)
    ours = to_unit(film.pixels, voi(film), inverted=film.inverted, padding=film.padding)
    assert np.abs(ours - shown_by_dcmtk(path, *options)).max() <= most


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("signed", [False, True], ids=["unsigned", "signed"])
@pytest.mark.parametrize("elements", CASES.values(), ids=CASES)
def test_every_window_shows_what_dcmtk_shows(tmp_path, elements, signed, number):
    pixels = grained(12, signed=signed)
    dataset = film_dataset(pixels, **depth(pixels, 12), **elements)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    compare(tmp_path / "a.dcm", lambda film: film.offered[number - 1].voi, "+Wi", f"{number}")


def test_a_fractional_rescale_differs_by_the_fraction_that_dcmtk_rounds_off(tmp_path):
    dataset = film_dataset(grained(12), **WINDOWS, RescaleSlope=1.5, RescaleIntercept=-200)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    half_a_unit = 0.5 / (WINDOWS["WindowWidth"][0] - 1)
    compare(tmp_path / "a.dcm", lambda film: film.voi, "+Wi", "1", most=half_a_unit + 2.0 * STEP)


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize("lut", [table(CURVE), table(SHORT, 700, 12)], ids=["16 bits", "12 bits"])
def test_a_voi_table_shows_what_dcmtk_shows(tmp_path, lut, photometric):
    dataset = film_dataset(grained(12), VOILUTSequence=[lut], PhotometricInterpretation=photometric)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    compare(tmp_path / "a.dcm", lambda film: film.voi, "+Wl", "1", most=1.0 / 4095 + STEP)


@pytest.mark.parametrize("bits", [8, 10, 12, 15, 16])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_a_film_without_a_window_shows_what_dcmtk_shows_of_its_range(tmp_path, bits, photometric):
    pixels = grained(bits) // 3 * 2
    dataset = film_dataset(pixels, **depth(pixels, bits), PhotometricInterpretation=photometric)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    compare(tmp_path / "a.dcm", lambda film: film.voi, "+Wm", most=1.0 / 2**bits + STEP)


@pytest.mark.parametrize("high", [13, 15])
def test_a_high_bit_shows_what_dcmtk_shows(tmp_path, high):
    pixels = grained(12) << (high - 11)
    dataset = film_dataset(pixels, **{**depth(pixels, 12), "HighBit": high}, **WINDOWS)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    compare(tmp_path / "a.dcm", lambda film: film.voi, "+Wi", "1")


@pytest.mark.parametrize("name", ["MR_small", "MR_small_bigendian", "examples_overlay"])
def test_films_of_pydicom_show_what_dcmtk_shows(tmp_path, name):
    copy = tmp_path / "a.dcm"
    copy.write_bytes(bundled(f"{name}.dcm").read_bytes())
    compare(copy, lambda film: film.voi, "+Wi", "1")


@pytest.mark.parametrize("name", ["RG2_JPLL", "dx_image"])
def test_real_films_show_what_dcmtk_shows(real_films, tmp_path, name):
    copy = tmp_path / "a.dcm"
    copy.write_bytes((real_films / "dicom" / f"{name}.dcm").read_bytes())
    compare(copy, lambda film: film.voi, "+Wi", "1")


def test_a_real_monochrome1_film_shows_what_dcmtk_shows_of_its_range(real_films, tmp_path):
    copy = tmp_path / "a.dcm"
    copy.write_bytes((real_films / "dicom" / "Fake_MONOHR1.dcm").read_bytes())
    compare(copy, lambda film: film.voi, "+Wm", most=1.0 / 256)
