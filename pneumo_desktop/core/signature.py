"""What a file is, told by its first bytes alone; nothing is decoded here."""

import stat
from enum import Enum, auto
from pathlib import Path

HEAD = 1024  # bytes that tell every kind

_PREAMBLE = 128
_FIRST_ELEMENTS = tuple(  # of groups 2 and 8, in both byte orders
    group.to_bytes(2, order) + element.to_bytes(2, order)
    for order in ("little", "big")
    for group, element in ((2, 0), (2, 1), (2, 0x10), (8, 0), (8, 1), (8, 5), (8, 8), (8, 0x16))
)
# (0002,0002), always explicit little endian, naming Media Storage Directory Storage (PS3.10 7.1)
_DIRECTORY = b"\x02\x00\x02\x00UI\x14\x001.2.840.10008.1.3.10"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DOCUMENTS = (b"META-INF/", b"[Content_Types].xml", b"mimetype")


class Kind(Enum):
    """What a file is, as far as finding films goes."""

    DICOM = auto()
    DICOMDIR = auto()
    PICTURE = auto()
    ZIP = auto()
    OTHER = auto()


def is_dicom(data: bytes) -> bool:
    """Tell a DICOM file by its prefix, or by its first group where there is no preamble."""
    return data[_PREAMBLE : _PREAMBLE + 4] == b"DICM" or data.startswith(_FIRST_ELEMENTS)


def kind_of(head: bytes) -> Kind:
    """Tell a file's kind by its first `HEAD` bytes.

    DICOM comes first: its preamble may hold anything, another format's first bytes too
    (PS3.10 7.1). Programs and office documents that are ZIP files inside are no archives of films.
    """
    if is_dicom(head):
        return Kind.DICOMDIR if _DIRECTORY in head[:HEAD] else Kind.DICOM
    if head.startswith(_ZIPS):
        return Kind.OTHER if head[30:].startswith(_DOCUMENTS) else Kind.ZIP
    return Kind.PICTURE if head.startswith(_PICTURES) or _is_bmp_or_webp(head) else Kind.OTHER


def _is_bmp_or_webp(head: bytes) -> bool:
    bmp = head.startswith(b"BM") and head[6:10] == bytes(4)
    return bmp or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def kind_of_file(path: Path) -> Kind:
    """Tell a file's kind; `OTHER` for what is no regular file or cannot be opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe or a device may never end
            return Kind.OTHER
        with path.open("rb") as file:
            return kind_of(file.read(HEAD))
    except (OSError, ValueError):
        return Kind.OTHER
