"""Buttons for actions, named and explained as these are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from pneumo_desktop.ui.action_spec import plain

ICON_SIZE = QSize(20, 20)


def keyed_button(action: QAction, parent: QWidget, name: str = "") -> QPushButton:
    """Return a button called `name`, else as the action; it follows the reader's own keys."""
    button = QPushButton(parent)
    said = name or plain(action.text())
    button.setAccessibleName(said)

    def follow() -> None:
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setText(f"{said}  {key}".rstrip())
        button.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return button


def tool_button(action: QAction, parent: QWidget) -> QToolButton:
    """Return a button that shows the action's icon."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setIconSize(ICON_SIZE)
    finish_tool(button, action.text())
    return button


def finish_tool(button: QWidget, text: str) -> None:
    """Name a tool for screen readers, and let the keyboard alone give it the keys."""
    button.setAccessibleName(plain(text))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
