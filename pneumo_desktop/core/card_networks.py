"""The files of a model as its card measured them: kind, size, speed, and how far they are off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.model_package import NETWORK
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

NOT_STATED = QT_TRANSLATE_NOOP("ModelCard", "not stated")
_AS_TRAINED = QT_TRANSLATE_NOOP("ModelCard", "Keras, as trained")
_SPEED = QT_TRANSLATE_NOOP("ModelCard", "{milliseconds:.1f} ms a film")
_MEASURE = QT_TRANSLATE_NOOP("ModelCard", "is what the others are compared with")
_PARITY = QT_TRANSLATE_NOOP(
    "ModelCard", "probability off by {most:.4f} at most, %n labels changed", "", 1
)
_KERAS = "model.keras"
_PRECISIONS = ("float32", "float16", "int8")


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A file of a package in words; `used` marks the one that answers films."""

    file: str
    kind: str
    size: str
    speed: str
    parity: str
    used: bool


def network_rows(card: ModelCard, sizes: Mapping[str, int]) -> tuple[NetworkRow, ...]:
    """Return a row for each network of a card, the one in use first; `sizes` are in bytes."""
    told = card.training.get("parity")
    parity = told if isinstance(told, dict) else {}
    default = str(parity.get("default", NOT_STATED))
    rows = []
    for name in sorted(card.files, key=lambda name: (name != NETWORK, name)):
        if name == _KERAS:
            trained = parity.get("trained network")
            rows.append(_row(name, _AS_TRAINED, sizes, trained, used=False))
        elif name.endswith(".tflite"):
            kind = default if name == NETWORK else name.removeprefix("model.")[: -len(".tflite")]
            rows.append(_row(name, kind, sizes, parity.get(kind), used=name == NETWORK))
    return tuple(rows)


def _row(name: str, kind: str, sizes: Mapping[str, int], told: Any, *, used: bool) -> NetworkRow:
    about = told if isinstance(told, dict) else {}
    size = f"{sizes[name] / 1e6:.1f} MB" if name in sizes else NOT_STATED
    spent = about.get("milliseconds per film")
    speed = _SPEED.format(milliseconds=spent) if isinstance(spent, int | float) else NOT_STATED
    return NetworkRow(name, kind, size, speed, _parity(about, kind), used)


def _parity(about: dict[str, Any], kind: str) -> str:
    if kind not in _PRECISIONS:
        return _MEASURE if kind.startswith("Keras") else NOT_STATED
    most, flips = about.get("largest probability difference"), about.get("labels flipped")
    if not isinstance(most, int | float) or not isinstance(flips, int):
        return NOT_STATED
    return _PARITY.counted(flips, most=most)
