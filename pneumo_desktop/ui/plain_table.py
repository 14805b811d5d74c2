"""A table to be read, not written in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget, QWidget


def plain_table(headings: Sequence[str], name: str, parent: QWidget, rows: int = 0) -> QTableWidget:
    """Return a table with a heading for each column; `name` is for screen readers."""
    table = QTableWidget(rows, len(headings), parent)
    table.setHorizontalHeaderLabels(headings)
    table.setAccessibleName(name)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    header.setHighlightSections(False)
    return table
