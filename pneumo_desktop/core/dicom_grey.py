"""The greyscale steps a DICOM file names: modality LUT, pixel padding, VOI, polarity.

Source: DICOM PS3.3 C.11.1 (modality LUT), C.11.2 (VOI LUT), C.11.6 and C.8.11.3 (presentation LUT
shape), C.7.5.1.1.2 (pixel padding), C.7.6.3.1.2 (MONOCHROME1).
"""

import math
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset
from pydicom.multival import MultiValue

from pneumo_desktop.core import dicom_sentences
from pneumo_desktop.core.cases import FilmError, NamedVoi, ReasonCode
from pneumo_desktop.core.greyscale import LookupTable, Pixels, Window, WindowFunction

Values = NDArray[Any]
_SIGN_16 = 0x8000
_MOST = 1e15  # beyond it a greyscale number is damage


def modality_values(stored: Values, dataset: FileDataset) -> Values:
    """Return `stored` after the modality LUT sequence, or else after rescale.

    Raises:
        FilmError: The rescale is no numbers, or zero and would leave nothing of the image.
    """
    if dataset.get("ModalityLUTSequence"):
        first, entries, _ = _table(dataset.ModalityLUTSequence[0], dataset)
        if dataset.get("PixelRepresentation"):
            first = _signed(first)
        index = stored.astype(np.int64) - first
        return entries[np.clip(index, 0, len(entries) - 1)]
    slope = _rescale_number(dataset, "RescaleSlope", 1.0)
    intercept = _rescale_number(dataset, "RescaleIntercept", 0.0)
    if slope == 0.0:
        raise FilmError(ReasonCode.UNREADABLE, dicom_sentences.SLOPE_ZERO)
    if (slope, intercept) == (1.0, 0.0):
        return stored
    return stored.astype(np.float64) * slope + intercept


def _rescale_number(dataset: FileDataset, keyword: str, absent: float) -> float:
    value = dataset.get(keyword)
    if value in (None, ""):
        return absent
    number = _finite(value)
    if number is None:
        raise FilmError(ReasonCode.UNREADABLE, dicom_sentences.NO_NUMBER)
    return number


def padded(stored: Values, dataset: FileDataset) -> NDArray[np.bool_] | None:
    """Return where `stored` is padding, (rows, columns), or None where it is nowhere.

    An image that is nothing but padding is taken as it is.
    """
    value, limit = dataset.get("PixelPaddingValue"), dataset.get("PixelPaddingRangeLimit")
    if not isinstance(value, int):
        return None
    ends = [value, limit if isinstance(limit, int) else value]
    if dataset.get("PixelRepresentation"):
        ends = [_signed(end) for end in ends]
    mask = (stored >= min(ends)) & (stored <= max(ends))
    return mask if mask.any() and not mask.all() else None


def set_padding(values: Values, mask: NDArray[np.bool_]) -> tuple[Values, float]:
    """Return `values` with one value for all padding that no other pixel has, and that value."""
    real = values[~mask]
    padding = float(values[mask][0])
    if np.any(real == padding):
        padding = math.floor(float(real.min())) - 1.0
    return np.where(mask, padding, values), padding


def compact(values: Values) -> Pixels:
    """Return `values` in the smallest of the film's types that keeps them exactly."""
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind == "f" and not np.array_equal(values, np.rint(values)):
        return values.astype(np.float32)
    if low >= 0 and high <= 255:
        return values.astype(np.uint8)
    if low >= 0 and high <= 65535:
        return values.astype(np.uint16)
    if low >= -32768 and high <= 32767:
        return values.astype(np.int16)
    return values.astype(np.float32)


def offered(dataset: FileDataset, low: float) -> tuple[NamedVoi, ...]:
    """Return every VOI step of the file, tables before windows: the first is the default.

    `low` is the least value of the image: where it is negative, a table's first value is signed.
    """
    tables = [_named_table(item, dataset, low) for item in dataset.get("VOILUTSequence") or ()]
    return (*tables, *_windows(dataset))


def _windows(dataset: FileDataset) -> list[NamedVoi]:
    """Return the windows that are windows; one without a width or without numbers is none."""
    name = str(dataset.get("VOILUTFunction") or "LINEAR").upper()
    known = name in WindowFunction.__members__
    function = WindowFunction(name) if known else WindowFunction.LINEAR
    centers, widths = _list(dataset, "WindowCenter"), _list(dataset, "WindowWidth")
    explanations = _list(dataset, "WindowCenterWidthExplanation")[: len(centers)]
    found = []
    for center, width, explanation in zip_longest(centers, widths, explanations):
        number, span = _finite(center), _finite(width)
        if number is not None and span is not None and span > 0:
            found.append(NamedVoi(Window(number, span, function), str(explanation or "")))
    return found


def _named_table(item: Dataset, dataset: FileDataset, low: float) -> NamedVoi:
    first, entries, bits = _table(item, dataset)
    grey = entries.astype(np.float32) / max(2.0**bits - 1.0, float(entries.max()))
    table = LookupTable(_signed(first) if low < 0 else first, grey)
    return NamedVoi(table, str(item.get("LUTExplanation") or ""))


def _table(item: Dataset, dataset: FileDataset) -> tuple[int, Values, int]:
    """Return a LUT's first mapped value, its entries and their bits (C.11.1.1, C.11.2.1.1).

    Entries are numbers, or bytes of 8 or 16 bits in the file's order; 0 entries mean 65536.
    """
    count, first, bits = (int(value) for value in item.LUTDescriptor)
    count = (count & 0xFFFF) or 1 << 16
    data = item.LUTData
    if isinstance(data, bytes):
        order = "<" if dataset.original_encoding[1] else ">"
        data = np.frombuffer(data, f"{order}u2" if len(data) >= 2 * count else "u1")
    return first, np.atleast_1d(np.asarray(data, dtype=np.int64))[:count] & 0xFFFF, bits & 0xFFFF


def is_inverted(dataset: FileDataset) -> bool:
    """Return whether small values are bright at the end of all steps.

    In the DX module MONOCHROME1 and the shape INVERSE name one and the same inversion.
    """
    shape = str(dataset.get("PresentationLUTShape") or "").upper()
    photometric = str(dataset.get("PhotometricInterpretation") or "")
    return photometric == "MONOCHROME1" or shape == "INVERSE"


def _list(dataset: FileDataset, keyword: str) -> list[Any]:
    value = dataset.get(keyword)
    if value in (None, ""):
        return []
    return list(value) if isinstance(value, MultiValue) else [value]


def _finite(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if abs(number) < _MOST else None


def _signed(value: int) -> int:
    """Return a 16-bit number that was read without its sign with it."""
    return value - 2 * _SIGN_16 if value >= _SIGN_16 else value
