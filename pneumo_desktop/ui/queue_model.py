"""The worklist as Qt sees it: the numbers of all rows, and the few pages of them on view."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon

from pneumo_desktop.core.cases import Case, Priority, StoredCase
from pneumo_desktop.core.store_query import BY_URGENCY, Listed, Sorting, Wanted, WorklistQuery
from pneumo_desktop.core.store_schema import StoreError
from pneumo_desktop.ui.marks import priority_icons
from pneumo_desktop.ui.queue_columns import ANSWER, BY_SORT, COLUMNS, TITLE, WAITING, answer_means
from pneumo_desktop.ui.theme import LIGHT, Colours
from pneumo_desktop.ui.wording import case_number

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
PAGE, PAGES = 128, 16


class QueueModel(QAbstractTableModel):
    """Rows in the database's order, read a page at a time when they are looked at.

    Signals:
        page_read: A list of pairs: the numbers of films that came into sight, and their paths.
    """

    page_read = Signal(list)

    def __init__(self, worklist: WorklistQuery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worklist = worklist
        self._numbers = array("q")
        self._pages: OrderedDict[int, dict[int, Listed]] = OrderedDict()
        self._sorting: Sorting = BY_URGENCY
        self._missing: set[int] = set()
        self._blind = self._private = False
        self._icons: dict[Priority | None, QIcon] = priority_icons(LIGHT)
        self._bold = QFont()
        self._bold.setBold(True)
        self._quiet = QColor(LIGHT.quiet)

    def load(self, wanted: Wanted, sorting: Sorting) -> None:
        """Show what is wanted; where the same rows stay in the same order, only their contents."""
        numbers = self._worklist.numbers(wanted, sorting)
        same = len(numbers) == len(self._numbers) and all(
            abs(a) == abs(b) for a, b in zip(numbers, self._numbers, strict=True)
        )
        self._blind, self._sorting = wanted.blind, sorting
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if same:
            self._numbers = numbers
            self._look_again()
        else:
            self.beginResetModel()
            self._numbers = numbers
            self._pages.clear()
            self.endResetModel()

    def _look_again(self) -> None:
        self._pages.clear()
        self._tell_changed(0, len(COLUMNS) - 1)

    def _tell_changed(self, first: int, last: int) -> None:
        if self._numbers:
            self.dataChanged.emit(self.index(0, first), self.index(len(self._numbers) - 1, last))

    def tick(self) -> None:
        """Show how long films wait by now, and look for their files again."""
        self._pages.clear()
        self._tell_changed(WAITING, WAITING)

    def set_missing(self, checked: Iterable[tuple[int, bool]]) -> None:
        """Say of films whether their files are missing."""
        before = set(self._missing)
        for number, missing in checked:
            (self._missing.add if missing else self._missing.discard)(number)
        if self._missing != before:
            self._tell_changed(TITLE, TITLE)

    def set_private(self, *, on: bool) -> None:
        """Show case numbers instead of names."""
        self._private = on
        self._tell_changed(0, len(COLUMNS) - 1)

    def set_colours(self, colours: Colours) -> None:
        """Draw the marks in the colours of a scheme."""
        self._icons = priority_icons(colours)
        self._quiet = QColor(colours.quiet)
        self._tell_changed(0, len(COLUMNS) - 1)

    @property
    def numbers(self) -> "array[int]":
        """The rows' leading films, in order, negative where all films of the row are read."""
        return self._numbers

    def row_of(self, number: int) -> int | None:
        """Return the row that a film leads; None where it leads none that is shown."""
        for signed in (number, -number):
            try:
                return self._numbers.index(signed)
            except ValueError:
                continue
        return None

    def listed(self, row: int) -> Listed | None:
        """Return a row; None where it left the database since the list was loaded."""
        which = row // PAGE
        if which not in self._pages:
            try:
                some = self._numbers[which * PAGE : (which + 1) * PAGE]
                page = self._worklist.page(some, blind=self._blind)
            except StoreError:  # the desk says so; here a row stays empty until it works again
                return None
            self._pages[which] = page
            self.page_read.emit(_films(page))
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(which)
        return self._pages[which].get(abs(self._numbers[row]))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a cell shows."""
        listed, column = self.listed(index.row()), COLUMNS[index.column()]
        if listed is None or (column.answer and self._blind and listed.unread):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(listed) if index.column() == TITLE else column.text(listed)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._explanation(listed, index.column(), role)
        return self._look(listed, index.column(), role)

    def _cell(self, listed: Listed) -> str:
        missing = self.tr("File missing: ") if listed.lead.id in self._missing else ""
        return missing + self._title(listed)

    def _title(self, listed: Listed) -> str:
        if self._private:
            return case_number(listed.lead)
        return COLUMNS[TITLE].text(listed)

    def _explanation(self, listed: Listed, column: int, role: int) -> str | None:
        if column == ANSWER:
            means = answer_means(listed.lead)
            told = role == Qt.ItemDataRole.ToolTipRole
            return means if told else f"{COLUMNS[ANSWER].text(listed)}. {means}"
        if role == Qt.ItemDataRole.ToolTipRole:
            where = self._title(listed) if self._private else str(listed.lead.outcome.path)
            missing = listed.lead.id in self._missing
            return (
                where + self.tr("\nNo file is there. Reading, Locate the missing file, finds it.")
                if missing
                else where
            )
        return None

    def _look(self, listed: Listed, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return self._icons[_band(listed.lead)]
        if role == Qt.ItemDataRole.FontRole and column == TITLE and listed.unread:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and not listed.unread:
            return self._quiet
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Qt: a column's title and tip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title + self._place_in_sorting(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section].tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def _place_in_sorting(self, section: int) -> str:
        """Return which way a column is sorted by, and its place where several are."""
        places = [BY_SORT[by] for by, _ in self._sorting]
        if section not in places or self._blind:
            return ""
        place = places.index(section)
        number = str(place + 1) if len(places) > 1 else ""
        return f" {number}{'▼' if self._sorting[place][1] else '▲'}"


def _side(column: int) -> Qt.AlignmentFlag:
    """Return where a column's title and texts stand."""
    right = COLUMNS[column].number
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _band(stored: StoredCase) -> Priority | None:
    return stored.outcome.answer.priority if isinstance(stored.outcome, Case) else None


def _films(page: dict[int, Listed]) -> list[tuple[int, Path]]:
    """Return the films that have a file; what was never read has nothing to be located."""
    films = (listed.lead for listed in page.values())
    return [(film.id, film.outcome.path) for film in films if isinstance(film.outcome, Case)]
