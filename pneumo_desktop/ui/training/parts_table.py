"""How many films and patients of each class each part has."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from pneumo_desktop.core.labelled.split import CLASSES, PARTS
from pneumo_desktop.ui.training.split_words import PartCount, part_name, part_purpose

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
FRAME = 4


class PartsTable(QTableWidget):
    """A row for each part, and one for all; as large as its cells, so that none is out of sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(PARTS) + 1, 1 + len(CLASSES), parent)
        self.setHorizontalHeaderLabels([self.tr("films / patients"), *CLASSES])
        self.setAccessibleName(self.tr("Films and patients of each part"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.horizontalHeader()
        header.setDefaultAlignment(RIGHT)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(10 * self.fontMetrics().averageCharWidth())

    def show_counts(self, counts: Sequence[PartCount]) -> None:
        """Show the counts of the parts."""
        for row, count in enumerate(counts):
            numbers = tuple(zip(count.films, count.patients, strict=True))
            self._show_row(row, part_name(count.part), numbers, part_purpose(count.part))
        films = (sum(column) for column in zip(*(count.films for count in counts), strict=True))
        patients = (sum(column) for column in zip(*(c.patients for c in counts), strict=True))
        total = tuple(zip(films, patients, strict=True))
        self._show_row(len(counts), self.tr("All"), total, "")
        self.resizeColumnsToContents()
        high = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height()
        self.setFixedSize(self.horizontalHeader().length() + FRAME, high + FRAME)

    def _show_row(
        self, row: int, name: str, numbers: Sequence[tuple[int, int]], purpose: str
    ) -> None:
        cells = (name, *(f"{films:,} / {patients:,}" for films, patients in numbers))
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(purpose)
            if column:
                item.setTextAlignment(RIGHT)
            self.setItem(row, column, item)
