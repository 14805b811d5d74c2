"""Made-up films that can be told apart, and what is known of a film without reading one."""

from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.labelled.examine import Examined
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.patients import thumbnail


def blocks(seed, side=64):
    """Return a picture (side, side) of grey blocks, its own for each seed."""
    rng = np.random.default_rng(seed)
    return np.kron(rng.integers(60, 190, (8, 8)), np.ones((side // 8, side // 8))).astype(np.uint8)


@pytest.fixture(scope="session")
def known():
    """Return a function that makes up what is known of one film; `seed` is how it looks."""

    def make(name, seed, *, ill, **facts):
        listed = Listed(Path("films") / name, ill, facts.pop("column", ""))
        defaults = {
            "sha256": f"{name} and its bytes",
            "width": 64,
            "height": 64,
            "patient_id": "",
            "sharpness": 10.0 + seed % 7,
            "thumbnail": thumbnail(blocks(seed)),
            "chest_probability": 1.0,
            "refusal": None,
            "picture": b"",
        }
        return Examined(listed=listed, **{**defaults, **facts})

    return make


@pytest.fixture(scope="session")
def lot(known):
    """Return a function that makes up two films of each of `patients` patients in each class."""

    def make(patients=10, **facts):
        return [
            known(f"{who}{n // 2}_{n % 2}.png", 1000 * ill + n, ill=ill, **facts)
            for ill, who in ((False, "well"), (True, "ill"))
            for n in range(2 * patients)
        ]

    return make
