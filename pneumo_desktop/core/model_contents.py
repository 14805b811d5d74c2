"""What may lie in a model that comes from elsewhere: names, sizes, and nothing that could run.

A network is data for LiteRT's own operators. A `.keras` file is a ZIP whose description names
Keras classes; most only compute, some run code that the file brings or load more from elsewhere,
so only modules and classes known to compute are let in.
"""

import io
import json
import re
from typing import Any, NoReturn
from zipfile import BadZipFile, ZipFile

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.learnt import LEARNT
from pneumo_desktop.core.model_package import NETWORK, PLOTS

CARD, KERAS = "card.json", "model.keras"
MAX_FILES = 64
_MB = 1 << 20
_LIMITS = (  # names that may be there, and the most bytes of each
    (re.compile(re.escape(CARD)), 4 * _MB),
    (re.compile(re.escape(NETWORK)), 512 * _MB),
    (re.compile(r"model\.[a-z0-9]{1,16}\.tflite"), 512 * _MB),
    (re.compile(re.escape(KERAS)), 1024 * _MB),
    (re.compile(re.escape(LEARNT)), 32 * _MB),
    (re.compile(PLOTS + r"/[a-z0-9][a-z0-9_-]{0,60}\.png"), 8 * _MB),
)
_LEARNT_LINE = re.compile(rb"[0-9a-f]{16}")
_KERAS_PARTS = {"metadata.json": _MB, "config.json": 16 * _MB, "model.weights.h5": 1024 * _MB}
_MODULES = {
    "keras", "keras.activations", "keras.constraints", "keras.initializers", "keras.layers",
    "keras.losses", "keras.metrics", "keras.models", "keras.optimizers", "keras.regularizers",
    "keras.src.models.functional", "keras.src.models.sequential",
}  # fmt: skip
_OF_KERAS_ITSELF = {"DTypePolicy", "Functional", "Sequential", "Model"}
_CODE = {"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"}
_PLAIN = {"__keras_tensor__", "__tuple__", "__slice__", "__ellipsis__", "__numpy__", "__tensor__"}


class ContentsError(CardError):
    """A file has no place in a model; the text names it and says why."""


def most_bytes(name: str) -> int:
    """Return how large the file of this name may be; 0 where a model holds no such file."""
    return next((most for pattern, most in _LIMITS if pattern.fullmatch(name)), 0)


def check_contents(name: str, data: bytes) -> None:
    """Refuse what is not what its name says, or could run.

    Raises:
        ContentsError: See there.
    """
    if name.endswith(".tflite") and data[4:8] != b"TFL3":
        _refuse(name, "is no LiteRT network")
    if name.endswith(".png") and not data.startswith(b"\x89PNG\r\n\x1a\n"):
        _refuse(name, "is no PNG picture")
    if name == LEARNT and not all(map(_LEARNT_LINE.fullmatch, data.split())):
        _refuse(name, "holds more than the marks of films")
    if name == KERAS:
        _check_keras(data)


def _refuse(name: str, why: str) -> NoReturn:
    raise ContentsError(f"{name} {why}")


def _check_keras(data: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            sizes = {info.filename: info.file_size for info in parts.infolist()}
            if len(sizes) != len(parts.infolist()) or not sizes.keys() <= _KERAS_PARTS.keys():
                _refuse(KERAS, "holds files that no Keras model needs")
            if any(size > _KERAS_PARTS[name] for name, size in sizes.items()):
                _refuse(KERAS, "is larger inside than a model can be")
            described = json.loads(parts.read("config.json"))
            _refuse_code(described)
    except (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise ContentsError(f"{KERAS} is damaged or no Keras model") from error


def _refuse_code(described: Any) -> None:
    """Look at every object of a Keras description, however deep it lies."""
    waiting = [described]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if "class_name" in part and not _computes(part):
                _refuse(KERAS, f"holds {part['class_name']!r}, which may run code of its own")
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def _computes(part: dict[str, Any]) -> bool:
    name, module = part["class_name"], part.get("module")
    if module is None:
        return name in _PLAIN
    if module == "keras":
        return name in _OF_KERAS_ITSELF
    return module in _MODULES and name not in _CODE
