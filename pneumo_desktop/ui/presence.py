"""Whether films' files are still there, and where those that were moved are now.

A worker looks: a network drive that does not answer must not keep the window waiting.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.relocation import Kept, Looked, is_missing, locate
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.intake import Advance

Listed = tuple[int, Path]  # a case's number and its file


class Presence(QObject):
    """Looks for the files of films.

    Signals:
        checked: A list of pairs: the number of a case, and whether its file is missing.
        looked: A list of `Looked`: films that were looked for.
        advanced: An `Advance`: how many of the films that may have been moved were looked for.
        finished: How many were found, and of how many.
    """

    checked = Signal(list)
    looked = Signal(list)
    advanced = Signal(Advance)
    finished = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check = Background("presence", self)
        self._check.items.connect(self._report)
        self._awaited: set[Listed] = set()
        self._locate = Background("locating", self)
        self._locate.items.connect(self._take)
        self._locate.idle.connect(self._finish)
        self._found = self._done = self._total = 0
        self._started = 0.0

    def check(self, films: Sequence[Listed]) -> None:
        """Look whether the files of these cases are there; each that is waited for but once.

        A list that is read faster than files are looked for must not pile requests up.
        """
        new = [film for film in films if film not in self._awaited]
        self._awaited.update(new)
        self._check.run(_missing(new))

    @Slot(list)
    def _report(self, found: list[tuple[Listed, bool]]) -> None:
        self._awaited.difference_update(film for film, _ in found)
        self.checked.emit([(number, missing) for (number, _), missing in found])

    @property
    def locating(self) -> bool:
        """Whether moved films are being looked for."""
        return self._locate.busy

    def locate(self, film: Kept, chosen: Path, others: Sequence[Kept]) -> None:
        """Look for a film in a file or folder, and for those that were moved with it."""
        self._found = self._done = 0
        self._total, self._started = len(others), time.monotonic()
        self._locate.run(locate(film, chosen, others))
        self.advanced.emit(self._advance())

    @Slot()
    def cancel(self) -> None:
        """Look no further; what was found is kept."""
        if self.locating:
            self._locate.cancel()
            self._finish()

    @Slot(list)
    def _take(self, looked: list[Looked]) -> None:
        self._done += len(looked)
        self._found += sum(one.path is not None for one in looked)
        self.looked.emit(looked)
        self.advanced.emit(self._advance())

    def _advance(self) -> Advance:
        seconds = time.monotonic() - self._started
        return Advance(self._done, max(self._done, self._total), searching=False, seconds=seconds)

    @Slot()
    def _finish(self) -> None:
        self.finished.emit(self._found, self._done)

    def shutdown(self) -> None:
        """End the threads; call from the window's end."""
        self._check.shutdown()
        self._locate.shutdown()


def _missing(films: Iterable[Listed]) -> Iterator[tuple[Listed, bool]]:
    for film in films:
        yield film, is_missing(film[1])
