"""Convolutions in integers, everything else in float: pixels, evidence, logit and chest score.

Eight bits are enough for what lies between convolutions, not for a sum over all positions: with
the heads in integers too, the evidence was off by 3 logits and the chest score let every picture
of other things through.
"""

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

_CONVOLUTIONS = {schema.BuiltinOperator.CONV_2D, schema.BuiltinOperator.DEPTHWISE_CONV_2D}


def to_integer(converter: Any, whole: bytes, films: NDArray[np.uint8]) -> bytes:
    """Return the integer network of `converter`, whose float32 network is `whole`.

    `films` (films, height, width), grey 0-255, show which ranges the integers must span.
    """

    def shown() -> Iterator[dict[str, NDArray[np.float32]]]:
        for film in films:
            yield {"image": film[np.newaxis, ..., np.newaxis].astype(np.float32)}

    converter.representative_dataset = shown
    options = tf.lite.experimental.QuantizationDebugOptions(
        denylisted_nodes=beside_convolutions(whole)
    )
    with warnings.catch_warnings():  # TensorFlow warns of an interpreter that it uses itself
        warnings.simplefilter("ignore")
        quantizer = tf.lite.experimental.QuantizationDebugger(
            converter=converter, debug_dataset=shown, debug_options=options
        )
        return bytes(quantizer.get_nondebug_quantized_model())


def beside_convolutions(network: bytes) -> list[str]:
    """Return the names of all operators that are no convolution and lie not between two."""
    model = flatbuffer_utils.read_model_from_bytearray(bytearray(network))
    graph = model.subgraphs[0]
    convolves = [_code(model, operator) in _CONVOLUTIONS for operator in graph.operators]
    flow = [(set(operator.inputs), set(operator.outputs)) for operator in graph.operators]
    after = _reached(zip(flow, convolves, strict=True))
    back = [(outputs, inputs) for inputs, outputs in flow]
    before = _reached(zip(back[::-1], convolves[::-1], strict=True))
    return [
        graph.tensors[operator.outputs[0]].name.decode()
        for operator, convolution in zip(graph.operators, convolves, strict=True)
        if not (convolution or after & before & set(operator.outputs))
    ]


def _code(model: Any, operator: Any) -> int:
    code = model.operatorCodes[operator.opcodeIndex]
    return int(max(code.builtinCode, code.deprecatedBuiltinCode))


def _reached(steps: Iterable[tuple[tuple[set[int], set[int]], bool]]) -> set[int]:
    """Return the tensors that lie behind a convolution, for steps ((come, go), convolution)."""
    reached: set[int] = set()
    for (come, go), convolution in steps:
        if convolution or come & reached:
            reached |= go
    return reached
