"""The films that share the row on view, to step from one to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from pneumo_desktop.core.cases import Case, StoredCase


class StudyBar(QWidget):
    """A button for each film of a study.

    Signals:
        chosen: The number of the film that the reader wants to see.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen.emit)
        label = QLabel(self.tr("This study:"), self)
        self._row.addWidget(label)
        self._row.addStretch(1)
        self.hide()

    def show_films(self, films: Sequence[StoredCase], on_view: int | None) -> None:
        """Show a study's films; nothing where there is but one."""
        shown = tuple((film.id, _words(film, n)) for n, film in enumerate(films, 1))
        if shown != self._shown:
            self._shown = shown
            self._fill(films)
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == on_view)
        self.setVisible(bool(films))

    def _fill(self, films: Sequence[StoredCase]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        for number, film in enumerate(films, 1):
            button = QToolButton(self)
            button.setText(_words(film, number))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolTip(self.tr("Show this film of the study"))
            self._group.addButton(button, film.id)
            self._row.insertWidget(self._row.count() - 1, button)


def _words(film: StoredCase, number: int) -> str:
    """Return which film of the study it is; by its view where the file says, never its answer."""
    view = film.outcome.facts.view if isinstance(film.outcome, Case) else ""
    return f"{number} {view}".strip()
