"""The reader's desk: the case on view and what the reader does with it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from pneumo_desktop.core.cases import Call, Case, Label, Outcome, Reading, StoredCase
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.ui.wording import label_of

REFRESH_MS = 2000


class Desk(QObject):
    """The only user of the store; says what became of the cases.

    Signals:
        listed: Stored cases that are new or changed.
        dropped: The number of a case that another took the place of.
        shown: The `StoredCase` now on view, or None.
        updated: The case on view with a new answer or reading.
    """

    listed = Signal(list)
    dropped = Signal(int)
    shown = Signal(object)
    updated = Signal(object)

    def __init__(self, store: CaseStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._current: StoredCase | None = None
        self._awaited = False
        self._rejected: dict[Path, int] = {}
        self._known: set[int] = set()
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)

    @property
    def current(self) -> StoredCase | None:
        """The case on view."""
        return self._current

    def open(self) -> None:
        """List what the store holds and show the first unread case."""
        cases = self._store.all()
        self._list(cases)
        first = next((stored for stored in cases if stored.reading is None), None)
        self.show(first or next(iter(cases), None))
        self._refresh.start()

    def refresh(self) -> None:
        """List what a command wrote meanwhile, such as `screen --save` or `queue read`."""
        if not self._store.changed_elsewhere():
            return
        cases = self._store.all()
        for gone in self._known - {stored.id for stored in cases}:
            self._drop(gone)
        self._list(cases)

    def record(self, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes and list them; the first is shown where nothing is."""
        kept = [self._store.record(outcome) for outcome in outcomes]
        for stored in kept:
            if isinstance(stored.outcome, Case) and stored.outcome.path in self._rejected:
                self._drop_rejected(self._rejected.pop(stored.outcome.path))
        self._list(kept)
        if kept and (self._current is None or self._awaited):
            self._awaited = False
            self.show(kept[0])

    def await_answer(self) -> None:
        """Show the first case that is recorded from now on, whatever is on view."""
        self._awaited = True

    def _drop_rejected(self, case_id: int) -> None:
        try:
            self._store.get(case_id)  # it stays where its reader had a word on it
        except KeyError:
            self._drop(case_id)

    def _drop(self, case_id: int) -> None:
        self._known.discard(case_id)
        if self._current and self._current.id == case_id:
            self._current = None
        self.dropped.emit(case_id)

    def _list(self, cases: list[StoredCase]) -> None:
        self._known.update(stored.id for stored in cases)
        self._rejected.update(
            {c.outcome.path: c.id for c in cases if not isinstance(c.outcome, Case)}
        )
        self.listed.emit(cases)
        for stored in cases:
            if self._current and stored.id == self._current.id:
                self._current = stored
                self.updated.emit(stored)

    def show(self, stored: StoredCase | None) -> None:
        """Put a case on view."""
        self._current = stored
        self.shown.emit(stored)

    def show_number(self, case_id: int | None) -> None:
        """Put the case of a number on view."""
        self.show(None if case_id is None else self._store.get(case_id))

    def call(self, call: Call, note: str) -> None:
        """Keep the reader's call on the case on view."""
        if self._current:
            reading = Reading(call, datetime.now(UTC), note.strip())
            self._list([self._store.mark_read(self._current.id, reading)])

    def agree(self, note: str) -> None:
        """Call the case on view as the model does; an Invalid has nothing to agree with."""
        label = label_of(self._current) if self._current else Label.INVALID
        if label is not Label.INVALID:
            self.call(Call(label), note)

    def undo(self) -> None:
        """Take the reader's call on the case on view back."""
        if self._current and self._current.reading:
            self._list([self._store.mark_unread(self._current.id)])

    def unread_paths(self) -> list[Path]:
        """Return the films that a new model or threshold may answer again."""
        return [s.outcome.path for s in self._store.all() if s.reading is None]

    def close(self) -> None:
        """Close the store."""
        self._refresh.stop()
        self._store.close()
