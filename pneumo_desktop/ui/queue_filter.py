"""What the reader narrows the worklist to: search, answer, priority, status and day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from pneumo_desktop.core.cases import Label, Priority
from pneumo_desktop.core.ordering import PLACES
from pneumo_desktop.core.store_query import APART, Status, Wanted
from pneumo_desktop.ui.days_dialog import DaysDialog, Span
from pneumo_desktop.ui.queue_header import QueueHeader
from pneumo_desktop.ui.terms import band_words, label_words
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

CHOOSE = "choose"
STATUSES = {
    Status.UNREAD: QT_TRANSLATE_NOOP("QueueFilter", "Unread"),
    Status.READ: QT_TRANSLATE_NOOP("QueueFilter", "Read"),
    Status.FLAGGED: QT_TRANSLATE_NOOP("QueueFilter", "Flagged"),
    Status.DISAGREED: QT_TRANSLATE_NOOP("QueueFilter", "Disagreed"),
    Status.ARCHIVED: QT_TRANSLATE_NOOP("QueueFilter", "Archived"),
}


class QueueFilter(QWidget):
    """The filter above the table.

    Signals:
        changed: The list is to be narrowed in another way.
        left: The reader is done searching.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, header: QueueHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self._blind = False
        self._span = Span()
        self._days_index = 0
        self.search = self._make_search()
        self.label = self._box(
            self.tr("Show answers"),
            [(self.tr("All answers"), None)]
            + [
                (label_words(label), label)
                for label in (Label.PNEUMONIA, Label.INVALID, Label.NORMAL)
            ],
        )
        self.band = self._box(
            self.tr("Show priorities"),
            [(self.tr("All priorities"), None)]
            + [(f"{PLACES[band]} {band_words(band)}", band) for band in Priority]
            + [(self.tr("Apart"), APART)],
        )
        self.status = self._box(
            self.tr("Show unread or read films"),
            [(self.tr("All films"), None)]
            + [(translate("QueueFilter", name), status) for status, name in STATUSES.items()],
        )
        self.days = self._box(
            self.tr("Show when films were received"),
            [
                (self.tr("Any day"), None),
                (self.tr("Today"), 0),
                (self.tr("Since yesterday"), 1),
                (self.tr("Last 7 days"), 6),
                (self.tr("Last 30 days"), 29),
                (self.tr("Choose days…"), CHOOSE),
            ],
        )
        self._columns = self._make_columns(header)
        self._lay_out()
        for box in (self.label, self.band, self.status):
            box.currentIndexChanged.connect(self.changed)
        self.days.activated.connect(self._choose_days)

    def _make_search(self) -> QLineEdit:
        search = QLineEdit(self)
        search.setAccessibleName(self.tr("Search the worklist"))
        search.setPlaceholderText(self.tr("Search patient or file"))
        search.setToolTip(self.tr("Every word must occur"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self.changed)
        search.returnPressed.connect(self.left)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave)
        return search

    def _box(self, name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
        box = QComboBox(self)
        for text, value in choices:
            box.addItem(text, value)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(7)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _make_columns(self, header: QueueHeader) -> QPushButton:
        button = QPushButton(self.tr("Columns"), self)
        button.setToolTip(self.tr("Choose the columns, and what the list is sorted by"))
        menu = QMenu(button)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: header.fill_menu(menu))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self._columns)
        layout.addLayout(top, 0, 0, 1, 4)
        for column, box in enumerate((self.label, self.band, self.status, self.days)):
            layout.addWidget(box, 1, column)
            layout.setColumnStretch(column, 1)

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to."""
        return Wanted(
            label=self.label.currentData(),
            status=self.status.currentData(),
            band=self.band.currentData(),
            text=self.search.text(),
            since=self._span.since,
            until=self._span.until,
            blind=self._blind,
        )

    def set_blind(self, *, on: bool) -> None:
        """Offer nothing that would tell the answer."""
        self._blind = on
        why = self.tr("Answers are hidden until you have called the film")
        for box in (self.label, self.band):
            box.setEnabled(not on)
            box.setToolTip(why if on else box.accessibleName())

    @Slot(int)
    def _choose_days(self, index: int) -> None:
        chosen = self.days.itemData(index)
        if chosen == CHOOSE:
            dialog = DaysDialog(self._span, self.window())
            if not dialog.exec():
                self.days.setCurrentIndex(self._days_index)
                return
            self._span = dialog.span
        else:
            self._span = Span() if chosen is None else Span(_midnight(days_ago=chosen))
        self._days_index = index
        self.changed.emit()

    def show_apart(self) -> None:
        """Narrow to what stands apart."""
        self.show_all()
        self.band.setCurrentIndex(self.band.findData(APART))

    def show_all(self) -> None:
        """Narrow to nothing."""
        for box in (self.label, self.band, self.status, self.days):
            box.setCurrentIndex(0)
        self._span, self._days_index = Span(), 0
        self.search.clear()
        self.changed.emit()

    @Slot()
    def _leave(self) -> None:
        self.search.clear()
        self.left.emit()


def _midnight(days_ago: int) -> datetime:
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days_ago)
