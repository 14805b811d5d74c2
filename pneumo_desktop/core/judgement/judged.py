"""The answers of a trained model to films kept apart, as the training program leaves them.

One file holds the films on which an operating point may be chosen, one the locked test (see
`training_job`). They name paths: they stay in the run's folder and are no part of the model.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.judgement.clusters import Clusters, clusters

COLUMNS = ("path", "truth", "patient", "sha256", "probability", "chest")
_TRUTH = {"pneumonia": True, "1": True, "true": True, "normal": False, "0": False, "false": False}
MARK = 16  # hex digits of a film's SHA-256 by which `learnt.txt` names it


class JudgementError(Exception):
    """A model cannot be judged; the text says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Films with their truth and a model's answers, each (films,).

    `probability` is calibrated, of pneumonia; `truth` is true for pneumonia; `of` is the number of
    each film's patient.
    """

    paths: tuple[Path, ...]
    sha256: tuple[str, ...]
    truth: NDArray[np.bool_]
    of: Clusters
    probability: NDArray[np.float64]
    chest: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def patients(self) -> int:
        """How many patients the films are of."""
        return len(np.unique(self.of))

    def only(self, kept: NDArray[np.bool_]) -> "Judged":
        """Return the films for which `kept` (films,) is true."""
        places = np.flatnonzero(kept)
        return Judged(
            tuple(self.paths[i] for i in places),
            tuple(self.sha256[i] for i in places),
            self.truth[kept],
            np.unique(self.of[kept], return_inverse=True)[1].astype(np.intp),
            self.probability[kept],
            self.chest[kept],
        )


def read_judged(file: Path) -> Judged:
    """Read the answers to films kept apart.

    Raises:
        JudgementError: The file is missing, damaged or empty.
    """
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(_rows(csv.DictReader(stream)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise JudgementError(
            f"{file}: the answers to the films kept apart cannot be read. Train the model again."
        ) from error
    if not rows:
        raise JudgementError(f"{file}: there is no film in it. Train with more films.")
    return Judged(
        tuple(Path(row["path"]) for row in rows),
        tuple(row["sha256"].lower() for row in rows),
        np.array([_TRUTH[row["truth"].lower()] for row in rows]),
        clusters([row["patient"] for row in rows]),
        np.array([_share(row["probability"]) for row in rows]),
        np.array([_share(row["chest"]) for row in rows]),
    )


def _rows(table: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
    """Yield the rows, checked whole.

    Raises:
        KeyError: A column is missing, or a truth is unknown.
        ValueError: A number is none, or not from 0 to 1.
    """
    for row in table:
        _TRUTH[row["truth"].lower()], _share(row["probability"]), _share(row["chest"])
        yield {name: row[name] for name in COLUMNS}


def _share(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and 0.0 <= value <= 1.0):
        raise ValueError
    return value


def read_learnt(file: Path) -> frozenset[str] | None:
    """Return the marks of the films a model learnt from; None where it does not say."""
    try:
        return frozenset(file.read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError):
        return None


def unseen(judged: Judged, learnt: frozenset[str]) -> NDArray[np.bool_]:
    """Return, (films,), which films a model with these marks has not learnt from."""
    return np.array([sha256[:MARK] not in learnt for sha256 in judged.sha256], dtype=np.bool_)
