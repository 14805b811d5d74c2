"""From a SavedModel to LiteRT files; run in a process of its own, see `precision`."""

from pathlib import Path
from typing import Any, Literal

import numpy as np
import tensorflow as tf

from pneumo_training.integer import to_integer

Precision = Literal["float32", "float16", "int8"]
SHOWN = "shown.npy"  # films, (films, height, width) grey 0-255, beside the SavedModel


def network_file(folder: Path, precision: Precision) -> Path:
    """Return where the network of a precision is written."""
    return folder / f"{precision}.tflite"


def write_precisions(folder: Path, wanted: tuple[Precision, ...]) -> None:
    """Write the SavedModel in `folder` as networks of built-in operators only.

    `float16` keeps its weights in 16 bits and reckons in 32. `int8` reckons in integers, whose
    ranges are those that the films shown need; without films its weights alone are integers, and
    ranges are found anew at every run.
    """
    whole = bytes(_converter(folder).convert())
    network_file(folder, "float32").write_bytes(whole)
    if "float16" in wanted:
        half = _converter(folder, tf.lite.Optimize.DEFAULT)
        half.target_spec.supported_types = [tf.float16]
        network_file(folder, "float16").write_bytes(half.convert())
    if "int8" in wanted:
        short, films = _converter(folder, tf.lite.Optimize.DEFAULT), folder / SHOWN
        integer = to_integer(short, whole, np.load(films)) if films.is_file() else short.convert()
        network_file(folder, "int8").write_bytes(integer)


def _converter(folder: Path, *optimizations: Any) -> Any:
    converter = tf.lite.TFLiteConverter.from_saved_model(str(folder))
    converter.optimizations = list(optimizations)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    return converter
