"""How many films and patients of each class each part has."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from pneumo_desktop.core.labelled.split import CLASSES, PARTS
from pneumo_desktop.ui.training.split_words import PartCount, part_name, part_purpose

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PartsTable(QTableWidget):
    """A row for each part, and one for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(PARTS) + 1, 6, parent)
        films, patients = self.tr("films %s"), self.tr("patients %s")
        heading = [
            self.tr("Part"),
            *(words % name for words in (films, patients) for name in CLASSES),
            self.tr("What for"),
        ]
        for column, words in enumerate(heading):
            item = QTableWidgetItem(words)
            item.setTextAlignment(RIGHT if 0 < column < 5 else Qt.AlignmentFlag.AlignLeft)
            self.setHorizontalHeaderItem(column, item)
        self.setAccessibleName(self.tr("Films and patients of each part"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSizeAdjustPolicy(QTableWidget.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(2 * self.fontMetrics().height() + 12)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)

    def show_counts(self, counts: Sequence[PartCount]) -> None:
        """Show the counts of the parts."""
        for row, count in enumerate(counts):
            numbers = (*count.films, *count.patients)
            self._show_row(row, part_name(count.part), numbers, part_purpose(count.part))
        totals = [
            sum((*count.films, *count.patients)[place] for count in counts) for place in range(4)
        ]
        self._show_row(len(counts), self.tr("All"), totals, "")

    def _show_row(self, row: int, name: str, numbers: Sequence[int], purpose: str) -> None:
        for column, text in enumerate((name, *(f"{number:,}" for number in numbers), purpose)):
            item = QTableWidgetItem(text)
            if 0 < column < 5:
                item.setTextAlignment(RIGHT)
            self.setItem(row, column, item)
