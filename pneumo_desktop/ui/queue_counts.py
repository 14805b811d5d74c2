"""The line below the worklist: how many films there are, and what stands apart, and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from pneumo_desktop.core.store_query import Counts
from pneumo_desktop.ui.translation import counted
from pneumo_desktop.ui.wording import SEPARATOR, apart_line


class QueueCounts(QWidget):
    """Counts in words.

    Signals:
        apart_wanted: The reader wants to see what stands apart.
    """

    apart_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setProperty("role", "quiet")
        self._text.setWordWrap(True)
        self._show = QPushButton(self.tr("Show apart"), self)
        self._show.setToolTip(
            self.tr("List only what has no priority: no chest films and unreadable files")
        )
        self._show.clicked.connect(self.apart_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._show)

    def show_counts(self, counts: Counts, shown: int, *, blind: bool = False) -> None:
        """Show how many rows there are, and how many of them are in the list.

        A `blind` reader is told one number: what stands apart does so by its answer.
        """
        apart = sum(counts.apart.values())
        total = counts.studies + apart
        films = total if blind else counts.studies
        parts = [counted(self.tr("%n film(s)", "", films), films)]
        parts.append(
            self.tr("blind first, as they came")
            if blind
            else counted(self.tr("%n unread", "", counts.unread), counts.unread)
        )
        if shown != total:
            parts.append(counted(self.tr("%n shown", "", shown), shown))
        line = "" if blind else apart_line(counts.apart)
        self._text.setText(SEPARATOR.join([*parts, line] if line else parts))
        self._show.setVisible(apart > 0 and not blind)
        self.setVisible(total > 0)
