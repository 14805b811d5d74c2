"""Film to network input. The training program calls this very function, so the two cannot drift."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import to_unit

RESIZE = "stretch, bilinear with antialiasing (Pillow BILINEAR), grey 0-255"


def model_input(film: Film, height: int, width: int) -> NDArray[np.float32]:
    """Return `film` as the network sees it: float32 (height, width, 1), grey 0-255.

    The film is stretched to the network's shape, as the films it learned from were.
    """
    unit = to_unit(film.pixels, film.voi, inverted=film.inverted, padding=film.padding)
    grey = Image.fromarray(unit)
    if grey.size != (width, height):
        grey = grey.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(grey, dtype=np.float32)[..., np.newaxis] * np.float32(255.0)
