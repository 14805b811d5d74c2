"""Up and Down go through the worklist; what needs them itself keeps them while it has the keys."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
)

_OWN = (QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QMenuBar)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class OwnArrows(QObject):
    """A window's event filter: no shortcut takes the arrows from fields, boxes and sliders.

    Qt asks the widget with the keys and then those around it whether a key is theirs
    (QEvent::ShortcutOverride); only text fields say so, and not of these two keys.
    """

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt: claim the arrows for a widget that has a use for them."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _ARROWS and isinstance(QApplication.focusWidget(), _OWN):
            event.accept()
            return True
        return False
