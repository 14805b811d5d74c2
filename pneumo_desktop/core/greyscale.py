"""The greyscale steps between stored pixels and what an eye or a network sees.

Source: DICOM PS3.3 C.11.2.1.2 (window), C.11.2.1.1 (VOI LUT), C.7.6.3.1.2 (MONOCHROME1, which
turns light and dark round after every other step).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.int16] | NDArray[np.float32]


class WindowFunction(StrEnum):
    """How values inside the window become grey (VOI LUT Function, 0028,1056)."""

    LINEAR = "LINEAR"
    LINEAR_EXACT = "LINEAR_EXACT"
    SIGMOID = "SIGMOID"


@dataclass(frozen=True, slots=True)
class Window:
    """A window in units of the modality LUT's output. `width` is at least 1 (any > 0 if exact)."""

    center: float
    width: float
    function: WindowFunction = WindowFunction.LINEAR

    def apply(self, values: NDArray[np.generic]) -> NDArray[np.float32]:
        """Return grey 0-1 for `values` of any shape."""
        x = values.astype(np.float32)
        if self.function is WindowFunction.SIGMOID:
            steepness = np.clip(-4.0 * (x - self.center) / self.width, -80, 80)
            return np.asarray(1.0 / (1.0 + np.exp(steepness)), dtype=np.float32)
        if self.function is WindowFunction.LINEAR_EXACT:
            low, span = self.center - self.width / 2.0, self.width
        else:
            low, span = self.center - 0.5 - (self.width - 1.0) / 2.0, self.width - 1.0
        if span <= 0.0:
            return (x > low).astype(np.float32)
        x -= np.float32(low)
        x /= np.float32(span)
        return np.clip(x, 0.0, 1.0, out=x)


@dataclass(frozen=True, slots=True, eq=False)
class LookupTable:
    """A VOI LUT: `grey` (entries,) in 0-1, the first for the value `first` and all below it."""

    first: int
    grey: NDArray[np.float32]

    def apply(self, values: NDArray[np.generic]) -> NDArray[np.float32]:
        """Return grey 0-1 for `values` of any shape; values outside take the nearest entry."""
        index = np.rint(values.astype(np.float32)).astype(np.int64) - self.first
        return self.grey[np.clip(index, 0, len(self.grey) - 1)]


Voi = Window | LookupTable

_LIMITS = {
    np.dtype(kind).str: (np.iinfo(kind).min, np.iinfo(kind).max)
    for kind in (np.uint8, np.uint16, np.int16)
}


def full_window(bits: int) -> Window:
    """Return the window that shows all of 0 to 2**bits - 1."""
    return Window(2.0 ** (bits - 1), 2.0**bits)


def range_window(low: float, high: float) -> Window:
    """Return the window that maps `low` to black and `high` to white."""
    width = max(high - low, 1e-6)
    return Window((low + high) / 2.0, width, WindowFunction.LINEAR_EXACT)


def to_unit(
    pixels: Pixels, voi: Voi, *, inverted: bool, padding: float | None = None
) -> NDArray[np.float32]:
    """Return the film as grey 0-1 (rows, columns), brighter is larger.

    Pixels of the value `padding` are no image and come out black, whatever the other steps are.
    """
    if pixels.dtype.kind == "f":
        return _finish(voi.apply(pixels), pixels, inverted=inverted, padding=padding)
    # a table over all values is far cheaper than arithmetic on every pixel
    low, high = _LIMITS[pixels.dtype.str]
    values = np.arange(low, high + 1, dtype=np.int32)
    table = _finish(voi.apply(values), values, inverted=inverted, padding=padding)
    return table[pixels.astype(np.int32) - low] if low else table[pixels]


def _finish(
    grey: NDArray[np.float32],
    values: NDArray[np.generic],
    *,
    inverted: bool,
    padding: float | None,
) -> NDArray[np.float32]:
    if inverted:
        grey = 1.0 - grey
    if padding is not None:
        grey[values == np.float32(padding)] = 0.0
    return grey
