"""Films a second for a folder: this program, and the floor that no program gets below.

The floor is as many processes as cores, each with an equal share of the films, that do nothing but
decode a film and run the network on it, one after the other: no child, no hand-over, no order, no
queue, one thread each. What a real program adds is the share of the floor it misses.
"""

import multiprocessing
import os
import time
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom.uid import JPEG2000Lossless

from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.screening import screen, screen_one

ROOT = Path(__file__).resolve().parents[2]
WARM_UP = 8
_SPAWN = multiprocessing.get_context("spawn")


def radiographs(chosen: Path | None, size: str, most: int) -> list[Path]:
    """Return JPEG films: those named, else of development (`kermany...`), else the demo's."""
    data = Path(os.environ.get("PNEUMO_DATA") or ROOT.parent / "shared" / "data")
    for folder in (chosen, data / size, ROOT / "resources" / "demo"):
        if folder and folder.is_dir():
            films = sorted(f for f in folder.rglob("*.jp*g") if "no-chest" not in f.name)
            return films[:: max(1, len(films) // most)][:most]
    raise SystemExit("No films found; name a folder: make bench FILMS=/path/to/films")


def as_jpeg2000(films: Iterable[Path], folder: Path) -> list[Path]:
    """Write films as DICOM with 12 bits, in lossless JPEG 2000, and return them."""
    from tests.core.dicom_files import film_dataset

    written = []
    for number, path in enumerate(films):
        with Image.open(path) as picture:
            pixels = np.asarray(picture.convert("L")).astype(np.uint16) << 4
        film = film_dataset(pixels, SOPInstanceUID=f"2.25.{number + 1}")
        film.file_meta.MediaStorageSOPInstanceUID = film.SOPInstanceUID
        film.compress(JPEG2000Lossless, generate_instance_uid=False)
        stream = BytesIO()
        film.save_as(stream, enforce_file_format=True)
        written.append(folder / f"film-{number:03}.dcm")
        written[-1].write_bytes(stream.getvalue())
    return written


def ours(films: list[Path], read: Sandboxes, classifier: LiteRtClassifier) -> float:
    """Return films a second of this program, warm."""
    started = time.perf_counter()
    for outcome in screen(films, read, classifier, Policy(), lanes()):
        if not isinstance(outcome, Case):
            raise SystemExit(f"{outcome.path.name}: {outcome.reason.text}")
    return len(films) / (time.perf_counter() - started)


class Floor:
    """The processes of the floor, kept warm."""

    def __init__(self) -> None:
        self._pipes = []
        self._processes = []
        for _ in range(os.cpu_count() or 1):
            mine, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(mine)
            self._processes.append(process)

    def films_a_second(self, films: list[Path]) -> float:
        """Return films a second of all processes together."""
        for number, pipe in enumerate(self._pipes):
            pipe.send(films[number :: len(self._pipes)])
        started = time.perf_counter()
        for pipe in self._pipes:
            pipe.recv()
        return len(films) / (time.perf_counter() - started)

    def close(self) -> None:
        """End them."""
        for pipe, process in zip(self._pipes, self._processes, strict=True):
            pipe.close()
            process.join()


def _work(pipe: "multiprocessing.connection.Connection[list[Path], float]") -> None:
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL), 1)
    try:
        while True:
            for film in pipe.recv():
                screen_one(film, read_film, classifier, Policy())
            pipe.send(0.0)
    except EOFError:
        return


def measured(films: list[Path], turns: int) -> dict[str, list[float]]:
    """Return films a second of this program and of the floor, in turn; the first turn warms up."""
    from tests.benchmarks.rows import FLOOR, OURS

    found: dict[str, list[float]] = {OURS: [], FLOOR: []}
    floor = Floor()
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL), threads_of_each(lanes()))
    with Sandboxes(lanes()) as read:
        for turn in range(turns + 1):
            some = films if turn else films[:WARM_UP]
            rates = {OURS: ours(some, read, classifier), FLOOR: floor.films_a_second(some)}
            for name, rate in rates.items() if turn else ():
                found[name].append(rate)
    floor.close()
    return found
