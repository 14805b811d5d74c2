"""Made-up films, and recipes small enough to run whole in seconds."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

SIZE = 48
RECIPE = """
title = "Tiny, for tests"
[model]
backbone = "tiny"
head = "{head}"
outputs = {outputs}
dropout = 0.1
frozen = false
[data]
size = {size}
validation = 0.2
calibration = 0.2
test = 0.2
seed = 3
[training]
epochs = {epochs}
batch = 8
learning_rate = 1e-2
schedule = "cosine"
weight_decay = 0.0
label_smoothing = 0.0
class_weights = true
averaging = 0.5
seed = 5
[augmentation]
kind = "robust"
"""
GATE = """
[gate]
chest = ["../adult"]
not_chest = "../other"
"""


def pytest_collection_modifyitems(items):
    """Keras 3 still converts TensorFlow's variables as NumPy 1 did; that is not ours to mend."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(
                pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
            )


def film(rng, *, ill):
    """Return a made-up chest: two dark lungs, and where ill a bright patch in one."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    grey = np.full((SIZE, SIZE), 170.0)
    for side in (0.28, 0.72):
        middle = side + rng.uniform(-0.03, 0.03)
        grey -= 120 * np.exp(-((((x - middle) / 0.14) ** 2 + ((y - 0.5) / 0.3) ** 2) ** 2))
    if ill:
        at = (rng.choice([0.28, 0.72]), rng.uniform(0.35, 0.7))
        grey += 110 * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / 0.012)
    grey += np.kron(rng.normal(0, 14, (8, 8)), np.ones((SIZE // 8, SIZE // 8)))
    return np.clip(grey + rng.normal(0, 4, grey.shape), 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def make_film():
    """Return the function that makes up a chest."""
    return film


def save(path, pixels):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """Twenty-four films a class, two of each patient; adults and other pictures beside them."""
    root = tmp_path_factory.mktemp("films")
    rng = np.random.default_rng(0)
    for number in range(24):
        patient, nth = divmod(number, 2)
        normal = root / "data" / "NORMAL" / f"IM-{patient:04}-{nth:04}.png"
        save(normal, film(rng, ill=False))
        ill = root / "data" / "Pneumonia" / f"person{patient}_virus_{nth}.png"
        save(ill, film(rng, ill=True))
    for number in range(15):
        save(root / "adult" / f"{number}.png", film(rng, ill=bool(number % 2)))
        noise = np.kron(rng.integers(0, 256, (6, 6)), np.ones((8, 8))).astype(np.uint8)
        save(root / "other" / "noise" / f"{number}.png", noise)
    return root / "data"


@pytest.fixture(scope="session")
def recipe_text():
    """Return a function that gives the text of a tiny recipe."""

    def text(*, head="pool", outputs=1, epochs=2, gate=True):
        recipe = RECIPE.format(head=head, outputs=outputs, epochs=epochs, size=SIZE)
        return recipe + (GATE if gate else "")

    return text


@pytest.fixture
def recipe(tmp_path, recipe_text):
    """Return a function that writes a tiny recipe and returns its path."""

    def write(**choices):
        path = tmp_path / "tiny.toml"
        path.write_text(recipe_text(**choices), encoding="utf-8")
        return str(path)

    return write
