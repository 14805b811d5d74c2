"""Made-up chests to learn from, and a recipe small enough to run whole in seconds."""

from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 48
RECIPE = """
title = "Tiny, for tests"
[model]
backbone = "tiny"
head = "{head}"
outputs = {outputs}
dropout = 0.1
frozen = {kept}
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
cache_features = {kept}
[augmentation]
kind = "robust"
"""


def recipe_text(head: str = "pool", outputs: int = 1, epochs: int = 2, *, kept: bool = False):
    """Return a tiny recipe; where `kept`, its backbone is frozen and its features are kept."""
    choices = {"head": head, "outputs": outputs, "epochs": epochs}
    return RECIPE.format(size=SIZE, kept=str(kept).lower(), **choices)


def film(rng: np.random.Generator, *, ill: bool) -> np.ndarray:
    """Return a chest (SIZE, SIZE): two dark lungs, and where ill a bright patch in one."""
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


def save(path: Path, pixels: np.ndarray) -> None:
    """Write a picture, and the folder for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def write_films(folder: Path, rng: np.random.Generator, count: int = 24) -> None:
    """Write so many films of each class, two of each patient."""
    for number in range(count):
        patient, nth = divmod(number, 2)
        save(folder / "NORMAL" / f"IM-{patient:04}-{nth:04}.png", film(rng, ill=False))
        save(folder / "Pneumonia" / f"person{patient}_virus_{nth}.png", film(rng, ill=True))
