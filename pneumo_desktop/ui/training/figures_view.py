"""Figures with their intervals, the confusion matrix, and three plots of one set of films."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pneumo_desktop.core.judgement.figures import figures_at
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.core.judgement.words import number_words, share_words
from pneumo_desktop.core.metrics import Confusion
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.drawings import (
    coverage_drawing,
    nearest_threshold,
    reliability_drawing,
    roc_drawing,
)
from pneumo_desktop.ui.training.plot import Plot
from pneumo_desktop.ui.translation import translated

SPACE = 32


class FiguresView(QWidget):
    """What a model does on films at an operating point.

    Signals:
        dragged: The operating point that the reader drags the mark of the ROC plot to.
    """

    dragged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged: Judged | None = None
        self._heading = _label(self, "quiet")
        self.values = {name: _label(self, wraps=False) for name in self._names()}
        self.cells = [_label(self, wraps=False) for _ in range(4)]
        self.plots = tuple(Plot(self) for _ in range(3))
        self._explained = tuple(_label(self, "quiet") for _ in range(3))
        self.plots[0].dragged.connect(self._drag)
        self._parts = (self._figures(), self._matrix())
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(SPACE)
        for part in self._parts:
            self._top.addLayout(part)
        self._top.addStretch(1)
        plots = QGridLayout()
        plots.setSpacing(8)
        for column, (plot, words) in enumerate(zip(self.plots, self._explained, strict=True)):
            plots.addWidget(plot, 0, column)
            plots.addWidget(words, 1, column)
            plots.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(self._heading)
        layout.addLayout(self._top)
        layout.addLayout(plots)

    @property
    def _beside(self) -> int:
        """The width that figures and matrix need side by side."""
        return sum(part.minimumSize().width() for part in self._parts) + SPACE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where letters are large the matrix goes below the figures."""
        super().resizeEvent(event)
        fits = self.width() >= self._beside
        side = QBoxLayout.Direction
        self._top.setDirection(side.LeftToRight if fits else side.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """Qt: as narrow as they are one below the other."""
        narrow = [part.minimumSize().width() for part in self._parts]
        plots = sum(plot.minimumSizeHint().width() + 8 for plot in self.plots)
        return QSize(max(*narrow, plots), super().minimumSizeHint().height())

    def _names(self) -> dict[str, str]:
        return {
            "accuracy": self.tr("Accuracy"),
            "sensitivity": self.tr("Sensitivity"),
            "specificity": self.tr("Specificity"),
            "auroc": self.tr("AUROC"),
            "ece": self.tr("Calibration error"),
        }

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for row, (name, title) in enumerate(self._names().items()):
            grid.addWidget(_label(self, "quiet", title, wraps=False), row, 0)
            grid.addWidget(self.values[name], row, 1)
        grid.setRowStretch(len(self.values), 1)
        return grid

    def _matrix(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        titles = (self.tr("called Normal"), self.tr("called Pneumonia"))
        for column, title in enumerate(titles, 1):
            grid.addWidget(_label(self, "quiet", title, wraps=False), 0, column)
        for row, title in enumerate((self.tr("is Normal"), self.tr("is Pneumonia")), 1):
            grid.addWidget(_label(self, "quiet", title, wraps=False), row, 0)
            for column in (1, 2):
                grid.addWidget(self.cells[2 * row + column - 3], row, column)
        grid.setRowStretch(3, 1)
        return grid

    def set_movable(self, *, movable: bool) -> None:
        """Let the operating point be dragged in the ROC plot, or not."""
        tip = self.tr("Drag the mark along the curve to choose the operating point")
        self.plots[0].set_movable(movable=movable, tip=tip if movable else "")

    def show_films(self, judged: Judged, point: float) -> None:
        """Show figures and plots of these films at an operating point."""
        self._judged = judged
        found = figures_at(judged, point)
        heading = self.tr("%s films of %s patients, no gate applied; 95 %% intervals in brackets")
        self._heading.setText(heading % (f"{found.films:,}", f"{found.patients:,}"))
        self.values["accuracy"].setText(translated(share_words(found.accuracy)))
        self.values["sensitivity"].setText(translated(share_words(found.sensitivity)))
        self.values["specificity"].setText(translated(share_words(found.specificity)))
        self.values["auroc"].setText(translated(number_words(found.auroc)))
        self.values["ece"].setText(f"{found.ece:.3f}")
        self._show_matrix(found.confusion)
        drawn = (
            roc_drawing(judged, found),
            reliability_drawing(judged, found),
            coverage_drawing(judged, found),
        )
        for plot, words, drawing in zip(self.plots, self._explained, drawn, strict=True):
            plot.show_drawing(drawing)
            words.setText(drawing.words)

    def _show_matrix(self, count: Confusion) -> None:
        counts = (count.true_negative, count.false_positive, count.false_negative,
                  count.true_positive)  # fmt: skip
        for cell, films in zip(self.cells, counts, strict=True):
            cell.setText(f"{films:,}")

    def _drag(self, x: float, y: float) -> None:
        if self._judged is not None:
            self.dragged.emit(nearest_threshold(self._judged, x, y))

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        for plot in self.plots:
            plot.set_colours(colours)


def _label(parent: QWidget, role: str = "", text: str = "", *, wraps: bool = True) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(wraps)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
