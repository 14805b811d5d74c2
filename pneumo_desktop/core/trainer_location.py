"""Where the training program is: the one question of the window and of `train` and `convert`."""

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pneumo_desktop.core.bundled_trainer import (
    CHOSEN,
    FOLDER,
    bundled_trainer,
    outside_environment,
)
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.core.training_job import Task

_CHECKOUT = Path(__file__).resolve().parents[2] / "training"
PACKAGE = "pneumo_training"
_NEEDED = (PACKAGE, "pneumo_desktop", "tensorflow", "ai_edge_litert", "matplotlib", "msgspec",
           "numpy", "PIL", "platformdirs", "pydicom")  # fmt: skip
_ASK = (  # prints what is lacking; nothing is imported, so it takes no time
    "import sys, importlib.util as u; "
    "print(*[n for n in sys.argv[1:] if u.find_spec(n) is None], "
    "*(['Python-3.11-or-later'] if sys.version_info < (3, 11) else []))"
)
_PATIENCE = 15  # seconds
_RENAME = "Or name another in File, Preferences, Folders."


@dataclass(frozen=True, slots=True)
class TrainerLocation:
    """How to start it: a program, the arguments before ours, and what to add to PYTHONPATH."""

    program: str
    arguments: tuple[str, ...]
    python_path: str

    def environment(self) -> dict[str, str]:
        """Return the environment it needs."""
        old = os.environ.get("PYTHONPATH", "")
        joined = os.pathsep.join(filter(None, (self.python_path, old)))
        outside = outside_environment(os.environ)
        return {**outside, "PYTHONPATH": joined} if joined else outside


class TrainerMissingError(Exception):
    """There is no training program here; the text says how to get it."""


def locate_trainer(task: Task | Literal["convert"] = "train") -> TrainerLocation:
    """Return how to start the training program on a task; its job file is the next argument.

    That is the Python that the user names (`Settings.trainer_python`), the frozen trainer where
    there is one, or this very Python where TensorFlow is installed beside the program.

    Raises:
        TrainerMissingError: This installation cannot train.
    """
    named = load_settings(data_dir()).trainer_python
    if named:
        return _named_trainer(named, task)
    bundled = bundled_trainer()
    if bundled is not None:
        return TrainerLocation(str(bundled), (task,), "")
    if getattr(sys, "frozen", False):
        raise TrainerMissingError(
            "This installed program reads films and does not train. To train, put the folder "
            f"{FOLDER} (a download of its own) into {data_dir()}, or name it in {CHOSEN}; or name "
            "a Python with pneumo-desktop[train] in File, Preferences, Folders."
        )
    if not _installed("tensorflow") or not (_in_checkout() or _installed(PACKAGE)):
        raise TrainerMissingError(
            "Training needs TensorFlow, which is not installed. "
            "Run: pip install 'pneumo-desktop[train]', or in a checkout: make train-setup. Or name "
            "a Python that has it in File, Preferences, Folders."
        )
    return TrainerLocation(sys.executable, ("-m", PACKAGE, task), _python_path())


def _named_trainer(python: str, task: str) -> TrainerLocation:
    """Return how to start the trainer with another Python, once it was asked what it has."""
    location = TrainerLocation(python, ("-m", PACKAGE, task), _python_path())
    try:
        asked = subprocess.run(  # noqa: S603 - the program that the user names, and no shell
            [python, "-c", _ASK, *_NEEDED],
            env=location.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
        lacking = asked.stdout.splitlines()[-1].split()
    except (OSError, subprocess.SubprocessError, IndexError) as error:
        raise TrainerMissingError(
            f"{python} is named as the Python to train with, and it cannot be started as one "
            f"({_reason(error)}). {_RENAME}"
        ) from error
    if lacking:
        what = f"{_CHECKOUT.parent}[train]" if _in_checkout() else "pneumo-desktop[train]"
        raise TrainerMissingError(
            f"{python} is named as the Python to train with, and it lacks {', '.join(lacking)}. "
            f'Run: "{python}" -m pip install "{what}". {_RENAME}'
        )
    return location


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no answer in {_PATIENCE} s"
    return "it did not answer"


def _in_checkout() -> bool:
    return (_CHECKOUT / PACKAGE).is_dir()


def _python_path() -> str:
    """Return what another Python needs to find our packages: nothing where they are installed."""
    return os.pathsep.join(map(str, (_CHECKOUT, _CHECKOUT.parent))) if _in_checkout() else ""


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
