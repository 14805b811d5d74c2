"""Films of other hospitals beside the data's own, so that a model learns lung, not hospital.

An epoch draws normal films of each pool, doubtful ones where the recipe has them, and own films of
both answers laid into the normal ones (see `blend`): hospital, age and view then say little
about illness.
"""

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.labelled.patients import patient_of
from pneumo_training.blend import blend
from pneumo_training.failure import TrainingError
from pneumo_training.films import read_pictures
from pneumo_training.recipe import MixingPart, PoolPart
from pneumo_training.workplace import data_hash

_APART = 0.2  # share of a plain folder's patients that nothing is learnt from
_NOTHING = "No Finding"


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Films of one population: `images` (films, rows, columns), and each file's SHA-256."""

    part: PoolPart
    images: NDArray[np.uint8]
    hashes: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """One hash of all files."""
        return data_hash(self.hashes, [False] * len(self.hashes))

    def draw(self, rng: np.random.Generator) -> NDArray[np.uint8]:
        """Return an epoch's films, as many as the recipe wants; few films come several times."""
        times = -(-self.part.each_epoch // len(self.images))
        order = np.concatenate([rng.permutation(len(self.images)) for _ in range(times)])
        films: NDArray[np.uint8] = self.images[order[: self.part.each_epoch]]
        return films


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """An epoch's films of other hospitals.

    `images` (films, rows, columns), what to answer and how much each weighs (films,).
    """

    images: NDArray[np.uint8]
    truth: NDArray[np.float32]
    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The pools and how they count."""

    part: MixingPart
    pools: tuple[Pool, ...]

    def __len__(self) -> int:
        """The films of one epoch."""
        return sum(pool.part.each_epoch for pool in self.pools) + 2 * self.part.blended_each

    def draw(
        self, own: NDArray[np.uint8], truth: NDArray[np.bool_], rng: np.random.Generator
    ) -> Drawn:
        """Return the films of one epoch beside `own` (films, rows, columns), ill where `truth`."""
        part = self.part
        drawn = [
            (pool.draw(rng), pool.part.answer if pool.part.findings else part.normal)
            for pool in self.pools
        ]
        for answer, some in ((part.normal, own[~truth]), (part.ill, own[truth])):
            if part.blended_each:
                drawn.append((self._blended(some, rng), answer))
        images = np.concatenate([films for films, _ in drawn])
        wanted = np.repeat([answer for _, answer in drawn], [len(films) for films, _ in drawn])
        return Drawn(images, wanted.astype(np.float32), self._weight(wanted, len(own)))

    def _blended(self, own: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
        """Return own films laid into normal ones, of each pool as often as it is drawn else."""
        pools = [pool for pool in self.pools if not pool.part.findings]
        often = np.array([pool.part.each_epoch for pool in pools], np.float64)
        mixed = []
        for _ in range(self.part.blended_each):
            pool = pools[rng.choice(len(pools), p=often / often.sum())]
            other = pool.images[rng.integers(len(pool.images))]
            mixed.append(blend(own[rng.integers(len(own))], other, rng))
        return np.stack(mixed)

    def _weight(self, wanted: NDArray[np.float64], own: int) -> NDArray[np.float32]:
        well = wanted == self.part.normal
        half = 0.5 * self.part.weight * own
        each: NDArray[np.float64] = np.where(well, half / well.sum(), half / (~well).sum())
        return each.astype(np.float32)


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
    return Pool(part, np.stack(images), tuple(hashes))


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
