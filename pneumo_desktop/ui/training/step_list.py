"""The six steps with how far each is, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from pneumo_desktop.ui.training.standing import Standing

MARGIN = 36


class StepList(QListWidget):
    """One line of title and one of standing for each step.

    Signals:
        chosen: The place of the step that the reader wants to see.
    """

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._place = 0
        self.setAccessibleName(self.tr("Steps to a model of your own"))
        self.setToolTip(self.tr("Any step can be looked at; Alt+Left and Alt+Right lead on"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.addItems([*self._titles])
        self.currentRowChanged.connect(self._tell)

    def show_standings(
        self, place: int, standings: Sequence[Standing], problems: Sequence[str]
    ) -> None:
        """Show how far each step is, the one at `place` on view."""
        with QSignalBlocker(self):
            self._place = place
            for number, title in enumerate(self._titles):
                words = self._words(standings[number], problems, number)
                item = self.item(number)
                item.setText(f"{number + 1}  {title}\n{words}")
                item.setToolTip(problems[number])
            self.setCurrentRow(place)

    def _words(self, standing: Standing, problems: Sequence[str], number: int) -> str:
        if standing.again:
            titles = ", ".join(self._titles[place] for place in standing.changed)
            return self.tr("↻ Do again: %s changed") % titles
        if standing.done and not problems[number]:
            return self.tr("✓ Done")
        waits = any(problems[:number])
        return self.tr("Waits for the steps before") if waits else self.tr("To do")

    def sizeHint(self) -> QSize:
        """Qt: wide enough for the words that are usual."""
        usual = self.tr("Waits for the steps before")
        return QSize(self.fontMetrics().horizontalAdvance(usual) + MARGIN, 300)

    @Slot(int)
    def _tell(self, place: int) -> None:
        """Tell what was chosen; what is on view changes only with the next state."""
        with QSignalBlocker(self):
            self.setCurrentRow(self._place)
        if place >= 0:
            self.chosen.emit(place)
