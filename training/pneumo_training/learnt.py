"""The films that a model's answer was learnt from or tuned on, by their hashes."""

import hashlib
from pathlib import Path

from pneumo_desktop.core.learnt import LEARNT
from pneumo_training.measure import read_by_radiologists
from pneumo_training.task import Task


def films_learnt(task: Task) -> frozenset[str]:
    """Return the SHA-256, or the marks, of all films outside the locked test that taught or chose.

    Those of the model that the learning went on from are among them, as far as it tells.
    """
    own = [
        sha256
        for sha256, row in zip(task.films.sha256, task.rows, strict=True)
        if row.split != "test"
    ]
    mixed = [
        sha256 for pool in (task.mixture.pools if task.mixture else ()) for sha256 in pool.hashes
    ]
    bound = [hashlib.sha256(path.read_bytes()).hexdigest() for path, _ in bounding_films(task)]
    return frozenset((*own, *mixed, *bound, *_begun(task.start)))


def bounding_films(task: Task) -> list[tuple[Path, bool]]:
    """Return the films (path, is ill) of the view that bounds calibration, where it is at hand."""
    for view in task.recipe.views:
        folder = Path(task.job.data) / view.films
        if view.bounds_scale and folder.is_dir():
            return read_by_radiologists(folder)
    return []


def _begun(start: Path | None) -> list[str]:
    told = start.with_name(LEARNT) if start else None
    return told.read_text(encoding="ascii").split() if told and told.is_file() else []
