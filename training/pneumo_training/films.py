"""Labelled films into memory, through the program's own reader."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.cases import FilmError
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.film_list import list_films
from pneumo_desktop.core.labelled.patients import patient_of
from pneumo_desktop.core.labelled.split import CLASSES, Part
from pneumo_desktop.core.preprocess import model_input
from pneumo_training.failure import TrainingError


@dataclass(frozen=True, slots=True)
class Picture:
    """A film as the network gets it: grey 0-255 (rows, columns), and its file's hash.

    `patient` is the patient's ID in the file, empty where it holds none.
    """

    path: Path
    pixels: NDArray[np.uint8]
    sha256: str
    patient: str


@dataclass(frozen=True, slots=True, eq=False)
class FilmSet:
    """Films with their truth: `images` (films, rows, columns), `truth` (films,) pneumonia.

    `patients` says whose film each is, as far as a list, the file or its name tells; `parts` who of
    them teaches, where a list has divided them already, else it is empty.
    """

    paths: tuple[Path, ...]
    images: NDArray[np.uint8]
    truth: NDArray[np.bool_]
    sha256: tuple[str, ...]
    patients: tuple[str, ...]
    parts: tuple[Part, ...] = ()

    def __len__(self) -> int:
        return len(self.paths)


def read_pictures(paths: list[Path], size: int, skipped: list[str]) -> Iterator[Picture]:
    """Yield each readable film in order; the others' names and reasons go into `skipped`."""

    def read(path: Path) -> Picture | str:
        try:
            film = read_film(path)
        except FilmError as error:
            return f"{path.name}: {error.reason.text}"
        pixels = np.rint(model_input(film, size, size)[..., 0]).astype(np.uint8)
        identifier = film.facts.patient.identifier.strip()
        return Picture(path, pixels, film.facts.sha256, identifier)

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
    """Read all films of `data`, class folders or a list; `seen(films so far, of)` for each.

    Whose film it is, the list says; else the file's own patient ID; else the file's name.

    Raises:
        TrainingError: See `list_films`; or a class has no readable film.
    """
    listed = {film.path: film for film in list_films(data)}
    pictures: list[Picture] = []
    for picture in read_pictures(list(listed), size, skipped):
        pictures.append(picture)
        seen(len(pictures), len(listed))
    truth = [listed[picture.path].ill for picture in pictures]
    for ill, name in enumerate(CLASSES):
        if bool(ill) not in truth:
            raise TrainingError(
                f"No film of {name} in {data} can be read. "
                "Training needs films of both classes; add some."
            )
    return FilmSet(
        tuple(picture.path for picture in pictures),
        np.stack([picture.pixels for picture in pictures]),
        np.asarray(truth),
        tuple(picture.sha256 for picture in pictures),
        tuple(listed[p.path].patient or p.patient or patient_of(p.path) for p in pictures),
        tuple(part for p in pictures if (part := listed[p.path].part) is not None),
    )
