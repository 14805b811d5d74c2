"""A message in full, fit to be read and copied while work goes on beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class MessageDetails(QDialog):
    """The words of a message and what lies behind them; not modal."""

    def __init__(self, text: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Message"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QPlainTextEdit("\n\n".join(filter(None, (text, details))), self)
        self.words.setReadOnly(True)
        self.words.setAccessibleName(self.tr("The whole message"))
        flags = Qt.TextInteractionFlag
        self.words.setTextInteractionFlags(
            flags.TextSelectableByKeyboard | flags.TextSelectableByMouse
        )
        self.copy = QPushButton(self.tr("&Copy"), self)
        self.copy.setToolTip(self.tr("Copy the whole message"))
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.words.toPlainText())
        )
        self.leave = QPushButton(self.tr("Close"), self)
        self.leave.setToolTip(self.tr("Close this message (Esc)"))
        self.leave.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.words, 1)
        layout.addLayout(row)
        self.resize(560, 260)
        self.leave.setFocus()
