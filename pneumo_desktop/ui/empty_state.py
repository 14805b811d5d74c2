"""What an empty place says: why it is empty and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.ui.action_spec import plain


class EmptyState(QWidget):
    """A headline, a sentence and buttons for what can be done about it."""

    def __init__(
        self, headline: str, sentence: str, actions: tuple[QAction, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        title, text = QLabel(headline, self), QLabel(sentence, self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        title.setFont(font)
        text.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (title, text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        for action in actions:
            button = QPushButton(plain(action.text()), self)
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
