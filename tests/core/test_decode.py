import errno
import hashlib
import os
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pneumo_desktop.core import decode
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.open_errors import cannot_open
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.sentence import Sentence
from tests.core.shown import reason_of


def ramp(bits: int = 8) -> np.ndarray:
    top = 2**bits - 1
    return np.linspace(0, top, 64 * 48).reshape(48, 64).astype(np.uint16 if bits > 8 else np.uint8)


def test_a_grey_png_keeps_every_pixel(tmp_path):
    Image.fromarray(ramp()).save(tmp_path / "film.png")
    film = read_film(tmp_path / "film.png")
    assert np.array_equal(film.pixels, ramp())
    assert (film.facts.format, film.facts.width, film.facts.height) == ("PNG", 64, 48)
    assert film.facts.sha256 == hashlib.sha256((tmp_path / "film.png").read_bytes()).hexdigest()


def test_a_16_bit_png_keeps_its_depth(tmp_path):
    Image.fromarray(ramp(16)).save(tmp_path / "film.png")
    film = read_film(tmp_path / "film.png")
    assert film.facts.bits == 16
    assert np.array_equal(film.pixels, ramp(16))
    assert model_input(film, 48, 64).max() == pytest.approx(255.0)


def test_the_format_is_told_by_content_not_by_name(tmp_path):
    Image.fromarray(ramp()).save(tmp_path / "film.dcm", "JPEG", quality=95)
    assert read_film(tmp_path / "film.dcm").facts.format == "JPEG"


def test_a_missing_file_is_named_missing(tmp_path):
    assert reason_of(tmp_path / "gone.png") is ReasonCode.MISSING


def test_an_empty_file_is_unreadable(tmp_path):
    (tmp_path / "film.png").touch()
    assert reason_of(tmp_path / "film.png") is ReasonCode.UNREADABLE


def test_a_folder_is_unreadable(tmp_path):
    assert reason_of(tmp_path) is ReasonCode.UNREADABLE


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert reason_of(tmp_path / "pipe.png") is ReasonCode.UNREADABLE


def test_a_path_through_a_file_is_missing(tmp_path):
    (tmp_path / "film.png").touch()
    assert reason_of(tmp_path / "film.png" / "x") is ReasonCode.MISSING


def test_text_is_unsupported(tmp_path):
    (tmp_path / "film.png").write_text("a letter, not a film")
    assert reason_of(tmp_path / "film.png") is ReasonCode.UNSUPPORTED


def test_a_picture_too_large_is_refused_by_its_header(tmp_path, monkeypatch):
    Image.fromarray(ramp()).save(tmp_path / "film.png")
    monkeypatch.setattr(decode, "MAX_PIXELS", 1000)
    assert reason_of(tmp_path / "film.png") is ReasonCode.TOO_LARGE


def test_a_file_too_large_is_not_even_read(tmp_path, monkeypatch):
    Image.fromarray(ramp()).save(tmp_path / "film.png")
    monkeypatch.setattr(decode, "MAX_BYTES", 10)
    assert reason_of(tmp_path / "film.png") is ReasonCode.TOO_LARGE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(0, 400), byte=st.integers(0, 255), place=st.integers(0, 400))
def test_a_damaged_picture_is_a_film_or_has_a_reason(tmp_path, cut, byte, place):
    path = tmp_path / "damaged.jpg"
    Image.fromarray(ramp()).save(path, "JPEG")
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    path.write_bytes(bytes(data[: len(data) - cut]))
    with suppress(FilmError):  # any other exception would be a bug
        assert read_film(path).pixels.ndim == 2


def test_what_to_do_fits_why_a_file_cannot_be_opened(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(FilmError, match="round in a circle"):
        read_film(tmp_path / "loop")
    saying = Sentence("The file cannot be opened ({why}). {to_do}")
    denied = cannot_open(saying, PermissionError(errno.EACCES, "Permission denied"))
    assert denied == "The file cannot be opened (Permission denied). Check its permissions."
    assert "Copy it to this computer" in cannot_open(saying, OSError(errno.EIO, "I/O error"))
