"""A first word to a new reader: what the program is, and the demo to try it on."""

import sys

from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.core.card_words import STANDING
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, translate, translated

LINES = (
    QT_TRANSLATE_NOOP(
        "Welcome",
        "Drop films, folders, ZIPs or discs onto the window. Each film is answered on this "
        "computer alone: Normal, Pneumonia, or Invalid with its reason. The highest "
        "suspicion comes first.",
    ),
    QT_TRANSLATE_NOOP(
        "Welcome",
        "You read the film and call it: normal, pneumonia, other abnormality or not diagnostic, "
        "with the buttons beside it or the keys that stand on them. Help lists all keys.",
    ),
    QT_TRANSLATE_NOOP(
        "Welcome",
        "Normal means that no pneumonia pattern was found. Other findings are not assessed.",
    ),
)


class Welcome(QDialog):
    """Shown once, beside the window; not modal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welcome to Pneumo Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.demo = QPushButton(self.tr("&Show the demo"), self)
        self.demo.setToolTip(self.tr("Open a second window with made-up films; yours is kept"))
        self.demo.setProperty("primary", "true")
        self.demo.clicked.connect(self._show_demo)
        self.skip = QPushButton(self.tr("S&kip"), self)
        self.skip.setToolTip(self.tr("Close this; Help, Welcome shows it again (Esc)"))
        self.skip.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        standing = QLabel(f"<b>{translated(STANDING)}</b>", self)
        standing.setWordWrap(True)
        layout.addWidget(standing)
        for line in LINES:
            label = QLabel(translate("Welcome", line), self)
            label.setWordWrap(True)
            layout.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addWidget(self.demo)
        layout.addStretch(1)
        layout.addLayout(row)
        self.resize(520, self.sizeHint().height())
        self.demo.setFocus()

    def _show_demo(self) -> None:
        start_demo()
        self.close()


def start_demo() -> None:
    """Open the demo in a process of its own, with a list of its own."""
    frozen = getattr(sys, "frozen", False)
    words = ["demo"] if frozen else ["-m", "pneumo_desktop", "demo"]
    QProcess.startDetached(sys.executable, words)
