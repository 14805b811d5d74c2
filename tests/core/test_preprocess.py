import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.preprocess import model_input


@pytest.mark.parametrize("size", [(224, 224), (300, 200), (1200, 900)])
def test_the_network_sees_grey_0_to_255_in_its_own_shape(tmp_path, size):
    Image.linear_gradient("L").resize(size).save(tmp_path / "film.png")
    seen = model_input(read_film(tmp_path / "film.png"), 224, 224)
    assert seen.shape == (224, 224, 1)
    assert seen.dtype == np.float32
    assert seen.min() < 5
    assert seen.max() > 250


def test_a_film_of_the_networks_shape_is_not_touched(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (224, 224)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "film.png")
    seen = model_input(read_film(tmp_path / "film.png"), 224, 224)
    assert np.abs(seen[..., 0] - pixels).max() < 1e-3


def test_a_larger_copy_of_a_film_gives_the_same_input(tmp_path):
    small = Image.linear_gradient("L").resize((224, 224))
    small.save(tmp_path / "small.png")
    small.resize((896, 896), Image.Resampling.BICUBIC).save(tmp_path / "large.png")
    inputs = [model_input(read_film(tmp_path / n), 224, 224) for n in ("small.png", "large.png")]
    assert np.abs(inputs[0] - inputs[1]).mean() < 1.0
