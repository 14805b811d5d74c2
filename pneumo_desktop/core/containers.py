"""Paths that lead into a file: a film in a ZIP, and a film that a DICOMDIR names in vain."""

import stat
from pathlib import Path
from typing import NoReturn

from pneumo_desktop.core import archive, dicomdir
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.open_errors import cannot_open
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.signature import HEAD, Kind, kind_of, kind_of_file

_NOT_ON_DISC = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOMDIR names this film, but it is not there. Copy the whole disc again."
)
_BARREN = QT_TRANSLATE_NOOP("Reasons", "No film was found in this ZIP. Add the films themselves.")
_TABLE = QT_TRANSLATE_NOOP(
    "Reasons", "This is a DICOMDIR, a disc's table of contents, no film. Add the films' folder."
)
_NOT_OPENED = QT_TRANSLATE_NOOP("Reasons", "The DICOMDIR cannot be opened ({why}). {to_do}")


def holder_of(path: Path) -> tuple[Path, Kind] | None:
    """Return the ZIP or DICOMDIR that `path` is or leads into."""
    for candidate in (path, *path.parents):
        try:
            regular = stat.S_ISREG(candidate.stat().st_mode)
        except (OSError, ValueError):
            continue  # only what is above it may be there
        kind = kind_of_file(candidate) if regular else Kind.OTHER
        return (candidate, kind) if kind in (Kind.ZIP, Kind.DICOMDIR) else None
    return None


def bytes_within(path: Path, max_bytes: int) -> bytes | None:
    """Return the contents of a film in a ZIP; None where `path` is an ordinary one.

    Raises:
        FilmError: It cannot be read, or it is a ZIP or a DICOMDIR and no film.
    """
    found = holder_of(path)
    if found is None:
        return None
    holder, kind = found
    if kind is Kind.DICOMDIR:
        if path != holder:
            raise FilmError(ReasonCode.MISSING, _NOT_ON_DISC)
        _refuse_table(read_table(holder))
    if path == holder:
        archive.members(holder)
        raise FilmError(ReasonCode.UNSUPPORTED, _BARREN)
    data = archive.read(holder, path.relative_to(holder).parts, max_bytes)
    if kind_of(data[:HEAD]) is Kind.DICOMDIR:
        _refuse_table(data)
    return data


def _refuse_table(data: bytes) -> NoReturn:
    dicomdir.contents(data)
    raise FilmError(ReasonCode.UNSUPPORTED, _TABLE)


def read_table(path: Path) -> bytes:
    """Return a DICOMDIR's bytes, one more than allowed where there are too many.

    Raises:
        FilmError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(dicomdir.MAX_BYTES + 1)
    except OSError as error:
        raise FilmError(ReasonCode.UNREADABLE, cannot_open(_NOT_OPENED, error)) from error
