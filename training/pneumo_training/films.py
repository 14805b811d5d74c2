"""Labelled films from folders into memory, through the program's own reader."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.cases import FilmError
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.preprocess import model_input
from pneumo_training.failure import TrainingError

CLASSES = ("NORMAL", "PNEUMONIA")


@dataclass(frozen=True, slots=True)
class Picture:
    """A film as the network gets it: grey 0-255 (rows, columns), and its file's hash."""

    path: Path
    pixels: NDArray[np.uint8]
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class FilmSet:
    """Films with their truth: `images` (films, rows, columns), `truth` (films,) pneumonia."""

    paths: tuple[Path, ...]
    images: NDArray[np.uint8]
    truth: NDArray[np.bool_]
    sha256: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.paths)


def class_folders(data: Path) -> tuple[Path, Path]:
    """Return the folders of normal and pneumonia films; capitals do not matter.

    Raises:
        TrainingError: The folder or a class is missing.
    """
    if not data.is_dir():
        raise TrainingError(f"The folder {data} does not exist. Choose the folder of your films.")
    found = {child.name.upper(): child for child in sorted(data.iterdir()) if child.is_dir()}
    missing = [name for name in CLASSES if name not in found]
    if missing:
        raise TrainingError(
            f"The folder {data} has no folder {' and no folder '.join(missing)}. "
            "Put the films of each class into a folder NORMAL and a folder PNEUMONIA."
        )
    return found[CLASSES[0]], found[CLASSES[1]]


def read_pictures(paths: list[Path], size: int, skipped: list[str]) -> Iterator[Picture]:
    """Yield each readable film in order; the others' names and reasons go into `skipped`."""

    def read(path: Path) -> Picture | str:
        try:
            film = read_film(path)
        except FilmError as error:
            return f"{path.name}: {error.reason.text}"
        pixels = np.rint(model_input(film, size, size)[..., 0]).astype(np.uint8)
        return Picture(path, pixels, film.facts.sha256)

    with ThreadPoolExecutor(2) as pool:
        for start in range(0, len(paths), 64):  # so that a cancelled job does not read on
            for result in pool.map(read, paths[start : start + 64]):
                if isinstance(result, str):
                    skipped.append(result)
                else:
                    yield result


def read_labelled(
    data: Path, size: int, seen: Callable[[int, int], None], skipped: list[str]
) -> FilmSet:
    """Read all films below the class folders; `seen(films so far, of)` is called for each.

    Raises:
        TrainingError: The folders are missing or a class has no readable film.
    """
    files = [sorted(find_files([folder])) for folder in class_folders(data)]
    total = sum(map(len, files))
    pictures: list[Picture] = []
    truth: list[bool] = []
    for sick, paths in enumerate(files):
        before = len(pictures)
        for picture in read_pictures(paths, size, skipped):
            pictures.append(picture)
            truth.append(bool(sick))
            seen(len(pictures), total)
        if len(pictures) == before:
            raise TrainingError(
                f"The folder {CLASSES[sick]} in {data} holds no readable film. "
                "Training needs films of both classes; add some."
            )
    return FilmSet(
        tuple(picture.path for picture in pictures),
        np.stack([picture.pixels for picture in pictures]),
        np.asarray(truth),
        tuple(picture.sha256 for picture in pictures),
    )
