"""The reader's desk: the case on view and what the reader does with it."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pneumo_desktop.core.cases import Case, Outcome, StoredCase
from pneumo_desktop.core.marks import Change, MarksChangedError
from pneumo_desktop.core.priors import priors_of, study_films_of
from pneumo_desktop.core.relabel import Begun
from pneumo_desktop.core.relocation import Looked
from pneumo_desktop.core.store import AnswerChangedError, CaseStore, Erased, StoreError

REFRESH_MS = 2_000
BATCH = 50  # outcomes to a transaction
ANSWERED_AGAIN = "Another program answered this film again. Look at the new answer, then call it."
TAKEN_OFF = "Another program took this film off the list."
CHANGED_SINCE = "Another reader or program changed this case since. Nothing was taken back."
CAME_AGAIN = "The erased film came into the list again meanwhile. It stays as it came."
NOT_SAVED = "The case list cannot be reached; answers wait here until it can."


class Desk(QObject):
    """The only user of the store; says what became of the cases.

    Signals:
        listed: Cases are new, changed or gone.
        shown: The `StoredCase` now on view, or None.
        updated: The case on view with a new answer or reading.
        told: Why a call was not kept, in words.
        kept: Stored cases that were just saved, for the first time or again.
        erased: The paths of films that were just erased.
        troubled: That the store fails and why, in words; both empty once it works again.
    """

    listed = Signal()
    shown = Signal(object)
    updated = Signal(object)
    told = Signal(str)
    kept = Signal(list)
    erased = Signal(list)
    troubled = Signal(str, str)

    def __init__(self, store: CaseStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.worklist = store.worklist
        self._current: StoredCase | None = None
        self._awaited = False
        self._unsaved: deque[Outcome] = deque()
        self._unlogged: deque[tuple[StoredCase, datetime]] = deque()
        self._trouble = self._stale = False
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)

    @property
    def initials(self) -> str:
        """Who reads."""
        return self._store.initials

    @property
    def current(self) -> StoredCase | None:
        """The case on view."""
        return self._current

    def sign(self, initials: str) -> None:
        """Write what is done from now on under these initials."""
        self._store.initials = initials

    @property
    def all_saved(self) -> bool:
        """Whether no answer waits to be saved."""
        return not self._unsaved

    def open(self) -> None:
        """List what the store holds, and from now on what others write."""
        self.listed.emit()
        self._refresh.start()

    @Slot()
    def refresh(self) -> None:
        """Save what waits; list what a command wrote, such as `screen --save` or `queue read`."""
        with self._minding_trouble():
            self._save()
            self._stale = self._store.changed_elsewhere() or self._stale
            if self._stale:
                self._list()
                self._stale = False

    def _look_again(self) -> None:
        """Take up what became of the case on view, or what took its place."""
        if self._current is None:
            return
        try:
            now = self._store.get(self._current.id)
        except KeyError:
            self.show(self._store.worklist.at(self._current.outcome.path))
            return
        if _visible(now) != _visible(self._current):
            self._current = now
            self.updated.emit(now)

    def record(self, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes and list them; the first is shown where nothing is.

        Where the store fails they wait for the next refresh.
        """
        self._unsaved.extend(outcomes)
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
                kept += self._store.record_all(some := list(islice(self._unsaved, BATCH)))
                for _ in some:
                    self._unsaved.popleft()
        finally:
            self._take(kept)

    def _take(self, kept: list[StoredCase]) -> None:
        if not kept:
            return
        self.kept.emit(kept)
        self._list()
        if self._current is None or self._awaited:
            self._awaited = False
            self.show(kept[0])

    def await_answer(self) -> None:
        """Show the first case that is recorded from now on, whatever is on view."""
        self._awaited = True

    def _list(self) -> None:
        """Say that cases changed, the one on view perhaps among them."""
        self.listed.emit()
        self._look_again()

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

    def mark(
        self, case_id: int, change: Change, seen: Outcome | None = None
    ) -> tuple[StoredCase, StoredCase] | None:
        """Change what the reader put on a case; return it before and after.

        None, and words in `told`, where another program was there first: it answered what the
        reader has `seen` again, changed what is to be taken back, or took the film off the list.
        """
        marked = self.mark_all([(case_id, change, seen)])
        return marked[0] if marked else None

    def mark_all(
        self, wanted: Sequence[tuple[int, Change, Outcome | None]]
    ) -> list[tuple[StoredCase, StoredCase]]:
        """Change what the reader put on cases, as `mark` does; return those that were changed."""
        marked, why = [], ""
        for case_id, change, seen in wanted:
            try:
                before = self._store.get(case_id)
                marked.append((before, self._store.mark(case_id, change, seen)))
            except AnswerChangedError:
                why = ANSWERED_AGAIN
            except MarksChangedError:
                why = CHANGED_SINCE
            except KeyError:
                why, self._stale = TAKEN_OFF, True
        self._list()
        if why:
            self.refresh()
            self.told.emit(why)
        return marked

    def erase(self, case_ids: Sequence[int]) -> list[Erased]:
        """Erase cases; return what `restore` needs, nothing where one was gone already."""
        try:
            erased = self._store.erase(case_ids)
        except KeyError:
            self._stale = True
            self.refresh()
            self.told.emit(TAKEN_OFF)
            return []
        self.erased.emit([Path(os.fsdecode(one.row["path"])) for one in erased])
        self._list()
        return erased

    def restore(self, erased: Sequence[Erased]) -> bool:
        """Put erased cases back; return whether any came back."""
        back = self._store.restore(erased)
        self._list()
        if back:
            self.show(back[0])
        else:
            self.told.emit(CAME_AGAIN)
        return bool(back)

    def related(self) -> tuple[list[StoredCase], list[StoredCase]]:
        """Return the priors of the film on view, the latest first, and its study's other films."""
        if self._current is None or not isinstance(self._current.outcome, Case):
            return [], []
        identifier = self._current.outcome.facts.patient.identifier
        others = self._store.worklist.of_patient(identifier)
        return priors_of(self._current, others), study_films_of(self._current, others)

    def relocate(self, looked: Sequence[Looked]) -> None:
        """Keep where films are now, and show the one on view from there."""
        with self._minding_trouble():
            self._store.relocate(looked)
            self._list()

    def unread_paths(self) -> list[Path]:
        """Return the films that a new model or threshold may answer again."""
        return self._store.worklist.unread_paths()

    def relabelling(self) -> Begun | None:
        """Return a change of the threshold that was begun before and has not ended."""
        return self._store.relabelling()

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
