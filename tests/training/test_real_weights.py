"""The weights that the training begins with are the published ones, and they see."""

from pathlib import Path

import keras
import matplotlib as mpl
import numpy as np
import pytest
from keras import layers
from PIL import Image

from pneumo_training import torch_file
from pneumo_training.backbones import load_backbone
from pneumo_training.wheels import LITE0, VGG16

# Printed by people who looked into Keras' own VGG16: the first kernel (rows, columns, colours)
# of two filters, and single numbers from every depth, (layer, 0 kernel or 1 bias, place, number).
FIRST_ROWS = {
    (0, 0): [
        [0.429470569, 0.117273867, 0.0340129584],
        [-0.132241577, -0.0533475243, 0.00757738389],
    ],
    (0, 1): [
        [0.550379455, 0.0208774377, 0.0988311544],
        [-0.0848205537, -0.0511389151, 0.0374943428],
    ],
    (0, 2): [
        [0.480015397, -0.172696680, 0.0375577137],
        [-0.127135560, -0.0502991639, 0.0348965675],
    ],
}
FIRST_FILTER = [
    [0.42947057, 0.373467, -0.061360113],
    [0.27476987, 0.038680777, -0.36722335],
    [-0.05746817, -0.26224968, -0.35009676],
]
FIRST_BIASES = [
    [0.73429835, 0.093403675, 0.06775674, 0.8862966, 0.25994542],
    [0.66426694, -0.015828926, 0.3249065, 0.68600726, 0.062479325],
]
DEEPER = [
    ("block1_conv1", 1, (25,), 0.7446502),
    ("block1_conv2", 0, (2, 2, 63, 63), 0.016082443),
    ("block2_conv1", 1, (1,), 0.06440781),
    ("block5_conv1", 0, (1, 0, 63, 269), -0.011236359),
    ("block5_conv2", 1, (510,), 0.23517226),
    ("block5_conv3", 0, (0, 2, 0, 400), -0.008714244),
]
MILITARY_UNIFORM = 652  # of ImageNet's classes, counted from 0


@pytest.fixture
def vgg16(weights):
    weights(VGG16)
    return load_backbone("vgg16", 64)


def test_vgg16_has_the_published_numbers_at_every_depth(vgg16):
    kernel, bias = vgg16.network.get_layer("block1_conv1").get_weights()
    assert kernel.shape == (3, 3, 3, 64)
    for (row, colour), (first, last) in FIRST_ROWS.items():
        np.testing.assert_allclose(kernel[row, 0, colour, :3], first, rtol=1e-6)
        np.testing.assert_allclose(kernel[row, 0, colour, -3:], last, rtol=1e-6)
    np.testing.assert_allclose(kernel[:, :, 0, 0], FIRST_FILTER, rtol=1e-6)
    np.testing.assert_allclose(bias[:10], np.ravel(FIRST_BIASES), rtol=1e-6)
    for layer, which, place, number in DEEPER:
        found = vgg16.network.get_layer(layer).get_weights()[which][place]
        assert found == pytest.approx(number, rel=1e-6)


def hopper():
    """Return the portrait of Grace Hopper in uniform (public domain) that Matplotlib brings."""
    path = Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    if not path.is_file():
        pytest.skip("a photograph needed: this Matplotlib brings none")
    with Image.open(path) as opened:
        return opened.convert("RGB")


def square(picture, size):
    """Return the middle of a picture, (1, size, size, 3) grey 0-255."""
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    middle = picture.crop((left, top, left + side, top + side))
    return np.asarray(middle.resize((size, size), Image.Resampling.BICUBIC), np.float32)[None]


def test_efficientnet_lite0_with_its_own_classifier_names_a_photograph(weights):
    tensors = torch_file.read_tensors(weights(LITE0))
    found = load_backbone("efficientnet_lite0", 224)
    x = layers.GlobalAveragePooling2D()(found.network.output)
    whole = keras.Model(found.network.input, layers.Dense(1000)(x))
    whole.layers[-1].set_weights([tensors["_fc.weight"].T, tensors["_fc.bias"]])
    pixels = square(hopper(), 224) * found.scale + found.offset
    logits = np.asarray(whole(pixels))[0]
    first, second = np.argsort(logits)[:-3:-1]
    assert first == MILITARY_UNIFORM
    assert logits[first] - logits[second] > 0.5
