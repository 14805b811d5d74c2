"""A long day in a few minutes: 20,000 films answered and 2000 read in one window's process.

    QT_QPA_PLATFORM=offscreen python -m tests.survival.long_day [--films 20000] [--read 2000]

In ten turns the real window answers films and its reader calls the next unread ones by the keys.
Then memory may have grown by a tenth at most since the third turn (before that caches fill), and
handles, threads and children not at all. Films are real ones of $PNEUMO_DATA where there are any,
else the demo films, each written as a file of its own: most of 224 pixels, some of native size,
some as DICOM. Exit status 1 where something grew.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import io
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.golden import demo_films
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store import FILE
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.demo import no_training
from pneumo_desktop.ui.models import installed
from tests.benchmarks.film_bench import wait
from tests.benchmarks.reading import with_comment
from tests.core.dicom_files import film_dataset
from tests.survival.processes import descendants

TURNS, WARM = 10, 3
NATIVE_EVERY, DICOM_EVERY = 25, 20
PATIENCE_S = 7200.0
MOST_GROWTH = 0.10


@dataclass(frozen=True)
class Sample:
    """What a process holds: memory in MB, its own and its children's; and counts."""

    memory: float
    children_memory: float
    handles: int
    threads: int
    children: int
    log_mb: float


def sample(home: Path) -> Sample:
    """Look at this process and those below it."""
    children = list(descendants(os.getpid()))
    log = home / f"{FILE}-wal"
    return Sample(
        resident_mb(os.getpid()),
        sum(map(resident_mb, children)),
        len(list(Path("/proc/self/fd").iterdir())),
        len(list(Path("/proc/self/task").iterdir())),
        len(children),
        log.stat().st_size / 2**20 if log.exists() else 0.0,
    )


def resident_mb(pid: int) -> float:
    """Return the memory that a process holds, 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def growth(samples: list[Sample]) -> dict[str, float]:
    """Return by how much each measure grew since the caches were full: a share, or a count."""
    first, last = samples[WARM : WARM + 2], samples[-2:]
    found = {}
    for field in fields(Sample):
        before, after = (median(getattr(s, field.name) for s in some) for some in (first, last))
        found[field.name] = after / max(before, 1.0) - 1 if "mem" in field.name else after - before
    return found


def grew(found: dict[str, float]) -> list[str]:
    """Name what grew by more than it may."""
    counts = ("handles", "threads", "children")
    return [name for name in ("memory", "children_memory") if found[name] > MOST_GROWTH] + [
        name for name in counts if found[name] > 0
    ]


def films() -> Iterator[tuple[str, bytes]]:
    """Yield endings and bytes of films, no two alike."""
    data = Path(os.environ.get("PNEUMO_DATA", "/nowhere"))
    demo = [path for path in demo_films() if path.suffix == ".jpg"]
    small = sorted((data / "kermany").rglob("*.jp*g")) or demo
    native = sorted((data / "kermany_native").rglob("*.jp*g")) or demo
    smalls, natives = cycle(small), cycle(native)
    number = 0
    while True:
        number += 1
        if number % NATIVE_EVERY == 0:
            yield ".jpg", with_comment(next(natives).read_bytes(), number)
        elif number % DICOM_EVERY == 0:
            yield ".dcm", as_dicom(next(smalls), number)
        else:
            yield ".jpg", with_comment(next(smalls).read_bytes(), number)


def as_dicom(path: Path, number: int) -> bytes:
    """Return a picture as a DICOM film of 12 bits, a study of its own."""
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("L")).astype(np.uint16) << 4
    film = film_dataset(pixels, SOPInstanceUID=f"2.25.{number}", StudyInstanceUID=f"2.26.{number}")
    film.file_meta.MediaStorageSOPInstanceUID = film.SOPInstanceUID
    stream = io.BytesIO()
    film.save_as(stream, enforce_file_format=True)
    return stream.getvalue()


def answer(workplace: Workplace, folder: Path) -> None:
    """Answer a folder of films."""
    workplace.intake.add([folder])
    wait(lambda: not workplace.intake.busy and workplace.desk.all_saved, PATIENCE_S)


def read(workplace: Workplace, count: int) -> None:
    """Call the next unread films by the keys."""
    for _ in range(count):
        QTest.keyClick(workplace.window, Qt.Key.Key_N)
        wait(lambda: not workplace.loader.loading and workplace.film.view.film is not None)
        QTest.keyClick(workplace.window, Qt.Key.Key_1)
        current = workplace.desk.current
        if current is None or current.reading is None:
            raise SystemExit("The key did not call the film.")


def spend(application: QApplication, folder: Path, answered: int, called: int) -> list[Sample]:
    """Spend the day; return what the process held after each turn."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    workplace = Workplace(application, Place(home, installed(Settings()), "", no_training))
    workplace.window.resize(1600, 900)
    workplace.window.show()
    source, samples = films(), [sample(home)]
    for turn in range(TURNS):
        some = folder / f"films-{turn}"
        some.mkdir()
        for number in range(answered // TURNS):
            ending, data = next(source)
            (some / f"{number:05}{ending}").write_bytes(data)
        written = time.monotonic()
        answer(workplace, some)
        done = time.monotonic()
        read(workplace, called // TURNS)
        samples.append(sample(home))
        held = ", ".join(f"{f.name} {getattr(samples[-1], f.name):.0f}" for f in fields(Sample))
        print(f"turn {turn + 1}: {answered // TURNS / (done - written):.0f} films/s answered, "
              f"{called // TURNS / (time.monotonic() - done):.1f} films/s read; {held}",
              flush=True)  # fmt: skip
    workplace.window.close()
    return samples


def main() -> None:
    """Spend the day and print what grew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--films", type=int, default=20_000)
    parser.add_argument("--read", type=int, default=2_000)
    arguments = parser.parse_args()
    application = make_application()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        samples = spend(application, Path(folder), arguments.films, arguments.read)
    found = growth(samples)
    for name in ("memory", "children_memory"):
        print(f"{name}: {100 * found[name]:+.1f} % since turn {WARM}")
    print(", ".join(f"{name} {found[name]:+.0f}" for name in ("handles", "threads", "children")))
    if wrong := grew(found):
        print(f"GREW: {', '.join(wrong)}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
