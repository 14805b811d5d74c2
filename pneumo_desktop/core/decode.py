"""Bytes to film: the format is told by content, never by the file's name."""

import hashlib
import io
import stat
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pneumo_desktop.core.cases import Film, FilmError, FilmFacts, ReasonCode
from pneumo_desktop.core.containers import bytes_within
from pneumo_desktop.core.greyscale import Pixels, full_window
from pneumo_desktop.core.offline import without
from pneumo_desktop.core.signature import is_dicom

MAX_PIXELS = 100_000_000
MAX_BYTES = 1 << 30
FORMATS = ("JPEG", "PNG")

Image.MAX_IMAGE_PIXELS = None  # our own limit is checked on the header, before decoding


def read_film(path: Path) -> Film:
    """Read a JPEG, PNG or DICOM film.

    Raises:
        FilmError: The file cannot become a film; its reason says why.
    """
    data = bytes_within(path, MAX_BYTES)
    if data is None:
        data = _read_bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if is_dicom(data):
        with without("requests"):
            from pneumo_desktop.core import dicom  # noqa: PLC0415 - pydicom is slow to load

        return dicom.read(data, path, sha256, MAX_PIXELS)
    return _read_picture(data, path, sha256)


def decoders() -> dict[str, bool]:
    """Return by name all that is promised to be read, and whether its decoder is here."""
    with without("requests"):
        from pneumo_desktop.core import dicom  # noqa: PLC0415 - pydicom is slow to load

    Image.init()
    return {name: name in Image.OPEN for name in FORMATS} | dicom.decoders()


def _read_bytes(path: Path) -> bytes:
    try:
        _refuse_no_file(path.stat().st_mode)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        text = "The file is not there any more, or never was. Check its path, or add it again."
        raise FilmError(ReasonCode.MISSING, text) from None
    except OSError as error:
        text = f"The file cannot be opened ({error.strerror or error}). Check its permissions."
        raise FilmError(ReasonCode.UNREADABLE, text) from error
    if len(data) > MAX_BYTES:
        text = "The file is larger than 1 GB. Export the film alone."
        raise FilmError(ReasonCode.TOO_LARGE, text)
    if not data:
        raise FilmError(ReasonCode.UNREADABLE, "The file is empty. Export the film again.")
    return data


def _refuse_no_file(mode: int) -> None:
    if stat.S_ISDIR(mode):
        text = "The folder cannot be listed. Check its permissions."
        raise FilmError(ReasonCode.UNREADABLE, text)
    if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
        text = "This is a device or a pipe, not a file. Add the film itself."
        raise FilmError(ReasonCode.UNREADABLE, text)


def _read_picture(data: bytes, path: Path, sha256: str) -> Film:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            _refuse_huge(opened)
            name = opened.format or ""
            picture = ImageOps.exif_transpose(opened)
            pixels, bits = _grey(picture)
    except UnidentifiedImageError:
        text = "This is no JPEG, PNG or DICOM file. Export the film in one of these formats."
        raise FilmError(ReasonCode.UNSUPPORTED, text) from None
    except FilmError:
        raise
    except Exception as error:  # decoders raise whatever they like on broken data
        text = "The picture is damaged and cannot be decoded. Export the film again."
        raise FilmError(ReasonCode.UNREADABLE, text) from error
    rows, columns = pixels.shape
    facts = FilmFacts(path, sha256, name, columns, rows, bits)
    return Film(facts, pixels, full_window(bits))


def _refuse_huge(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        text = (
            f"The picture has {picture.width} x {picture.height} pixels, more than a radiograph "
            "can have. Export the film at its own size."
        )
        raise FilmError(ReasonCode.TOO_LARGE, text)


def _grey(picture: Image.Image) -> tuple[Pixels, int]:
    """Return (rows, columns) pixels and their depth in bits."""
    if picture.mode.startswith("I"):
        return np.asarray(picture).astype(np.uint16), 16
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = Image.new("RGBA", picture.size, "black")
        picture = Image.alpha_composite(clear, picture.convert("RGBA"))
    return np.asarray(picture.convert("L")), 8
