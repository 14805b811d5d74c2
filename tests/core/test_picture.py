"""Pictures: every format, depth, colour and polarity, pixel by pixel."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.core.cases import ReasonCode
from pneumo_desktop.core.decode import decoders, read_film
from tests.core.shown import grey, reason_of

RAMP = np.linspace(0, 255, 64 * 48).reshape(48, 64).astype(np.uint8)
RAMP_16 = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
WHITE_IS_ZERO, BLACK_IS_ZERO = 0, 1


def tiff(pixels, bits, photometric=BLACK_IS_ZERO, *, order="<", sample_format=1) -> bytes:
    """Write a TIFF by hand, in the order and kind that Pillow would not write."""
    data = pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()
    rows, columns = pixels.shape
    tags = [(256, columns), (257, rows), (258, bits), (259, 1), (262, photometric), (273, 138),
            (277, 1), (278, rows), (279, len(data)), (339, sample_format)]  # fmt: skip
    head = b"II" if order == "<" else b"MM"
    entries = b"".join(struct.pack(order + "HHII", tag, 4, 1, value) for tag, value in tags)
    head += struct.pack(order + "HIH", 42, 8, len(tags)) + entries + struct.pack(order + "I", 0)
    return head.ljust(138, b"\0") + data


def test_every_promised_format_can_be_decoded():
    assert {"JPEG", "PNG", "TIFF", "BMP", "WEBP"} <= {n for n, here in decoders().items() if here}


@pytest.mark.parametrize(
    ("format_", "options"),
    [
        ("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}), ("TIFF", {"compression": "packbits"}),
        ("BMP", {}), ("WEBP", {"lossless": True}),
    ],
)  # fmt: skip
def test_a_lossless_format_keeps_every_pixel_whatever_its_name(tmp_path, format_, options):
    Image.fromarray(RAMP).save(tmp_path / "film.dcm", format_, **options)
    film = read_film(tmp_path / "film.dcm")
    assert np.array_equal(film.pixels, RAMP)
    assert (film.facts.format, film.facts.bits) == (format_, 8)


@pytest.mark.parametrize(
    ("format_", "options"),
    [("JPEG", {}), ("JPEG", {"progressive": True}), ("WEBP", {"quality": 95})],
)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_lossy_format_comes_close(tmp_path, format_, options, mode):
    Image.fromarray(RAMP).convert(mode).save(tmp_path / "film", format_, **options)
    pixels = read_film(tmp_path / "film").pixels
    assert np.abs(pixels.astype(int) - RAMP).max() <= 6


def test_a_cmyk_jpeg_keeps_its_polarity(tmp_path):
    Image.fromarray(RAMP).convert("CMYK").save(tmp_path / "film.jpg", quality=95)
    assert np.abs(read_film(tmp_path / "film.jpg").pixels.astype(int) - RAMP).max() <= 6


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "BMP"])
def test_a_palette_is_looked_up(tmp_path, format_):
    coloured = Image.frombytes("P", (64, 48), RAMP.tobytes())
    coloured.putpalette([value for level in range(255, -1, -1) for value in (level,) * 3])
    coloured.save(tmp_path / "film", format_)
    assert np.array_equal(read_film(tmp_path / "film").pixels, 255 - RAMP)


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "WEBP"])
def test_what_is_transparent_is_black_and_the_rest_as_it_was(tmp_path, format_):
    picture = Image.fromarray(RAMP).convert("RGBA")
    alpha = np.where(np.arange(64) < 32, 255, 0).astype(np.uint8)
    picture.putalpha(Image.fromarray(np.repeat(alpha[np.newaxis], 48, axis=0)))
    picture.save(tmp_path / "film", format_, **({"lossless": True} if format_ == "WEBP" else {}))
    pixels = read_film(tmp_path / "film").pixels
    assert np.array_equal(pixels[:, :32], RAMP[:, :32])
    assert not pixels[:, 32:].any()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("photometric", [WHITE_IS_ZERO, BLACK_IS_ZERO])
@pytest.mark.parametrize(("pixels", "bits"), [(RAMP, 8), (RAMP_16, 16)])
def test_a_tiff_is_bright_where_its_photometric_says(tmp_path, pixels, bits, photometric, order):
    (tmp_path / "film.tif").write_bytes(tiff(pixels, bits, photometric, order=order))
    film = read_film(tmp_path / "film.tif")
    unit = pixels / (2.0**bits - 1.0)
    expected = 1.0 - unit if photometric == WHITE_IS_ZERO else unit
    assert grey(film) == pytest.approx(expected, abs=1e-6)
    assert film.facts.bits == bits


def test_a_compressed_16_bit_tiff_keeps_its_depth(tmp_path):
    Image.fromarray(RAMP_16).save(tmp_path / "film.tif", compression="tiff_lzw")
    assert np.array_equal(read_film(tmp_path / "film.tif").pixels, RAMP_16)


@pytest.mark.parametrize(
    ("pixels", "bits", "sample_format"),
    [
        (RAMP.astype(np.int8), 8, 2), (RAMP_16.astype(np.int16), 16, 2),
        (RAMP_16.astype(np.uint32), 32, 1), (RAMP_16.astype(np.float32), 32, 3),
    ],
)  # fmt: skip
def test_a_tiff_whose_grey_is_not_told_is_refused(tmp_path, pixels, bits, sample_format):
    (tmp_path / "film.tif").write_bytes(tiff(pixels, bits, sample_format=sample_format))
    assert reason_of(tmp_path / "film.tif") is ReasonCode.UNSUPPORTED


@pytest.mark.parametrize("format_", ["TIFF", "WEBP", "PNG"])
def test_several_pages_are_several_films(tmp_path, format_):
    first = Image.fromarray(RAMP)
    first.save(
        tmp_path / "film", format_, save_all=True, append_images=[Image.fromarray(RAMP[::-1])]
    )
    assert reason_of(tmp_path / "film") is ReasonCode.MULTI_FRAME


def test_a_phones_jpeg_with_a_second_picture_shows_its_first(tmp_path):
    first = Image.fromarray(RAMP)
    first.save(tmp_path / "film.jpg", "MPO", save_all=True, append_images=[Image.new("L", (8, 8))])
    film = read_film(tmp_path / "film.jpg")
    assert film.pixels.shape == RAMP.shape
    assert film.facts.format == "JPEG"


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (1, lambda a: a), (2, np.fliplr), (3, lambda a: np.rot90(a, 2)), (4, np.flipud),
        (5, lambda a: a.T), (6, lambda a: np.rot90(a, -1)), (7, lambda a: np.rot90(a, 2).T),
        (8, np.rot90),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("format_", "pixels"), [("TIFF", RAMP_16), ("PNG", RAMP), ("WEBP", RAMP)])
def test_every_orientation_in_the_file_is_followed(tmp_path, format_, pixels, orientation, turn):
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if format_ == "WEBP" else {}
    Image.fromarray(pixels).save(tmp_path / "film", format_, exif=exif, **options)
    film = read_film(tmp_path / "film")
    assert np.array_equal(film.pixels, turn(pixels))
    assert (film.facts.height, film.facts.width) == film.pixels.shape


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "BMP", "WEBP"])
@pytest.mark.parametrize("kept", [0.3, 0.7])
def test_a_truncated_picture_is_unreadable(tmp_path, format_, kept):
    whole = io.BytesIO()
    grain = np.random.default_rng(7).integers(0, 256, (80, 90)).astype(np.uint8)
    Image.fromarray(grain).save(whole, format_)
    (tmp_path / "film").write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * kept)])
    assert reason_of(tmp_path / "film") is ReasonCode.UNREADABLE
