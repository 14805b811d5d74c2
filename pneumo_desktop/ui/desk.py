"""The reader's desk: the case on view and what the reader does with it."""

from collections import deque
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pneumo_desktop.core.cases import Call, Case, Label, Outcome, Reading, StoredCase
from pneumo_desktop.core.priors import priors_of
from pneumo_desktop.core.store import AnswerChangedError, CaseStore, StoreError
from pneumo_desktop.ui.wording import label_of

REFRESH_MS, SLOW_REFRESH_MS = 2_000, 10_000
MANY = 2_000  # cases from which reading all of them again is felt
ANSWERED_AGAIN = "Another program answered this film again. Look at the new answer, then call it."
TAKEN_OFF = "Another program took this film off the list."
NOT_SAVED = "The case list cannot be reached; answers wait here until it can."


class Desk(QObject):
    """The only user of the store; says what became of the cases.

    Signals:
        listed: Stored cases that are new or changed.
        dropped: The number of a case that another took the place of.
        shown: The `StoredCase` now on view, or None.
        updated: The case on view with a new answer or reading.
        told: Why a call was not kept, in words.
        troubled: That the store fails and why, in words; both empty once it works again.
    """

    listed = Signal(list)
    dropped = Signal(int)
    shown = Signal(object)
    updated = Signal(object)
    told = Signal(str)
    troubled = Signal(str, str)

    def __init__(self, store: CaseStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._current: StoredCase | None = None
        self._awaited = False
        self._rejected: dict[Path, int] = {}
        self._known: dict[int, tuple[object, ...]] = {}
        self._unsaved: deque[Outcome] = deque()
        self._unlogged: deque[tuple[StoredCase, datetime]] = deque()
        self._trouble = self._stale = self._coming = False
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.timeout.connect(self._tick)

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
        self._pace()
        self._refresh.start()

    @Slot()
    def _tick(self) -> None:
        self.refresh()
        self._pace()
        self._coming = False

    def _pace(self) -> None:
        """Look less often at others' work where that costs much or answers are coming in."""
        slow = self._coming or len(self._known) > MANY
        interval = SLOW_REFRESH_MS if slow else REFRESH_MS
        if self._refresh.interval() != interval:  # setting it starts the wait anew
            self._refresh.setInterval(interval)

    def refresh(self) -> None:
        """Save what waits; list what a command wrote, such as `screen --save` or `queue read`."""
        with self._minding_trouble():
            self._save()
            self._stale = self._store.changed_elsewhere() or self._stale
            if self._stale:
                cases = self._store.all()
                self._stale = False
                self._replace(self._known.keys() - {stored.id for stored in cases}, cases)

    def record(self, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes and list them; the first is shown where nothing is.

        Where the store fails they wait for the next refresh.
        """
        self._unsaved.extend(outcomes)
        self._coming = True
        self._pace()
        if not self._trouble:
            with self._minding_trouble():
                self._save()

    @contextmanager
    def _minding_trouble(self) -> Iterator[None]:
        """Tell once that the store fails, and once that it works again."""
        why = ""
        try:
            yield
        except StoreError as error:
            why = str(error)
        if bool(why) is not self._trouble:
            self._trouble = bool(why)
            self.troubled.emit(NOT_SAVED if why else "", why)

    def _save(self) -> None:
        kept: list[StoredCase] = []
        try:
            self._log_opened()
            while self._unsaved:
                kept.append(self._store.record(self._unsaved[0]))
                self._unsaved.popleft()
        finally:
            self._take(kept)

    def _take(self, kept: list[StoredCase]) -> None:
        paths = [stored.outcome.path for stored in kept if isinstance(stored.outcome, Case)]
        overtaken = {self._rejected.pop(path) for path in paths if path in self._rejected}
        self._replace({number for number in overtaken if not self._is_stored(number)}, kept)
        if kept and (self._current is None or self._awaited):
            self._awaited = False
            self.show(kept[0])

    def await_answer(self) -> None:
        """Show the first case that is recorded from now on, whatever is on view."""
        self._awaited = True

    def _is_stored(self, case_id: int) -> bool:
        try:
            self._store.get(case_id)  # a rejection stays where its reader had a word on it
        except KeyError:
            return False
        return True

    def _replace(self, gone: AbstractSet[int], cases: list[StoredCase]) -> None:
        """Drop cases and list others; what took the place of the case on view is shown."""
        before = self._current if self._current and self._current.id in gone else None
        for case_id in gone & self._known.keys():
            del self._known[case_id]
            self.dropped.emit(case_id)
        self._list(cases)
        if before:
            path = before.outcome.path
            self.show(next((stored for stored in cases if stored.outcome.path == path), None))

    def _list(self, cases: list[StoredCase]) -> None:
        self._rejected.update(
            {c.outcome.path: c.id for c in cases if not isinstance(c.outcome, Case)}
        )
        changed = [stored for stored in cases if self._known.get(stored.id) != _visible(stored)]
        if not changed:
            return
        self._known.update((stored.id, _visible(stored)) for stored in changed)
        self.listed.emit(changed)
        for stored in changed:
            if self._current and stored.id == self._current.id:
                self._current = stored
                self.updated.emit(stored)

    def show(self, stored: StoredCase | None) -> None:
        """Put a case on view; that a film was opened is logged once the store can be reached."""
        known = self._current.id if self._current else None
        self._current = stored
        if stored and stored.id != known:
            self._unlogged.append((stored, datetime.now(UTC)))
            if not self._trouble:
                with self._minding_trouble():
                    self._log_opened()
        self.shown.emit(stored)

    def _log_opened(self) -> None:
        while self._unlogged:
            self._store.log_opened(*self._unlogged[0])
            self._unlogged.popleft()

    def show_number(self, case_id: int | None) -> None:
        """Put the case of a number on view."""
        self.show(None if case_id is None else self._store.get(case_id))

    def call(self, call: Call, note: str) -> None:
        """Keep the reader's call on the case on view, if its answer is still the one on view."""
        if self._current is None:
            return
        number, seen = self._current.id, self._current.outcome
        reading = Reading(call, datetime.now(UTC), note.strip())
        try:
            self._list([self._store.mark_read(number, reading, seen)])
        except AnswerChangedError:
            self._list([self._store.get(number)])
            self.told.emit(ANSWERED_AGAIN)
        except KeyError:
            self._stale = True
            self.refresh()
            self.told.emit(TAKEN_OFF)

    def agree(self, note: str) -> None:
        """Call the case on view as the model does; an Invalid has nothing to agree with."""
        label = label_of(self._current) if self._current else Label.INVALID
        if label is not Label.INVALID:
            self.call(Call(label), note)

    def undo(self) -> None:
        """Take the reader's call on the case on view back."""
        if self._current and self._current.reading:
            self._list([self._store.mark_unread(self._current.id)])

    def priors(self) -> list[StoredCase]:
        """Return the earlier films of the patient on view, the latest first."""
        if self._current is None or not isinstance(self._current.outcome, Case):
            return []
        identifier = self._current.outcome.facts.patient.identifier
        return priors_of(self._current, self._store.worklist.of_patient(identifier))

    def unread_paths(self) -> list[Path]:
        """Return the films that a new model or threshold may answer again."""
        return [s.outcome.path for s in self._store.all() if s.reading is None]

    def close(self) -> None:
        """Close the store; what still waits gets a last chance to be saved.

        Raises:
            StoreError: It could not be saved.
        """
        self._refresh.stop()
        try:
            self._log_opened()
            for outcome in self._unsaved:
                self._store.record(outcome)
        finally:
            self._store.close()


def _visible(stored: StoredCase) -> tuple[object, ...]:
    """Return what the window shows of a case, fit to be compared."""
    outcome = stored.outcome
    row = (stored.received, stored.marks, outcome.model)
    if isinstance(outcome, Case):
        return (*row, outcome.facts, outcome.answer)
    return (*row, outcome.path, outcome.reason)
