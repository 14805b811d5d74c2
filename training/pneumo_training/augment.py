"""Changes to a film that must not change its answer.

In the films we learn from, normals are sharper and were larger; a network may learn that instead
of the lung. So sharpness, size, compression and contrast are drawn at random. Every function
takes and returns grey 0-255, uint8 (rows, columns).
"""

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pneumo_training.recipe import AugmentationPart

Grey = NDArray[np.uint8]
_Change = Callable[[Grey, np.random.Generator], Grey]
_FILTERS = (
    Image.Resampling.NEAREST,
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
)


def augment(image: Grey, part: AugmentationPart, rng: np.random.Generator) -> Grey:
    """Return one random draw of the recipe's augmentation."""
    if part.kind == "keras":
        return _keras(image, part, rng)
    if part.kind == "none":
        return image
    for chance, change in _ROBUST:
        if rng.random() < chance:
            image = change(image, rng)
    return image


def _keras(image: Grey, part: AugmentationPart, rng: np.random.Generator) -> Grey:
    """Shear and zoom as keras ImageDataGenerator draws them, edges repeated."""
    shear = np.deg2rad(rng.uniform(-part.shear, part.shear))
    across, down = rng.uniform(1.0 - part.zoom, 1.0 + part.zoom, 2)
    matrix = np.array([[across, -np.sin(shear) * down], [0.0, np.cos(shear) * down]])
    changed = affine(image, matrix, (0.0, 0.0), fill=None)
    return changed[:, ::-1] if part.flip and rng.random() < 0.5 else changed


def affine(
    image: Grey, matrix: NDArray[np.float64], shift: tuple[float, float], fill: int | None
) -> Grey:
    """Sample `image` at matrix @ (x, y) + shift about the centre; `fill` None repeats the edge.

    Pillow counts from the corner of a pixel, and would round bytes down.
    """
    height, width = image.shape
    margin = 0 if fill is not None else max(height, width) // 3
    source = np.pad(image, margin, mode="edge") if margin else image
    middle = np.array([width / 2.0, height / 2.0])
    offset = middle + margin + np.asarray(shift) - matrix @ middle
    (a, b), (d, e) = matrix
    changed = Image.fromarray(source.astype(np.float32)).transform(
        (width, height),
        Image.Transform.AFFINE,
        (a, b, offset[0], d, e, offset[1]),
        Image.Resampling.BILINEAR,
        fillcolor=fill or 0,
    )
    return _bytes(np.asarray(changed, np.float64))


def place(image: Grey, rng: np.random.Generator) -> Grey:
    """Turn by up to 10 degrees, zoom, stretch and shift; what comes in is black, grey or edge."""
    angle = np.deg2rad(rng.uniform(-10.0, 10.0))
    zoom = rng.uniform(0.85, 1.12)
    stretch = rng.uniform(0.92, 1.08)
    cosine, sine = np.cos(angle) * zoom, np.sin(angle) * zoom
    matrix = np.array([[cosine * stretch, -sine * stretch], [sine / stretch, cosine / stretch]])
    move = rng.uniform(-0.06, 0.06, 2) * image.shape[0]
    fills = (None, None, 0, int(rng.integers(0, 200)))
    return affine(image, matrix, (move[0], move[1]), fills[int(rng.integers(4))])


def flip(image: Grey, _: np.random.Generator) -> Grey:
    """Swap left and right."""
    return image[:, ::-1]


def tone(image: Grey, rng: np.random.Generator) -> Grey:
    """Gamma, contrast and brightness, or an S-shaped curve, as detectors and windows differ."""
    x = np.linspace(0.0, 1.0, 256)
    x = x ** np.exp(rng.uniform(-0.45, 0.45))
    if rng.random() < 0.3:
        steep = rng.uniform(2.0, 6.0)
        x = np.tanh(steep * (x - rng.uniform(0.4, 0.6)))
        x = (x - x[0]) / (x[-1] - x[0])
    x = (x - 0.5) * rng.uniform(0.7, 1.35) + 0.5 + rng.uniform(-0.12, 0.12)
    return _bytes(x * 255.0)[image]


def equalise(image: Grey, rng: np.random.Generator) -> Grey:
    """Equalise tile by tile with a clipped histogram (CLAHE, Zuiderveld 1994)."""
    tiles = int(rng.choice([2, 4, 7, 8]))
    clip = float(rng.uniform(1.2, 5.0))
    height, width = image.shape
    row = np.arange(height) * tiles // height
    column = np.arange(width) * tiles // width
    at = ((row[:, None] * tiles + column) << 8) + image
    counts = np.bincount(at.ravel(), minlength=tiles * tiles * 256).reshape(-1, 256).astype(float)
    total = counts.sum(axis=1, keepdims=True)
    kept = np.minimum(counts, clip * total / 256.0)
    kept += (total - kept.sum(axis=1, keepdims=True)) / 256.0
    curves = (np.cumsum(kept, axis=1) / total * 255.0).reshape(tiles, tiles, 256)
    up, down, y = _between(height, tiles)
    left, right, x = _between(width, tiles)
    y, up, down = y[:, None], up[:, None], down[:, None]
    above = curves[up, left, image] * (1 - x) + curves[up, right, image] * x
    below = curves[down, left, image] * (1 - x) + curves[down, right, image] * x
    return _bytes(above * (1 - y) + below * y)


def _between(
    length: int, tiles: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Return for each place the tiles before and after it and the share of the latter."""
    where = (np.arange(length) + 0.5) * tiles / length - 0.5
    before = np.floor(where).astype(np.intp)
    share = where - before
    return np.clip(before, 0, tiles - 1), np.clip(before + 1, 0, tiles - 1), share


def sharpness(image: Grey, rng: np.random.Generator) -> Grey:
    """Blur, sharpen, or lose pixels and get them back, each filter as likely."""
    picture = Image.fromarray(image)
    kind = rng.random()
    if kind < 0.35:
        changed = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.8))))
    elif kind < 0.55:
        amount = int(rng.uniform(40, 200))
        changed = picture.filter(ImageFilter.UnsharpMask(float(rng.uniform(0.6, 3.0)), amount, 0))
    else:
        height, width = image.shape
        share = rng.uniform(0.3, 0.95)
        smaller = (max(8, int(width * share)), max(8, int(height * share)))
        down, up = rng.integers(1, len(_FILTERS), 2)
        changed = picture.resize(smaller, _FILTERS[down]).resize((width, height), _FILTERS[up])
    return np.asarray(changed)


def recompress(image: Grey, rng: np.random.Generator) -> Grey:
    """Store as JPEG and read again."""
    stored = io.BytesIO()
    Image.fromarray(image).save(stored, "JPEG", quality=int(rng.integers(25, 96)))
    with Image.open(stored) as opened:
        return np.asarray(opened.convert("L"))


def noise(image: Grey, rng: np.random.Generator) -> Grey:
    """Add the grain of a low dose."""
    grain = rng.normal(0.0, rng.uniform(1.0, 9.0), image.shape)
    return _bytes(image + grain)


def border(image: Grey, rng: np.random.Generator) -> Grey:
    """Cover margins as a collimator, a scanner's frame or a burnt-in marker does."""
    changed = image.copy()
    height, width = image.shape
    top, bottom, left, right = (rng.uniform(0.0, 0.08, 4) * (rng.random(4) < 0.6)).tolist()
    grey = int(rng.choice([0, 0, 30, 255]))
    changed[: int(top * height)] = grey
    changed[height - int(bottom * height) :] = grey
    changed[:, : int(left * width)] = grey
    changed[:, width - int(right * width) :] = grey
    if rng.random() < 0.5:
        y, x = rng.integers(0, height - 24), rng.choice([4, width - 28])
        changed[y : y + rng.integers(6, 20), x : x + rng.integers(6, 24)] = rng.integers(180, 256)
    return changed


def frame(image: Grey, rng: np.random.Generator) -> Grey:
    """Show the film smaller in a black, grey or white frame, as slides and photographs of films do.

    Its sides shrink to 60-95 %, each by its own share.
    """
    height, width = image.shape
    rows, columns = (int(side * rng.uniform(0.6, 0.95)) for side in (height, width))
    top, left = int(rng.integers(0, height - rows + 1)), int(rng.integers(0, width - columns + 1))
    changed = np.full_like(image, int(rng.choice([0, 0, 0, 30, 255])))
    smaller = Image.fromarray(image).resize((columns, rows), Image.Resampling.BILINEAR)
    changed[top : top + rows, left : left + columns] = np.asarray(smaller)
    return changed


def _bytes(values: NDArray[np.float64]) -> Grey:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


_ROBUST: tuple[tuple[float, _Change], ...] = (
    (0.5, flip),
    (0.85, place),
    (0.2, equalise),
    (0.7, tone),
    (0.5, sharpness),
    (0.25, noise),
    (0.2, border),
    (0.1, frame),
    (0.4, recompress),
)
ROBUSTNESS: dict[str, _Change] = {
    "turned and shifted": place,
    "tone": tone,
    "local contrast": equalise,
    "sharpness and size": sharpness,
    "recompressed": recompress,
    "noise": noise,
    "borders": border,
    "framed": frame,
}
