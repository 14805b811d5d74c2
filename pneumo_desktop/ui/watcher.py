"""The watched folder in the window: looked at by a worker, answered by the intake."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.watch import LEDGER, Look, Watch
from pneumo_desktop.ui.background import Background

REST_MS = 2_000
REST_PER_LOOK = 20  # a folder that takes long to look through is looked at less often


class Watcher(QObject):
    """Looks for films that arrive in one folder; none is found twice.

    Signals:
        found: The paths of new films.
        watching: The folder now watched, or None.
        troubled: That the folder cannot be watched and why, in words; both empty once it can.
    """

    found = Signal(list)
    watching = Signal(object)
    troubled = Signal(str, str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = home / LEDGER
        self._watch: Watch | None = None
        self._problem = ""
        self._work = Background("watch", self)
        self._work.items.connect(self._take)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return self._watch.folder if self._watch else None

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on; None: no more."""
        self._stop()
        self._tell("")
        if folder is not None:
            try:
                self._watch = Watch(folder, self._ledger)
            except (OSError, sqlite3.Error) as error:
                self._tell(str(error))
            self._look()
        self.watching.emit(self.folder)

    def _stop(self) -> None:
        self._rest.stop()
        self._work.cancel()
        if self._watch:
            self._watch.close()
            self._watch = None

    @Slot()
    def _look(self) -> None:
        if self._watch:
            self._work.run(_looks(self._watch))

    @Slot(list)
    def _take(self, looks: list[Look]) -> None:
        for look in looks:
            self._tell(look.problem)
            if look.whole:
                self.found.emit(list(look.whole))
            self._rest.start(max(REST_MS, round(1_000 * REST_PER_LOOK * look.seconds)))

    def _tell(self, problem: str) -> None:
        if bool(problem) is not bool(self._problem):
            text = self.tr("The watched folder cannot be looked at; it is tried again.")
            self.troubled.emit(text if problem else "", problem)
        self._problem = problem

    def keep(self, cases: Sequence[StoredCase]) -> None:
        """The answers to these films are saved: do not find them again."""
        with self._minding_the_ledger():
            if self._watch:
                self._watch.mark(stored.outcome.path for stored in cases)

    def keep_all(self) -> None:
        """All that was found is dealt with."""
        with self._minding_the_ledger():
            if self._watch:
                self._watch.mark_all()

    @contextmanager
    def _minding_the_ledger(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._tell(f"{self._ledger}: {error}")

    def let_go(self) -> None:
        """What was found will not be answered now."""
        if self._watch:
            self._watch.let_go()

    def shutdown(self) -> None:
        """End the worker and close the ledger."""
        self._rest.stop()
        self._work.shutdown()
        self._stop()


def _looks(watch: Watch) -> Iterator[Look]:
    yield watch.look()
