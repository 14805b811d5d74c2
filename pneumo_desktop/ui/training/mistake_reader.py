"""The films of mistakes, decoded by a worker and a child process of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from pneumo_desktop.core.cases import Film, FilmError
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import Reader
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.image_render import scaled, to_image
from pneumo_desktop.ui.translation import translated

SIDE = 256  # pixels of a small picture's longer side
PATIENCE_MS = 150  # while a point is dragged, no film is decoded that is gone the next moment


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """A film as a small picture, or why there is none."""

    path: Path
    image: QImage | None
    problem: str = ""


class MistakeReader(QObject):
    """Reads small pictures of films; other films asked for take the place of the earlier ones.

    Signals:
        pictured: A list of `Small`.
    """

    pictured = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sandbox = Sandbox()
        self._wanted: tuple[Path, ...] = ()
        self._work = Background("mistakes", self)
        self._work.items.connect(self._deliver)
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._soon.timeout.connect(self._start)

    def read(self, paths: Sequence[Path]) -> None:
        """Read these films, and no others any more."""
        if tuple(paths) != self._wanted:
            self._wanted = tuple(paths)
            self._soon.start()

    def shutdown(self) -> None:
        """End thread and child; call from the window's end."""
        self._soon.stop()
        self._work.cancel()
        self._sandbox.interrupt()
        self._work.shutdown()
        self._sandbox.close()

    @Slot()
    def _start(self) -> None:
        self._work.cancel()
        if self._wanted:
            self._work.run(_small(self._wanted, self._sandbox))

    @Slot(list)
    def _deliver(self, small: list[Small]) -> None:
        here = {one.path for one in small}
        self._wanted = tuple(path for path in self._wanted if path not in here)
        self.pictured.emit(small)


def _small(paths: Sequence[Path], read: Reader) -> Iterator[Small]:
    for path in paths:
        try:
            film = read(path)
        except FilmError as error:
            yield Small(path, None, translated(error.reason.text))
            continue
        yield Small(path, _picture(film))


def _picture(film: Film) -> QImage:
    """Return a film as its file wants it, with square pixels."""
    rows, columns = film.pixels.shape
    high = rows * film.facts.pixel_aspect_ratio
    scale = min(1.0, SIDE / max(high, columns))
    width, height = max(1, round(columns * scale)), max(1, round(high * scale))
    values = scaled(film.pixels, width, min(rows, height), film.padding)
    image = to_image(values, film.voi, inverted=film.inverted, padding=film.padding)
    return image if image.height() == height else image.scaled(width, height)
