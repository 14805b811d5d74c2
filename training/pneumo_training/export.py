"""From Keras to one LiteRT network that answers, refuses and shows why in a single run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.paths import resource
from pneumo_training.anatomy import Anatomy
from pneumo_training.failure import TrainingError

GATE_SIZE = 224
_SHIPPED = "models/efficientnet-lite0"


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A chest score on the classifier's own features: sigmoid(weights . pooled + bias).

    `weights` (2 * channels,): those of each channel's mean over all positions, then of its maximum.
    """

    weights: NDArray[np.float32]
    bias: float


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """How grey 0-255 becomes what a network takes: `channels` copies, times `scale` + `offset`."""

    channels: int = 1
    scale: float = 1.0
    offset: float = 0.0


def pool(features: Any) -> Any:
    """Return (n, 2 * channels) of (n, rows, columns, channels): each channel's mean and maximum."""
    mean = tf.reduce_mean(features, axis=(1, 2))
    return tf.concat([mean, tf.reduce_max(features, axis=(1, 2))], axis=-1)


class Serving(tf.Module):  # type: ignore[misc] # TensorFlow has no types
    """The network of a model package.

    `image` float32 (1, height, width, 1), grey 0-255 -> `logit` (1, 1), `chest` (1, 1) and
    `evidence` (1, rows, columns).
    """

    def __init__(self, anatomy: Anatomy, chest: Head | Any, pixels: Pixels | None = None) -> None:
        super().__init__()
        self._features = anatomy.features
        self._weights = tf.constant(anatomy.weights)
        self._bias = tf.constant(anatomy.bias, tf.float32)
        self._chest = chest
        self._pixels = pixels or Pixels()
        parts = [anatomy.features] if isinstance(chest, Head) else [anatomy.features, chest]
        # SavedModel keeps only variables it finds; it does not look into Keras models taken apart
        self.kept = [variable.value for part in parts for variable in part.variables]

    def answer(self, image: Any) -> dict[str, Any]:
        """Return the three outputs for one film."""
        grey = tf.concat([image] * self._pixels.channels, axis=-1)
        if (self._pixels.scale, self._pixels.offset) != (1.0, 0.0):
            grey = grey * self._pixels.scale + self._pixels.offset
        features = self._features(grey, training=False)
        evidence = tf.reduce_sum(features * self._weights, axis=-1)
        logit = tf.reshape(tf.reduce_sum(evidence), (1, 1)) + self._bias
        return {"logit": logit, "chest": self._score(image, features), "evidence": evidence}

    def _score(self, image: Any, features: Any) -> Any:
        if isinstance(self._chest, Head):
            pooled = pool(features)
            score = tf.reduce_sum(pooled * self._chest.weights, axis=-1, keepdims=True)
            return tf.sigmoid(score + self._chest.bias)
        if image.shape[1:3] != (GATE_SIZE, GATE_SIZE):
            image = tf.image.resize(image, (GATE_SIZE, GATE_SIZE))
        return tf.reshape(self._chest(image, training=False), (1, 1))


@dataclass(frozen=True, slots=True, eq=False)
class ShippedGate:
    """The shipped model's chest score as a network of its own, and the least score that passes."""

    score: Any
    minimum: float
    chosen_on: str


def shipped_gate() -> ShippedGate:
    """Return the gate to graft onto a network that has none.

    Raises:
        TrainingError: The installation lacks it.
    """
    try:
        package = load_package(resource(_SHIPPED))
        network = load_keras(package.folder / "model.keras")
        place = list(network.output_names).index("chest")
    except (OSError, ValueError, CardError) as error:
        raise TrainingError(
            "The shipped model with the chest score is missing or incomplete. "
            "Install Pneumo Desktop again."
        ) from error
    score = keras.Model(network.inputs[0], network.outputs[place], name="gate")
    card = package.card
    where = f"the chest score of {card.name} {card.version}, grafted whole: {card.gates.chosen_on}"
    return ShippedGate(score, card.gates.chest_minimum, where)


def load_keras(path: Path) -> Any:
    """Load a Keras model without running code from it.

    Raises:
        ValueError, OSError: It cannot be loaded so.
    """
    return keras.models.load_model(path, compile=False, safe_mode=True)


@dataclass(frozen=True, slots=True)
class Parity:
    """How far an exported network is from the one it was made of.

    `largest` and `percentile_99` are differences of the calibrated probability over real films,
    `flips` those on another side of the balanced point; `refused` are real films without a chest
    score that passes, `gate_changes` the films, wrong ones too, on another side of it.
    `bias` is the constant of the evidence sum, `error` its largest deviation in logits.
    """

    sha256: str
    size: int  # bytes
    milliseconds: float  # per film, the median
    largest: float
    percentile_99: float
    flips: int
    refused: int
    gate_changes: int
    bias: float
    error: float
