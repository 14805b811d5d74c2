"""The tabs, with the message bar in the room that they leave free beside them."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from pneumo_desktop.ui.message_bar import MessageBar

GAP = 16


class Pages(QTabWidget):
    """Tabs whose row holds `messages`: to say something moves nothing and covers no film.

    Where a film is alone on the screen, there is no such row: messages lie over it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.messages = MessageBar(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the row is wider or narrower."""
        super().resizeEvent(event)
        self._place()

    def tabInserted(self, index: int) -> None:  # noqa: N802 - Qt's own name
        """Qt: the tabs take more of the row."""
        super().tabInserted(index)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: font or style may be another."""
        super().changeEvent(event)
        self._place()

    def set_alone(self, *, alone: bool) -> None:
        """Hide the tabs, so that messages lie over the page's upper edge, or show them again."""
        self.tabBar().setHidden(alone)
        self.messages.pass_by()
        self._place()

    def _place(self) -> None:
        taken = 4 if self.tabBar().isHidden() else self.tabBar().sizeHint().width() + GAP
        self.messages.setGeometry(
            taken, 0, max(self.width() - taken - 4, 1), self.tabBar().sizeHint().height()
        )
        self.messages.raise_()
