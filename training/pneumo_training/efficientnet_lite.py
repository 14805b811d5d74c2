"""EfficientNet-Lite0 in Keras, and the names of its ImageNet tensors in the PyTorch file.

Source: Tan & Le, arXiv 1905.11946; the Lite variant (no squeeze-and-excitation, ReLU6) from
github.com/tensorflow/tpu, models/official/efficientnet/lite.
"""

from typing import Any

import keras
from keras import layers
from numpy.typing import NDArray

SCALE, OFFSET = 1.0 / 128.0, -127.0 / 128.0  # (grey - 127) / 128
# repeats, kernel, stride, expansion, channels in, channels out
_STAGES = (
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
)
_PARTS = {
    "expand_conv": "_expand_conv",
    "expand_bn": "_bn0",
    "dw_conv": "_depthwise_conv",
    "dw_bn": "_bn1",
    "project_conv": "_project_conv",
    "project_bn": "_bn2",
}
_OUTSIDE = {
    "stem_conv": "_conv_stem",
    "stem_bn": "_bn0",
    "head_conv": "_conv_head",
    "head_bn": "_bn1",
}


def build(size: int) -> Any:
    """Return the network without top: (n, size, size, 3) -> (n, size/32, size/32, 1280)."""
    image = layers.Input((size, size, 3), name="pixels")
    x = _conv(image, 32, 3, "stem", stride=2)
    number = 0
    for repeats, kernel, stride, expansion, before, after in _STAGES:
        for repeat in range(repeats):
            inside = before if repeat == 0 else after
            step = stride if repeat == 0 else 1
            y = x
            name = f"block{number}_"
            if expansion != 1:
                y = _conv(y, inside * expansion, 1, name + "expand")
            y = layers.DepthwiseConv2D(kernel, step, "same", use_bias=False, name=name + "dw_conv")(
                y
            )
            y = _activate(y, name + "dw")
            y = _conv(y, after, 1, name + "project", active=False)
            x = layers.Add(name=name + "add")([y, x]) if inside == after and step == 1 else y
            number += 1
    return keras.Model(image, _conv(x, 1280, 1, "head"), name="efficientnet_lite0")


def load(model: Any, tensors: dict[str, NDArray[Any]]) -> None:
    """Put the ImageNet tensors into the network of `build`."""
    for layer in model.layers:
        if layer.weights:
            layer.set_weights(_weights(layer.name, tensors))


def _weights(layer: str, tensors: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
    if layer.startswith("block"):
        block, part = layer.removeprefix("block").split("_", 1)
        name = f"_blocks.{block}.{_PARTS[part]}"
    else:
        name = _OUTSIDE[layer]
    if layer.endswith("_bn"):
        parts = ("weight", "bias", "running_mean", "running_var")
        return [tensors[f"{name}.{part}"] for part in parts]
    order = (2, 3, 0, 1) if layer.endswith("dw_conv") else (2, 3, 1, 0)
    return [tensors[f"{name}.weight"].transpose(order)]


def _conv(
    x: Any, channels: int, kernel: int, name: str, *, stride: int = 1, active: bool = True
) -> Any:
    x = layers.Conv2D(channels, kernel, stride, "same", use_bias=False, name=name + "_conv")(x)
    if active:
        return _activate(x, name)
    return layers.BatchNormalization(epsilon=1e-3, name=name + "_bn")(x)


def _activate(x: Any, name: str) -> Any:
    x = layers.BatchNormalization(epsilon=1e-3, name=name + "_bn")(x)
    return layers.ReLU(6.0, name=name + "_relu6")(x)
