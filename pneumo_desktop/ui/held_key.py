"""A key that acts for as long as it is down."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent

_LET_GO = (QEvent.Type.MouseButtonPress, QEvent.Type.ApplicationStateChange)


class HeldKey(QObject):
    """Tells when an action's key goes down and when it comes up again.

    A QAction only knows that its key went down. It comes up somewhere: in whatever widget has the
    keys then, so the application is asked.

    Signals:
        pressed: The key went down, or the action was chosen in a menu.
        released: It came up, or the reader did something else.
    """

    pressed = Signal()
    released = Signal()

    def __init__(self, action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._held = False
        action.setAutoRepeat(False)
        action.triggered.connect(self._press)

    @Slot()
    def _press(self) -> None:
        application = QCoreApplication.instance()
        if application and not self._held:
            self._held = True
            application.installEventFilter(self)
            self.pressed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt: see the key come up; nothing is kept from anyone."""
        up = event.type() == QEvent.Type.KeyRelease
        if (up and isinstance(event, QKeyEvent) and not event.isAutoRepeat()) or (
            event.type() in _LET_GO
        ):
            self._release()
        return False

    def _release(self) -> None:
        application = QCoreApplication.instance()
        if application and self._held:
            self._held = False
            application.removeEventFilter(self)
            self.released.emit()
