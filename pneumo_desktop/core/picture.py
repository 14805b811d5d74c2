"""Pictures to film: JPEG, PNG, TIFF, BMP and WebP, by Pillow.

Source: TIFF 6.0, sections 3 and 4 (photometric interpretation), 19 (sample format).
"""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin, UnidentifiedImageError

from pneumo_desktop.core.cases import Film, FilmError, FilmFacts, ReasonCode
from pneumo_desktop.core.greyscale import Pixels, full_window
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.signature import HEAD, Kind, kind_of

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_BITS, _PHOTOMETRIC, _SAMPLE_FORMAT = 258, 262, 339  # TIFF tags
_WHITE_IS_ZERO, _UNSIGNED = 0, 1

_DAMAGED = QT_TRANSLATE_NOOP(
    "Reasons", "The picture is damaged and cannot be decoded. Export the film again."
)
_UNKNOWN_KIND = QT_TRANSLATE_NOOP(
    "Reasons",
    "The picture is damaged, or stored in a way this program does not know. Export the film "
    "again, as PNG or DICOM.",
)
_NO_PICTURE = QT_TRANSLATE_NOOP(
    "Reasons",
    "This is no JPEG, PNG, TIFF, BMP, WebP or DICOM file. Export the film in one of these formats.",
)
_TOO_LARGE = QT_TRANSLATE_NOOP(
    "Reasons",
    "The picture has {columns} x {rows} pixels, more than a radiograph can have. Export the film "
    "at its own size.",
)
_SEVERAL = QT_TRANSLATE_NOOP(
    "Reasons", "The file holds several pages or frames, not one film. Export the film alone."
)
_NO_GREY = QT_TRANSLATE_NOOP(
    "Reasons",
    "The TIFF file has signed, fractional or 32-bit values, whose grey is not told. Export the "
    "film with 8 or 16 bits.",
)

Image.MAX_IMAGE_PIXELS = None  # our own limit is checked on the header, before decoding
# Pillow knows WhiteIsZero with 16 bits in one byte order only
TiffImagePlugin.OPEN_INFO.setdefault((b"MM", 0, (1,), 1, (16,), ()), ("I;16B", "I;16B"))


def decoders() -> dict[str, bool]:
    """Return the names of the promised formats, and whether each can be decoded here."""
    Image.init()
    return {name: name in Image.OPEN for name in FORMATS}


def read(data: bytes, path: Path, sha256: str, max_pixels: int) -> Film:
    """Decode one picture, its orientation followed; colour as its luma, what is clear black.

    Grey of 16 bits keeps its depth.

    Raises:
        FilmError: It cannot become a film; its reason says why.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            _refuse(opened, max_pixels)
            name = "JPEG" if opened.format == "MPO" else str(opened.format)  # a phone's JPEG
            bits, negative = _depth(opened), _is_negative(opened)
            pixels = _grey(ImageOps.exif_transpose(opened))
    except UnidentifiedImageError:
        raise _unidentified(data) from None
    except (FilmError, MemoryError):
        raise
    except Exception as error:  # decoders raise whatever they like on broken data
        raise FilmError(ReasonCode.UNREADABLE, _DAMAGED) from error
    rows, columns = pixels.shape
    facts = FilmFacts(path, sha256, name, columns, rows, bits)
    return Film(facts, pixels, full_window(bits), inverted=negative)


def _unidentified(data: bytes) -> FilmError:
    if kind_of(data[:HEAD]) is Kind.PICTURE:
        return FilmError(ReasonCode.UNREADABLE, _UNKNOWN_KIND)
    return FilmError(ReasonCode.UNSUPPORTED, _NO_PICTURE)


def _refuse(picture: Image.Image, max_pixels: int) -> None:
    """Refuse by the header what is too large, no single film, or of no known depth."""
    if picture.width * picture.height > max_pixels:
        text = _TOO_LARGE.format(columns=picture.width, rows=picture.height)
        raise FilmError(ReasonCode.TOO_LARGE, text)
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise FilmError(ReasonCode.MULTI_FRAME, _SEVERAL)
    if isinstance(picture, TiffImagePlugin.TiffImageFile) and (
        picture.mode in ("I", "F") or set(_tag(picture, _SAMPLE_FORMAT)) - {_UNSIGNED}
    ):
        raise FilmError(ReasonCode.UNSUPPORTED, _NO_GREY)


def _tag(picture: TiffImagePlugin.TiffImageFile, number: int) -> tuple[int, ...]:
    value = picture.tag_v2.get(number, ())
    return value if isinstance(value, tuple) else (value,)


def _depth(picture: Image.Image) -> int:
    """Return the bits of a grey value."""
    if not picture.mode.startswith("I"):
        return 8
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        return max(_tag(picture, _BITS), default=16)
    return 16


def _is_negative(picture: Image.Image) -> bool:
    """Return whether small values are bright; Pillow itself turns pictures of 8 bits round."""
    if not isinstance(picture, TiffImagePlugin.TiffImageFile) or picture.mode[0] != "I":
        return False
    return _WHITE_IS_ZERO in _tag(picture, _PHOTOMETRIC)


def _grey(picture: Image.Image) -> Pixels:
    """Return (rows, columns) pixels."""
    if picture.mode.startswith("I"):
        return np.asarray(picture).astype(np.uint16)
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = Image.new("RGBA", picture.size, "black")
        picture = Image.alpha_composite(clear, picture.convert("RGBA"))
    return np.asarray(picture.convert("L"))
