"""DICOM files for tests: written by pydicom, and by DCMTK where that is installed."""

import base64
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

RAMP = np.arange(0, 4096, dtype=np.uint16).reshape(64, 64)

# 24 x 16 pixels, 16 bits, `htj2k_pixels()`, encoded by OpenJPH 0.26.3 without and with loss
HTJ2K_LOSSLESS = base64.b64decode(
    "/0//UQApQAAAAAAYAAAAEAAAAAAAAAAAAAAAGAAAABAAAAAAAAAAAAABDwEB/1AACAACAAAACv9SAAwAAgABAAUEBEAB/1wA"
    "EyCIkJCQkJCQkJCQkJCQiIiI/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAAPsAAf+TwAAmp/YFB3QAwAATAPz8"
    "Awd0AMAAEsAAEwDtAId0AOY3AKI0AMAAE8AAFeB00/2CC3QAX+HBV/DgKzz4AIQDfrYAwAAVMAAF0oCysrKy2nGCdQDX9Xpd"
    "13Vd13VdodEVGl2h0RUaXaHRFRr9AAAEAAAY4QbkMbwAwAAr4AAXrwBAIBAIBAKB8/p6enECeABVa1VVVVVVVVVVVVVVrVVV"
    "VVVVVVVVVVVVtVZVVVVVVVVVVVVVBT4V+FTgU4FPBT4V+FTgU4FPBT4V+FTgU4HPAQgAghCACCEIAMf16/Xr9Zf16/Xr9Zej"
    "GoxqMb4B/9k="
)
HTJ2K_LOSSY = base64.b64decode(
    "/0//UQApQAAAAAAYAAAAEAAAAAAAAAAAAAAAGAAAABAAAAAAAAAAAAABDwEB/1AACAACAAAAJ/9SAAwAAgABAAUEBEAA/1wA"
    "IyKcXZw3nDecEpRJlEmUMYyIjIiMnIUhhSGFjXz2fPZ8mf9kABcAAU9wZW5KUEggVmVyIDAuMjYuMy7/kAAKAAAAAADCAAH/"
    "k8AACcAZ+vwGh3QAwAAJgBL3A4d0AMAAEsAAE4AHAYd0AOAIjgDCNADAACqgABXAhnG5KCsDEPm1AOe4cw53znHnAGMDfrYA"
    "wABaMAAWqJSmiWWJThPL/gEmfhCvC3gAPVx7cO3h6uHaw9XD9eAYpjGBTdgAwAC14ABdEGTGDM6YwRkzOGP2c+SV/JX8lf4r"
    "i3wAkTVijazIGlmRNbIia2RF1siKrP8QAQgU6YQgU6YQgU3fAP/Z"
)


def htj2k_pixels() -> np.ndarray:
    y, x = np.mgrid[0:16, 0:24]
    return (x * 97 + y * y * 11).astype(np.uint16)


def film_dataset(pixels=RAMP, syntax=ExplicitVRLittleEndian, **elements) -> Dataset:
    """Return a film of `pixels` in 12 of 16 bits, unless `elements` say otherwise."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    dataset.file_meta.MediaStorageSOPInstanceUID = "2.25.1"
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.1", "2.25.1"
    dataset.Modality = "CR"
    dataset.Rows, dataset.Columns = pixels.shape[:2]
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    dataset.PixelData = pixels.tobytes()
    for name, value in elements.items():
        setattr(dataset, name, value)
    return dataset


def grained(bits: int, *, signed: bool = False) -> np.ndarray:
    """Return pixels (60, 52) that use every bit: a ramp and grain over the whole range."""
    random = np.random.default_rng(bits)
    ramp = np.linspace(0, 2**bits - 1, 60 * 52).reshape(60, 52)
    grain = random.integers(-9, 10, ramp.shape)
    values = np.clip(np.rint(ramp) + grain, 0, 2**bits - 1).astype(np.int64)
    if signed:
        return (values - 2 ** (bits - 1)).astype(np.int16)
    return values.astype(np.uint8 if bits <= 8 else np.uint16)


def bundled(name: str) -> Path:
    """Return one of the test files that pydicom brings along."""
    return Path(str(get_testdata_file(name)))


def depth(pixels: np.ndarray, bits: int) -> dict[str, int]:
    """Return the elements that describe `pixels` of `bits`."""
    return {
        "BitsAllocated": 8 * pixels.itemsize, "BitsStored": bits, "HighBit": bits - 1,
        "PixelRepresentation": int(pixels.dtype.kind == "i"),
    }  # fmt: skip


def dcmtk(program: str, *arguments: str | Path) -> None:
    """Run a program of DCMTK, the independent reference, or skip."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} of DCMTK is not installed (Debian, Ubuntu: apt-get install dcmtk)")
    subprocess.run([found, "-q", *map(str, arguments)], check=True)


def shown_by_dcmtk(path: Path, *options: str) -> np.ndarray:
    """Return the film as dcm2pnm of DCMTK shows it, grey 0-1 from 16 bits."""
    picture = path.with_suffix(".png")
    dcmtk("dcm2pnm", "-O", "+on2", *options, path, picture)
    with Image.open(picture) as opened:
        return np.asarray(opened).astype(np.float64) / 65535.0
