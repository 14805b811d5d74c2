"""One network as LiteRT files of three precisions, each with float32 going in and coming out."""

import tempfile
from typing import Any, Literal

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_training.export import Serving
from pneumo_training.integer import to_integer

Precision = Literal["float32", "float16", "int8"]


def to_precisions(
    serving: Serving, size: tuple[int, int], films: NDArray[np.uint8] | None
) -> dict[Precision, bytes]:
    """Convert to LiteRT networks of built-in operators only.

    `float16` keeps its weights in 16 bits and reckons in 32. `int8` reckons in integers, whose
    ranges are those that `films` (films, height, width), grey 0-255, need; without films its
    weights alone are integers, and ranges are found anew at every run.
    """
    spec = tf.TensorSpec((1, *size, 1), tf.float32, name="image")
    run = tf.function(serving.answer, input_signature=[spec])
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(serving, folder, signatures={"serving_default": run})
        whole = bytes(_converter(folder).convert())
        half = _converter(folder, tf.lite.Optimize.DEFAULT)
        half.target_spec.supported_types = [tf.float16]
        short = _converter(folder, tf.lite.Optimize.DEFAULT)
        return {
            "float32": whole,
            "float16": bytes(half.convert()),
            "int8": bytes(short.convert()) if films is None else to_integer(short, whole, films),
        }


def _converter(folder: str, *optimizations: Any) -> Any:
    converter = tf.lite.TFLiteConverter.from_saved_model(folder)
    converter.optimizations = list(optimizations)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    return converter
