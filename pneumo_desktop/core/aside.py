"""Damaged files of the user's are kept beside the new ones, under a date; none is deleted."""

import os
import shutil
import time
from pathlib import Path

from pneumo_desktop.core.private import make_private


def copy_aside(path: Path, *companions: str) -> Path:
    """Copy a file to a free name with the date and return it, closed to others.

    `companions` are endings of files that belong to it and go with it, such as "-wal".

    Raises:
        OSError: It cannot be read, or there is no room.
    """
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    aside, number = path.with_name(f"{path.stem}-damaged-{moment}{path.suffix}"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-damaged-{moment}-{number}{path.suffix}")
    for ending in ("", *companions):
        copy_private(path.with_name(path.name + ending), aside.with_name(aside.name + ending))
    return aside


def copy_private(path: Path, to: Path) -> None:
    """Copy a file, where there is one, to one that no moment finds open to others."""
    if path.is_file():
        make_private(to)
        shutil.copyfile(path, to)
        sync(to)


def sync(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
