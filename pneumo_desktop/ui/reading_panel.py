"""The reader's own word: a call, a note, a flag, and taking the call back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.cases import Call, StoredCase
from pneumo_desktop.ui.action_buttons import keyed_button
from pneumo_desktop.ui.terms import call_words
from pneumo_desktop.ui.wording import reading_line

PAIRS = (("agree", "disagree"), ("flag", "next-unread"))


class ReadingPanel(QWidget):
    """Buttons for the four calls, for agreeing and disagreeing, the flag, and a note.

    Signals:
        called: The reader's `Call`.
        noted: The note was left; it may have changed.
    """

    called = Signal(Call)
    noted = Signal()

    def __init__(
        self,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        """`actions` holds those of the calls, of `PAIRS` and "unread", by name."""
        super().__init__(parent)
        self._buttons = {call: self._make_button(call, actions[call]) for call in Call}
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("Note, kept with your call"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setMaxLength(500)
        self.note.editingFinished.connect(self.noted)
        self._drafts: dict[int, tuple[str, str]] = {}  # the note that is kept, and what was typed
        self._shown: StoredCase | None = None
        self._state = QLabel(self)
        self._state.setWordWrap(True)
        self._unread = self._action_button(actions["unread"])
        self._flag = actions["flag"]
        self._others = {name: self._action_button(actions[name]) for pair in PAIRS for name in pair}
        self._lay_out()
        self.show_case(None)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, button in enumerate([*self._buttons.values(), *self._others.values()]):
            grid.addWidget(button, number // 2, number % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.note)
        layout.addLayout(grid)
        said = QHBoxLayout()
        said.addWidget(self._state, 1)
        said.addWidget(self._unread, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(said)

    def _make_button(self, call: Call, action: QAction) -> QPushButton:
        button = keyed_button(action, self, call_words(call))
        button.setCheckable(True)
        button.setAccessibleName(action.iconText())
        button.clicked.connect(lambda: self._emit(call))
        return button

    def _action_button(self, action: QAction) -> QPushButton:
        button = keyed_button(action, self)
        button.setCheckable(action.isCheckable())
        button.clicked.connect(action.trigger)
        action.toggled.connect(button.setChecked)
        return button

    def _emit(self, call: Call) -> None:
        button = self._buttons[call]
        button.setChecked(not button.isChecked())  # the answer of the store decides what is shown
        self.called.emit(call)

    def show_case(self, stored: StoredCase | None) -> None:
        """Show the call on a case; a note typed and not kept yet waits for its reader's return."""
        self._keep_draft()
        self._shown = stored
        reading = stored.reading if stored else None
        for call, button in self._buttons.items():
            button.setChecked(reading is not None and reading.call is call)
        self._show_note()
        self._show_flag(on=stored is not None and stored.flagged)
        self._unread.setVisible(reading is not None)
        self._state.setText(reading_line(stored) if stored else "")
        self._state.setVisible(reading is not None)

    def _show_flag(self, *, on: bool) -> None:
        self._flag.setChecked(on)
        self._others["flag"].setChecked(on)

    def _keep_draft(self) -> None:
        if self._shown:
            kept, typed = _note_of(self._shown), self.note.text()
            self._drafts.pop(self._shown.id, None)
            if typed != kept:
                self._drafts[self._shown.id] = kept, typed

    def _show_note(self) -> None:
        """Show what was typed, unless another note was kept since; the cursor stays."""
        text = kept = _note_of(self._shown)
        if self._shown:
            before, typed = self._drafts.get(self._shown.id, (kept, kept))
            text = typed if before == kept else kept
        if text != self.note.text():
            self.note.setText(text)


def _note_of(stored: StoredCase | None) -> str:
    return stored.reading.note if stored and stored.reading else ""
