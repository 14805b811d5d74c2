"""Bytes to film: the format is told by content, never by the file's name."""

import hashlib
import stat
from pathlib import Path

from pneumo_desktop.core import picture
from pneumo_desktop.core.cases import Film, FilmError, ReasonCode
from pneumo_desktop.core.containers import bytes_within
from pneumo_desktop.core.offline import without
from pneumo_desktop.core.open_errors import cannot_open
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.signature import is_dicom

MAX_PIXELS = 100_000_000
MAX_BYTES = 1 << 30


_NOT_THERE = QT_TRANSLATE_NOOP(
    "Reasons", "The file is not there any more, or never was. Check its path, or add it again."
)
_NOT_OPENED = QT_TRANSLATE_NOOP("Reasons", "The file cannot be opened ({why}). {to_do}")
_TOO_LARGE = QT_TRANSLATE_NOOP("Reasons", "The file is larger than 1 GB. Export the film alone.")
_EMPTY = QT_TRANSLATE_NOOP("Reasons", "The file is empty. Export the film again.")
_NOT_LISTED = QT_TRANSLATE_NOOP("Reasons", "The folder cannot be listed. Check its permissions.")
_NO_FILE = QT_TRANSLATE_NOOP(
    "Reasons", "This is a device or a pipe, not a file. Add the film itself."
)


def read_film(path: Path) -> Film:
    """Read a film: DICOM or a picture.

    Raises:
        FilmError: The file cannot become a film; its reason says why.
    """
    data = bytes_within(path, MAX_BYTES)
    if data is None:
        data = _read_bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if is_dicom(data):
        with without("requests"):
            from pneumo_desktop.core import dicom  # noqa: PLC0415 - pydicom is slow to load

        return dicom.read(data, path, sha256, MAX_PIXELS)
    return picture.read(data, path, sha256, MAX_PIXELS)


def decoders() -> dict[str, bool]:
    """Return by name all that is promised to be read, and whether its decoder is here."""
    with without("requests"):
        from pneumo_desktop.core import dicom  # noqa: PLC0415 - pydicom is slow to load

    return picture.decoders() | dicom.decoders()


def _read_bytes(path: Path) -> bytes:
    try:
        _refuse_no_file(path.stat().st_mode)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise FilmError(ReasonCode.MISSING, _NOT_THERE) from None
    except OSError as error:
        raise FilmError(ReasonCode.UNREADABLE, cannot_open(_NOT_OPENED, error)) from error
    if len(data) > MAX_BYTES:
        raise FilmError(ReasonCode.TOO_LARGE, _TOO_LARGE)
    if not data:
        raise FilmError(ReasonCode.UNREADABLE, _EMPTY)
    return data


def _refuse_no_file(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FilmError(ReasonCode.UNREADABLE, _NOT_LISTED)
    if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
        raise FilmError(ReasonCode.UNREADABLE, _NO_FILE)
