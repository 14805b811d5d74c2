"""From the reader's key or button to the desk: calls, flags, the archive, and taking them back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from pneumo_desktop.core.cases import Call, Label, Outcome, Reading, StoredCase
from pneumo_desktop.core.marks import Change, archiving, calling, flagging, noting, uncalled
from pneumo_desktop.ui.blind import Blind
from pneumo_desktop.ui.desk import Desk
from pneumo_desktop.ui.film_loader import FilmLoader
from pneumo_desktop.ui.reading_panel import ReadingPanel
from pneumo_desktop.ui.undoing import Erasing, Marking
from pneumo_desktop.ui.wording import case_number, label_of, title_of

OPPOSITE = {Label.NORMAL: Call.PNEUMONIA, Label.PNEUMONIA: Call.NORMAL}
MOST_STEPS = 500  # what was erased stays in memory as long


class ReaderCalls(QObject):
    """Does what the reader asks of the film on view; every step can be taken back.

    Signals:
        told: Why something was not done, in words.
        done: What was done and is best told, in words; `undo` takes it back.
        marked: What was put on the film on view, in words.
        left: The case on view left the list.
        freed: A case may be unread again, and take the answer of the threshold now in use.
    """

    told = Signal(str)
    done = Signal(str)
    marked = Signal(str)
    left = Signal()
    freed = Signal()

    def __init__(
        self,
        desk: Desk,
        loader: FilmLoader,
        panel: ReadingPanel,
        blind: Blind,
        may_erase: Callable[[Sequence[str]], bool],
        several: Callable[[], list[StoredCase]],
    ) -> None:
        """`may_erase` asks about films of these names; `several` are the films chosen, or none."""
        super().__init__(panel)
        self._desk, self._loader, self._panel = desk, loader, panel
        self._blind, self._may_erase, self._several = blind, may_erase, several
        self._private = False
        self.steps = QUndoStack(self)
        self.steps.setUndoLimit(MOST_STEPS)

    def set_private(self, *, on: bool) -> None:
        """Name cases by their numbers."""
        self._private = on

    def call(self, call: Call) -> None:
        """Call the film on view; one that is still loading is waited for."""
        stored = self._desk.current
        if self._loader.loading:
            self.told.emit(self.tr("The film is not shown yet."))
        elif stored:
            seen, note = self._blind.was_seen(stored), self._panel.note.text().strip()
            reading = Reading(call, datetime.now(UTC), note, answer_seen=seen)
            change = calling(reading, self._desk.initials)
            self._mark(stored, self.tr("Call as %s") % call, change, stored.outcome)

    def agree(self) -> None:
        """Call the film on view as the model does."""
        label = self._label()
        if label in OPPOSITE:
            self.call(Call(label))

    def disagree(self) -> None:
        """Call the film on view Normal where the model says Pneumonia, and the other way round."""
        label = self._label()
        if label in OPPOSITE:
            self.call(OPPOSITE[label])

    def _label(self) -> Label | None:
        """Return what the model says of the film on view; where that is nothing, tell why."""
        stored = self._desk.current
        if stored is None:
            return None
        if self._blind.hides(stored):
            self.told.emit(self.tr("The answer is hidden until you have called the film."))
            return None
        if label_of(stored) is Label.INVALID:
            self.told.emit(self.tr("The model gave no answer to agree or disagree with."))
        return label_of(stored)

    def note(self) -> None:
        """Keep another note beside the call on the film on view."""
        stored, text = self._desk.current, self._panel.note.text().strip()
        if stored and stored.reading and stored.reading.note != text:
            self._mark(stored, self.tr("Note"), noting(text))

    def uncall(self) -> None:
        """Take the call on the film on view back."""
        stored = self._desk.current
        if stored and stored.reading:
            self._mark(stored, self.tr("Mark unread"), uncalled)
            self.freed.emit()

    def flag(self) -> None:
        """Flag the film on view, or take the flag off."""
        if stored := self._desk.current:
            text = self.tr("Take the flag off") if stored.flagged else self.tr("Flag")
            self._mark(stored, text, flagging(on=not stored.flagged))

    def archive(self) -> None:
        """Put the cases chosen out of the list, or back into it where all are archived."""
        chosen = self._chosen()
        on = not all(stored.archived for stored in chosen)
        wanted = [stored for stored in chosen if stored.archived is not on]
        marked = self._desk.mark_all([(stored.id, archiving(on=on), None) for stored in wanted])
        if marked:
            self.steps.push(Marking(self.tr("Archive"), self._desk, marked))
            word = self.tr("Archived: %s") if on else self.tr("Back in the list: %s")
            self.done.emit(word % self._named([before for before, _ in marked]))
            if on:
                self.left.emit()

    def erase(self) -> None:
        """Erase the cases chosen, if their reader is sure."""
        chosen = self._chosen()
        if not chosen or not self._may_erase([self._name(stored) for stored in chosen]):
            return
        if erased := self._desk.erase([stored.id for stored in chosen]):
            self.steps.push(Erasing(self.tr("Erase"), self._desk, erased))
            told = self.tr("Erased: %s. Take back works until the window closes")
            self.done.emit(told % self._named(chosen))
            self.left.emit()

    def _chosen(self) -> list[StoredCase]:
        """Return the films of the rows chosen, else the one on view."""
        return self._several() or list(filter(None, [self._desk.current]))

    def undo(self) -> None:
        """Take the last step back."""
        self._move(self.steps.undo, self.steps.undoText(), self.tr("Taken back: %s"))

    def redo(self) -> None:
        """Do what was last taken back again."""
        self._move(self.steps.redo, self.steps.redoText(), self.tr("Done again: %s"))

    def _move(self, move: Callable[[], None], text: str, told: str) -> None:
        if not text:
            self.told.emit(self.tr("There is nothing to take back or do again."))
            return
        count = self.steps.count()
        move()
        if self.steps.count() == count:  # else it failed and dropped off, in words of its own
            self.told.emit(told % text)
        self.freed.emit()
        if self._desk.current is None:
            self.left.emit()

    def _mark(
        self, stored: StoredCase, text: str, change: Change, seen: Outcome | None = None
    ) -> bool:
        marked = self._desk.mark(stored.id, change, seen)
        if marked and marked[0].marks != marked[1].marks:
            self.steps.push(Marking(text, self._desk, [marked]))
            self.marked.emit(text)
        return marked is not None

    def _name(self, stored: StoredCase) -> str:
        """Return what a film is called where its reader is asked."""
        number, title = case_number(stored), title_of(stored, private=self._private)
        return title if self._private else f"{number}, {title}"

    def _named(self, films: Sequence[StoredCase]) -> str:
        """Return the film, or how many there are."""
        one = len(films) == 1
        return title_of(films[0], private=self._private) if one else f"{len(films):,} films"
