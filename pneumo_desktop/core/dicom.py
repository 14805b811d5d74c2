"""DICOM to film: modality LUT here, VOI and MONOCHROME1 named for `greyscale` to apply.

Source: DICOM PS3.3 C.11.1 (modality LUT), C.11.2 (VOI LUT), C.7.6.3 (image pixel), C.8.11 (DX).
"""

import io
import logging
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from pydicom.dataset import FileDataset
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_modality_lut
from pydicom.uid import (
    JPEG2000,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    RLELossless,
)

from pneumo_desktop.core.cases import Film, FilmError, FilmFacts, Patient, ReasonCode
from pneumo_desktop.core.greyscale import (
    LookupTable,
    Pixels,
    Voi,
    Window,
    WindowFunction,
    range_window,
)

logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # its remarks quote the file
_SYNTAXES = (
    ImplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
    RLELossless,
    JPEGBaseline8Bit,
    JPEG2000Lossless,
    JPEG2000,
)
_DAYS_A_UNIT = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}


def decoders() -> dict[str, bool]:
    """Return the names of the promised transfer syntaxes, and whether each can be decoded here."""
    return {syntax.name: bool(get_decoder(syntax).is_available) for syntax in _SYNTAXES}


def read(data: bytes, path: Path, sha256: str, max_pixels: int) -> Film:
    """Decode one single-frame greyscale DICOM image.

    Raises:
        FilmError: It cannot become a film; its reason says why.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's remarks on sloppy files are no one's business
        try:
            dataset = pydicom.dcmread(io.BytesIO(data), force=True)
            _refuse(dataset, max_pixels)
            pixels = _modality_pixels(dataset)
            return Film(
                _facts(dataset, path, sha256, pixels),
                pixels,
                _voi(dataset, pixels),
                inverted=_photometric(dataset) == "MONOCHROME1",
            )
        except FilmError:
            raise
        except Exception as error:  # decoders raise whatever they like on broken data
            text = "The DICOM image is damaged. Send it again from the archive."
            raise FilmError(ReasonCode.UNREADABLE, text) from error


def _refuse(dataset: FileDataset, max_pixels: int) -> None:
    if "PixelData" not in dataset:
        text = "The DICOM file holds no image, perhaps a report. Add the image itself."
        raise FilmError(ReasonCode.NO_PIXELS, text)
    if int(dataset.get("NumberOfFrames") or 1) > 1:
        text = "The DICOM file is a series of frames, not one film. Export the single frame."
        raise FilmError(ReasonCode.MULTI_FRAME, text)
    if not _decodable(dataset):
        text = (
            "The DICOM file is compressed in a way this program cannot read. "
            "Export it uncompressed, or as JPEG or JPEG 2000."
        )
        raise FilmError(ReasonCode.UNSUPPORTED, text)
    if int(dataset.Rows) * int(dataset.Columns) > max_pixels:
        text = (
            f"The image has {dataset.Columns} x {dataset.Rows} pixels, more than a film can have."
        )
        raise FilmError(ReasonCode.TOO_LARGE, text)


def _decodable(dataset: FileDataset) -> bool:
    syntax = dataset.file_meta.get("TransferSyntaxUID", ImplicitVRLittleEndian)
    try:
        return bool(get_decoder(syntax).is_available)
    except NotImplementedError:
        return False


def _modality_pixels(dataset: FileDataset) -> Pixels:
    stored = dataset.pixel_array
    if stored.ndim == 3:  # colour: the luma of ITU-R BT.601, as Pillow's
        stored = np.rint(stored[..., :3] @ np.array([0.299, 0.587, 0.114])).astype(stored.dtype)
    values = apply_modality_lut(stored, dataset)
    if not np.isfinite(values).all():
        text = "The DICOM file's rescale gives values that are no numbers. Send it again."
        raise FilmError(ReasonCode.UNREADABLE, text)
    return _compact(values)


def _compact(values: np.ndarray[Any, Any]) -> Pixels:
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


def _voi(dataset: FileDataset, pixels: Pixels) -> Voi:
    """Return the first VOI LUT, else the first window, else the range of the pixels."""
    if dataset.get("VOILUTSequence"):
        return _lookup_table(dataset)
    center, width = _first(dataset.get("WindowCenter")), _first(dataset.get("WindowWidth"))
    if center is not None and width is not None and width > 0:
        name = str(dataset.get("VOILUTFunction") or "LINEAR").upper()
        known = name in WindowFunction.__members__
        return Window(center, width, WindowFunction(name) if known else WindowFunction.LINEAR)
    return range_window(float(pixels.min()), float(pixels.max()))


def _lookup_table(dataset: FileDataset) -> LookupTable:
    """Return the first VOI LUT; its entries are numbers or bytes of 8 or 16 bits (C.11.2)."""
    item = dataset.VOILUTSequence[0]
    count, first, bits = (int(value) for value in item.LUTDescriptor)
    data = item.LUTData
    if isinstance(data, bytes):
        order = "<" if dataset.original_encoding[1] else ">"
        wide = len(data) >= 2 * (count or 1 << 16)
        data = np.frombuffer(data, f"{order}u2" if wide else "u1")
    entries = np.asarray(data, dtype=np.float32)[: count or 1 << 16]
    return LookupTable(first, entries / max(2.0**bits - 1.0, float(entries.max())))


def _first(value: Any) -> float | None:
    """Return the first of one or several numbers."""
    if value is None or value == "":
        return None
    if isinstance(value, pydicom.multival.MultiValue):
        value = value[0] if value else None
    return float(value) if value is not None and np.isfinite(float(value)) else None


def _photometric(dataset: FileDataset) -> str:
    return str(dataset.get("PhotometricInterpretation") or "")


def _facts(dataset: FileDataset, path: Path, sha256: str, pixels: Pixels) -> FilmFacts:
    rows, columns = pixels.shape
    spacing = dataset.get("PixelSpacing") or dataset.get("ImagerPixelSpacing")
    return FilmFacts(
        path=path,
        sha256=sha256,
        format="DICOM",
        width=columns,
        height=rows,
        bits=int(dataset.get("BitsStored") or 8),
        patient=_patient(dataset),
        study_date=_date(dataset.get("StudyDate")),
        modality=str(dataset.get("Modality") or ""),
        body_part=_joined(dataset.get("BodyPartExamined")),
        view=str(dataset.get("ViewPosition") or ""),
        photometric=_photometric(dataset),
        spacing_mm=(float(spacing[0]), float(spacing[1]))
        if spacing and len(spacing) == 2
        else None,
    )


def _joined(value: Any) -> str:
    """Return one or several values as one text."""
    if isinstance(value, pydicom.multival.MultiValue):
        return " ".join(map(str, value))
    return str(value or "")


def _patient(dataset: FileDataset) -> Patient:
    return Patient(
        name=str(dataset.get("PatientName") or "").replace("^", " ").strip(),
        identifier=str(dataset.get("PatientID") or ""),
        birth_date=_date(dataset.get("PatientBirthDate")),
        age_years=_age(dataset),
        sex=str(dataset.get("PatientSex") or ""),
    )


def _age(dataset: FileDataset) -> float | None:
    """Return the age in years from Patient's Age (PS3.5 AS), else from the two dates."""
    text = str(dataset.get("PatientAge") or "")
    if len(text) == 4 and text[:3].isdigit() and text[3] in _DAYS_A_UNIT:
        return int(text[:3]) * _DAYS_A_UNIT[text[3]] / _DAYS_A_UNIT["Y"]
    born, studied = _date(dataset.get("PatientBirthDate")), _date(dataset.get("StudyDate"))
    if born is None or studied is None or studied < born:
        return None
    return (studied - born).days / _DAYS_A_UNIT["Y"]


def _date(value: Any) -> date | None:
    text = str(value or "")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
