"""How long the window keeps its reader waiting while thousands of labelled films are looked at.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.labelled_films FOLDER

prints how long looking took, the longest pause of the window meanwhile, and how long it took to
show another choice of films, to scroll through all of them, and to take up another choice.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.labelled.plan import with_source
from pneumo_desktop.core.labelled.sources import Source
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.models import installed

SCROLLS = 60


def wait(until):
    """Turn the event loop until something is so; return the longest turn in seconds."""
    longest = 0.0
    while not until():
        began = time.perf_counter()
        QCoreApplication.processEvents()
        longest = max(longest, time.perf_counter() - began)
        time.sleep(0.002)
    return longest


def timed(do):
    """Do something, let the window draw, and return the seconds."""
    began = time.perf_counter()
    do()
    QCoreApplication.processEvents()
    return time.perf_counter() - began


def tell(what, seconds, of=""):
    """Print a measured time."""
    sys.stdout.write(f"{1000 * seconds:9,.0f} ms  {' '.join(filter(None, (of, what)))}\n")


def scroll(grid):
    """Jump through all films, and print what it takes to draw those that come into view."""
    bar = grid.verticalScrollBar()
    wait(lambda: bar.maximum() > grid.films.rowCount())
    steps = [bar.maximum() * step // SCROLLS for step in range(SCROLLS)]
    frames = sorted(timed(lambda to=to: (bar.setValue(to), grid.repaint())) for to in steps)
    tell("to draw a screen of new films, median", frames[SCROLLS // 2])
    tell("to draw a screen of new films, longest", frames[-1])


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        room = Workplace(application, Place(Path(home), installed(Settings())))
        room.window.resize(1600, 900)
        room.window.show()
        room.window.tabs.setCurrentWidget(room.training)
        measure(room, folder)
        room.window.close()


def measure(room, folder):
    """Look at the films of `folder` and print what it took."""
    course = room.course
    began = time.perf_counter()
    course.take(with_source(course.state.plan, Source(path=str(folder))))
    longest = wait(lambda: course.state.films or course.state.trouble)
    looked = time.perf_counter() - began
    waited = wait(lambda: course.state.assessed and not course.state.assessing)
    found = time.perf_counter() - began - looked
    tell("films looked at", looked, f"{len(course.state.films.known):,}")
    tell("longest pause of the window meanwhile", longest)
    tell("findings and parts, after that", found)
    tell("longest pause of the window meanwhile", waited)
    page = room.training.step
    tell("to show another choice of films", timed(lambda: page.wall.which.setCurrentIndex(2)))
    tell("to show all films", timed(lambda: page.wall.which.setCurrentIndex(0)))
    scroll(page.wall.grid)
    card = next(card for card in page.findings.cards if card.choices)
    tell("to take up another choice", timed([*card.choices.values()][-1].click))
    tell("longest pause until it holds", wait(lambda: not course.state.assessing))
    tell("to take up another rule", timed(lambda: page.patients.way.activated.emit(0)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{memory:9,.0f} MB  largest memory of the window\n")


if __name__ == "__main__":
    main()
