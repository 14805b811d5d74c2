"""The worklist's table: keeps the eye's place while rows come and go."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pneumo_desktop.ui.queue_header import QueueHeader
from pneumo_desktop.ui.queue_model import Index, QueueModel


class QueueTable(QTableView):
    """The table.

    Signals:
        moved: The reader moved to another row.
    """

    moved = Signal()

    def __init__(self, model: QueueModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._placing = False
        self._rows = model
        self.header = QueueHeader(self)
        self.setHorizontalHeader(self.header)
        self.setAccessibleName(self.tr("Worklist"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        self.setModel(model)
        self.header.set_widths()

    def place(self, row: int | None) -> None:
        """Make a row the current one; the reader did not ask, so nothing is emitted."""
        if row is not None and row == self.currentIndex().row():
            return  # the rows chosen beside it stay
        with self.holding_still():
            self._choose_alone(row)

    def _choose_alone(self, row: int | None) -> None:
        """Choose this row and no other, whatever keys are down: the view itself heeds Ctrl."""
        flag = QItemSelectionModel.SelectionFlag
        index = QModelIndex() if row is None else self._rows.index(row, self._column())
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _column(self) -> int:
        """Return the column the reader is in, lest the list jump sideways; the first at first."""
        column = self.currentIndex().column()
        return column if column >= 0 else self.header.logicalIndex(0)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Qt: another row is the current one."""
        super().currentChanged(current, previous)
        if not self._placing and current.row() != previous.row():
            self.moved.emit()

    @contextmanager
    def holding_still(self) -> Iterator[None]:
        """Emit nothing while rows go: the reader did not ask to move to a neighbour."""
        before, self._placing = self._placing, True
        try:
            yield
        finally:
            self._placing = before

    @contextmanager
    def keeping_place(self, current: int | None) -> Iterator[None]:
        """Keep scroll and current row while rows change; `current` leads the current row."""
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        at_head = bar.value() == 0 or top < 0
        anchor = None if at_head else abs(self._rows.numbers[top])
        offset, in_sight = self.rowViewportPosition(top), self._current_in_sight()
        chosen = self.chosen
        with self.holding_still():
            yield
            self.place(None if current is None else self._rows.row_of(current))
            self._choose(chosen)
        row = None if anchor is None else self._rows.row_of(anchor)
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        if at_head:
            bar.setValue(0)
        elif row is not None:
            bar.setValue(bar.value() + self.rowViewportPosition(row) - offset)
        if in_sight:
            self.show_current()

    @property
    def chosen(self) -> set[int]:
        """The leads of the rows chosen."""
        numbers = self._rows.numbers
        return {abs(numbers[index.row()]) for index in self.selectionModel().selectedRows()}

    def _choose(self, leads: set[int]) -> None:
        """Choose rows again that lost it as the rows were read anew."""
        if len(leads) < 2 or self.chosen == leads:
            return
        flag = QItemSelectionModel.SelectionFlag
        for row, number in enumerate(self._rows.numbers):
            if abs(number) in leads:
                index = self._rows.index(row, 0)
                self.selectionModel().select(index, flag.Select | flag.Rows)

    def _current_in_sight(self) -> bool:
        row = self.currentIndex().row()
        return row >= 0 and self.viewport().rect().contains(
            0, self.rowViewportPosition(row) + self.rowHeight(row) // 2
        )

    def show_current(self) -> None:
        """Scroll up or down, never sideways, until the current row is in sight."""
        across = self.horizontalScrollBar()
        place = across.value()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        across.setValue(place)
