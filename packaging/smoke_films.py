"""Films to try a program on: a demo film in every transfer syntax, and a tiny training set.

What is stored without loss must be answered exactly as the film itself, whoever decodes it.
"""

import io
import sys
import zlib  # noqa: F401 - before gdcm, whose own zlib would take its place and crash
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import gdcm
import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import FileDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))
FILM = ROOT / "resources" / "demo" / "synthetic-pneumonia-4.dcm"
BY_PYDICOM: dict[UID, dict[str, Any]] = {RLELossless: {}, JPEGLSLossless: {}, JPEG2000Lossless: {},
              JPEGLSNearLossless: {"jls_error": 2}, JPEG2000: {"j2k_cr": [4]}}  # fmt: skip
BY_GDCM = {
    gdcm.TransferSyntax.JPEGExtendedProcess2_4: False,
    gdcm.TransferSyntax.JPEGLosslessProcess14: True,
    gdcm.TransferSyntax.JPEGLosslessProcess14_1: True,
}
LOSSY = (JPEGLSNearLossless, JPEG2000, JPEGBaseline8Bit, UID("1.2.840.10008.1.2.4.51"))


def write_films(folder: Path) -> dict[UID, Path]:
    """Write the film in every transfer syntax that is promised; return the files."""
    folder.mkdir(parents=True)
    plain = pydicom.dcmread(FILM)
    return dict(
        [
            (plain.file_meta.TransferSyntaxUID, FILM),
            *_uncompressed(folder),
            *_compressed(folder),
            *_by_gdcm(folder),
            _baseline(folder),
            *_high_throughput(folder),
        ]
    )


def _save(dataset: FileDataset, folder: Path) -> tuple[UID, Path]:
    syntax = dataset.file_meta.TransferSyntaxUID
    path = folder / f"{syntax}.dcm"
    dataset.save_as(path, enforce_file_format=True)
    return syntax, path


def _uncompressed(folder: Path) -> Iterator[tuple[UID, Path]]:
    for syntax in (ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian):
        dataset = pydicom.dcmread(FILM)
        if syntax is ExplicitVRBigEndian:
            dataset.PixelData = dataset.pixel_array.astype(">u2").tobytes()
        dataset.file_meta.TransferSyntaxUID = syntax
        path = folder / f"{syntax}.dcm"
        pydicom.dcmwrite(
            path,
            dataset,
            implicit_vr=syntax.is_implicit_VR,
            little_endian=syntax.is_little_endian,
            enforce_file_format=True,
        )
        yield syntax, path


def _compressed(folder: Path) -> Iterator[tuple[UID, Path]]:
    for syntax, options in BY_PYDICOM.items():
        dataset = pydicom.dcmread(FILM)
        dataset.compress(syntax, generate_instance_uid=False, **options)
        yield _save(dataset, folder)


def _by_gdcm(folder: Path) -> Iterator[tuple[UID, Path]]:
    for kind, lossless in BY_GDCM.items():
        reader = gdcm.ImageReader()
        reader.SetFileName(str(FILM))
        change = gdcm.ImageChangeTransferSyntax()
        codec = gdcm.JPEGCodec()
        codec.SetLossless(lossless)
        if not lossless:
            codec.SetQuality(95)
        change.SetUserCodec(codec)
        change.SetTransferSyntax(gdcm.TransferSyntax(kind))
        path = folder / f"gdcm-{kind}.dcm"
        writer = gdcm.ImageWriter()
        if not reader.Read():
            raise ValueError(f"gdcm cannot read {FILM}")
        change.SetInput(reader.GetImage())
        if not change.Change():
            raise ValueError(f"gdcm cannot write {gdcm.TransferSyntax.GetTSString(kind)}")
        writer.SetFile(reader.GetFile())
        writer.SetImage(change.GetOutput())
        writer.SetFileName(str(path))
        writer.Write()
        yield pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID, path


def _baseline(folder: Path) -> tuple[UID, Path]:
    dataset = pydicom.dcmread(FILM)
    grey = (dataset.pixel_array >> 4).astype(np.uint8)
    frame = io.BytesIO()
    Image.fromarray(grey).save(frame, "JPEG", quality=95)
    dataset.PixelData = encapsulate([frame.getvalue()])
    dataset["PixelData"].is_undefined_length = True
    dataset["PixelData"].VR = "OB"
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit = 7
    dataset.WindowCenter, dataset.WindowWidth = dataset.WindowCenter / 16, dataset.WindowWidth / 16
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    return _save(dataset, folder)


def _high_throughput(folder: Path) -> Iterator[tuple[UID, Path]]:
    """No library here encodes it: a picture of a few pixels that OpenJPH encoded."""
    tests: Any = import_module("tests.core.dicom_files")
    for syntax in (HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K):
        dataset = tests.film_dataset(tests.htj2k_pixels(), syntax, BitsStored=16, HighBit=15)
        dataset.PixelData = encapsulate([tests.HTJ2K_LOSSLESS])
        dataset["PixelData"].VR = "OB"
        path = folder / f"{syntax}.dcm"
        dataset.save_as(path, enforce_file_format=True)
        yield syntax, path


def write_training_set(folder: Path) -> Path:
    """Write made-up films of two classes in `folder`; return the recipe of one short epoch."""
    made_up: Any = import_module("tests.training.made_up")
    made_up.write_films(folder, np.random.default_rng(0))
    recipe = folder.with_name("tiny.toml")
    recipe.write_text(made_up.recipe_text(epochs=1), encoding="utf-8")
    return recipe
