"""Films of other hospitals beside the data's own, so that a model learns lung, not hospital.

Of each pool of normal films an epoch draws some as they are and as many with made-up opacities
(see `opacity`): hospital, age and view then say nothing about illness.
"""

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.files import find_files
from pneumo_training.failure import TrainingError
from pneumo_training.films import read_pictures
from pneumo_training.patients import patient_of
from pneumo_training.recipe import MixingPart, PoolPart
from pneumo_training.workplace import data_hash

_APART = 0.2  # share of a plain folder's patients that nothing is learnt from
_NOTHING = "No Finding"
_SOME = 60  # films of a pool


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Films of one population: `images` (films, rows, columns); `sha256` is one of all files."""

    part: PoolPart
    images: NDArray[np.uint8]
    sha256: str

    def draw(self, rng: np.random.Generator) -> NDArray[np.uint8]:
        """Return an epoch's films, as many as the recipe wants; few films come several times."""
        times = -(-self.part.each_epoch // len(self.images))
        order = np.concatenate([rng.permutation(len(self.images)) for _ in range(times)])
        films: NDArray[np.uint8] = self.images[order[: self.part.each_epoch]]
        return films


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """An epoch's films of other hospitals.

    `images` (films, rows, columns), what to answer and how much each weighs (films,), and which
    get made-up opacities (films,).
    """

    images: NDArray[np.uint8]
    truth: NDArray[np.float32]
    weight: NDArray[np.float32]
    filled: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The pools and how they count."""

    part: MixingPart
    pools: tuple[Pool, ...]

    def __len__(self) -> int:
        """The films of one epoch: those without findings count twice, as they are and filled."""
        return sum(p.part.each_epoch * (1 if p.part.findings else 2) for p in self.pools)

    def some_normals(self) -> NDArray[np.uint8]:
        """Return a few films without finding of each pool (films, rows, columns)."""
        pools = [pool.images for pool in self.pools if not pool.part.findings]
        return np.concatenate([images[:: -(-len(images) // _SOME)] for images in pools])

    def draw(self, own: int, rng: np.random.Generator) -> Drawn:
        """Return the films of one epoch beside `own` films of the data."""
        images, truth, filled = [], [], []
        for pool in self.pools:
            kinds = [(pool.part.answer, False)]
            if not pool.part.findings:
                kinds = [(self.part.normal, False), (self.part.opaque, True)]
            for answer, fill in kinds:
                images.append(pool.draw(rng))
                truth.append(np.full(len(images[-1]), answer, np.float32))
                filled.append(np.full(len(images[-1]), fill))
        answers = np.concatenate(truth)
        well = answers == np.float32(self.part.normal)
        half = 0.5 * self.part.weight * own
        weight = np.where(well, half / well.sum(), half / (~well).sum()).astype(np.float32)
        return Drawn(np.concatenate(images), answers, weight, np.concatenate(filled))


def missing_pools(part: MixingPart, data: Path) -> list[str]:
    """Return the folders that the recipe wants beside `data` and that are not there."""
    return sorted({pool.films for pool in part.pools if not (data / pool.films).is_dir()})


def read_mixture(part: MixingPart, data: Path, size: int, tick: Callable[[], None]) -> Mixture:
    """Read the films to learn from; unreadable ones are left out.

    Raises:
        TrainingError: A folder holds none.
    """
    return Mixture(part, tuple(_read(pool, data / pool.films, size, tick) for pool in part.pools))


def _read(part: PoolPart, folder: Path, size: int, tick: Callable[[], None]) -> Pool:
    folder_films = (path for path in find_files([folder]) if not is_apart(path))
    paths = text_mined(folder, part) if part.view else list(folder_films)
    images, hashes = [], []
    for picture in read_pictures(paths, size, []):
        tick()
        images.append(picture.pixels)
        hashes.append(picture.sha256)
    if not images:
        raise TrainingError(f"{folder} holds no film to mix in. Correct [mixing] in the recipe.")
    return Pool(part, np.stack(images), data_hash(tuple(hashes), [False] * len(hashes)))


def is_apart(path: Path) -> bool:
    """Return whether a plain folder's film is kept from learning: a fifth of patients, by name."""
    first = hashlib.sha256(patient_of(path).encode()).digest()[0]
    return first < 256 * _APART


def text_mined(folder: Path, part: PoolPart) -> list[Path]:
    """Return the films of a view by what NIH ChestX-ray14's text mining found.

    Patients of whom radiologists read a film are left out: those films are a view to measure on.
    """
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = {row["patient_id"] for row in rows if row["rsna_class"]}
    wanted = set(part.findings or (_NOTHING,))
    return [
        folder / row["file"]
        for row in rows
        if row["patient_id"] not in read
        and row["view"] == part.view
        and wanted & set(row["nih_labels"].split("|"))
    ]
