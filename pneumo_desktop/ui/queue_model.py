"""The worklist as Qt sees it: stored cases as rows, with what they sort and filter by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QIcon

from pneumo_desktop.core.cases import Case, Label, Priority, ReasonCode, StoredCase
from pneumo_desktop.ui.marks import priority_icons
from pneumo_desktop.ui.queue_columns import COLUMNS, Key, answer_means, status_of
from pneumo_desktop.ui.theme import LIGHT, Colours
from pneumo_desktop.ui.wording import apart_kind, label_of, patient_line

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ANSWER = 2  # the column that says what the model says
TITLE = 4  # the column that names the patient or the file
ANSWERS = (0, 1, 2, 3)  # columns that say what the model says
_NUMBERS = (1, 3)  # columns whose texts are numbers, read from the right


@dataclass(frozen=True, slots=True)
class Row:
    """A case with its texts and keys: a sort of ten thousand rows asks for them often."""

    stored: StoredCase
    texts: tuple[str, ...]
    keys: tuple[Key, ...]
    priority: Priority | None
    haystack: str


def make_row(stored: StoredCase) -> Row:
    """Return the row of a case."""
    texts = tuple(str(column.text(stored)) for column in COLUMNS)
    keys = tuple(column.key(stored) for column in COLUMNS)
    case = stored.outcome if isinstance(stored.outcome, Case) else None
    words = (*texts, str(stored.outcome.path), patient_line(case.facts) if case else "")
    return Row(
        stored, texts, keys, case.answer.priority if case else None, " ".join(words).casefold()
    )


class QueueModel(QAbstractTableModel):
    """Cases in the order in which they came; a case that comes again takes its old row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._row_of: dict[int, int] = {}
        self._apart: Counter[ReasonCode] = Counter()
        self._unread = 0
        self._icons: dict[Priority | None, QIcon] = priority_icons(LIGHT)
        self._bold = QFont()
        self._bold.setBold(True)
        self._quiet = QColor(LIGHT.quiet)
        self._blind = self._private = False

    def set_blind(self, *, on: bool) -> None:
        """Hide what the model says of films that their reader has not called."""
        self.beginResetModel()
        self._blind = on
        self.endResetModel()

    def set_private(self, *, on: bool) -> None:
        """Show case numbers instead of names."""
        self.beginResetModel()
        self._private = on
        self.endResetModel()

    def hides(self, row: Row) -> bool:
        """Return whether the reader is to judge this film before the model's answer is shown."""
        return self._blind and row.stored.reading is None

    def add(self, cases: Iterable[StoredCase]) -> None:
        """Show new cases and refresh known ones."""
        new: list[Row] = []
        for stored in cases:
            row = make_row(stored)
            number = self._row_of.setdefault(stored.id, len(self._rows) + len(new))
            if number < len(self._rows):
                self._replace(number, row)
            elif number < len(self._rows) + len(new):
                new[number - len(self._rows)] = row
            else:
                new.append(row)
        if new:
            last = len(self._rows) + len(new) - 1
            self.beginInsertRows(QModelIndex(), len(self._rows), last)
            self._rows += new
            for row in new:
                self._count(row, 1)
            self.endInsertRows()

    def remove(self, case_id: int) -> None:
        """Forget a case."""
        number = self._row_of.pop(case_id)
        self.beginRemoveRows(QModelIndex(), number, number)
        self._count(self._rows.pop(number), -1)
        self._row_of = {row.stored.id: n for n, row in enumerate(self._rows)}
        self.endRemoveRows()

    def _replace(self, number: int, row: Row) -> None:
        self._count(self._rows[number], -1)
        self._rows[number] = row
        self._count(row, 1)
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))

    def _count(self, row: Row, step: int) -> None:
        kind = apart_kind(row.stored)
        if kind:
            self._apart[kind] += step
        elif row.stored.reading is None:
            self._unread += step

    @property
    def apart(self) -> dict[ReasonCode, int]:
        """How many films stand apart, by why."""
        return dict(self._apart)

    @property
    def unread(self) -> int:
        """How many films with a priority await their reader."""
        return self._unread

    def set_colours(self, colours: Colours) -> None:
        """Draw the marks in the colours of a scheme."""
        self._icons = priority_icons(colours)
        self._quiet = QColor(colours.quiet)
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0),
                self.index(len(self._rows) - 1, len(COLUMNS) - 1),
                [Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole],
            )

    def row(self, number: int) -> Row:
        """Return a row by number."""
        return self._rows[number]

    def number_of(self, case_id: int) -> int | None:
        """Return the row number of a case."""
        return self._row_of.get(case_id)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: how many cases."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a cell shows."""
        row, column = self._rows[index.row()], index.column()
        if role == SORT_ROLE:
            return row.stored.received.timestamp() if self._blind else row.keys[column]
        if column in ANSWERS and self.hides(row):
            return None
        return self._cell(row, column, role)

    def _cell(self, row: Row, column: int, role: int) -> Any:
        if column == TITLE and self._private:
            return self._nameless(row, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.texts[column]
        if column == ANSWER and role == Qt.ItemDataRole.ToolTipRole:
            return answer_means(row.stored)
        if column == ANSWER and role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.texts[ANSWER]}. {answer_means(row.stored)}"
        return self._decoration(row, column, role)

    def _nameless(self, row: Row, role: int) -> Any:
        named = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if role in named:
            return self.tr("Case %n", "", row.stored.id)
        return self._decoration(row, TITLE, role)

    def _decoration(self, row: Row, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return self._icons[row.priority]
        if role == Qt.ItemDataRole.FontRole and column == TITLE and row.stored.reading is None:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and row.stored.reading is not None:
            return self._quiet
        if role == Qt.ItemDataRole.ToolTipRole and not self._private:
            return str(row.stored.outcome.path)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
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
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section].tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; None and empty mean all."""

    label: Label | None = None
    status: str | None = None
    text: str = ""

    def accepts(self, row: Row) -> bool:
        """Return whether a row belongs to it; every word of the text must occur."""
        if self.label and label_of(row.stored) != self.label:  # Qt hands back a plain str
            return False
        if self.status and status_of(row.stored) != self.status:
            return False
        return all(word in row.haystack for word in self.text.casefold().split())


class QueueFilter(QSortFilterProxyModel):
    """The list sorted and narrowed.

    The case on view stays in it until its reader moves on: a film must not vanish under the hand
    that just called it.
    """

    def __init__(self, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._wanted = Wanted()
        self._pinned: int | None = None
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)
        self.setSourceModel(model)

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to."""
        return self._wanted

    def set_wanted(self, wanted: Wanted) -> None:
        """Narrow the list."""
        self.beginFilterChange()
        self._wanted = wanted
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def pin(self, case_id: int | None) -> None:
        """Keep this case in the list, wanted or not."""
        self.beginFilterChange()
        self._pinned = case_id
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:
        """Qt: whether a row is shown."""
        row = self._model.row(source_row)
        return row.stored.id == self._pinned or self._wanted.accepts(row)

    def stored(self, index: Index) -> StoredCase:
        """Return the case of a cell."""
        return self._model.row(self.mapToSource(index).row()).stored

    def index_of(self, case_id: int) -> QModelIndex:
        """Return the first cell of a case, invalid where it is not shown."""
        number = self._model.number_of(case_id)
        return QModelIndex() if number is None else self.mapFromSource(self._model.index(number, 0))
