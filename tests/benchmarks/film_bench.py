"""Measure the viewer: frames while the window is dragged, turning the page, memory over many films.

    python tests/benchmarks/film_bench.py [--films 2000] [--json FILE]

Runs the real window and the real decoding child on films made for the purpose: 3000 x 3000 pixels
and 16 bits for the frames, DICOM of 1500 x 1200 pixels for the pages. Set the environment variable
QT_QPA_PLATFORM=offscreen, or run it under Xvfb. A frame is a drag event with the repaint that
follows it, in the GUI thread; a page turned is from the key to the painted film.
"""

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.cases import Film, FilmFacts
from pneumo_desktop.core.greyscale import Window
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.demo import no_training
from pneumo_desktop.ui.image_view import ImageView
from pneumo_desktop.ui.models import installed

VIEW = (1600, 1200)
DRAGS = 200
PAGES = 60  # different files, more than the cache holds
BUTTONS = {"window": Qt.MouseButton.RightButton, "pan": Qt.MouseButton.LeftButton}
NO_KEY = Qt.KeyboardModifier.NoModifier


def noise(rows: int, columns: int, top: int, seed: int = 0) -> np.ndarray[Any, Any]:
    """Return film-like values (rows, columns): a smooth body with grain."""
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    body = np.exp(-3 * (x**2 + y**2)) + 0.2 * np.cos(9 * x) * np.cos(5 * y)
    grain = np.random.default_rng(seed).normal(0, 0.01, (rows, columns))
    values: np.ndarray[Any, Any] = np.clip((0.3 + 0.5 * body + grain) * top, 0, top).astype(
        np.uint16
    )
    return values.astype(np.uint16)


def big_film() -> Film:
    """Return a film of 3000 x 3000 pixels and 16 bits."""
    facts = FilmFacts(Path("made-up.dcm"), "00" * 32, "DICOM", 3000, 3000, 16)
    return Film(facts, noise(3000, 3000, 65535), Window(32768.0, 65536.0))


def drag_times(
    view: ImageView, button: Qt.MouseButton, drags: int = DRAGS
) -> list[tuple[float, float]]:
    """Return the milliseconds of each step of a drag, from the event to the repainted view."""
    move, middle = QEvent.Type.MouseMove, QPointF(view.rect().center())
    press, release = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
    spent: list[tuple[float, float]] = []
    QApplication.sendEvent(view, QMouseEvent(press, middle, middle, button, button, NO_KEY))
    for number in range(drags):
        at = middle + QPointF(number % 50, (number * 7) % 40)
        start = clocks()
        QApplication.sendEvent(view, QMouseEvent(move, at, at, button, button, NO_KEY))
        view.repaint()
        spent.append(since(start))
    QApplication.sendEvent(view, QMouseEvent(release, middle, middle, button, button, NO_KEY))
    return spent


def frames() -> list[dict[str, Any]]:
    """Measure drags of the window and of the film, fitted and at 1:1."""
    view, found = ImageView(), []
    view.resize(*VIEW)
    view.show()
    wait(lambda: view.windowHandle().isExposed())
    film = big_film()
    start = clocks()
    view.show_film(film)
    view.repaint()
    found.append({"what": "first picture", **spread([since(start)])})
    for place in (view.fit, view.actual_size):
        place()
        view.repaint()
        for what, button in (
            ("window", Qt.MouseButton.RightButton),
            ("pan", Qt.MouseButton.LeftButton),
        ):
            found.append({"what": f"{what}, {place.__name__}", **spread(drag_times(view, button))})
    view.close()
    return found


def clocks() -> tuple[float, float]:
    """Return the time on the wall and what this thread has worked, in seconds."""
    return time.perf_counter(), time.thread_time()


def since(start: tuple[float, float]) -> tuple[float, float]:
    """Return the milliseconds since then on both clocks."""
    wall, worked = clocks()
    return 1000 * (wall - start[0]), 1000 * (worked - start[1])


def spread(spent: list[tuple[float, float]]) -> dict[str, float]:
    """Return median, 95th percentile and maximum, and what the thread itself worked.

    On a machine that does other things at the same time only the last says what a frame costs.
    """
    ordered = sorted(wall for wall, _ in spent)
    return {
        "worked_median_ms": round(statistics.median(worked for _, worked in spent), 1),
        "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "max_ms": round(ordered[-1], 1),
    }


def write_films(folder: Path) -> list[Path]:
    """Write DICOM films of 1500 x 1200 pixels."""
    paths = []
    for number in range(PAGES):
        pixels = noise(1500, 1200, 4095, number)
        dataset = Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.SOPClassUID, dataset.SOPInstanceUID = (
            "1.2.840.10008.5.1.4.1.1.1",
            f"2.25.{number + 1}",
        )
        dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
        dataset.Modality, dataset.PhotometricInterpretation = "CR", "MONOCHROME2"
        dataset.Rows, dataset.Columns = pixels.shape
        dataset.SamplesPerPixel = 1
        dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
        dataset.PixelRepresentation, dataset.PixelData = 0, pixels.tobytes()
        paths.append(folder / f"film-{number:03}.dcm")
        dataset.save_as(paths[-1], enforce_file_format=True)
    return paths


def wait(until: Callable[[], bool], patience: float = 300.0) -> None:
    """Let the window live until something holds."""
    start, loop = time.perf_counter(), QEventLoop()

    def late() -> bool:
        return time.perf_counter() - start > patience

    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if until() or late() else None)
    timer.start()
    if not until():
        loop.exec()
    timer.stop()
    if late():
        raise SystemExit("The window took too long.")


def resident_mb() -> float:
    """Return the memory this process holds, in MB."""
    return _held("/proc/self/statm")


def children_mb() -> list[float]:
    """Return the memory that each decoding child holds, in MB."""
    sizes = []
    for child in multiprocessing.active_children():
        with suppress(OSError):  # it ended meanwhile
            sizes.append(_held(f"/proc/{child.pid}/statm"))
    return sorted(sizes)


def _held(statm: str) -> float:
    pages = int(Path(statm).read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def pages(workplace: Workplace, films: list[Path], count: int) -> dict[str, Any]:
    """Open `count` films in turn as the next key does; return times and memory."""
    workplace.intake.add(films)
    wait(lambda: not workplace.intake.busy and not workplace.loader.loading)
    view, queue, spent, memory = workplace.film.view, workplace.queue, [], []
    step = 1
    for number in range(count):
        wait(lambda: not workplace.loader.reading)  # the reader looks at a film before the next
        before = view.film
        start = clocks()
        queue.step(step)
        if workplace.desk.current and not workplace.loader.loading:
            step = -step  # the end of the list
            queue.step(step)
        wait(partial(_turned, view, before))
        view.repaint()
        spent.append(since(start))
        if number % max(count // 20, 1) == 0:
            memory.append(resident_mb())
    return {"films": count, "next_film": spread(spent), "resident_mb": memory}


def _turned(view: ImageView, before: Film | None) -> bool:
    return view.film is not None and view.film is not before


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--films", type=int, default=2000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    application = make_application()
    found: dict[str, Any] = {
        "platform": f"{platform.system()}, {os.cpu_count()} processors, "
        f"{application.platformName()}",
        "view": "x".join(map(str, VIEW)),
        "frames": frames(),
    }
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        films = write_films(Path(folder))
        (Path(folder) / "home").mkdir()
        place = Place(Path(folder) / "home", installed(Settings()), "", no_training)
        workplace = Workplace(application, place)
        workplace.window.resize(1600, 900)
        workplace.window.show()
        found["pages"] = pages(workplace, films, arguments.films)
        workplace.window.close()
    text = json.dumps(found, indent=1)
    sys.stdout.write(text + "\n")
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
