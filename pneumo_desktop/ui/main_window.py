"""The window's frame: menus, banner, tabs, and the strip that says how far answering has come."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.card_words import STANDING
from pneumo_desktop.ui.actions import SPECS, Actions, make_actions
from pneumo_desktop.ui.appearance import CHOICES
from pneumo_desktop.ui.icons import icon
from pneumo_desktop.ui.intake import Advance
from pneumo_desktop.ui.theme import Colours

FILM_MENUS = ("View", "Reading")
READING_SHARES = (6, 7, 4)  # worklist, film, case
READING_GROWTH = (1, 2, 0)  # who gets the room of a larger window


class MainWindow(QMainWindow):
    """The frame; what fills it is given by `fill`.

    Signals:
        dropped: The paths that were dropped.
        closing: The reader wants to close; ignore the event to stay.
    """

    dropped = Signal(list)
    closing = Signal(QCloseEvent)

    def __init__(self, banner: str = "") -> None:
        super().__init__()
        self.setWindowTitle("Pneumo Desktop")
        self.setAcceptDrops(True)
        self.actions_by_name: Actions = make_actions(self)
        self._make_menus()
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.currentChanged.connect(self._enable_film_actions)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(4)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if banner:
            layout.addWidget(self._make_banner(banner))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._make_strip())
        self.setCentralWidget(body)
        self.resize(QSize(1360, 820).boundedTo(self.screen().availableSize()))

    def fill(self, panels: tuple[QWidget, QWidget, QWidget], training: QWidget) -> None:
        """Put worklist, film and case side by side, and training behind its tab."""
        for panel, growth in zip(panels, READING_GROWTH, strict=True):
            self.splitter.addWidget(panel)
            self.splitter.setStretchFactor(self.splitter.count() - 1, growth)
        total = sum(READING_SHARES)
        self.splitter.setSizes([self.width() * share // total for share in READING_SHARES])
        self.tabs.addTab(self.splitter, self.tr("Rea&ding"))
        self.tabs.addTab(training, self.tr("&Training"))

    def _make_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        for spec in SPECS:
            menu = menus.get(spec.menu) or self.menuBar().addMenu(f"&{spec.menu}")
            menus[spec.menu] = menu
            if spec.name in {"quit", "window", "system", "search", "Normal"}:
                menu.addSeparator()
            menu.addAction(self.actions_by_name[spec.name])

    @Slot()
    def _enable_film_actions(self) -> None:
        """Only while films are in sight may a key call one."""
        reading = self.tabs.currentWidget() is self.splitter
        for spec in SPECS:
            if spec.menu in FILM_MENUS and spec.name not in CHOICES:
                self.actions_by_name[spec.name].setEnabled(reading)

    def _make_banner(self, text: str) -> QLabel:
        banner = QLabel(text, self)
        banner.setProperty("role", "banner")
        banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return banner

    def _make_strip(self) -> QWidget:
        strip = QWidget(self)
        self._message = QLabel(strip)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble = QLabel(strip)
        self._trouble.setProperty("role", "remark")
        self._trouble.hide()
        self._bar = QProgressBar(strip)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Films answered"))
        cancel = self.actions_by_name["cancel"]
        self._cancel = QPushButton(self.tr("Cancel"), strip)
        self._cancel.setToolTip(cancel.toolTip())
        self._cancel.clicked.connect(cancel.trigger)
        standing = QLabel(STANDING, strip)
        standing.setAccessibleName(STANDING)
        row = QHBoxLayout(strip)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        strip.setFixedHeight(self._cancel.sizeHint().height() + 8)  # it must not jump
        for widget in (self._trouble, self._bar, self._message, self._cancel):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(standing)
        self.show_idle()
        return strip

    def show_advance(self, advance: Advance) -> None:
        """Show how far answering has come."""
        self._bar.setRange(0, advance.total)
        self._bar.setValue(advance.done)
        self._say(advance.words())
        self._bar.show()
        self._cancel.show()
        self.actions_by_name["cancel"].setEnabled(True)

    def show_idle(self, message: str = "", details: str = "") -> None:
        """Show that nothing is on its way; `details` are for the mouse that rests there."""
        self._bar.hide()
        self._cancel.hide()
        self._say(message, details)
        self.actions_by_name["cancel"].setEnabled(False)

    def show_message(self, text: str) -> None:
        """Say something in passing; progress replaces it."""
        self._say(text)

    def _say(self, text: str, details: str = "") -> None:
        self._message.setText(text)
        self._message.setToolTip(f"<p>{escape(details)}</p>" if details else "")

    def show_trouble(self, text: str, why: str) -> None:
        """Say something that stays, whatever progress says, until it is over; empty: it is."""
        self._trouble.setText(text)
        self._trouble.setToolTip(why)
        self._trouble.setVisible(bool(text))

    @property
    def message(self) -> str:
        """What the strip says."""
        return self._message.text()

    def set_colours(self, colours: Colours) -> None:
        """Draw the actions' icons in the colours of a scheme."""
        for name in ("open", "folder", "fit", "actual-size", "window", "invert", "reset",
                     "attention", "next-unread"):  # fmt: skip
            self.actions_by_name[name].setIcon(icon(name, colours.text))

    def layout_state(self) -> dict[str, QByteArray]:
        """Return place, size and shares, for the next start."""
        return {"geometry": self.saveGeometry(), "splitter": self.splitter.saveState()}

    def restore_layout(self, state: dict[str, QByteArray]) -> None:
        """Take up what an earlier `layout_state` returned."""
        self.restoreGeometry(state.get("geometry", QByteArray()))
        self.splitter.restoreState(state.get("splitter", QByteArray()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt: everywhere in the window is as good."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: files were dropped."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in urls])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: the reader closes the window."""
        self.closing.emit(event)
