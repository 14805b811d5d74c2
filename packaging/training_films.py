"""Labelled films for the page on training: the demo films, each drawn often and a little otherwise.

They are of nobody, and so few shapes that a model learns nothing of use from them. Some are as a
folder of a clinic may hold them: twice, cut short, no chest film at all.
"""

import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
CLASSES = {"NORMAL": "normal", "PNEUMONIA": "pneumonia"}
SIDE = 224
TURN, ZOOM, SHIFT = 9.0, 0.18, 0.07  # degrees, shares


def write_films(folder: Path, patients: int, *, flawed: bool = False) -> None:
    """Write films of so many patients of each class, some of them with two films."""
    rng = np.random.default_rng(20)
    for label, kind in CLASSES.items():
        (folder / label).mkdir(parents=True, exist_ok=True)
        demo = [_grey(path) for path in sorted(DEMO.glob(f"synthetic-{kind}-*.*g"))]
        for number in range(patients):
            for film in range(2 if number % 5 == 0 else 1):
                drawn = _otherwise(demo[number % len(demo)], rng)
                name = f"{kind}{number + 1:03}_film{film + 1}.png"
                Image.fromarray(drawn).save(folder / label / name)
    if flawed:
        _spoil(folder)


def _grey(path: Path) -> Image.Image:
    return Image.open(path).convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _otherwise(film: Image.Image, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return the film turned, zoomed, shifted, toned and grained anew (rows, columns)."""
    zoom = SIDE * (1.0 + ZOOM * rng.uniform(-1.0, 0.2))
    left, top = (SIDE - zoom) / 2.0 + SIDE * SHIFT * rng.uniform(-1.0, 1.0, 2)
    box = (left, top, left + zoom, top + zoom)
    turned = film.rotate(TURN * rng.uniform(-1.0, 1.0), Image.Resampling.BICUBIC)
    moved = turned.transform((SIDE, SIDE), Image.Transform.EXTENT, box, Image.Resampling.BICUBIC)
    grey = np.asarray(moved, dtype=np.float32) / 255.0
    grey = grey ** rng.uniform(0.75, 1.3) * rng.uniform(0.85, 1.0)
    waves = rng.normal(0.0, 1.0, (12, 12)).astype(np.float32)
    cloud = Image.fromarray(waves).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    grey += 0.06 * np.asarray(cloud) + rng.normal(0.0, 0.015, grey.shape)
    drawn: NDArray[np.uint8] = np.clip(255.0 * grey, 0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(drawn).filter(ImageFilter.GaussianBlur(0.5)))


def _spoil(folder: Path) -> None:
    """Add what the first page is to find."""
    twin = folder / "NORMAL" / "normal002_film1.png"
    shutil.copy(twin, folder / "NORMAL" / "normal002_copy.png")
    shutil.copy(DEMO / "no-chest-film.jpg", folder / "NORMAL" / "holiday.jpg")
    whole = (folder / "PNEUMONIA" / "pneumonia003_film1.png").read_bytes()
    (folder / "PNEUMONIA" / "pneumonia099_film1.png").write_bytes(whole[: len(whole) // 3])
