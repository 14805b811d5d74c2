"""What a step of learning costs, measured by a few of them."""

import itertools
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pneumo_desktop.core.training_job import SECONDS_EPOCH, SECONDS_FIRST_EPOCH
from pneumo_training.batches import Batch, Source, epoch_batches
from pneumo_training.cached import Cache
from pneumo_training.control import Control
from pneumo_training.counts import Counts
from pneumo_training.fit import Held, Learner, logits
from pneumo_training.recipe import Recipe

TRIED = 6  # batches of films to try with; they come again and again
_SLOW, _QUICK, _SMOOTH = 15.0, 3.0, 12  # seconds for few steps, or for at least so many
_READY = 5  # batches that are there before the first step, which compiles, is over


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: of one `step`, of validating one film (`answer`), of keeping its `feature`."""

    step: float
    answer: float
    feature: float

    def figures(self, counts: Counts, batch: int) -> dict[str, float]:
        """Return the seconds of an epoch, and of the first, which alone makes features."""
        epoch = math.ceil(counts.epoch / batch) * self.step + counts.validation * self.answer
        first = epoch + (counts.epoch + counts.validation) * self.feature
        return {SECONDS_EPOCH: epoch, SECONDS_FIRST_EPOCH: first}


def measure_pace(
    network: Any, recipe: Recipe, source: Source, held: Held, control: Control, folder: Path
) -> Pace:
    """Learn a little from `source`; what `recipe` keeps of films goes into `folder`.

    Raises:
        TrainingError: The loss is no number, or the disk is full.
        Cancelled: The user cancelled.
    """
    student, feature = network, 0.0
    if recipe.training.cache_features:
        cache = Cache(network, source, held, folder)
        feature = _keep(cache, control)
        source, held = cache.films()
        student = cache.head
    learner = Learner(student, recipe.training, recipe.training.epochs * TRIED)
    step = _step(learner, source, control)
    logits(student, held.images, control.step)  # compiles
    begun = time.perf_counter()
    logits(student, held.images, control.step)
    return Pace(step, (time.perf_counter() - begun) / len(held.truth), feature)


def _keep(cache: Cache, control: Control) -> float:
    """Return the seconds that the features of one film take, the first films not counted."""
    told: list[tuple[int, float]] = []
    cache.fill(lambda done, _: told.append((done, time.perf_counter())), control)
    (first, begun), (last, ended) = told[0], told[-1]
    return (ended - begun) / max(1, last - first)


def _step(learner: Learner, source: Source, control: Control) -> float:
    """Return the seconds of a step, waiting for its films included."""
    marks: list[float] = []
    for batch in _batches(source, learner.part.batch):
        control.step()
        learner.learn(batch.images, batch.truth, batch.weight)
        marks.append(time.perf_counter())
        if len(marks) > 1 and marks[-1] - marks[0] > (_QUICK if len(marks) > _SMOOTH else _SLOW):
            break
    marks = marks[_READY if len(marks) > _SMOOTH else 0 :]
    return (marks[-1] - marks[0]) / (len(marks) - 1)


def _batches(source: Source, size: int) -> Iterator[Batch]:
    """Yield batches without end, an epoch after the other."""
    for epoch in itertools.count(1):
        yield from epoch_batches(source, size, epoch)
