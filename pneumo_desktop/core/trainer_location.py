"""Where the training program is: the one question of the window and of `train` and `convert`."""

import os
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
from pneumo_desktop.core.training_job import Task

_CHECKOUT = Path(__file__).resolve().parents[2] / "training"
PACKAGE = "pneumo_training"


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

    Raises:
        TrainerMissingError: This installation cannot train.
    """
    bundled = bundled_trainer()
    if bundled is not None:
        return TrainerLocation(str(bundled), (task,), "")
    if getattr(sys, "frozen", False):
        raise TrainerMissingError(
            "This installed program reads films and does not train. To train, put the folder "
            f"{FOLDER} (a download of its own) into {data_dir()}, or name it in {CHOSEN}."
        )
    in_checkout = (_CHECKOUT / PACKAGE).is_dir()
    if not _installed("tensorflow") or not (in_checkout or _installed(PACKAGE)):
        raise TrainerMissingError(
            "Training needs TensorFlow, which is not installed. "
            "Run: pip install 'pneumo-desktop[train]', or in a checkout: make train-setup"
        )
    root = _CHECKOUT.parent
    path = os.pathsep.join(map(str, (_CHECKOUT, root))) if in_checkout else ""
    return TrainerLocation(sys.executable, ("-m", PACKAGE, task), path)


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
