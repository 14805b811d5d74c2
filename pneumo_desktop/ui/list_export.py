"""The list as it is shown, written to a CSV file by a worker with a connection of its own."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.commands.export import csv_table
from pneumo_desktop.commands.queue_blind import record_for
from pneumo_desktop.commands.records import nameless_record, stored_record
from pneumo_desktop.core.ordering import Ordering
from pneumo_desktop.core.settings import write_whole
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.core.store_query import Sorting, Wanted
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.intake import Advance


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written, from which database, and where to."""

    database: Path
    wanted: Wanted
    sorting: Sorting
    ordering: Ordering
    file: Path
    anonymous: bool
    initials: str


class ListExport(QObject):
    """Writes one list at a time.

    Signals:
        advanced: An `Advance`.
        finished: How many films were written, or -1 where it was cancelled.
        failed: The exception that kept the file from being written.
    """

    advanced = Signal(Advance)
    finished = Signal(int)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = Background("export", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self.failed)
        self._started = 0.0

    @property
    def busy(self) -> bool:
        """Whether a list is being written."""
        return self._work.busy

    def run(self, export: Export) -> None:
        """Write a list."""
        self._started = time.monotonic()
        self._work.run(_write(export))

    @Slot()
    def cancel(self) -> None:
        """Write no list."""
        if self.busy:
            self._work.cancel()
            self.finished.emit(-1)

    @Slot(list)
    def _take(self, steps: list[tuple[int, int, bool]]) -> None:
        done, total, whole = steps[-1]
        if whole:
            self.finished.emit(total)
        else:
            seconds = time.monotonic() - self._started
            self.advanced.emit(Advance(done, total, searching=False, seconds=seconds))

    def shutdown(self) -> None:
        """End the thread; call from the window's end."""
        self._work.shutdown()


def _write(export: Export) -> Iterator[tuple[int, int, bool]]:
    """Yield how many films were read, of how many rows, and at last that the file is whole."""
    record_of = nameless_record if export.anonymous else stored_record
    with CaseStore(export.database, export.initials, export.ordering) as store:
        rows = len(store.worklist.numbers(export.wanted, export.sorting))
        films, records = [], []
        for film in store.worklist.films(export.wanted, export.sorting):
            films.append(film.id)
            records.append(record_for(film, record_of, blind=export.wanted.blind))
            if len(films) % 500 == 0:
                yield len(films), max(rows, len(films)), False
        write_whole(export.file, csv_table(records, anonymous=export.anonymous))
        form = "CSV without names" if export.anonymous else "CSV"
        store.log_exported(films, form)
    yield len(films), len(films), True
