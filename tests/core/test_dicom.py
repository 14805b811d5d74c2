import io
from datetime import date
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit

from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.dicom import decoders
from pneumo_desktop.core.greyscale import LookupTable, Window, WindowFunction, to_unit

RAMP = np.arange(0, 4096, dtype=np.uint16).reshape(64, 64)


def film_dataset(pixels=RAMP, syntax=ExplicitVRLittleEndian, **elements) -> Dataset:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    dataset.file_meta.MediaStorageSOPInstanceUID = "2.25.1"
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.1", "2.25.1"
    dataset.Modality = "CR"
    dataset.Rows, dataset.Columns = pixels.shape
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    dataset.PixelData = pixels.tobytes()
    for name, value in elements.items():
        setattr(dataset, name, value)
    return dataset


@pytest.fixture
def read(tmp_path):
    def write_and_read(dataset):
        path = tmp_path / "film.dcm"
        dataset.save_as(path, enforce_file_format=True)
        return read_film(path)

    return write_and_read


def reason_of(read, dataset) -> ReasonCode:
    with pytest.raises(FilmError) as caught:
        read(dataset)
    return caught.value.reason.code


def grey(film) -> np.ndarray:
    return to_unit(film.pixels, film.voi, inverted=film.inverted)


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_uncompressed_pixels_arrive_exactly(read, syntax):
    film = read(film_dataset(syntax=syntax))
    assert np.array_equal(film.pixels, RAMP)
    assert film.pixels.dtype == np.uint16
    assert film.facts.bits == 12


def test_rescale_comes_before_the_window(read):
    film = read(
        film_dataset(RescaleSlope=2, RescaleIntercept=-1000, WindowCenter=1000, WindowWidth=2000)
    )
    assert film.pixels[0, 0] == -1000
    assert film.voi == Window(1000, 2000)
    assert grey(film).flat[1000] == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
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
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [4096, 0, 12])
    item.add_new("LUTData", "US", list(range(0, 65536, 16)))
    shown = grey(read(film_dataset(VOILUTSequence=[item])))
    assert (shown.min(), shown.max()) == (0.0, 1.0)


@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
@pytest.mark.parametrize("slope", ["nan", "1e400"])
def test_a_rescale_to_no_numbers_is_unreadable(read, slope):
    dataset = film_dataset(RescaleIntercept=0)
    dataset.add_new("RescaleSlope", "DS", slope)
    assert reason_of(read, dataset) is ReasonCode.UNREADABLE


@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
def test_a_window_of_no_numbers_is_left_out(read):
    dataset = film_dataset(WindowWidth=100)
    dataset.add_new("WindowCenter", "DS", "nan")
    assert np.isfinite(grey(read(dataset))).all()


def test_several_windows_offer_the_first(read):
    film = read(film_dataset(WindowCenter=[100, 9], WindowWidth=[50, 9], VOILUTFunction="SIGMOID"))
    assert film.voi == Window(100, 50, WindowFunction.SIGMOID)


def test_without_a_window_the_range_is_shown(read):
    assert grey(read(film_dataset(RAMP // 2)))[-1, -1] == 1.0


def test_monochrome1_is_inverted_last(read):
    plain = read(film_dataset(WindowCenter=2048, WindowWidth=4096))
    inverted = read(
        film_dataset(WindowCenter=2048, WindowWidth=4096, PhotometricInterpretation="MONOCHROME1")
    )
    assert np.array_equal(plain.pixels, inverted.pixels)
    assert grey(inverted) == pytest.approx(1.0 - grey(plain))


def test_fractions_of_a_rescale_are_kept(read):
    assert read(film_dataset(RescaleSlope=0.5, RescaleIntercept=0)).pixels[0, 1] == 0.5


def test_a_jpeg_inside_dicom_is_read(read):
    from PIL import Image

    pixels = (RAMP // 16).astype(np.uint8)
    jpeg = io.BytesIO()
    Image.fromarray(pixels).save(jpeg, "JPEG", quality=95)
    dataset = film_dataset(pixels, JPEGBaseline8Bit, BitsAllocated=8, BitsStored=8, HighBit=7)
    dataset.PixelData = encapsulate([jpeg.getvalue()])
    dataset["PixelData"].VR = "OB"
    assert np.abs(read(dataset).pixels.astype(int) - pixels).max() <= 3


def test_the_facts_of_the_film_are_read(read):
    film = read(
        film_dataset(
            PatientName="Doe^Jane", PatientID="7", PatientBirthDate="20200301", PatientSex="F",
            PatientAge="003Y", StudyDate="20230401", BodyPartExamined="CHEST", ViewPosition="AP",
            PixelSpacing=[0.2, 0.1],
        )
    )  # fmt: skip
    facts = film.facts
    assert (facts.patient.name, facts.patient.age_years) == ("Doe Jane", 3.0)
    assert (facts.patient.birth_date, facts.study_date) == (date(2020, 3, 1), date(2023, 4, 1))
    assert (facts.modality, facts.body_part, facts.view) == ("CR", "CHEST", "AP")
    assert facts.spacing_mm == (0.2, 0.1)


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"PatientAge": "018M"}, 1.5),
        ({"PatientAge": "about"}, None),
        ({"PatientBirthDate": "20200101", "StudyDate": "20250101"}, 5.0),
        ({"PatientBirthDate": "20250101", "StudyDate": "20200101"}, None),
    ],
)
@pytest.mark.filterwarnings("ignore:The value length:UserWarning")
@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
def test_the_age_comes_from_the_file_or_its_dates(read, elements, expected):
    age = read(film_dataset(**elements)).facts.patient.age_years
    assert age == (None if expected is None else pytest.approx(expected, abs=0.01))


def test_a_report_has_no_pixels(read):
    dataset = film_dataset()
    del dataset.PixelData
    assert reason_of(read, dataset) is ReasonCode.NO_PIXELS


def test_a_series_of_frames_is_refused(read):
    frames = np.stack([RAMP, RAMP])
    dataset = film_dataset(NumberOfFrames=2)
    dataset.PixelData = frames.tobytes()
    assert reason_of(read, dataset) is ReasonCode.MULTI_FRAME


def test_a_huge_header_is_refused_before_decoding(read):
    assert reason_of(read, film_dataset(Rows=60000, Columns=60000)) is ReasonCode.TOO_LARGE


def test_too_few_pixels_are_unreadable(read):
    assert reason_of(read, film_dataset(Rows=640)) is ReasonCode.UNREADABLE


def test_no_promised_decoder_is_missing():
    assert all(decoders().values()), decoders()


@pytest.mark.parametrize(
    "name", ["RG1_J2KI.dcm", "RG3_J2KR.dcm", "Fake_MONOHR1.dcm", "dx_image.dcm"]
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


def test_a_jpeg_lossless_film_is_named_unsupported(real_films):
    with pytest.raises(FilmError) as caught:
        read_film(real_films / "dicom" / "RG2_JPLL.dcm")
    assert caught.value.reason.code is ReasonCode.UNSUPPORTED


def test_pydicoms_own_films_become_films_or_reasons():
    from pydicom.data import get_testdata_file

    for name in ("MR_small.dcm", "CT_small.dcm", "JPEG2000.dcm"):
        assert read_film(Path(str(get_testdata_file(name)))).pixels.ndim == 2
