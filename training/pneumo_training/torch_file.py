"""Tensors of an old PyTorch weight file, without PyTorch and without running code from it.

Source: torch/serialization.py, the format before 1.6: pickles of a magic number, the protocol,
the machine, the tensors and the storage keys, then each storage's raw numbers.
"""

import collections
import io
import pickle  # only the four names below can be loaded
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_TYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


@dataclass(slots=True)
class _Storage:
    dtype: np.dtype[Any]
    count: int
    values: NDArray[Any]


def _tensor(storage: _Storage, offset: int, size: Any, stride: Any, *_: object) -> Any:
    return storage, offset, tuple(size), tuple(stride)


class _Tensors(pickle.Unpickler):
    """Knows ordered dictionaries and tensors, and nothing else."""

    def __init__(self, file: io.BytesIO, storages: dict[str, _Storage]) -> None:
        super().__init__(file)
        self._storages = storages

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _TYPES:
            return name
        raise pickle.UnpicklingError(f"{module}.{name} has no business in a weight file")

    def persistent_load(self, identity: Any) -> _Storage:
        _, kind, key, _, count = identity[:5]
        empty = np.zeros(0, _TYPES[kind])
        return self._storages.setdefault(key, _Storage(_TYPES[kind], count, empty))


def read_tensors(blob: bytes) -> dict[str, NDArray[Any]]:
    """Return the tensors by name, in PyTorch's order of axes.

    Raises:
        ValueError: It is no such file.
        pickle.UnpicklingError: It names something other than tensors.
    """
    file, storages = io.BytesIO(blob), dict[str, _Storage]()

    def load() -> Any:
        return _Tensors(file, storages).load()

    if load() != _MAGIC:
        raise ValueError("not an old PyTorch weight file")
    load(), load()  # protocol, machine
    tensors, keys = load(), load()
    for key in keys:
        storage = storages[key]
        (count,) = struct.unpack("<q", file.read(8))
        if count != storage.count:
            raise ValueError(f"storage {key} holds {count} numbers instead of {storage.count}")
        storage.values = np.frombuffer(file.read(count * storage.dtype.itemsize), storage.dtype)
    return {name: _view(*parts) for name, parts in tensors.items()}


def _view(
    storage: _Storage, offset: int, size: tuple[int, ...], stride: tuple[int, ...]
) -> NDArray[Any]:
    steps = [step * storage.dtype.itemsize for step in stride]
    return np.lib.stride_tricks.as_strided(storage.values[offset:], size, steps).copy()
