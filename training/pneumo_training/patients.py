"""Whose film it is, by its name and its pixels: the guard against the same chest on both sides."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_RULES = (
    re.compile(r"^(person\d+)_", re.IGNORECASE),  # Kermany, pneumonia
    re.compile(r"^(?:NORMAL2-)?(IM-\d+)", re.IGNORECASE),  # Kermany, normal; one count for both
    re.compile(r"^(\d{8})_\d{3}$"),  # NIH ChestX-ray14
)
_THUMBNAIL = 32
_SAME = 0.995  # correlation of thumbnails from which two films are taken for one


def patient_of(path: Path) -> str:
    """Return the patient in the file's name by the known rules, else the name itself."""
    for rule in _RULES:
        found = rule.match(path.stem)
        if found:
            return found.group(1).lower()
    return path.stem


def near_duplicates(images: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Return the pairs of `images` (films, rows, columns) that show the same film."""
    if len(images) < 2:
        return []
    thumbnails = np.stack([_thumbnail(image) for image in images])
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(thumbnails), 512):
        alike = thumbnails[start : start + 512] @ thumbnails.T
        for row, column in np.argwhere(alike > _SAME):
            if start + row < column:
                pairs.append((int(start + row), int(column)))
    return pairs


def _thumbnail(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return (1024,) grey of mean 0 and length 1; a flat picture is all 0 and like nothing."""
    size = (_THUMBNAIL, _THUMBNAIL)
    small = Image.fromarray(image).resize(size, Image.Resampling.BOX)
    grey = np.asarray(small, dtype=np.float32).ravel()
    grey -= grey.mean()
    length = float(np.linalg.norm(grey))
    return grey / length if length > 0.0 else grey


def groups_of(names: list[str], pairs: list[tuple[int, int]]) -> list[str]:
    """Return a group per film: patients, merged where `pairs` of films join them."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        a, b = sorted((root(names[one]), root(names[other])))
        parent[b] = a
    return [root(name) for name in names]
