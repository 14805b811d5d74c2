"""The strip at the window's foot: progress, lasting trouble, the standing word."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from pneumo_desktop.core.card_words import STANDING
from pneumo_desktop.ui.intake import Advance
from pneumo_desktop.ui.translation import translated

WATCHED_WIDTH = 160


class Strip(QWidget):
    """Progress with a way to cancel it; `cancel` is usable only while there is progress."""

    def __init__(self, cancel: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._cancelling = cancel
        self._folder: Path | None = None
        self._private = False
        self.remark = QLabel(self)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setMinimumWidth(1)  # a long sentence must not widen the window
        self._trouble = QLabel(self)
        self._trouble.setProperty("role", "remark")
        self._trouble.hide()
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Films answered"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(cancel.toolTip())
        self.cancel.clicked.connect(cancel.trigger)
        self.watched = QLabel(self)
        self.watched.setTextFormat(Qt.TextFormat.PlainText)
        self.watched.setProperty("role", "quiet")
        self.watched.hide()
        standing = QLabel(translated(STANDING), self)
        standing.setAccessibleName(standing.text())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        self.setFixedHeight(self.cancel.sizeHint().height() + 8)  # it must not jump
        for widget in (self._trouble, self._bar, self.remark, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.watched)
        row.addWidget(standing)
        self.show_idle()

    def show_advance(self, advance: Advance) -> None:
        """Show how far answering has come."""
        self._bar.setRange(0, advance.total)
        self._bar.setValue(advance.done)
        self._say(advance.words())
        self._bar.show()
        self.cancel.show()
        self._cancelling.setEnabled(True)

    def show_idle(self, message: str = "", details: str = "") -> None:
        """Show that nothing is on its way; `details` are for the mouse that rests there."""
        self._bar.hide()
        self.cancel.hide()
        self._say(message, details)
        self._cancelling.setEnabled(False)

    def _say(self, text: str, details: str = "") -> None:
        self.remark.setText(text)
        self.remark.setToolTip(f"<p>{escape(details)}</p>" if details else "")

    def show_trouble(self, text: str, why: str) -> None:
        """Say something that stays, whatever progress says, until it is over; empty: it is."""
        self._trouble.setText(text)
        self._trouble.setToolTip(why)
        self._trouble.setVisible(bool(text))

    def show_watched(self, folder: Path | None) -> None:
        """Show that a folder is watched, or that none is."""
        self._folder = folder
        a_folder = self.tr("a folder")  # its name may be a patient's
        name = a_folder if self._private else (folder.name or str(folder)) if folder else ""
        words = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, WATCHED_WIDTH)
        self.watched.setText(self.tr("Watching %s") % words)
        where = a_folder if self._private else folder
        self.watched.setToolTip(self.tr("Films that arrive in %s are answered") % where)
        self.watched.setVisible(folder is not None)

    def set_private(self, *, on: bool) -> None:
        """Say that a folder is watched, not which."""
        self._private = on
        self.show_watched(self._folder)

    @property
    def message(self) -> str:
        """What is said of the progress."""
        return self.remark.text()
