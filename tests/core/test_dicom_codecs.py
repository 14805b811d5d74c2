"""Pixels by transfer syntax: against what was written, and against DCMTK, which shares no code."""

import re
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    JPEG2000Lossless,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from pneumo_desktop.core import dicom_pixels
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from tests.core.dicom_files import (
    HTJ2K_LOSSLESS,
    HTJ2K_LOSSY,
    bundled,
    dcmtk,
    depth,
    film_dataset,
    grained,
    htj2k_pixels,
)

DEPTHS = [(8, False), (10, False), (12, False), (15, False), (16, False), (12, True), (16, True)]
NATIVE = {"+ti": "implicit", "+te": "explicit", "+tb": "big endian", "+td": "deflated"}
LOSSLESS = {
    "rle": ("dcmcrle",),
    "jpeg process 14": ("dcmcjpeg", "+el"),
    **{f"jpeg process 14 predictor {n}": ("dcmcjpeg", "+el", "+sv", f"{n}") for n in (1, 4, 7)},
    "jpeg sv1": ("dcmcjpeg", "+e1"),
    "jpeg-ls": ("dcmcjpls", "+el"),
}
LOSSY = {
    "jpeg baseline": (8, ("dcmcjpeg", "+eb"), "dcmdjpeg"),
    "jpeg extended 8 bits": (8, ("dcmcjpeg", "+ee"), "dcmdjpeg"),
    "jpeg extended 12 bits": (12, ("dcmcjpeg", "+ee"), "dcmdjpeg"),
    "jpeg-ls near-lossless 8 bits": (8, ("dcmcjpls", "+en"), "dcmdjpls"),
    "jpeg-ls near-lossless 12 bits": (12, ("dcmcjpls", "+en"), "dcmdjpls"),
    "jpeg-ls near-lossless 16 bits": (16, ("dcmcjpls", "+en"), "dcmdjpls"),
}


def written(path: Path, pixels, bits: int) -> Path:
    film_dataset(pixels, **depth(pixels, bits)).save_as(path, enforce_file_format=True)
    return path


def syntax_of(path: Path) -> str:
    return pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID


def test_every_promised_decoder_is_installed():
    assert all(dicom_pixels.decoders().values()), dicom_pixels.decoders()


@pytest.mark.parametrize(("bits", "signed"), DEPTHS)
@pytest.mark.parametrize("option", NATIVE, ids=NATIVE.values())
def test_what_dcmtk_writes_uncompressed_arrives_exactly(tmp_path, option, bits, signed):
    pixels = grained(bits, signed=signed)
    source = written(tmp_path / "a.dcm", pixels, bits)
    dcmtk("dcmconv", option, source, tmp_path / "b.dcm")
    assert np.array_equal(read_film(tmp_path / "b.dcm").pixels, pixels)


@pytest.mark.parametrize(("bits", "signed"), DEPTHS)
@pytest.mark.parametrize("encoder", LOSSLESS.values(), ids=LOSSLESS)
def test_what_dcmtk_compresses_without_loss_arrives_exactly(tmp_path, encoder, bits, signed):
    pixels = grained(bits, signed=signed)
    source = written(tmp_path / "a.dcm", pixels, bits)
    dcmtk(*encoder, source, tmp_path / "b.dcm")
    assert syntax_of(tmp_path / "b.dcm") != ExplicitVRLittleEndian
    assert np.array_equal(read_film(tmp_path / "b.dcm").pixels, pixels)


@pytest.mark.parametrize(("bits", "encoder", "decoder"), LOSSY.values(), ids=LOSSY)
def test_what_dcmtk_compresses_with_loss_arrives_as_dcmtk_decodes_it(
    tmp_path, bits, encoder, decoder
):
    pixels = grained(bits)
    dcmtk(*encoder, written(tmp_path / "a.dcm", pixels, bits), tmp_path / "b.dcm")
    dcmtk(decoder, tmp_path / "b.dcm", tmp_path / "c.dcm")
    reference = pydicom.dcmread(tmp_path / "c.dcm").pixel_array
    assert not np.array_equal(reference, pixels)
    assert np.array_equal(read_film(tmp_path / "b.dcm").pixels, reference)


@pytest.mark.parametrize(("bits", "signed"), DEPTHS)
@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless], ids=str)
def test_a_lossless_syntax_gives_back_what_was_written(tmp_path, syntax, bits, signed):
    pixels = grained(bits, signed=signed)
    dataset = film_dataset(pixels, **depth(pixels, bits))
    dataset.compress(syntax, generate_instance_uid=False)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert np.array_equal(read_film(tmp_path / "a.dcm").pixels, pixels)


def test_near_lossless_stays_within_its_promise(tmp_path):
    pixels = grained(12)
    dataset = film_dataset(pixels)
    dataset.compress(JPEGLSNearLossless, jls_error=3, generate_instance_uid=False)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    film = read_film(tmp_path / "a.dcm")
    assert 0 < np.abs(film.pixels.astype(int) - pixels).max() <= 3


@pytest.mark.parametrize("bits", [8, 12, 16])
def test_lossy_jpeg_2000_arrives_as_gdcm_decodes_it(tmp_path, bits):
    pixels = grained(bits)
    dataset = film_dataset(pixels, **depth(pixels, bits))
    dataset.compress(JPEG2000, j2k_cr=[4], generate_instance_uid=False)
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    reference, _ = get_decoder(JPEG2000).as_array(dataset, decoding_plugin="gdcm")
    film = read_film(tmp_path / "a.dcm")
    assert not np.array_equal(reference, pixels)
    assert np.abs(film.pixels.astype(int) - reference).max() <= 1


@pytest.mark.parametrize(
    ("syntax", "codestream", "most"),
    [
        (HTJ2KLossless, HTJ2K_LOSSLESS, 0), (HTJ2KLosslessRPCL, HTJ2K_LOSSLESS, 0),
        (HTJ2K, HTJ2K_LOSSLESS, 0), (HTJ2K, HTJ2K_LOSSY, 5),
    ],
)  # fmt: skip
def test_high_throughput_jpeg_2000_gives_back_what_openjph_encoded(
    tmp_path, syntax, codestream, most
):
    pixels = htj2k_pixels()
    dataset = film_dataset(pixels, syntax, BitsStored=16, HighBit=15)
    dataset.PixelData = encapsulate([codestream])
    dataset["PixelData"].VR = "OB"
    dataset.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    film = read_film(tmp_path / "a.dcm")
    assert np.abs(film.pixels.astype(int) - pixels).max() <= most


@pytest.mark.parametrize(
    "name",
    [
        "MR_small_RLE", "MR_small_bigendian", "MR_small_expb", "MR_small_implicit",
        "MR_small_jp2klossless", "MR_small_jpeg_ls_lossless", "MR_small_padded",
    ],
)  # fmt: skip
def test_one_slice_in_every_lossless_syntax_has_the_same_pixels(name):
    plain = read_film(bundled("MR_small.dcm"))
    film = read_film(bundled(f"{name}.dcm"))
    assert np.array_equal(film.pixels, plain.pixels)
    assert film.voi == plain.voi


@pytest.mark.parametrize("name", ["JPEG-lossy.dcm", "JPGExtended.dcm"])
def test_twelve_bit_jpeg_arrives_as_dcmtk_decodes_it(tmp_path, name):
    path = bundled(name)
    dcmtk("dcmdjpeg", path, tmp_path / "a.dcm")
    assert np.array_equal(read_film(path).pixels, pydicom.dcmread(tmp_path / "a.dcm").pixel_array)


def test_a_real_jpeg_lossless_film_arrives_as_dcmtk_decodes_it(real_films, tmp_path):
    path = real_films / "dicom" / "RG2_JPLL.dcm"
    dcmtk("dcmdjpeg", path, tmp_path / "a.dcm")
    assert np.array_equal(read_film(path).pixels, pydicom.dcmread(tmp_path / "a.dcm").pixel_array)


@pytest.mark.parametrize("name", ["RG1_J2KI.dcm", "RG3_J2KR.dcm"])
def test_a_real_jpeg_2000_film_arrives_as_gdcm_decodes_it(real_films, name):
    dataset = pydicom.dcmread(real_films / "dicom" / name)
    syntax = dataset.file_meta.TransferSyntaxUID
    reference, _ = get_decoder(syntax).as_array(dataset, decoding_plugin="gdcm")
    film = read_film(real_films / "dicom" / name)
    most = 0 if syntax == JPEG2000Lossless else 1
    assert np.abs(film.pixels.astype(int) - reference).max() <= most


def test_a_signed_film_with_an_unsigned_codestream_keeps_its_sign():
    film = read_film(bundled("J2K_pixelrep_mismatch.dcm"))
    assert film.pixels[0, 0] == -2000  # what a CT writes outside its circle


@pytest.mark.parametrize("encoder", [LOSSLESS["jpeg sv1"], LOSSLESS["jpeg-ls"], LOSSLESS["rle"]])
@pytest.mark.parametrize("kept", [0.2, 0.9])
def test_a_truncated_frame_is_refused_and_never_half_a_film(tmp_path, encoder, kept):
    source = written(tmp_path / "a.dcm", grained(12), 12)
    dcmtk(*encoder, source, tmp_path / "b.dcm")
    dataset = pydicom.dcmread(tmp_path / "b.dcm")
    frame = pydicom.encaps.get_frame(dataset.PixelData, 0, number_of_frames=1)
    dataset.PixelData = encapsulate([frame[: int(len(frame) * kept)]])
    dataset.save_as(tmp_path / "c.dcm", enforce_file_format=True)
    with pytest.raises(FilmError) as caught:
        read_film(tmp_path / "c.dcm")
    assert caught.value.reason.code is ReasonCode.UNREADABLE


def test_a_syntax_nobody_promised_is_named():
    dataset = film_dataset()
    dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.102"  # MPEG-4, a film in motion
    with pytest.raises(FilmError, match="MPEG-4") as caught:
        dicom_pixels.transfer_syntax(dataset)
    assert caught.value.reason.code is ReasonCode.UNSUPPORTED


def test_a_missing_decoder_is_named(monkeypatch):
    monkeypatch.setattr(dicom_pixels, "_is_here", lambda syntax: False)
    with pytest.raises(FilmError, match="Explicit VR Little Endian is missing") as caught:
        dicom_pixels.transfer_syntax(film_dataset())
    assert caught.value.reason.code is ReasonCode.UNSUPPORTED


def test_the_documentation_names_every_syntax_with_its_decoder():
    formats = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([0-9.]+)` [^|]*\| ([^|]+?) \|", formats, re.MULTILINE))
    shown = {"": "pydicom", "gdcm-12-bit": "GDCM", "gdcm": "GDCM", "pillow": "Pillow"}
    shown |= {"pylibjpeg": "OpenJPEG", "pyjpegls": "CharLS", "pydicom": "pydicom"}
    assert rows == {uid: shown[plugin] for uid, plugin in dicom_pixels.DECODERS.items()}
