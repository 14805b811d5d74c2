"""What comes after learning: calibrating, exporting, comparing and measuring, by a little of it."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_training.anatomy import dissect
from pneumo_training.augment import ROBUSTNESS
from pneumo_training.counts import Counts
from pneumo_training.export import Serving, shipped_gate
from pneumo_training.pack import COMPARED
from pneumo_training.parity import ask, runner
from pneumo_training.precision import to_precisions
from pneumo_training.robustness import MOST

_ASKED = 4  # films
_PRECISIONS = 3  # of which the integers take about half the time of a float network
_WRONG = 1.1  # films turned and inverted are compared too


def rest_seconds(
    model: Any,
    images: NDArray[np.uint8],
    counts: Counts,
    reading: float,
    tick: Callable[[], None],
) -> float:
    """Return the seconds after learning; `images` (films, rows, columns) are some to try.

    `reading` is the seconds that reading a film takes.
    """
    serving = Serving(dissect(model), shipped_gate().score)
    size = (int(images.shape[1]), int(images.shape[2]))
    begun = time.perf_counter()
    network = to_precisions(serving, size, None, tick, ("float32",))["float32"]
    export = _PRECISIONS * (time.perf_counter() - begun)
    trained = _seconds(tf.function(serving.answer), images, tick)
    exported = _seconds(runner(network), images, tick)
    compared = min(COMPARED, counts.all - counts.test) * _WRONG
    comparing = compared * (trained + (_PRECISIONS - 0.5) * exported)
    moved = (1 + len(ROBUSTNESS)) * min(MOST, counts.validation)
    kept = counts.test + counts.calibration
    measuring = kept * (reading + exported) + moved * exported
    return export + counts.calibration * trained + comparing + measuring


def _seconds(way: Any, images: NDArray[np.uint8], tick: Callable[[], None]) -> float:
    """Return the median seconds of a film, the first one not counted: it compiles."""
    found = []
    for image in images[: 1 + _ASKED]:
        tick()
        found.append(ask(way, image[np.newaxis, ..., np.newaxis].astype(np.float32))[-1])
    return float(np.median(found[1:] or found))
