"""The worklist's table: keeps the eye's place while rows come and go."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pneumo_desktop.ui.queue_model import Index


class QueueTable(QTableView):
    """The table; keeps the eye's place while rows come in.

    Signals:
        moved: The reader moved to another row.
    """

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._placing = False
        self.setAccessibleName(self.tr("Worklist"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the ends of file names differ
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 10)

    def place(self, index: QModelIndex) -> None:
        """Make a row the current one; the reader did not ask, so nothing is emitted."""
        self._placing = True
        self.setCurrentIndex(index)
        self._placing = False

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Qt: another row is the current one."""
        super().currentChanged(current, previous)
        if not self._placing and current.row() != previous.row():
            self.moved.emit()

    @contextmanager
    def holding_still(self) -> Iterator[None]:
        """Emit nothing while rows go: the reader did not ask to move to a neighbour."""
        self._placing = True
        try:
            yield
        finally:
            self._placing = False

    def first_visible(self) -> QModelIndex:
        """Return the row at the top, invalid while the list stands at its head."""
        at_head = self.verticalScrollBar().value() == 0
        return QModelIndex() if at_head else self.indexAt(self.viewport().rect().topLeft())

    def hold(self, index: QModelIndex, offset: int) -> None:
        """Scroll so that `index` stands `offset` pixels below the top."""
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(index.row()) - offset)
