"""What the self-test looks at and what it found, line by line as it comes."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.self_test import Result
from pneumo_desktop.ui.plain_table import plain_table
from pneumo_desktop.ui.theme import LIGHT, Colours

WISHED = QSize(860, 620)
EDGE = 40  # kept free around the dialog on a small screen
PASSED, FAILED = "passed", "FAILED"


class SelfTestDialog(QDialog):
    """A line for each check, and buttons to test again, to cancel and to copy.

    Signals:
        wanted: The reader wants the test to begin.
        cancelled: The reader does not want to wait for the rest.
    """

    wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Self-test"))
        self._colours = LIGHT
        self._results: list[Result] = []
        self._running = False
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)  # how many lines will come is not known before
        self._bar.setAccessibleName(self.tr("The self-test runs"))
        self._make_table()
        self._make_buttons()
        self._lay_out()
        self.setSizeGripEnabled(True)
        self.rejected.connect(self._stop)

    def _make_table(self) -> None:
        headings = [self.tr("Check"), self.tr("Result"), self.tr("Found")]
        self.table = table = plain_table(headings, self.tr("Checks and what they found"), self)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def _make_buttons(self) -> None:
        self.again = QPushButton(self.tr("&Test again"), self)
        self.again.setToolTip(self.tr("Run every check anew"))
        self.again.clicked.connect(self.wanted)
        self.copy = QPushButton(self.tr("&Copy text"), self)
        self.copy.setToolTip(self.tr("Copy all lines as text, for whoever looks after the program"))
        self.copy.clicked.connect(self._copy)
        self.leave = QPushButton(self)
        self.leave.clicked.connect(self._cancel_or_close)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.again, self.copy, self.leave):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for widget in (self.state, self._bar, self.table):
            layout.addWidget(widget)
        layout.addLayout(row)

    def open(self) -> None:
        """Open the dialog and ask for the test."""
        room = self.screen().availableSize() - QSize(EDGE, EDGE)
        if not self.isVisible():
            self.resize(WISHED.boundedTo(room))
        super().open()
        self.wanted.emit()

    def show_started(self) -> None:
        """Show that the test begins."""
        self._results.clear()
        self.table.setRowCount(0)
        self.state.setText(self.tr("The self-test begins."))
        self._set_running(running=True)

    def show_step(self, text: str) -> None:
        """Say what is being looked at."""
        self.state.setText(f"{text}…")

    def add(self, result: Result) -> None:
        """Add a line."""
        self._results.append(result)
        row = self.table.rowCount()
        self.table.insertRow(row)
        word = PASSED if result.passed else FAILED
        for column, text in enumerate((result.check, word, result.problem or result.detail)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.table.setItem(row, column, item)
        self._paint(row)
        self.table.resizeRowToContents(row)
        self.table.scrollToBottom()

    def show_ended(self) -> None:
        """Show what came of it."""
        failed = sum(not result.passed for result in self._results)
        count = len(self._results)
        if failed:
            self.state.setText(self.tr("%d of %d checks failed.") % (failed, count))
            broken = next(n for n, result in enumerate(self._results) if not result.passed)
            self.table.selectRow(broken)
            self.table.scrollTo(self.table.model().index(broken, 0))
        else:
            self.state.setText(self.tr("All %d checks passed.") % count)
        self._set_running(running=False)

    def show_cancelled(self) -> None:
        """Show that the rest was not tested."""
        self.state.setText(self.tr("Cancelled; what is not in the list was not tested."))
        self._set_running(running=False)

    def show_problem(self, text: str) -> None:
        """Show that the test itself could not go on."""
        self.state.setText(self.tr("The self-test could not go on: %s") % text)
        self._set_running(running=False)

    def _set_running(self, *, running: bool) -> None:
        self._running = running
        self._bar.setVisible(running)
        self.again.setEnabled(not running)
        self.copy.setEnabled(not running)
        self.leave.setText(self.tr("Cancel") if running else self.tr("Close"))
        tip = self.tr("Leave the rest untested") if running else self.tr("Close this list (Esc)")
        self.leave.setToolTip(tip)
        self.leave.setFocus()

    def _cancel_or_close(self) -> None:
        if self._running:
            self._stop()
        else:
            self.reject()

    def _stop(self) -> None:
        if self._running:
            self.show_cancelled()
            self.cancelled.emit()

    def text(self) -> str:
        """Return the lines as text."""
        return "\n".join(
            f"{PASSED if r.passed else FAILED}\t{r.check}\t{r.problem or r.detail}"
            for r in self._results
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        for row in range(self.table.rowCount()):
            self._paint(row)

    def _paint(self, row: int) -> None:
        colour = self._colours.low if self._results[row].passed else self._colours.high
        item = self.table.item(row, 1)
        if item:
            item.setForeground(QColor(colour))
