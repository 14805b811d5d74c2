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
from pneumo_desktop.core.learnt import mark
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.training_job import CALIBRATION_ANSWERS, JUDGEMENT, TEST_ANSWERS

COLUMNS = ("path", "truth", "patient", "sha256", "probability", "chest")
_TRUTH = {"pneumonia": True, "1": True, "true": True, "normal": False, "0": False, "false": False}


_NOT_READ = QT_TRANSLATE_NOOP(
    "Judgement",
    "{file}: the answers to the films kept apart cannot be read. Train the model again.",
)
_EMPTY = QT_TRANSLATE_NOOP("Judgement", "{file}: there is no film in it. Train with more films.")
_NO_ANSWERS = QT_TRANSLATE_NOOP(
    "Judgement",
    "There are no answers to films kept apart for {model}. A model is judged where it was trained; "
    "train it again here.",
)


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
        raise JudgementError(_NOT_READ.format(file=file)) from error
    if not rows:
        raise JudgementError(_EMPTY.format(file=file))
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


def unseen(judged: Judged, learnt: frozenset[str]) -> NDArray[np.bool_]:
    """Return, (films,), which films a model with these marks has not learnt from."""
    return np.array([mark(sha256) not in learnt for sha256 in judged.sha256], dtype=np.bool_)


def answers_folder(package: Path, run: Path) -> Path:
    """Return where the answers of a package lie: in its run's folder, else beside it.

    Raises:
        JudgementError: There are none, such as of a model that was made elsewhere.
    """
    for folder in (run / JUDGEMENT, package.with_name(package.name + ".training") / JUDGEMENT):
        if all((folder / name).is_file() for name in (CALIBRATION_ANSWERS, TEST_ANSWERS)):
            return folder
    raise JudgementError(_NO_ANSWERS.format(model=package.name))
