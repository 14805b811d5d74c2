"""A disc as a hospital hands it out, written by pydicom; no patient is real."""

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.fileset import FileSet
from pydicom.uid import (
    CTImageStorage,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    generate_uid,
)

XRAY, CT = DigitalXRayImageStorageForPresentation, CTImageStorage


def film(grey=128, modality="DX", storage=XRAY, view="PA"):
    """Return a DICOM image of one grey."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = storage
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    dataset.PatientName, dataset.PatientID = "Test^Film", "4711"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = generate_uid(), generate_uid()
    dataset.StudyDate, dataset.StudyTime = "20260101", "120000"
    dataset.StudyID = dataset.SeriesNumber = dataset.InstanceNumber = "1"
    dataset.AccessionNumber, dataset.Modality, dataset.ViewPosition = "", modality, view
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = 40, 32, 1
    dataset.PhotometricInterpretation, dataset.PixelRepresentation = "MONOCHROME2", 0
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit = 7
    dataset.PixelData = np.full((40, 32), grey, np.uint8).tobytes()
    return dataset


def write(folder, films):
    """Write a disc and return its DICOMDIR."""
    disc = FileSet()
    for dataset in films:
        disc.add(dataset)
    disc.write(folder)
    disc._stage["t"].cleanup()  # else it warns when it is collected
    return folder / "DICOMDIR"


def with_company(folder):
    """Add what a viewer and a hurried hand leave on a disc."""
    (folder / "AUTORUN.INF").write_text("[autorun]")
    (folder / "VIEWER").mkdir()
    (folder / "VIEWER" / "viewer.exe").write_bytes(b"MZ" + bytes(600))
    return folder
