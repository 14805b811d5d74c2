"""Hostile files: each a name, the reasons it may be refused with, and how it is made."""

import os
import random
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, JPEG2000Lossless, JPEGBaseline8Bit

from pneumo_desktop.core.cases import ReasonCode
from tests.core.dicom_files import RAMP, film_dataset
from tests.core.seeds import compressed, dicom, packed, picture, written

UNREADABLE, UNSUPPORTED = ReasonCode.UNREADABLE, ReasonCode.UNSUPPORTED
TOO_LARGE, MISSING = ReasonCode.TOO_LARGE, ReasonCode.MISSING
HUGE = 60_000


@dataclass(frozen=True)
class Hostile:
    """What is made at a path, and the codes of which one must be given."""

    make: Callable[[Path], object]
    codes: frozenset[ReasonCode]


def contents(make: Callable[[], bytes], *codes: ReasonCode) -> Hostile:
    return Hostile(lambda path: path.write_bytes(make()), frozenset(codes))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(8 << 20)))
    return png(32, 40, text, chunk(b"IDAT", zlib.compress(bytes(33 * 40))))


def jpeg_of_size(width: int, height: int) -> bytes:
    data = bytearray(picture("JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_2000_of_size(side: int) -> bytes:
    data = bytearray(compressed(JPEG2000Lossless))
    size = data.index(b"\xff\x4f\xff\x51") + 8
    data[size : size + 8] = struct.pack(">II", side, side)
    return bytes(data)


def deflate_bomb() -> bytes:
    whole = dicom(syntax=DeflatedExplicitVRLittleEndian)
    begin = 144 + struct.unpack_from("<I", whole, 140)[0]  # after the meta information (PS3.10)
    body = zlib.decompressobj(-15).decompress(whole[begin:])
    bomb = zlib.compressobj(1, zlib.DEFLATED, -15)
    private = struct.pack("<HH2sHI", 0x7FE1, 0x1010, b"OB", 0, 1 << 31)
    start = bomb.compress(body + private) + bomb.flush(zlib.Z_FULL_FLUSH)
    zeros = bomb.compress(bytes(1 << 22)) + bomb.flush(zlib.Z_FULL_FLUSH)
    return whole[:begin] + start + zeros * 128 + bomb.flush()


def nested(levels: int) -> bytes:
    """Return a film with a sequence of undefined length inside another, `levels` deep."""
    whole = dicom()
    begin = struct.pack("<HH2sHI", 0x0008, 0x1140, b"SQ", 0, 0xFFFFFFFF)
    begin += struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    end = struct.pack("<HHI", 0xFFFE, 0xE00D, 0) + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    place = whole.index(struct.pack("<HH2s", 0x0010, 0x0010, b"PN"))
    return whole[:place] + begin * levels + end * levels + whole[place:]


def with_element(tag: int, vr: str, value) -> bytes:
    dataset = film_dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the value is none is the point
        dataset.add_new(tag, vr, value)
        return written(dataset)


def short(element: int, value: int) -> bytes:
    """Return a film with another value of a 16-bit element of group 0028."""
    data = dicom()
    place = data.index(struct.pack("<HH2sH", 0x0028, element, b"US", 2)) + 8
    return data[:place] + struct.pack("<H", value) + data[place + 2 :]


def pixel_length(length: int) -> bytes:
    data = dicom()
    place = data.rindex(struct.pack("<HH2sH", 0x7FE0, 0x0010, b"OW", 0)) + 8
    return data[:place] + struct.pack("<I", length) + data[place + 4 :]


def without(*keywords: str) -> bytes:
    dataset = film_dataset()
    for keyword in keywords:
        delattr(dataset, keyword)
    return written(dataset)


def lut(descriptor: list[int], data: bytes) -> bytes:
    item = Dataset()
    item.add_new("LUTDescriptor", "US", descriptor)
    item.add_new("LUTData", "OW", data)
    item.ModalityLUTType = "US"
    return written(film_dataset(ModalityLUTSequence=[item]))


def frames(count: str) -> bytes:
    return with_element(0x00280008, "IS", count)


def image(**elements) -> bytes:
    return written(film_dataset(**elements))


DICOM = {
    "nan slope": contents(lambda: with_element(0x00281053, "DS", "nan"), UNREADABLE),
    "infinite slope": contents(lambda: with_element(0x00281053, "DS", "1e400"), UNREADABLE),
    "zero slope": contents(lambda: image(RescaleSlope=0, RescaleIntercept=0), UNREADABLE),
    "no rows": contents(lambda: image(Rows=0), UNREADABLE),
    "no columns": contents(lambda: image(Columns=0), UNREADABLE),
    "rows missing": contents(lambda: without("Rows", "Columns"), UNREADABLE),
    "bits missing": contents(lambda: without("BitsStored"), UNREADABLE),
    "no bits": contents(lambda: short(0x0100, 0), UNREADABLE),
    "odd bits": contents(lambda: short(0x0100, 7), UNREADABLE),
    "more bits than room": contents(lambda: short(0x0101, 40), UNREADABLE),
    "seven samples": contents(lambda: image(SamplesPerPixel=7), UNREADABLE),
    "no photometric": contents(lambda: without("PhotometricInterpretation"), UNREADABLE),
    "huge dicom": contents(lambda: image(Rows=HUGE, Columns=HUGE), TOO_LARGE),
    "report": contents(lambda: without("PixelData"), ReasonCode.NO_PIXELS),
    "frames": contents(lambda: frames("30"), ReasonCode.MULTI_FRAME),
    "a thousand million frames": contents(lambda: frames("999999999"), ReasonCode.MULTI_FRAME),
    "short pixels": contents(lambda: image(PixelData=RAMP.tobytes()[:999]), UNREADABLE),
    "empty pixels": contents(lambda: image(PixelData=b""), UNREADABLE, ReasonCode.NO_PIXELS),
    "pixels longer than the file": contents(lambda: pixel_length(0xFFFFFFF0)[:-999], UNREADABLE),
    "pixels without end": contents(lambda: pixel_length(0xFFFFFFFF), ReasonCode.NO_PIXELS),
    "nested sequences": contents(lambda: nested(20_000), UNREADABLE),
    "empty modality lut": contents(lambda: lut([0, 0, 16], b""), UNREADABLE),
    "unknown syntax": contents(
        lambda: dicom().replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.9\0"), UNSUPPORTED
    ),
    "jpeg of another size": contents(
        lambda: packed(JPEGBaseline8Bit, jpeg_of_size(9000, 9000)), UNREADABLE
    ),
    "huge jpeg inside": contents(
        lambda: packed(JPEGBaseline8Bit, jpeg_of_size(HUGE, HUGE)), UNREADABLE, TOO_LARGE
    ),
    "huge jpeg 2000 inside": contents(
        lambda: jpeg_2000_of_size(HUGE), UNREADABLE, TOO_LARGE, ReasonCode.CRASHED
    ),
    "text for a jpeg": contents(lambda: packed(JPEGBaseline8Bit, b"text"), UNREADABLE),
    "deflate bomb": contents(deflate_bomb, TOO_LARGE),
}
PLAIN = {
    "empty": contents(lambda: b"", UNREADABLE),
    "one byte": contents(lambda: b"\x89", UNSUPPORTED),
    "renamed text": contents(lambda: b"Dear colleague,\n" * 99, UNSUPPORTED),
    "pdf": contents(lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", UNSUPPORTED),
    "zeros": contents(lambda: bytes(100_000), UNSUPPORTED),
    "noise": contents(lambda: random.Random(1).randbytes(100_000), UNSUPPORTED),
    "preamble and no more": contents(
        lambda: bytes(128) + b"DICM", UNREADABLE, ReasonCode.NO_PIXELS
    ),
    "huge png": contents(lambda: png(HUGE, HUGE, chunk(b"IDAT", b"")), TOO_LARGE),
    "png without height": contents(lambda: png(32, 0), UNREADABLE, UNSUPPORTED),
    "png without pixels": contents(lambda: png(32, 40), UNREADABLE),
    "png text bomb": contents(text_bomb, UNREADABLE, TOO_LARGE),
    "huge jpeg": contents(lambda: jpeg_of_size(HUGE, HUGE), TOO_LARGE),
    "jpeg without height": contents(lambda: jpeg_of_size(32, 0), UNREADABLE, UNSUPPORTED),
    "missing": Hostile(lambda path: None, frozenset({MISSING})),
    "broken link": Hostile(lambda path: path.symlink_to("gone"), frozenset({MISSING})),
    "link loop": Hostile(lambda path: path.symlink_to(path.name), frozenset({UNREADABLE})),
    "pipe": Hostile(os.mkfifo, frozenset({UNREADABLE})),
    "device": Hostile(lambda path: path.symlink_to("/dev/zero"), frozenset({UNREADABLE})),
}
HOSTILE = PLAIN | DICOM


def cuts(data: bytes) -> list[int]:
    """Return where to cut: inside magic, header, every quarter and close to the end."""
    size = len(data)
    early = [1, 2, 3, 5, 9, 20, 127, 129, 131, 133, 200, 333]
    return sorted({c for c in early if c < size // 2} | {size * k // 8 for k in range(1, 8)})
