"""Where things lie: in a checkout, an installed wheel and a frozen bundle alike."""

import os
import sys
from pathlib import Path

import platformdirs

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


def data_dir() -> Path:
    """Return the folder of all state, made where missing and closed to other users.

    `PNEUMO_HOME` moves it.
    """
    chosen = os.environ.get("PNEUMO_HOME")
    folder = (
        Path(chosen) if chosen else platformdirs.user_data_path("pneumo-desktop", appauthor=False)
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
