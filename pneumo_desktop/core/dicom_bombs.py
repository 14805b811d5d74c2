"""Refuse DICOM files that are small on disk and huge in memory, before a decoder meets them.

Source: DICOM PS3.5 A.4 (encapsulated pixel data), A.5 (deflated); ITU-T T.81 B.2.2 (JPEG frame
header), T.87 C.2.2 (JPEG-LS), T.800 A.5.1 (JPEG 2000 size).
"""

import struct
import zlib

from pydicom.dataset import FileDataset
from pydicom.encaps import get_frame
from pydicom.uid import DeflatedExplicitVRLittleEndian, RLELossless

from pneumo_desktop.core import dicom_sentences
from pneumo_desktop.core.cases import FilmError, ReasonCode

_META_BEGIN = 144  # after preamble, prefix and the meta information's own length (PS3.10 7.1)
_PIECE = 1 << 18
_MOST_PIXELS = 1 << 16  # along one side (US, 0028,0010); a codestream that says more is broken
_SIZE_OF_JPEG_2000 = b"\xff\x4f\xff\x51"
_FRAMES_OF_JPEG = {*range(0xC0, 0xD0), 0xF7} - {0xC4, 0xC8, 0xCC}


def refuse_inflating(data: bytes, most_bytes: int) -> None:
    """Refuse a deflated file of more than `most_bytes`.

    Raises:
        FilmError: It inflates to more.
        zlib.error: It is no deflated data.
    """
    head = data[: _META_BEGIN + 1024]
    if DeflatedExplicitVRLittleEndian.encode() not in head:
        return
    (length,) = struct.unpack_from("<I", data, _META_BEGIN - 4)
    inflater, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for begin in range(_META_BEGIN + length, len(data), _PIECE):
        waiting = data[begin : begin + _PIECE]
        while waiting and size <= most_bytes and not inflater.eof:  # padding may follow the end
            size += len(inflater.decompress(waiting, _PIECE))
            waiting = inflater.unconsumed_tail
    if size > most_bytes:
        raise FilmError(ReasonCode.TOO_LARGE, dicom_sentences.INFLATING)


def refuse_other_size(dataset: FileDataset) -> None:
    """Refuse compressed pixels of another size than the header's, which decoders would allocate.

    Raises:
        FilmError: The sizes differ.
        Exception: There are no compressed pixels.
    """
    syntax = dataset.file_meta.TransferSyntaxUID
    if not syntax.is_encapsulated or syntax == RLELossless:
        return
    inside = frame_size(get_frame(dataset.PixelData, 0, number_of_frames=1))
    if inside is not None and inside != (int(dataset.Rows), int(dataset.Columns)):
        if not all(0 < length <= _MOST_PIXELS for length in inside):
            raise FilmError(ReasonCode.UNREADABLE, dicom_sentences.DAMAGED_INSIDE)
        text = dicom_sentences.OTHER_SIZE.format(
            columns=inside[1],
            rows=inside[0],
            named_columns=dataset.Columns,
            named_rows=dataset.Rows,
        )
        raise FilmError(ReasonCode.UNREADABLE, text)


def frame_size(stream: bytes) -> tuple[int, int] | None:
    """Return rows and columns that a JPEG, JPEG-LS or JPEG 2000 stream names, None where none."""
    place = stream[:4096].find(_SIZE_OF_JPEG_2000)
    if place >= 0:
        across, down, left, top = struct.unpack_from(">4I", stream, place + 8)
        return down - top, across - left
    place = 2
    while place + 9 <= len(stream):
        marker, kind, length = struct.unpack_from(">BBH", stream, place)
        if marker != 0xFF:
            return None
        if kind in _FRAMES_OF_JPEG:
            rows, columns = struct.unpack_from(">HH", stream, place + 5)
            return rows, columns
        place += 1 if kind == 0xFF else 2 + length  # any marker may be filled up with 0xFF
    return None
