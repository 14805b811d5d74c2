"""The worklist: filter, table, the films of the study on view, and what stands apart."""

import time
from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.store_query import Wanted, WorklistQuery
from pneumo_desktop.core.store_schema import StoreError
from pneumo_desktop.ui import queue_layout
from pneumo_desktop.ui.empty_state import EmptyState
from pneumo_desktop.ui.ordering_dialog import OrderingDialog
from pneumo_desktop.ui.queue_counts import QueueCounts
from pneumo_desktop.ui.queue_filter import QueueFilter
from pneumo_desktop.ui.queue_model import QueueModel
from pneumo_desktop.ui.queue_table import QueueTable
from pneumo_desktop.ui.queue_walk import Walk
from pneumo_desktop.ui.study_bar import StudyBar
from pneumo_desktop.ui.theme import Colours

MINUTE_MS, PATIENCE_MS = 60_000, 2_000
REST = 8  # times as long as a look at the database took, it is left alone


class QueuePanel(QWidget):
    """The worklist with its filter and counts.

    Signals:
        chosen: The number of the case that the reader moved to, or None.
        ordering_chosen: The `Ordering` that the reader wants.
        rows_read: A list of pairs: the numbers of films that came into sight, and their paths.
        relisted: The rows were read again.
    """

    chosen = Signal(object)
    ordering_chosen = Signal(object)
    rows_read = Signal(list)
    relisted = Signal()

    def __init__(
        self,
        worklist: WorklistQuery,
        add_actions: tuple[QAction, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._worklist = worklist
        self._case: int | None = None  # on view
        self._pinned: int | None = None  # the film that leads its row
        self._looked, self._took = 0.0, 0.0
        self._model = QueueModel(worklist, self)
        self.walk = Walk(self._model, self._row_of, self._films_beside)
        self.table = QueueTable(self._model, self)
        self.filter = QueueFilter(self.table.header, self)
        self.search = self.filter.search
        self.study = StudyBar(self)
        self.counts = QueueCounts(self)
        self._pages = QStackedWidget(self)
        self._lay_out(add_actions)
        self._due = QTimer(self, singleShot=True)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._connect()
        self.refresh()

    def _lay_out(self, add_actions: tuple[QAction, ...]) -> None:
        clear = QAction(self.tr("Show all films"), self)
        clear.triggered.connect(self.filter.show_all)
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filter)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.study)
        layout.addWidget(self.counts)

    def _connect(self) -> None:
        self.table.moved.connect(self._tell)
        self.table.header.sorting_chosen.connect(self._sort)
        self.table.header.rule_wanted.connect(self._tell_rule)
        self.filter.changed.connect(self._narrow)
        self.filter.left.connect(self.table.setFocus)
        self.study.chosen.connect(self.chosen)
        self.counts.apart_wanted.connect(self.filter.show_apart)
        self._model.page_read.connect(self.rows_read)
        self._due.timeout.connect(self.refresh)
        self._minute.timeout.connect(self._model.tick)
        self._minute.start()

    @property
    def wanted(self) -> Wanted:
        """What is listed: what the filter asks for and the row on view."""
        return replace(self.filter.wanted, pinned=self._pinned)

    @Slot()
    def refresh(self) -> None:
        """Look at the database again; selection and scroll stay where they are."""
        self._due.stop()
        try:
            self._look()
        except StoreError:  # the desk says so; the list stands as it was
            self._due.start(PATIENCE_MS)

    @Slot()
    def _narrow(self) -> None:
        """The reader asks for other films: the one on view is listed only if it is one of them."""
        if not self._belongs(self._pinned):
            self._case = None
        self.refresh()

    def _look(self) -> None:
        started = time.monotonic()
        self._pinned = None if self._case is None else self._row_of(self._case)
        with self.table.keeping_place(self._pinned):
            self._model.load(self.wanted, self.table.header.sorting)
        self._count()
        self._looked = time.monotonic()
        self._took = self._looked - started
        self.relisted.emit()

    @Slot()
    def refresh_soon(self) -> None:
        """Look at the database again, but not so often that the reader would feel it."""
        if self._due.isActive():
            return
        left = self._looked + REST * self._took - time.monotonic()
        if left > 0:
            self._due.start(int(1000 * left) + 1)
        else:
            self.refresh()

    def settle(self) -> None:
        """Look at the database now where that was put off."""
        if self._due.isActive():
            self.refresh()

    @property
    def current(self) -> StoredCase | None:
        """The film that leads the current row."""
        self.settle()
        return self._at_hand()

    def _at_hand(self) -> StoredCase | None:
        index = self.table.currentIndex()
        listed = self._model.listed(index.row()) if index.isValid() else None
        return listed.lead if listed else None

    def select(self, case_id: int | None) -> None:
        """Make a case's row the current one, in sight even if the filter would hide it."""
        self.settle()
        before, self._case = self._pinned, case_id
        self._pinned = None if case_id is None else self._row_of(case_id)
        if self._pinned is not None:
            self.walk.turned_to(self._pinned)
            if self._model.row_of(self._pinned) is None:
                self.refresh()
        row = None if self._pinned is None else self._model.row_of(self._pinned)
        self.table.place(row)
        if row is not None:
            self.table.show_current()
        self._show_study()
        if before not in {None, self._pinned} and not self._belongs(before):
            self._due.start(0)  # not while the view is changing rows

    def _row_of(self, case_id: int) -> int | None:
        return self._worklist.row_of(case_id, blind=self.filter.wanted.blind)

    def _films_beside(self, case_id: int) -> list[StoredCase]:
        return self._worklist.study(case_id, blind=self.filter.wanted.blind)

    def _belongs(self, number: int | None) -> bool:
        return number is not None and self._worklist.admits(self.filter.wanted, number)

    def _show_study(self) -> None:
        index = self.table.currentIndex()
        listed = self._model.listed(index.row()) if index.isValid() else None
        several = listed is not None and listed.films > 1 and self._case is not None
        self.study.show_films(
            self._films_beside(self._case) if several and self._case else [], self._case
        )

    def cases(self) -> list[StoredCase]:
        """Return the leading films of the rows shown, in their order."""
        self.settle()
        rows = range(self._model.rowCount())
        return [listed.lead for row in rows if (listed := self._model.listed(row))]

    def several(self) -> list[StoredCase]:
        """Return all films of the rows chosen, where that is more than one row, in their order."""
        chosen = self.table.chosen
        return self.walk.films(chosen) if len(chosen) > 1 else []

    def other_chosen(self) -> StoredCase | None:
        """Return the lead of the other row where two are chosen and one of them is on view."""
        others = self.table.chosen - {self._pinned}
        return self.walk.lead(others.pop()) if len(others) == 1 else None

    def step(self, rows: int) -> None:
        """Move down (positive) or up, as the arrow keys do."""
        self.settle()
        index = self._model.index(self.table.currentIndex().row() + rows, 0)
        if index.isValid():
            self.table.setCurrentIndex(index)

    def around(self) -> list[StoredCase]:
        """Return the cases a reader will likely turn to."""
        self.settle()
        return self.walk.around(self.table.currentIndex().row(), self._case)

    def next_unread(self) -> int | None:
        """Return the unread film to turn to; None where every film listed is read."""
        self.settle()
        return self.walk.next_unread(self.table.currentIndex().row(), self._case)

    def first(self) -> int | None:
        """Return the film to begin with: the first unread one, else the first."""
        numbers = self._model.numbers
        return self.next_unread() or (abs(numbers[0]) if numbers else None)

    def pass_over(self, case_id: int) -> None:
        """Count a film that was on view as not turned to by its reader."""
        if (lead := self._row_of(case_id)) is not None:
            self.walk.passed(lead)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._model.set_colours(colours)

    def set_blind(self, *, on: bool) -> None:
        """Hide the answers to films not yet called, and list all films as they came."""
        self.filter.set_blind(on=on)
        self.refresh()

    @Slot(list)
    def show_missing(self, checked: list[tuple[int, bool]]) -> None:
        """Say of films whether their files are missing."""
        self._model.set_missing(checked)

    def set_private(self, *, on: bool) -> None:
        """Show case numbers instead of names."""
        self._model.set_private(on=on)
        self.search.setEchoMode(
            self.search.EchoMode.Password if on else self.search.EchoMode.Normal
        )

    def layout_state(self) -> QByteArray:
        """Return the columns and the sorting, for the next start."""
        return queue_layout.keep(self.table.header)

    def restore_layout(self, state: QByteArray) -> None:
        """Take up what an earlier `layout_state` returned."""
        queue_layout.restore(self.table.header, state)
        self.refresh()

    @Slot()
    def _sort(self) -> None:
        self.refresh()
        self.table.show_current()

    @Slot()
    def _tell(self) -> None:
        current = self._at_hand()  # of the rows as they are seen, whatever came since
        self.chosen.emit(current.id if current else None)

    @Slot()
    def _tell_rule(self) -> None:
        dialog = OrderingDialog(self._worklist.ordering, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.ordering_chosen.emit(dialog.ordering))
        dialog.open()

    def _count(self) -> None:
        counts = self._worklist.counts(blind=self.filter.wanted.blind)
        shown = self._model.rowCount()
        total = counts.studies + sum(counts.apart.values())
        anything = total or self.filter.wanted != Wanted(blind=self.filter.wanted.blind)
        page = self.table if shown else self._no_match if anything else self._no_films
        self._pages.setCurrentWidget(page)
        self.counts.show_counts(counts, shown, blind=self.filter.wanted.blind)
        self._show_study()
