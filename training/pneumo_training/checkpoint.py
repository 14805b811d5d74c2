"""What a killed run needs to go on: written whole after each epoch."""

import json
import os
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NAME = "checkpoint.npz"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class Epoch:
    """What one epoch came to; losses in nats, the rest shares 0-1."""

    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    val_auroc: float


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """Epochs so far, the learner's `state`, and the `best` weights."""

    epochs: tuple[Epoch, ...]
    state: list[NDArray[Any]]
    best: list[NDArray[Any]]


def write_checkpoint(folder: Path, kept: Checkpoint) -> None:
    """Write the checkpoint into `folder`, replacing the one before.

    Raises:
        OSError: It cannot be written; the one before is still there.
    """
    arrays: dict[str, Any] = {f"state{i}": value for i, value in enumerate(kept.state)}
    arrays |= {f"best{i}": value for i, value in enumerate(kept.best)}
    part = folder / (_NAME + ".part")
    try:
        with part.open("wb") as file:
            epochs = json.dumps([asdict(epoch) for epoch in kept.epochs])
            np.savez(file, version=_VERSION, epochs=epochs, **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / _NAME)
    except OSError:
        part.unlink(missing_ok=True)  # the room it takes may be what is missing
        raise


def read_checkpoint(folder: Path) -> Checkpoint | None:
    """Return the checkpoint in `folder`, or None where none is usable."""
    try:
        with np.load(folder / _NAME, allow_pickle=False) as file:
            if int(file["version"]) != _VERSION:
                return None
            epochs = tuple(Epoch(**epoch) for epoch in json.loads(str(file["epochs"])))
            return Checkpoint(epochs, _series(file, "state"), _series(file, "best"))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _series(file: Any, name: str) -> list[NDArray[Any]]:
    count = sum(key.startswith(name) for key in file.files)
    return [file[f"{name}{i}"] for i in range(count)]
