"""The twenty worst mistakes as films: what to look at before a model is believed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.judgement.figures import worst
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.ui.terms import percent
from pneumo_desktop.ui.theme import FILM_BACKGROUND
from pneumo_desktop.ui.training.mistake_reader import Small

ICON = 136
MOST_KEPT = 200  # small pictures, about 60 kB each
_PATH = Qt.ItemDataRole.UserRole


class MistakesView(QWidget):
    """Small pictures of the films called wrongly, the surest mistake first; one opens at a key.

    Signals:
        film_wanted: The path of the film that the reader wants to see whole.
    """

    film_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[Path, QPixmap] = {}
        self._problems: dict[Path, str] = {}
        self._private = False
        self.heading = QLabel(self)
        self.heading.setWordWrap(True)
        self.films = QListWidget(self)
        self.films.setAccessibleName(self.tr("The worst mistakes"))
        self.films.setToolTip(self.tr("Enter or a double click shows the film whole"))
        self.films.setViewMode(QListView.ViewMode.IconMode)
        self.films.setMovement(QListView.Movement.Static)
        self.films.setResizeMode(QListView.ResizeMode.Adjust)
        self.films.setIconSize(QSize(ICON, ICON))
        self.films.setWordWrap(True)
        self.films.setSpacing(4)
        self.films.itemActivated.connect(lambda item: self.film_wanted.emit(item.data(_PATH)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.films)
        self._blank = QPixmap(ICON, ICON)
        self._blank.fill(QColor(FILM_BACKGROUND))

    @property
    def missing(self) -> tuple[Path, ...]:
        """The films on the list whose small pictures are not here yet."""
        paths = (self.films.item(row).data(_PATH) for row in range(self.films.count()))
        return tuple(p for p in paths if p not in self._pictures and p not in self._problems)

    def show_films(self, judged: Judged, point: float) -> None:
        """Show the worst mistakes at an operating point."""
        places = worst(judged, point)
        wrong = int(((judged.probability >= point) != judged.truth).sum())
        self.heading.setText(self._words(wrong, len(places)))
        wanted = [(judged.paths[i], self._caption(judged, int(i), point)) for i in places]
        shown = [
            (self.films.item(row).data(_PATH), self.films.item(row).text())
            for row in range(self.films.count())
        ]
        if wanted != shown:
            self._fill(wanted)

    def _fill(self, wanted: Sequence[tuple[Path, str]]) -> None:
        row = self.films.currentRow()
        self.films.clear()
        self.films.setVisible(bool(wanted))
        for path, caption in wanted:
            item = QListWidgetItem(QIcon(self._pictures.get(path, self._blank)), caption)
            item.setData(_PATH, path)
            item.setToolTip(self._tip(path))
            self.films.addItem(item)
        lines = self.films.fontMetrics().height() * 4
        bar = self.films.horizontalScrollBar().sizeHint().height()
        width = max(ICON, self.films.fontMetrics().horizontalAdvance("M" * 14)) + 12
        self.films.setGridSize(QSize(width, ICON + lines))
        self.films.setMinimumHeight(ICON + lines + bar + 12)
        self.films.setCurrentRow(max(0, min(row, len(wanted) - 1)))

    def _words(self, wrong: int, shown: int) -> str:
        if not wrong:
            return self.tr("No film was called wrongly here.")
        if wrong > shown:
            words = self.tr("The %s worst of %s mistakes, the one it was surest of first")
            return words % (shown, f"{wrong:,}")
        words = self.tr("All mistakes, %s, the one it was surest of first")
        return words % shown

    def _caption(self, judged: Judged, place: int, point: float) -> str:
        p = float(judged.probability[place])
        if p >= point:
            return self.tr("Labelled Normal,\nPneumonia at %s") % percent(p)
        return self.tr("Labelled Pneumonia,\nNormal at %s") % percent(1.0 - p)

    def take_pictures(self, found: Sequence[Small]) -> None:
        """Show small pictures as they come."""
        for small in found:
            if small.image is None:
                self._problems[small.path] = small.problem
            else:
                while len(self._pictures) >= MOST_KEPT:
                    del self._pictures[next(iter(self._pictures))]
                self._pictures[small.path] = QPixmap.fromImage(small.image)
        for row in range(self.films.count()):
            item = self.films.item(row)
            path = item.data(_PATH)
            if path in self._pictures:
                item.setIcon(QIcon(self._pictures[path]))
            item.setToolTip(self._tip(path))

    def set_private(self, *, on: bool) -> None:
        """Hide what films are called."""
        self._private = on
        self.take_pictures(())

    def _tip(self, path: Path) -> str:
        return self._problems.get(path, "" if self._private else str(path))
