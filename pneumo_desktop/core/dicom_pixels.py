"""The stored values of a DICOM image, whatever its transfer syntax.

Source: DICOM PS3.5 8 and annex A (transfer syntaxes), PS3.3 C.7.6.3.1 (bits, photometric
interpretation).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import FileDataset
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_color_lut
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from pneumo_desktop.core import dicom_sentences, gdcm_jpeg
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.dicom_bombs import refuse_other_size

Stored = NDArray[Any]

# Each syntax is always decoded by the same library, so that an answer does not depend on what
# else is installed; pydicom's own code needs no name.
DECODERS: dict[UID, str] = {
    ImplicitVRLittleEndian: "",
    ExplicitVRLittleEndian: "",
    ExplicitVRBigEndian: "",
    DeflatedExplicitVRLittleEndian: "",
    RLELossless: "pydicom",
    JPEGBaseline8Bit: "pillow",
    JPEGExtended12Bit: gdcm_jpeg.NAME,
    JPEGLossless: "gdcm",
    JPEGLosslessSV1: "gdcm",
    JPEGLSLossless: "pyjpegls",
    JPEGLSNearLossless: "pyjpegls",
    JPEG2000Lossless: "pylibjpeg",
    JPEG2000: "pylibjpeg",
    HTJ2KLossless: "pylibjpeg",
    HTJ2KLosslessRPCL: "pylibjpeg",
    HTJ2K: "pylibjpeg",
}
_LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, as Pillow's

_extended = get_decoder(JPEGExtended12Bit)
if gdcm_jpeg.NAME not in (*_extended.available_plugins, *_extended.missing_dependencies):
    _extended.add_plugin(gdcm_jpeg.NAME, ("pneumo_desktop.core.gdcm_jpeg", "decode_frame"))


def decoders() -> dict[str, bool]:
    """Return the names of the promised transfer syntaxes, and whether each can be decoded here."""
    return {syntax.name: _is_here(syntax) for syntax in DECODERS}


def _is_here(syntax: UID) -> bool:
    plugin = DECODERS[syntax]
    return not plugin or plugin in get_decoder(syntax).available_plugins


def transfer_syntax(dataset: FileDataset) -> UID:
    """Return how the pixels are stored; a file without meta information is as it was parsed.

    Raises:
        FilmError: No decoder for it is promised, or the promised one is missing.
    """
    named = dataset.file_meta.get("TransferSyntaxUID")
    syntax = UID(named) if named else _parsed_syntax(dataset)
    if syntax not in DECODERS:
        text = dicom_sentences.OTHER_SYNTAX.format(syntax=syntax.name)
        raise FilmError(ReasonCode.UNSUPPORTED, text)
    if not _is_here(syntax):
        text = dicom_sentences.NO_DECODER.format(syntax=syntax.name)
        raise FilmError(ReasonCode.UNSUPPORTED, text)
    return syntax


def _parsed_syntax(dataset: FileDataset) -> UID:
    implicit, little = dataset.original_encoding
    if dataset["PixelData"].is_undefined_length:
        raise FilmError(ReasonCode.UNSUPPORTED, dicom_sentences.UNTOLD_SYNTAX)
    if implicit:
        return ImplicitVRLittleEndian
    return ExplicitVRLittleEndian if little else ExplicitVRBigEndian


def stored_values(dataset: FileDataset, syntax: UID) -> Stored:
    """Return the stored values (rows, columns), colour as its luma; overlays stay out.

    Raises:
        FilmError: The compressed image has another size than the header says.
        Exception: The pixel data is damaged; decoders raise whatever they like.
    """
    dataset.file_meta.TransferSyntaxUID = syntax
    refuse_other_size(dataset)
    whole_words = not syntax.is_encapsulated or syntax == RLELossless
    options: Any = {"correct_unused_bits": not whole_words}
    values, _ = get_decoder(syntax).as_array(dataset, decoding_plugin=DECODERS[syntax], **options)
    if is_palette(dataset):
        values = apply_color_lut(values, dataset)
    elif whole_words:
        values = _used_bits(values, dataset)
    if values.ndim == 3:
        values = np.rint(values[..., :3] @ _LUMA).astype(values.dtype)
    return values


def is_palette(dataset: FileDataset) -> bool:
    """Return whether stored values are numbers of colours."""
    return str(dataset.get("PhotometricInterpretation") or "") == "PALETTE COLOR"


def _used_bits(values: Stored, dataset: FileDataset) -> Stored:
    """Return what lies in the stored bits alone, with its sign.

    The others may hold an overlay (retired, still met); a high bit that cannot be is ignored.
    """
    allocated, bits = int(dataset.BitsAllocated), int(dataset.BitsStored)
    high = int(dataset.get("HighBit") or bits - 1)
    if not bits - 1 <= high < allocated:
        high = bits - 1
    if bits == allocated:
        return values
    used: Stored = (values << (allocated - 1 - high)) >> (allocated - bits)
    return used
