"""Read many films as a reader does, on a screen, and tell how memory and times go.

    xvfb-run -a -s "-screen 0 1920x1200x24" python -m tests.benchmarks.reading [--films 2000]

The demo films, each written many times over as a file of its own, are answered by the shipped
model. Then every one is opened, its window dragged a little, called with a key, and the next unread
one asked for with another. Where there is no display, set QT_QPA_PLATFORM=offscreen.
"""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pneumo_desktop.core.golden import demo_films
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store_query import Status
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.demo import no_training
from pneumo_desktop.ui.models import installed
from tests.benchmarks.film_bench import (
    children_mb,
    clocks,
    drag_times,
    resident_mb,
    since,
    spread,
    wait,
)

EVERY = 100  # films between two looks at the memory
FRAMES = 5  # drags of the window on each film
ANSWERED_PATIENCE = 1800.0
Times = list[tuple[float, float]]


def write_films(folder: Path, count: int, first: int = 0) -> None:
    """Write demo films that differ by a comment alone, so that each is a case of its own.

    Source: ITU-T T.81, B.2.4.5.
    """
    films = [path.read_bytes() for path in demo_films() if path.name.startswith("synthetic")
             and path.suffix == ".jpg"]  # fmt: skip
    for number in range(first, first + count):
        film = with_comment(films[number % len(films)], number)
        (folder / f"film-{number:05}.jpg").write_bytes(film)


def with_comment(jpeg: bytes, number: int) -> bytes:
    """Return a JPEG with a number in a COM segment behind the start of image."""
    comment = f"{number:08}".encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


class Reader:
    """Reads one film after the other and notes what it took."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace, self.view = workplace, workplace.film.view
        self.called: Times = []
        self.turned: Times = []
        self.frames: Times = []
        self.memory, self.children = [resident_mb()], [children_mb()]

    def read(self, films: int) -> None:
        """Read so many films."""
        self.workplace.desk.show_number(self.workplace.queue.first())
        for number in range(1, films + 1):
            wait(lambda: not self.workplace.loader.loading and self.view.film is not None)
            self.frames += drag_times(self.view, Qt.MouseButton.RightButton, FRAMES)
            self._call()
            if number < films:
                self._turn()
            if number % EVERY == 0:
                self.memory.append(resident_mb())
                self.children.append(children_mb())
                sys.stderr.write(
                    f"{number} films, {self.memory[-1]:.0f} MB, children {self.children[-1]}\n"
                )

    def _call(self) -> None:
        start = clocks()
        QTest.keyClick(self.workplace.window, Qt.Key.Key_1)
        current = self.workplace.desk.current
        assert current
        assert current.reading, "the key did not call the film"
        self.called.append(since(start))

    def _turn(self) -> None:
        wait(lambda: not self.workplace.loader.reading)  # the reader looks before the next
        before = self.view.film
        start = clocks()
        QTest.keyClick(self.workplace.window, Qt.Key.Key_N)
        wait(lambda: self.view.film is not None and self.view.film is not before)
        self.view.repaint()
        self.turned.append(since(start))


def measure(workplace: Workplace, films: Path, count: int) -> dict[str, Any]:
    """Answer the films and read them; return times and memory."""
    memory = resident_mb()
    started = time.perf_counter()
    workplace.intake.add([films])
    wait(lambda: not workplace.intake.busy and workplace.desk.all_saved, ANSWERED_PATIENCE)
    answered = time.perf_counter() - started
    reader = Reader(workplace)
    started, load = time.perf_counter(), os.getloadavg()[0]
    reader.read(count)
    filters = workplace.queue.filter
    filters.status.setCurrentIndex(filters.status.findData(Status.UNREAD))
    return {
        "films": count,
        "left_unread": sum(stored.reading is None for stored in workplace.queue.cases()),
        "answered_s": round(answered, 1),
        "read_s": round(time.perf_counter() - started, 1),
        "load_average": [round(load, 1), round(os.getloadavg()[0], 1)],
        "call": spread(reader.called),
        "next_unread": spread(reader.turned),
        "frame": spread(reader.frames),
        "resident_mb_before_answers": memory,
        f"resident_mb_every_{EVERY}": reader.memory,
        f"children_mb_every_{EVERY}": reader.children,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--films", type=int, default=2000)
    arguments = parser.parse_args()
    application = make_application()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        films, home = Path(folder) / "films", Path(folder) / "home"
        films.mkdir()
        home.mkdir(mode=0o700)
        write_films(films, arguments.films)
        workplace = Workplace(application, Place(home, installed(Settings()), "", no_training))
        workplace.window.resize(1600, 900)
        workplace.window.show()
        workplace.window.activateWindow()
        wait(workplace.window.isActiveWindow, 30)
        found = {
            "platform": f"{platform.system()}, {os.cpu_count()} processors, "
            f"{application.platformName()}",
            **measure(workplace, films, arguments.films),
        }
        workplace.window.close()
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
