"""The worklist: filter, table, and what stands apart."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.cases import Label, StoredCase
from pneumo_desktop.ui.empty_state import EmptyState
from pneumo_desktop.ui.queue_columns import COLUMNS
from pneumo_desktop.ui.queue_model import QueueFilter, QueueModel, Wanted
from pneumo_desktop.ui.queue_table import QueueTable
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.wording import apart_line

CELL_PADDING, MARK_ROOM = 16, 24


class QueuePanel(QWidget):
    """The worklist with its filter and counts.

    Signals:
        chosen: The number of the case that the reader moved to, or None.
    """

    chosen = Signal(object)

    def __init__(self, add_actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = QueueModel(self)
        self._filter = QueueFilter(self._model, self)
        self.table = QueueTable(self)
        self.table.setModel(self._filter)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.moved.connect(self._tell)
        self._label, self._status, self.search = self._make_filter()
        self._viewed: set[int] = set()
        self._counts = QLabel(self)
        self._counts.setProperty("role", "quiet")
        self._counts.setWordWrap(True)
        self._pages = QStackedWidget(self)
        self._lay_out(add_actions)
        self._set_widths()
        self._count()

    def _make_filter(self) -> tuple[QComboBox, QComboBox, QLineEdit]:
        label, status, search = QComboBox(self), QComboBox(self), QLineEdit(self)
        label.addItem(self.tr("All answers"), None)
        for answer in (Label.PNEUMONIA, Label.INVALID, Label.NORMAL):
            label.addItem(answer, answer)
        for text, value in ((self.tr("All films"), None), ("Unread", "unread"), ("Read", "read")):
            status.addItem(text, value)
        label.setAccessibleName(self.tr("Show answers"))
        status.setAccessibleName(self.tr("Show unread or read films"))
        search.setAccessibleName(self.tr("Search the worklist"))
        search.setPlaceholderText(self.tr("Search patient or file"))
        search.setToolTip(self.tr("Every word must occur (Ctrl+F)"))
        search.setClearButtonEnabled(True)
        label.currentIndexChanged.connect(self._narrow)
        status.currentIndexChanged.connect(self._narrow)
        search.textChanged.connect(self._narrow)
        return label, status, search

    def _lay_out(self, add_actions: tuple[QAction, ...]) -> None:
        clear = QAction(self.tr("Show all films"), self)
        clear.triggered.connect(self.show_all)
        self._no_films = EmptyState(
            self.tr("No films yet"),
            self.tr("Drop chest X-rays here: DICOM, JPEG, PNG or TIFF; a folder, a ZIP or a disc."),
            add_actions,
            self,
        )
        self._no_match = EmptyState(
            self.tr("No film matches"), self.tr("The filter hides every film."), (clear,), self
        )
        for page in (self.table, self._no_films, self._no_match):
            self._pages.addWidget(page)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self._label)
        bar.addWidget(self._status)
        bar.addWidget(self.search, 1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave_search)
        bar.setContentsMargins(8, 8, 8, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._pages, 1)
        self._counts.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self._counts)

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        room, mark = self.table.fontMetrics(), MARK_ROOM
        for number, column in enumerate(COLUMNS):
            cell = room.horizontalAdvance(column.sample) + CELL_PADDING + mark
            title = room.horizontalAdvance(column.title) + CELL_PADDING
            self.table.setColumnWidth(number, max(cell, title))
            mark = 0  # only the first column has one

    @property
    def current(self) -> StoredCase | None:
        """The case whose row is the current one."""
        index = self.table.currentIndex()
        return self._filter.stored(index) if index.isValid() else None

    def show_cases(self, cases: list[StoredCase]) -> None:
        """Show new cases and refresh known ones; selection and scroll stay where they are."""
        top = self.table.first_visible()
        anchor = self._filter.stored(top).id if top.isValid() else None
        offset = self.table.rowViewportPosition(top.row())
        self._model.add(cases)
        if anchor is not None:
            self.table.hold(self._filter.index_of(anchor), offset)
        self._count()

    def select(self, case_id: int) -> None:
        """Make a case the current one, in sight even if the filter would hide it."""
        self._viewed.add(case_id)
        self._filter.pin(case_id)
        self.table.place(self._filter.index_of(case_id))
        self.table.scrollTo(self.table.currentIndex())
        self._count()

    def drop(self, case_id: int) -> None:
        """Forget a case; where it was the current one, none is until another is selected."""
        was_current = self.current is not None and self.current.id == case_id
        with self.table.holding_still():
            self._model.remove(case_id)
        if was_current:
            self.table.place(QModelIndex())
        self._count()

    def cases(self) -> list[StoredCase]:
        """Return the cases shown, in their order."""
        rows = range(self._filter.rowCount())
        return [self._filter.stored(self._filter.index(row, 0)) for row in rows]

    def step(self, rows: int) -> None:
        """Move down (positive) or up, as the arrow keys do."""
        index = self._filter.index(self.table.currentIndex().row() + rows, 0)
        if index.isValid():
            self.table.setCurrentIndex(index)

    def around(self) -> list[StoredCase]:
        """Return the cases a reader will likely turn to, two each way, the next first."""
        here = self.table.currentIndex().row()
        indexes = (self._filter.index(row, 0) for row in (here + 1, here - 1, here + 2, here - 2))
        return [self._filter.stored(index) for index in indexes if index.isValid()]

    def next_unread(self) -> int | None:
        """Return the first unread case that was not on view yet, else the next after the current.

        So the sickest come first however the films came in, and a film skipped is not forced on.
        """
        rows, here = self._filter.rowCount(), self.table.currentIndex().row()
        order = [*range(here + 1, rows), *range(max(here, 0))]
        unread = [
            (row, stored.id)
            for row in order
            if (stored := self._filter.stored(self._filter.index(row, 0))).reading is None
        ]
        fresh = [(row, number) for row, number in unread if number not in self._viewed]
        return min(fresh)[1] if fresh else next((number for _, number in unread), None)

    def _leave_search(self) -> None:
        self.search.clear()
        self.table.setFocus()

    def show_all(self) -> None:
        """Clear the filter."""
        self._label.setCurrentIndex(0)
        self._status.setCurrentIndex(0)
        self.search.clear()

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._model.set_colours(colours)

    def set_blind(self, *, on: bool) -> None:
        """Hide the answers to films not yet called, and list all films as they came."""
        self._keeping_place(lambda: self._model.set_blind(on=on))

    def set_private(self, *, on: bool) -> None:
        """Show case numbers instead of names."""
        self._keeping_place(lambda: self._model.set_private(on=on))

    def _keeping_place(self, change: Callable[[], None]) -> None:
        current = self.current
        with self.table.holding_still():
            change()
        if current:
            self.select(current.id)

    def layout_state(self) -> QByteArray:
        """Return widths, order of columns and sorting, for the next start."""
        return self.table.horizontalHeader().saveState()

    def restore_layout(self, state: QByteArray) -> None:
        """Take up what an earlier `layout_state` returned."""
        self.table.horizontalHeader().restoreState(state)

    @Slot()
    def _narrow(self) -> None:
        self._filter.set_wanted(
            Wanted(self._label.currentData(), self._status.currentData(), self.search.text())
        )
        self._count()

    @Slot()
    def _tell(self) -> None:
        current = self.current
        QTimer.singleShot(0, self, self._pin_current)  # not while the view is changing rows
        self.chosen.emit(current.id if current else None)

    @Slot()
    def _pin_current(self) -> None:
        current = self.current
        self._filter.pin(current.id if current else None)
        self._count()

    def _count(self) -> None:
        total, shown = self._model.rowCount(), self._filter.rowCount()
        page = self.table if shown else self._no_match if total else self._no_films
        self._pages.setCurrentWidget(page)
        apart = apart_line(self._model.apart)
        films = total - sum(self._model.apart.values())
        parts = [f"{films:,} {'film' if films == 1 else 'films'}", f"{self._model.unread:,} unread"]
        if shown < total:
            parts.append(f"{shown:,} shown")
        self._counts.setText(" · ".join([*parts, apart] if apart else parts))
        self._counts.setVisible(total > 0)
