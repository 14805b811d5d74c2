"""Float tensors of an ONNX file, without the onnx package.

Source: onnx.proto3 (ModelProto.graph = 7, GraphProto.initializer = 5, TensorProto.dims = 1,
data_type = 2, name = 8, raw_data = 9) and the protocol buffers encoding.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_GRAPH, _INITIALIZER = 7, 5
_DIMS, _DATA_TYPE, _NAME, _RAW = 1, 2, 8, 9
_FLOAT = 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def read_tensors(data: bytes) -> dict[str, NDArray[np.float32]]:
    """Return the float32 initializers by name, in ONNX's order of axes.

    Raises:
        ValueError: The bytes are no protocol buffer message.
    """
    found: dict[str, NDArray[np.float32]] = {}
    for field, graph in _fields(memoryview(data)):
        if field != _GRAPH or isinstance(graph, int):
            continue
        for inner, tensor in _fields(graph):
            if inner == _INITIALIZER and not isinstance(tensor, int):
                found.update(_tensor(tensor))
    return found


def _tensor(message: memoryview) -> dict[str, NDArray[np.float32]]:
    dims: list[int] = []
    kind, name, raw = 0, "", None
    for field, value in _fields(message):
        if field == _DIMS:
            dims.extend([value] if isinstance(value, int) else _varints(value))
        elif field == _DATA_TYPE and isinstance(value, int):
            kind = value
        elif field == _NAME and not isinstance(value, int):
            name = bytes(value).decode()
        elif field == _RAW and not isinstance(value, int):
            raw = value
    if kind != _FLOAT or raw is None:
        return {}
    return {name: np.frombuffer(raw, "<f4").reshape(dims)}


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield (field number, value) of one message; fixed-width values come as bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == _VARINT:
            number, at = _varint(message, at)
            yield key >> 3, number
            continue
        if wire == _BYTES:
            width, at = _varint(message, at)
        elif wire in (_FIXED64, _FIXED32):
            width = 8 if wire == _FIXED64 else 4
        else:
            raise ValueError(f"no such wire type: {wire}")
        yield key >> 3, message[at : at + width]
        at += width


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(message):
            raise ValueError("the message ends within a number")
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _varints(packed: memoryview) -> Iterator[int]:
    at = 0
    while at < len(packed):
        value, at = _varint(packed, at)
        yield value
