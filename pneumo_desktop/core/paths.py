"""Where things lie: in a checkout, an installed wheel and a frozen bundle alike."""

import os
import stat
import sys
from pathlib import Path

import platformdirs

from pneumo_desktop.core.private import PRIVATE_FOLDER, close_to_others

_PACKAGE = Path(__file__).resolve().parents[1]


def _roots() -> list[Path]:
    """Return the folders that may hold `resources`; the checkout first, for an editable install."""
    checkout, installed = _PACKAGE.parent / "resources", _PACKAGE / "resources"
    frozen = Path(getattr(sys, "_MEIPASS", _PACKAGE)) / "resources"
    return (
        [checkout, frozen, installed]
        if (_PACKAGE.parent / "pyproject.toml").exists()
        else [
            frozen,
            installed,
        ]
    )


def resource(name: str) -> Path:
    """Return the shipped file or folder `name`, a path below `resources`.

    Raises:
        FileNotFoundError: The installation lacks it.
    """
    for root in _roots():
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"resources/{name} is missing; install Pneumo Desktop again")


class DataFolderError(Exception):
    """The folder of all state cannot be used; the text says which and what to do."""


def data_dir() -> Path:
    """Return the folder of all state, made where missing and closed to other users.

    `PNEUMO_HOME` moves it.

    Raises:
        DataFolderError: It cannot be made, or belongs to everybody.
    """
    chosen = os.environ.get("PNEUMO_HOME")
    folder = (
        Path(chosen) if chosen else platformdirs.user_data_path("pneumo-desktop", appauthor=False)
    )
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        shared = folder.stat().st_mode & stat.S_ISVTX
    except OSError as error:
        raise DataFolderError(
            f"{folder}: the data folder cannot be made ({error.strerror or error}). "
            "Set PNEUMO_HOME to a folder that may be written."
        ) from error
    if shared:  # such as /tmp, which must stay open to all
        raise DataFolderError(
            f"{folder} is shared by all users of this computer. Set PNEUMO_HOME to a folder of "
            "your own, for instance one inside it."
        )
    close_to_others(folder)
    return folder
