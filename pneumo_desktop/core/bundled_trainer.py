"""The frozen training program: a folder of its own, put beside the reading program or elsewhere."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from pneumo_desktop.core.paths import data_dir

FOLDER = "pneumo-trainer"
CHOSEN = "PNEUMO_TRAINER"  # the environment variable that names its folder
_PROGRAM = f"{FOLDER}.exe" if sys.platform == "win32" else FOLDER
_LOADER_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")


def bundled_trainer() -> Path | None:
    """Return the program in the first of `trainer_folders` that has it."""
    programs = (folder / _PROGRAM for folder in trainer_folders())
    return next((program for program in programs if program.is_file()), None)


def trainer_folders() -> list[Path]:
    """Return where it may lie: as named in PNEUMO_TRAINER, beside the program, in the data folder.

    Beside means in its folder (`/opt/pneumo-desktop`) or next to it, as two archives unpack.
    """
    chosen = os.environ.get(CHOSEN)
    if chosen:
        return [Path(chosen)]
    home = Path(sys.executable).resolve().parent
    beside = [home / FOLDER, home.parent / FOLDER] if getattr(sys, "frozen", False) else []
    return [*beside, data_dir() / FOLDER]


def outside_environment(inside: Mapping[str, str]) -> dict[str, str]:
    """Return the environment `inside` as it was before a frozen program led the loader to itself.

    Another program started with it would load our libraries instead of its own. Source:
    PyInstaller's manual, "LD_LIBRARY_PATH / LIBPATH considerations".
    """
    outside = dict(inside)
    if getattr(sys, "frozen", False):
        for name in _LOADER_PATHS:
            outside.pop(name, None)
            before = outside.pop(f"{name}_ORIG", None)
            if before is not None:
                outside[name] = before
    return outside
