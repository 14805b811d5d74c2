"""One small whole file of every format, which the hostile ones and the fuzzing start from."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import gdcm
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import (
    HTJ2K,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from tests.core.dicom_files import (
    HTJ2K_LOSSLESS,
    HTJ2K_LOSSY,
    bundled,
    depth,
    film_dataset,
    grained,
    htj2k_pixels,
)


def picture(name: str, mode: str = "L", **options) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(grained(8)).convert(mode).save(stream, name, **options)
    return stream.getvalue()


def deep_picture(name: str) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(grained(16)).save(stream, name)
    return stream.getvalue()


def written(dataset) -> bytes:
    stream = io.BytesIO()
    syntax = dataset.file_meta.TransferSyntaxUID
    dataset.save_as(
        stream,
        enforce_file_format=True,
        little_endian=syntax != ExplicitVRBigEndian,
        implicit_vr=syntax == ImplicitVRLittleEndian,
    )
    return stream.getvalue()


def dicom(bits: int = 12, syntax=ExplicitVRLittleEndian, **elements) -> bytes:
    pixels = grained(bits)
    if syntax == ExplicitVRBigEndian:
        pixels = pixels.astype(pixels.dtype.newbyteorder(">"))
    told = {"WindowCenter": 2048, "WindowWidth": 4096, "PatientName": "Doe^Jane", **elements}
    return written(film_dataset(pixels, syntax, **{**depth(pixels, bits), **told}))


def packed(syntax, stream: bytes, pixels=None, bits: int = 8) -> bytes:
    pixels = grained(8) if pixels is None else pixels
    dataset = film_dataset(pixels, syntax, **depth(pixels, bits))
    dataset.PixelData = encapsulate([stream])
    dataset["PixelData"].VR = "OB"
    return written(dataset)


def compressed(syntax, bits: int = 12, **options) -> bytes:
    pixels = grained(bits)
    dataset = film_dataset(pixels, **depth(pixels, bits))
    dataset.compress(syntax, generate_instance_uid=False, **options)
    return written(dataset)


def jpeg_lossless() -> bytes:
    """Return a film that GDCM compressed, as pydicom writes no JPEG Lossless."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "film.dcm"))
        Path(path).write_bytes(dicom())
        reader, change, writer = (
            gdcm.ImageReader(), gdcm.ImageChangeTransferSyntax(), gdcm.ImageWriter()
        )  # fmt: skip
        reader.SetFileName(path)
        assert reader.Read()
        change.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.JPEGLosslessProcess14_1))
        change.SetInput(reader.GetImage())
        assert change.Change()
        writer.SetFile(reader.GetFile())
        writer.SetImage(change.GetOutput())
        writer.SetFileName(path)
        assert writer.Write()
        return Path(path).read_bytes()


def zipped(compression: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        archive.writestr("films/one.png", picture("PNG"))
        archive.writestr("films/two.dcm", dicom())
    return stream.getvalue()


SEEDS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: picture("JPEG", quality=90),
    "jpeg colour": lambda: picture("JPEG", "RGB"),
    "jpeg cmyk": lambda: picture("JPEG", "CMYK"),
    "jpeg progressive": lambda: picture("JPEG", progressive=True),
    "png": lambda: picture("PNG"),
    "png palette": lambda: picture("PNG", "P"),
    "png 16 bits": lambda: deep_picture("PNG"),
    "tiff": lambda: picture("TIFF"),
    "tiff deflated": lambda: picture("TIFF", compression="tiff_adobe_deflate"),
    "tiff lzw": lambda: picture("TIFF", "RGB", compression="tiff_lzw"),
    "tiff 16 bits": lambda: deep_picture("TIFF"),
    "bmp": lambda: picture("BMP"),
    "bmp colour": lambda: picture("BMP", "RGB"),
    "webp": lambda: picture("WEBP", "RGB", quality=80),
    "webp lossless": lambda: picture("WEBP", "RGB", lossless=True),
    "dicom explicit": dicom,
    "dicom implicit": lambda: dicom(syntax=ImplicitVRLittleEndian),
    "dicom big endian": lambda: dicom(syntax=ExplicitVRBigEndian),
    "dicom deflated": lambda: dicom(syntax=DeflatedExplicitVRLittleEndian),
    "dicom rle": lambda: compressed(RLELossless),
    "dicom jpeg baseline": lambda: packed(JPEGBaseline8Bit, picture("JPEG", quality=90)),
    "dicom jpeg extended": lambda: bundled("JPEG-lossy.dcm").read_bytes(),
    "dicom jpeg lossless": jpeg_lossless,
    "dicom jpeg-ls": lambda: compressed(JPEGLSLossless),
    "dicom jpeg-ls near": lambda: compressed(JPEGLSNearLossless, jls_error=2),
    "dicom jpeg 2000": lambda: compressed(JPEG2000Lossless),
    "dicom htj2k": lambda: packed(HTJ2KLossless, HTJ2K_LOSSLESS, htj2k_pixels(), 16),
    "dicom htj2k lossy": lambda: packed(HTJ2K, HTJ2K_LOSSY, htj2k_pixels(), 16),
    "zip stored": lambda: zipped(zipfile.ZIP_STORED),
    "zip deflated": lambda: zipped(zipfile.ZIP_DEFLATED),
}


def seed(name: str) -> bytes:
    """Return the whole file of a format."""
    return SEEDS[name]()
