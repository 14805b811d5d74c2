"""Files of patients are their owner's only: 0700 for folders, 0600 for files.

Windows has no such bits; there the data folder lies in the user's profile, whose access list lets
in the user, the system and administrators.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
_OTHERS = 0o077


def close_to_others(path: Path) -> None:
    """Take every right of other users on `path` away, as far as its file system knows rights.

    Nothing is done where the path is missing; what could not be closed, `open_to_others` tells.
    """
    if not _has_rights():
        return
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)


def make_private(path: Path) -> None:
    """Make an empty file closed to others where there is none, so that no moment finds it open.

    Raises:
        OSError: It cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    close_to_others(path)


def open_to_others(folder: Path) -> Iterator[Path]:
    """Yield `folder` and what lies below it as far as other users may use it."""
    if not _has_rights() or not _is_open(folder):
        return  # nobody gets past a closed folder
    yield folder
    yield from (path for path in sorted(folder.rglob("*")) if _is_open(path))


def _is_open(path: Path) -> bool:
    with suppress(OSError):
        return bool(path.lstat().st_mode & _OTHERS) and not path.is_symlink()
    return False


def _has_rights() -> bool:
    return os.name == "posix"
