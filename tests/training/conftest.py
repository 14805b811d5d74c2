"""What the tests of training learn from, and how."""

from pathlib import Path

import numpy as np
import pytest

from tests.training import made_up
from tests.training.made_up import film, save, write_films

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


@pytest.fixture(scope="session")
def make_film():
    """Return the function that makes up a chest."""
    return film


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """Twenty-four films a class, two of each patient; adults and other pictures beside them."""
    root = tmp_path_factory.mktemp("films")
    rng = np.random.default_rng(0)
    write_films(root / "data", rng)
    for number in range(15):
        save(root / "adult" / f"{number}.png", film(rng, ill=bool(number % 2)))
        noise = np.kron(rng.integers(0, 256, (6, 6)), np.ones((8, 8))).astype(np.uint8)
        save(root / "other" / "noise" / f"{number}.png", noise)
    return root / "data"


@pytest.fixture(scope="session")
def recipe_text():
    """Return a function that gives the text of a tiny recipe."""

    def text(*, gate=True, **choices):
        return made_up.recipe_text(**choices) + (GATE if gate else "")

    return text


@pytest.fixture
def recipe(tmp_path, recipe_text):
    """Return a function that writes a tiny recipe and returns its path."""

    def write(**choices):
        path = tmp_path / "tiny.toml"
        path.write_text(recipe_text(**choices), encoding="utf-8")
        return str(path)

    return write
