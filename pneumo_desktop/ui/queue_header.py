"""The worklist's header: sorting by one column or several, and which columns there are."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QMenu, QWidget

from pneumo_desktop.core.store_query import BY_URGENCY, Sort, Sorting
from pneumo_desktop.ui.queue_columns import BY_SORT, COLUMNS, TITLE

CELL_PADDING, MARK_ROOM = 16, 24
# what names a film and what its reader said stand where a small window shows them
LEADING = (Sort.URGENCY, Sort.TITLE, Sort.SEVERITY, Sort.LABEL, Sort.CONFIDENCE, Sort.STATUS,
           Sort.CALL, Sort.AGREEMENT)  # fmt: skip
USUAL_ORDER = [BY_SORT[sort] for sort in LEADING]
USUAL_ORDER += [number for number in range(len(COLUMNS)) if number not in USUAL_ORDER]
WIDEST = 2  # times its usual width, beyond which a name leaves room empty


class QueueHeader(QHeaderView):
    """A click sorts by a column, a second one the other way; with Shift after the others.

    Signals:
        sorting_chosen: The reader wants the rows sorted in another way; `sorting` says how.
        rule_wanted: The reader wants to know how the list is ordered.
    """

    sorting_chosen = Signal()
    rule_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorting: Sorting = BY_URGENCY
        self.fits = True  # until its reader sets a width
        self._placing = False
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self.fit)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(self._click)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.make_menu(self).popup(self.mapToGlobal(at))
        )

    @Slot(int)
    def _click(self, section: int) -> None:
        shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._choose(COLUMNS[section].sort, after=bool(shift))

    def _choose(self, by: Sort, *, after: bool) -> None:
        others = [item for item in self.sorting if item[0] is not by] if after else []
        before = dict(self.sorting)
        if after and by in before:
            place = [name for name, _ in self.sorting].index(by)
            others.insert(place, (by, not before[by]))
            self.sort_by(others)
        else:
            alone = not after and list(before) == [by]
            self.sort_by([*others, (by, alone and not before[by])])
        self.sorting_chosen.emit()

    def sort_by(self, sorting: Sorting) -> None:
        """Take up how the rows are sorted; the model's titles say so."""
        self.sorting = tuple(sorting)

    def set_widths(self) -> None:
        """Show every column, in the usual order, as wide as its usual texts."""
        with self.placing():
            for place, number in enumerate(USUAL_ORDER):
                self.moveSection(self.visualIndex(number), place)
                self.showSection(number)
                self.resizeSection(number, self._usual_width(number))
        self.fits = True
        self.fit()

    def _usual_width(self, number: int) -> int:
        column, measure = COLUMNS[number], self.fontMetrics()
        mark = 0 if number else MARK_ROOM  # only the first column has one
        cell = measure.horizontalAdvance(column.sample) + CELL_PADDING + mark
        return max(cell, measure.horizontalAdvance(f"{column.title} 1▲") + CELL_PADDING)

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Set widths that are not the reader's own."""
        before, self._placing = self._placing, True
        try:
            yield
        finally:
            self._placing = before

    @Slot()
    def _resized(self) -> None:
        if not self._placing:
            self.fits = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the columns have more room, or less; a scroll bar came beside them or went."""
        super().resizeEvent(event)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Give the patient's column the room that whole columns beside it leave; cut none."""
        if not self.fits or self._placing or self.isSectionHidden(TITLE):
            return
        usual = self._usual_width(TITLE)
        left = self.viewport().width() - usual
        order = map(self.logicalIndex, range(self.count()))
        for number in (n for n in order if n != TITLE and not self.isSectionHidden(n)):
            if self.sectionSize(number) > left:
                break
            left -= self.sectionSize(number)
        with self.placing():
            self.resizeSection(TITLE, min(usual + max(left, 0), WIDEST * usual))

    def make_menu(self, parent: QWidget) -> QMenu:
        """Return a menu of the columns and of what the rows are sorted by."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        return menu

    def fill_menu(self, menu: QMenu) -> None:
        """Offer columns to show and to sort by."""
        for after, title in ((False, self.tr("&Sort by")), (True, self.tr("&Then by"))):
            choices = menu.addMenu(title)
            for column in COLUMNS:
                action = choices.addAction(column.title)
                action.triggered.connect(
                    lambda _=False, by=column.sort, after=after: self._choose(by, after=after)
                )
        menu.addSeparator()
        for action in self._column_actions(menu):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Columns as at first"), self.set_widths)
        menu.addAction(self.tr("&How the list is ordered…"), self.rule_wanted.emit)

    def _column_actions(self, menu: QMenu) -> Iterator[QAction]:
        shown = [n for n in range(len(COLUMNS)) if not self.isSectionHidden(n)]
        for number, column in enumerate(COLUMNS):
            action = QAction(column.title, menu)
            action.setToolTip(column.tip)
            action.setCheckable(True)
            action.setChecked(number in shown)
            action.setEnabled(shown != [number])  # one column must stay
            action.toggled.connect(lambda on, n=number: self._show_column(n, shown=on))
            yield action

    def _show_column(self, number: int, *, shown: bool) -> None:
        with self.placing():
            self.setSectionHidden(number, not shown)
        self.fit()
