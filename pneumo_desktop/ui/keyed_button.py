"""A button for an action, with the key that does the same at present."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget


def keyed_button(action: QAction, parent: QWidget, name: str = "") -> QPushButton:
    """Return a button called `name`, else as the action; it follows the reader's own keys."""
    button = QPushButton(parent)
    said = name or action.text().replace("&", "").replace("…", "")
    button.setAccessibleName(said)

    def follow() -> None:
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setText(f"{said}  {key}".rstrip())
        button.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return button
