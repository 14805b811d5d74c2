"""A radiograph of 12 bits of an invented patient, as DICOM."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

_OF_ALL = {
    "BodyPartExamined": "CHEST",
    "PatientIdentityRemoved": "YES",
    "ImageComments": "SYNTHETIC, no patient",
    "SamplesPerPixel": 1,
    "PhotometricInterpretation": "MONOCHROME2",
    "BitsAllocated": 16,
    "BitsStored": 12,
    "HighBit": 11,
    "PixelRepresentation": 0,
}


def write_dicom(
    file: Path, kind: UID, instance: UID, header: Mapping[str, Any], values: NDArray[np.uint16]
) -> None:
    """Write `values` (rows, columns), 0 to 4095, as a film of the storage class `kind`.

    `instance` is its SOP instance UID; `header` says of whom it is and how it is shown.
    """
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = kind
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    film = FileDataset(str(file), {}, file_meta=meta, preamble=b"\0" * 128)
    film.SOPClassUID, film.SOPInstanceUID = kind, instance
    for keyword, value in {**_OF_ALL, **header}.items():
        setattr(film, keyword, value)
    film.Rows, film.Columns = values.shape
    film.PixelData = values.astype("<u2").tobytes()
    file.parent.mkdir(parents=True, exist_ok=True)
    film.save_as(file, enforce_file_format=True)
