"""Made-up opacities: a normal film becomes one with consolidation of known extent.

In films from other hospitals illness goes with the bed, the view and the machine; a network that
learns from them as they are learns those instead. An opacity painted into the same film changes
nothing but the lung. The idea is that of synthetic anomalies (Schlueter et al., ECCV 2022); these
are smooth fields that fill dark, aerated lung up to the grey of soft tissue.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.uint8]
Field = NDArray[np.float32]
_LUNGS = ((0.29, 0.45), (0.71, 0.45))  # middles (x, y), shares of width and height
_RADII = (0.21, 0.36)
_INSIDE = (slice(0.12, 0.82), slice(0.1, 0.9))  # rows, columns that hold chest, not background


@dataclass(frozen=True, slots=True, eq=False)
class Opaque:
    """A film (rows, columns) with made-up opacities; `extent` 0-1 is the share of lung filled."""

    image: Grey
    extent: float


@dataclass(frozen=True, slots=True, eq=False)
class _Chest:
    """Grey 0-1 without detail, how much each place is aerated lung 0-1, and soft tissue's grey."""

    smooth: Field
    lung: Field
    tissue: Field


def opaque(image: Grey, rng: np.random.Generator) -> Opaque:
    """Fill a random part of the lungs; ribs and vessels stay as faint as the filling is dense."""
    chest = _chest(image)
    within = chest.lung > 0.5
    if int(within.sum()) < image.size // 100:  # no lung is to be seen: anywhere will do
        within = np.ones(image.shape, bool)
    field = _field(image.shape, rng)
    hazy = rng.random() < 0.35  # ground glass: wide and thin; else consolidation
    share = float(np.exp(rng.uniform(np.log(0.4 if hazy else 0.12), np.log(0.95))))
    cut = float(np.quantile(field[within], 1.0 - share))
    filled = _soft((field - cut) / (rng.uniform(0.05, 0.9) * float(field.std())))
    dense = rng.uniform(0.3, 0.6) if hazy else rng.uniform(0.4, 1.0)
    level = np.quantile(chest.tissue, rng.uniform(0.6, 0.9))
    fine = float(image.shape[0]) / rng.uniform(2.5, 12.0)  # reticular to nodular
    contrast = float(np.quantile(chest.tissue, 0.9) - np.quantile(chest.tissue, 0.1))
    grain = _noise(int(fine), image.shape, rng) * contrast * rng.uniform(0.0, 0.12)
    added = filled * chest.lung * (dense * np.clip(level - chest.smooth, 0.0, None) + grain)
    changed = np.clip((image / 255.0 + added) * 255.0, 0.0, 255.0)
    extent = dense * float((filled * chest.lung)[within].mean())
    return Opaque(np.rint(changed).astype(np.uint8), extent)


def _chest(image: Grey) -> _Chest:
    height, width = image.shape
    blurred = Image.fromarray(image).filter(ImageFilter.GaussianBlur(width / 30.0))
    smooth = np.asarray(blurred, dtype=np.float32) / np.float32(255.0)
    rows, columns = (
        slice(int(part.start * side), int(part.stop * side))
        for part, side in zip(_INSIDE, (height, width), strict=True)
    )
    tissue = smooth[rows, columns]
    lower, middle, upper = np.quantile(tissue, [0.25, 0.55, 0.75])
    aerated = _soft((middle - smooth) / max(0.03, float(upper - lower) / 4.0))
    y, x = _places(image.shape)
    inside = [
        _soft((1.0 - ((x - a) / _RADII[0]) ** 2 - ((y - b) / _RADII[1]) ** 2) / 0.12)
        for a, b in _LUNGS
    ]
    return _Chest(smooth, aerated * np.maximum(*inside), tissue)


def _field(shape: tuple[int, ...], rng: np.random.Generator) -> Field:
    """Return a random landscape whose heights fill first: patchy, lower, mostly of one side."""
    cells = int(rng.choice([3, 4, 5, 6, 8, 12]))
    field: Field = _noise(cells, shape, rng) + 0.4 * _noise(cells * 3, shape, rng)
    y, x = _places(shape)
    field = field + np.float32(rng.uniform(-0.5, 2.0)) * (y - 0.5)
    if rng.random() < 0.6:
        side = np.float32(rng.choice([-1.0, 1.0]) * rng.uniform(1.0, 5.0))
        field = field + side * np.tanh((x - 0.5) / 0.08)
    return field


def _noise(cells: int, shape: tuple[int, ...], rng: np.random.Generator) -> Field:
    coarse = Image.fromarray(rng.normal(size=(cells, cells)).astype(np.float32))
    noise: Field = np.asarray(coarse.resize((shape[1], shape[0]), Image.Resampling.BICUBIC))
    return noise


def _places(shape: tuple[int, ...]) -> tuple[Field, Field]:
    """Return y (rows, 1) and x (1, columns), 0-1."""
    y = np.linspace(0.0, 1.0, shape[0], dtype=np.float32)[:, None]
    return y, np.linspace(0.0, 1.0, shape[1], dtype=np.float32)[None]


def _soft(x: NDArray[np.floating]) -> Field:
    soft: Field = (0.5 * (1.0 + np.tanh(0.5 * x))).astype(np.float32)
    return soft
