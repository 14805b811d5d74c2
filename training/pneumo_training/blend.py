"""Blended films: one of the data's own laid into a normal one of another hospital.

Real opacities with another hospital's bodies, beds and borders around them, which made-up opacities
lack; the answer is that of the own film. The idea is that of mixing across domains (Xu et al.,
"Adversarial domain adaptation with domain mixup", AAAI 2020).
"""

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Field = NDArray[np.float32]
_LUNGS = ((0.29, 0.45), (0.71, 0.45))  # middles (x, y), shares of width and height
_RADII = (0.23, 0.38)
_EDGE = 0.25  # how soft a lung's border is


def blend(own: Grey, other: Grey, rng: np.random.Generator) -> Grey:
    """Return `own` seen through `other`, or its lungs in the place of those of `other`.

    All three are grey 0-255 (rows, columns).
    """
    a, b = own.astype(np.float32), other.astype(np.float32)
    if rng.random() < 0.5:
        share = np.full(own.shape, rng.uniform(0.4, 0.75), np.float32)
    else:
        share = _lungs(own.shape, rng) * np.float32(rng.uniform(0.7, 1.0))
        a = (a - a.mean()) / (a.std() + np.float32(1e-3)) * b.std() + b.mean()
    mixed: Field = share * a + (1 - share) * b
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8)


def _lungs(shape: tuple[int, ...], rng: np.random.Generator) -> Field:
    """Return how much each place belongs to where lungs are on most films, 0-1."""
    y = np.linspace(0.0, 1.0, shape[0], dtype=np.float32)[:, None]
    x = np.linspace(0.0, 1.0, shape[1], dtype=np.float32)[None]
    inside: Field = np.zeros(shape, np.float32)
    for middle_x, middle_y in _LUNGS:
        across, down = _RADII * rng.uniform((0.9, 0.9), (1.25, 1.2))
        depth = 1.0 - ((x - middle_x) / across) ** 2 - ((y - middle_y) / down) ** 2
        inside = np.maximum(inside, 1.0 / (1.0 + np.exp(-depth / _EDGE)))
    return inside.astype(np.float32)
