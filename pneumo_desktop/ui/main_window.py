"""The window's frame: menus, banner, tabs with the message bar, and the strip at the foot."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.ui.actions import MENUS, SPECS, Actions, make_actions
from pneumo_desktop.ui.arrow_keys import OwnArrows
from pneumo_desktop.ui.icons import icon
from pneumo_desktop.ui.message_bar import Action
from pneumo_desktop.ui.pages import Pages
from pneumo_desktop.ui.strip import Strip
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.translation import translate

FILM_MENUS, TRAINING_MENU = ("Film", "Reading"), "Training"
READING_SHARES = (6, 7, 4)  # worklist, film, case
READING_GROWTH = (1, 2, 0)  # who gets the room of a larger window

FRAME = QSize(16, 40)  # room for the title bar and borders that the desktop draws around it


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
        self.addActions(list(self.actions_by_name.values()))  # keys work also without the menus
        self.installEventFilter(OwnArrows(self))
        self._back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._back.activated.connect(lambda: self.actions_by_name["film-alone"].setChecked(False))
        self._back.setEnabled(False)
        self.tabs = Pages(self)
        self.tabs.currentChanged.connect(self._enable_film_actions)
        for action in self.actions_by_name.values():
            if not action.isCheckable():  # those speak before they are said to be triggered
                action.triggered.connect(self.tabs.messages.pass_by)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(4)
        self.strip = Strip(self.actions_by_name["cancel"], self)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._banners = [self._make_banner(text) for text in (banner,) if text]
        for label in self._banners:
            layout.addWidget(label)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.strip)
        self.setCentralWidget(body)
        room = self.screen().availableSize() - FRAME
        self.resize(QSize(1360, 820).boundedTo(room))

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
            menu = menus.get(spec.menu) or self.menuBar().addMenu(
                translate("Menus", MENUS[spec.menu])
            )
            menus[spec.menu] = menu
            if spec.group or spec.name in {"quit", "system"}:
                menu.addSeparator()
            menu.addAction(self.actions_by_name[spec.name])

    def add_menu(self, menu: QMenu, after: str) -> None:
        """Put a submenu behind the action of a name."""
        action = self.actions_by_name[after]
        for owner in self.menuBar().findChildren(QMenu):
            if action in owner.actions():
                owner.insertMenu(owner.actions()[owner.actions().index(action) + 1], menu)

    @Slot()
    def _enable_film_actions(self) -> None:
        """Only while films are in sight may a key call one; so with the pages of training."""
        reading = self.tabs.currentWidget() is self.splitter
        for spec in SPECS:
            if spec.menu in (*FILM_MENUS, TRAINING_MENU):
                self.actions_by_name[spec.name].setEnabled(reading is (spec.menu in FILM_MENUS))

    def _make_banner(self, text: str) -> QLabel:
        banner = QLabel(text, self)
        banner.setProperty("role", "banner")
        banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return banner

    def show_message(self, text: str, action: Action | None = None, details: str = "") -> None:
        """Say something that blocks nothing; see `MessageBar.show_message`."""
        self.tabs.messages.show_message(text, action, details)

    @property
    def message(self) -> str:
        """What the window says at present, in passing or of its progress."""
        return self.tabs.messages.text or self.strip.message

    def set_colours(self, colours: Colours) -> None:
        """Draw the actions' icons in the colours of a scheme."""
        for name in ("open", "folder", "fit", "actual-size", "region", "window", "invert",
                     "rotate-right", "flip-sideways", "ruler", "compare", "reset", "attention",
                     "next-unread"):  # fmt: skip
            self.actions_by_name[name].setIcon(icon(name, colours.text))

    def show_film_alone(self, alone: bool) -> None:  # noqa: FBT001 - a toggled action
        """Give all of the screen to the film, or put everything back as it was."""
        self._back.setEnabled(alone)
        for widget in (self.menuBar(), self.strip, *self._banners):
            widget.setVisible(not alone)
        self.tabs.set_alone(alone=alone)
        for number in (0, 2):  # worklist and case
            if panel := self.splitter.widget(number):
                panel.setVisible(not alone)
        state = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | state if alone else self.windowState() & ~state)

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
