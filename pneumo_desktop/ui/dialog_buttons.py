"""The buttons at a dialog's foot, which do what they say."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox

_BUTTON = QDialogButtonBox.StandardButton


def ok_or_cancel(dialog: QDialog) -> QDialogButtonBox:
    """Return buttons that accept or reject a dialog."""
    buttons = QDialogButtonBox(_BUTTON.Ok | _BUTTON.Cancel, dialog)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def close_only(dialog: QDialog) -> QDialogButtonBox:
    """Return a button that closes a dialog."""
    buttons = QDialogButtonBox(_BUTTON.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    return buttons
