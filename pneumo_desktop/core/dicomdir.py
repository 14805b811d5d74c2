"""What a DICOMDIR, the table of contents of a disc, names. Source: DICOM PS3.3 F, PS3.10 8.

A reference is never used as a path: it is only compared with the files that are really there.
"""

import io
import logging
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pneumo_desktop.core.archive import Parts, safe_parts, unsafe_parts
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.offline import without
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # its remarks quote the file
NAME = "dicomdir"
MAX_BYTES = 16 << 20  # some 30,000 images
_IMAGE = "IMAGE"
_OFFSETS = ("OffsetOfTheNextDirectoryRecord", "OffsetOfReferencedLowerLevelDirectoryEntity")


_TOO_LARGE = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOMDIR is larger than any disc needs. Add the folders of films themselves."
)
_DAMAGED = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOMDIR is damaged. Copy the disc again, or add the folders of films."
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The files named: images, and what DICOM keeps beside them, by `key`; as spelled there."""

    images: dict[Parts, Parts]
    documents: frozenset[Parts]


NOTHING = Contents({}, frozenset())


def key(parts: Iterable[str]) -> Parts:
    """Return what makes two spellings the same file: discs change case, and add version and dot.

    Source: ISO 9660 7.5; DICOM PS3.10 8.2 allows capitals only.
    """
    return tuple(part.split(";")[0].rstrip(".").casefold() for part in parts)


def is_named_so(name: str) -> bool:
    """Tell the one name that a table of contents may have (PS3.10 8.6)."""
    return key([name]) == (NAME,)


def contents(data: bytes) -> Contents:
    """Return what a DICOMDIR names.

    Raises:
        FilmError: It is damaged or too large.
    """
    if len(data) > MAX_BYTES:
        raise FilmError(ReasonCode.TOO_LARGE, _TOO_LARGE)
    try:
        records = _records(data)
        found = [(record, _parts(record)) for record in records if _is_in_use(record)]
    except Exception as error:  # pydicom raises whatever it likes on broken data
        raise FilmError(ReasonCode.UNREADABLE, _DAMAGED) from error
    images = [p for record, p in found if p and record.get("DirectoryRecordType") == _IMAGE]
    documents = {key(p) for record, p in found if p} - {key(p) for p in images}
    return Contents({key(p): p for p in images}, frozenset(documents))


def _records(data: bytes) -> Iterable[Any]:
    with without("requests"):
        import pydicom  # noqa: PLC0415 - slow to load, and few films come with a DICOMDIR

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = pydicom.dcmread(io.BytesIO(data))
        records = list(dataset.get("DirectoryRecordSequence") or ())
    if any(_is_cut(record, len(data)) for record in records):
        raise EOFError  # pydicom reads on as if nothing were missing, and films would be
    return records


def _is_cut(record: Any, size: int) -> bool:
    """Tell a record that leads beyond the end, or ends early; KeyError for one that ends earlier.

    What is asked for is of type 1 (PS3.3 F.3.2.2, F.5).
    """
    leads_on = any(int(record[word].value or 0) >= size for word in _OFFSETS)
    return leads_on or (record["DirectoryRecordType"].value == _IMAGE and not _parts(record))


def _is_in_use(record: Any) -> bool:
    return int(record.get("RecordInUseFlag", 0xFFFF)) != 0


def _parts(record: Any) -> Parts:
    """Return the steps of Referenced File ID (0004,1500), none where no file is meant."""
    value = record.get("ReferencedFileID")
    if value is None or value == "":
        return ()
    steps = [value] if isinstance(value, str) else [str(step) for step in value]
    name = "/".join(steps).replace("\\", "/")
    return safe_parts(name) or unsafe_parts(name)
