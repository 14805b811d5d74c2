"""Films and evidence maps to images for the screen; the window's only arithmetic on pixels."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import Pixels, Voi, Window, to_unit
from pneumo_desktop.ui.orientation import Turn

# Cividis (Nunez, Anderton, Renslow 2018): the same order of lightness to every colour vision.
ATTENTION_COLOURS = np.array(
    [
        (0, 34, 78), (18, 53, 112), (59, 73, 108), (87, 93, 109), (112, 113, 115),
        (138, 134, 120), (165, 156, 116), (195, 179, 105), (225, 204, 85), (254, 232, 56),
    ],
    dtype=np.float32,
)  # fmt: skip
MAP_SIDE = 256  # the smoothed map's longer side; Qt stretches it over the film


def scaled(pixels: Pixels, width: int, height: int, padding: float | None) -> Pixels:
    """Return the film's values averaged to `height` rows and `width` columns, at most its own.

    Values are averaged, not greys: so a change of the window touches no more pixels than the
    screen has. A cell that any padding falls into is padding.
    """
    small = _averaged(pixels, width, height)
    if padding is not None:
        mask = (pixels == np.float32(padding)).astype(np.uint8) * np.uint8(255)
        small[_averaged(mask, width, height) > 0] = np.float32(padding).astype(small.dtype)
    return small


def _averaged(pixels: Pixels, width: int, height: int) -> Pixels:
    """Shrink by a whole factor, which is cheap, then the rest of the way."""
    factor = max(1, min(pixels.shape[0] // height, pixels.shape[1] // width))
    if factor == 1:
        return _resized(pixels, width, height)
    rows, columns = (length // factor for length in pixels.shape)
    whole = pixels[: rows * factor, : columns * factor]
    wide = np.dtype(np.float32 if pixels.dtype.kind == "f" else np.int32)
    down = np.zeros((rows, columns * factor), wide)
    for row in range(factor):
        down += whole[row::factor]
    total = np.zeros((rows, columns), wide)
    for column in range(factor):
        total += down[:, column::factor]
    mean = total / np.float32(factor**2)
    return _resized(mean if wide.kind == "f" else np.rint(mean), width, height, pixels.dtype)


def _resized(values: NDArray[Any], width: int, height: int, kind: Any = None) -> Pixels:
    pixels: Pixels = values.astype(kind or values.dtype)  # a copy: it may be written to
    if pixels.shape == (height, width):
        return pixels
    lowest = -32768 if pixels.dtype == np.int16 else 0  # Pillow knows no negative 16-bit pixels
    plain = (pixels.astype(np.int32) - lowest).astype(np.uint16) if lowest else pixels
    picture = Image.fromarray(np.ascontiguousarray(plain))
    small: Pixels = np.array(picture.resize((width, height), Image.Resampling.BILINEAR))
    return (small.astype(np.int32) + lowest).astype(np.int16) if lowest else small


def turned(pixels: Pixels, turn: Turn) -> Pixels:
    """Return the values as they are shown; a view, nothing is copied."""
    shown: Pixels = np.rot90(pixels[:, ::-1] if turn.mirrored else pixels, -turn.quarters)
    return shown


def to_image(
    values: Pixels, voi: Voi, *, inverted: bool = False, padding: float | None = None
) -> QImage:
    """Return values (rows, columns) of the film's full depth at 8 bits; padding is black."""
    if values.dtype.kind == "f":
        return _grey_image(_eight_bits(to_unit(values, voi, inverted=inverted, padding=padding)))
    unsigned = np.dtype(f"u{values.itemsize}")
    every = np.arange(2 ** (8 * values.itemsize), dtype=unsigned).view(values.dtype)
    table = _eight_bits(to_unit(every, voi, inverted=inverted, padding=padding))
    places: NDArray[Any] = np.ascontiguousarray(values).view(unsigned)
    return _grey_image(table[places])


def _eight_bits(grey: NDArray[np.float32]) -> NDArray[np.uint8]:
    greys: NDArray[np.uint8] = np.rint(grey * np.float32(255.0)).astype(np.uint8)
    return greys


def _grey_image(pixels: NDArray[np.uint8]) -> QImage:
    rows, columns = pixels.shape
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def start_window(film: Film) -> Window:
    """Return the window a drag starts from: the film's own, or one that spans its lookup table."""
    if isinstance(film.voi, Window):
        return film.voi
    low, entries = film.voi.first, len(film.voi.grey)
    return Window(low + entries / 2.0, float(entries))


def attention_image(evidence: NDArray[np.float32], full: float) -> QImage:
    """Return the parts of `evidence` (rows, columns) that speak for pneumonia, in colour.

    `full` is the evidence (logit units) from which the colour is full; at nothing it is clear.
    """
    rows, columns = evidence.shape
    enlarge = max(1, MAP_SIDE // max(rows, columns))
    smooth = Image.fromarray(np.maximum(evidence, 0.0).astype(np.float32)).resize(
        (columns * enlarge, rows * enlarge), Image.Resampling.BICUBIC
    )
    share = np.clip(np.asarray(smooth) / max(full, 1e-6), 0.0, 1.0)
    place = share * (len(ATTENTION_COLOURS) - 1)
    low = np.minimum(place.astype(int), len(ATTENTION_COLOURS) - 2)
    part = (place - low)[..., np.newaxis]
    colour = ATTENTION_COLOURS[low] * (1.0 - part) + ATTENTION_COLOURS[low + 1] * part
    alpha = 255.0 * share[..., np.newaxis]
    pixels = np.concatenate([colour, alpha], axis=-1).astype(np.uint8)
    height, width = share.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # as painters want it


def full_attention(evidence: NDArray[np.float32], threshold: float) -> float:
    """Return the evidence that gets full colour: the film's largest, but never a mere trace.

    `threshold` is the evidence from which a position counts towards the extent; without the lower
    bound the noise of a clear film would shine like a finding.
    """
    return max(float(evidence.max()), 3.0 * threshold)
