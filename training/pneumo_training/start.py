"""Going on from a model that has already learnt, instead of from ImageNet alone."""

import hashlib
from pathlib import Path
from typing import Any

from pneumo_training.export import load_keras
from pneumo_training.failure import TrainingError


def load_trained(model: Path) -> Any:
    """Load a model that Keras saved, without running code from it.

    Raises:
        TrainingError: There is none, or it cannot be loaded so.
    """
    if not model.is_file():
        raise TrainingError(f"There is no file {model}. Name a model saved by Keras (.keras).")
    try:
        return load_keras(model)
    except Exception as error:  # Keras raises whatever its layers raise
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise TrainingError(
            f"{model.name} cannot be loaded as a Keras model without running code from it "
            f"({first[:200]}). Save it with model.save(...keras), without Lambda or own layers."
        ) from error


def take_up(network: Any, model: Path) -> str:
    """Give every layer of `network` the weights of the same name in `model`; return their source.

    Raises:
        TrainingError: `model` cannot be loaded, or is another kind of network.
    """
    trained = load_trained(model)
    try:
        for layer in network.layers:
            if layer.weights:
                layer.set_weights(trained.get_layer(layer.name).get_weights())
    except ValueError as error:
        raise TrainingError(
            f"{model.name} is another network than the recipe's: its layers or their sizes differ. "
            "Correct start in the recipe."
        ) from error
    return f"{model.name}, SHA-256 {hashlib.sha256(model.read_bytes()).hexdigest()}"
