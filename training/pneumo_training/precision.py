"""One network as LiteRT files of three precisions, each with float32 going in and coming out.

TensorFlow's converter holds the interpreter for a minute and more on a large network: in this
process nobody would hear that the job lives, and nobody could cancel it.
"""

import multiprocessing
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_training.export import Serving
from pneumo_training.failure import TrainingError
from pneumo_training.litert import SHOWN, Precision, network_file, write_precisions

_OFTEN = 0.2  # seconds


def to_precisions(
    serving: Serving,
    size: tuple[int, int],
    films: NDArray[np.uint8] | None,
    tick: Callable[[], None],
    wanted: tuple[Precision, ...] = get_args(Precision),
) -> dict[Precision, bytes]:
    """Convert in a child process; see `litert.write_precisions` for what each precision is.

    `films` (films, height, width), grey 0-255, show the ranges that integers must span.

    Raises:
        TrainingError: The child failed.
    """
    spec = tf.TensorSpec((1, *size, 1), tf.float32, name="image")
    run = tf.function(serving.answer, input_signature=[spec])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tf.saved_model.save(serving, name, signatures={"serving_default": run})
        if films is not None:
            np.save(folder / SHOWN, films)
        _in_child((folder, wanted), tick)
        return {precision: network_file(folder, precision).read_bytes() for precision in wanted}


def _in_child(what: tuple[Path, tuple[Precision, ...]], tick: Callable[[], None]) -> None:
    child = multiprocessing.get_context("spawn").Process(target=write_precisions, args=what)
    child.start()
    try:
        while child.is_alive():
            child.join(_OFTEN)
            tick()
    finally:
        child.kill()
        child.join()
    if child.exitcode:
        raise TrainingError(
            f"The network could not be exported (the converter ended with {child.exitcode}; memory "
            "may have been short). Close other programs and start again with the same films."
        )
