"""Films and evidence maps to images for the screen; the window's only arithmetic on pixels."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import Voi, Window, to_unit

# Cividis (Nunez, Anderton, Renslow 2018): the same order of lightness to every colour vision.
ATTENTION_COLOURS = np.array(
    [
        (0, 34, 78), (18, 53, 112), (59, 73, 108), (87, 93, 109), (112, 113, 115),
        (138, 134, 120), (165, 156, 116), (195, 179, 105), (225, 204, 85), (254, 232, 56),
    ],
    dtype=np.float32,
)  # fmt: skip
MAP_SIDE = 256  # the smoothed map's longer side; Qt stretches it over the film


def render(film: Film, voi: Voi, *, inverted: bool) -> QImage:
    """Return the whole film at 8 bits under a window, from its full depth."""
    grey = to_unit(film.pixels, voi, inverted=inverted, padding=film.padding)
    return _grey_image(np.rint(grey * np.float32(255.0)).astype(np.uint8))


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


def value_range(film: Film) -> float:
    """Return the spread of the film's values, at least 1."""
    return max(float(film.pixels.max()) - float(film.pixels.min()), 1.0)


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
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def full_attention(evidence: NDArray[np.float32], threshold: float) -> float:
    """Return the evidence that gets full colour: the film's largest, but never a mere trace.

    `threshold` is the evidence from which a position counts towards the extent; without the lower
    bound the noise of a clear film would shine like a finding.
    """
    return max(float(evidence.max()), 3.0 * threshold)
