"""DICOM to film, and what is no film refused.

`dicom_pixels` decodes, `dicom_grey` reads the greyscale steps and `dicom_facts` the header. The
modality LUT is applied here; VOI and polarity are named for `greyscale` to apply.
"""

import io
import logging
import warnings
from pathlib import Path

import pydicom
from pydicom.dataset import FileDataset

from pneumo_desktop.core import dicom_facts, dicom_grey, dicom_sentences
from pneumo_desktop.core.cases import Film, FilmError, ReasonCode
from pneumo_desktop.core.dicom_bombs import refuse_inflating
from pneumo_desktop.core.dicom_pixels import decoders, is_palette, stored_values, transfer_syntax
from pneumo_desktop.core.greyscale import full_window, range_window

logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # its remarks quote the file
__all__ = ["decoders", "read"]
_BYTES_A_PIXEL = 4  # of a file that inflates: more than grey of 16 bits and its overlays


def read(data: bytes, path: Path, sha256: str, max_pixels: int) -> Film:
    """Decode one single-frame DICOM image.

    Raises:
        FilmError: It cannot become a film; its reason says why.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's remarks on sloppy files are no one's business
        try:
            refuse_inflating(data, _BYTES_A_PIXEL * max_pixels)
            dataset = pydicom.dcmread(io.BytesIO(data), force=True)
            _refuse(dataset, max_pixels)
            return _film(dataset, path, sha256)
        except (FilmError, MemoryError):
            raise
        except Exception as error:  # decoders raise whatever they like on broken data
            raise FilmError(ReasonCode.UNREADABLE, dicom_sentences.DAMAGED) from error


def _refuse(dataset: FileDataset, max_pixels: int) -> None:
    if "PixelData" not in dataset:
        raise FilmError(ReasonCode.NO_PIXELS, dicom_sentences.NO_IMAGE)
    if int(dataset.get("NumberOfFrames") or 1) > 1:
        raise FilmError(ReasonCode.MULTI_FRAME, dicom_sentences.SEVERAL_FRAMES)
    if int(dataset.Rows) * int(dataset.Columns) > max_pixels:
        text = dicom_sentences.TOO_LARGE.format(columns=dataset.Columns, rows=dataset.Rows)
        raise FilmError(ReasonCode.TOO_LARGE, text)


def _film(dataset: FileDataset, path: Path, sha256: str) -> Film:
    stored = stored_values(dataset, transfer_syntax(dataset))
    facts = dicom_facts.facts(dataset, path, sha256, stored.shape, _bits(dataset, stored.itemsize))
    if _is_colour(dataset):  # has no modality LUT and no VOI (C.11.1, C.11.2)
        return Film(facts, dicom_grey.compact(stored), full_window(facts.bits))
    values, padding = dicom_grey.modality_values(stored, dataset), None
    mask = dicom_grey.padded(stored, dataset)
    real = values if mask is None else values[~mask]
    low, high = float(real.min()), float(real.max())
    if mask is not None:
        values, padding = dicom_grey.set_padding(values, mask)
    offered = dicom_grey.offered(dataset, low)
    return Film(
        facts,
        dicom_grey.compact(values),
        offered[0].voi if offered else range_window(low, high),
        inverted=dicom_grey.is_inverted(dataset),
        offered=offered,
        padding=padding,
    )


def _is_colour(dataset: FileDataset) -> bool:
    return int(dataset.get("SamplesPerPixel") or 1) > 1 or is_palette(dataset)


def _bits(dataset: FileDataset, bytes_a_pixel: int) -> int:
    """Return the depth of the grey values; a palette's colours may be deeper than its numbers."""
    return 8 * bytes_a_pixel if is_palette(dataset) else int(dataset.get("BitsStored") or 8)
