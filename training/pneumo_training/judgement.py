"""The finished model's answers to films it did not learn from, kept for whoever judges it.

They hold the paths of films, so they lie with the run and never go into the package.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.labelled.split import Part, indices
from pneumo_desktop.core.settings import write_whole
from pneumo_desktop.core.training_job import CALIBRATION_ANSWERS, JUDGEMENT, TEST_ANSWERS
from pneumo_training.measure import Answers, answers
from pneumo_training.task import Task

_COLUMNS = ("path", "truth", "patient", "sha256", "probability", "chest")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The answers of the package to its calibration films and to those of the locked test."""

    calibration: Answers
    test: Answers


def answer_part(
    task: Task, part: Part, model: LiteRtClassifier, tick: Callable[[], None]
) -> Answers:
    """Answer a part's films through the very code that will read them."""
    films = [(task.films.paths[i], bool(task.films.truth[i])) for i in indices(task.rows, part)]
    return answers(model, films, tick)


def write_judgement(task: Task, judged: Judged, folder: Path) -> None:
    """Write both files of answers into `JUDGEMENT` in `folder`; see `TrainingJob.run`."""
    place = folder / JUDGEMENT
    place.mkdir(parents=True, exist_ok=True)
    calibration = _table(task, "calibration", judged.calibration)
    write_whole(place / CALIBRATION_ANSWERS, calibration.encode())
    write_whole(place / TEST_ANSWERS, _table(task, "test", judged.test).encode())


def _table(task: Task, part: Part, found: Answers) -> str:
    """Return the answers as CSV, one line a film that was answered.

    `probability` is the calibrated one of the package's network, `chest` its chest score.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    asked = [int(i) for n, i in enumerate(indices(task.rows, part)) if n not in found.unread]
    for film, probability, chest in zip(asked, found.probability, found.chest, strict=True):
        row, path = task.rows[film], task.films.paths[film].absolute()
        writer.writerow(
            (path, row.truth, row.patient, task.films.sha256[film], repr(float(probability)),
             repr(float(chest)))
        )  # fmt: skip
    return text.getvalue()
