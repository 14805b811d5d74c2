"""Backbone and head: from grey film to logit."""

from pathlib import Path
from typing import Any

import keras
from keras import layers

from pneumo_training.backbones import load_backbone
from pneumo_training.recipe import Recipe
from pneumo_training.start import take_up
from pneumo_training.wheels import Access

HEAD = "pneumonia"


def build_network(
    recipe: Recipe, start: Path | None = None, access: Access | None = None
) -> tuple[Any, str]:
    """Return (n, size, size, 1) grey 0-255 -> (n, outputs) logits, and the weights' source.

    Batch normalisation learns along where the backbone is not frozen. Where `start` is given, the
    weights are that model's; `access` says where those of the backbone may come from.

    Raises:
        TrainingError: The backbone's weights cannot be had, or not those of `start`.
    """
    size, part = recipe.data.size, recipe.model
    keras.utils.set_random_seed(recipe.training.seed)
    backbone = load_backbone(part.backbone, size, access)
    backbone.network.trainable = not part.frozen
    image = layers.Input((size, size, 1), name="image")
    x = layers.Concatenate(name="three_channels")([image, image, image])
    x = layers.Rescaling(backbone.scale, backbone.offset, name="pixels")(x)
    x = backbone.network(x)
    if part.head == "pool":
        x = layers.GlobalAveragePooling2D(name="pooled")(x)
    else:
        x = layers.Flatten(name="flattened")(x)
    if part.dropout:
        x = layers.Dropout(part.dropout, seed=recipe.training.seed, name="dropout")(x)
    logits = layers.Dense(part.outputs, name=HEAD)(x)
    network = keras.Model(image, logits, name=part.backbone)
    return network, backbone.source if start is None else take_up(network, start)


def classifier(network: Any, outputs: int) -> Any:
    """Return the network of `build_network` with probabilities at its end, as it is saved."""
    activation = "sigmoid" if outputs == 1 else "softmax"
    probability = layers.Activation(activation, name="probability")(network.output)
    return keras.Model(network.input, probability, name=network.name)
