"""May the training program fetch what it lacks? Where from, how large, with which hash."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.core.training_job import Download, Place

MEGABYTE = 1e6


class DownloadQuestion(QFrame):
    """Asks; nothing is fetched before the reader says so.

    Signals:
        allowed: The reader wants it fetched.
        file_wanted: The reader has it as a file and wants to choose that.
    """

    allowed = Signal()
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fetch = QPushButton(self.tr("Fetch it and start"), self)
        self.fetch.setToolTip(self.tr("Fetch this file once over the network; it is kept here"))
        self.fetch.clicked.connect(self.allowed)
        self.choose = QPushButton(self.tr("Choose a file…"), self)
        self.choose.setToolTip(
            self.tr("Take the file from a disk, for a computer without a network")
        )
        self.choose.clicked.connect(self.file_wanted)
        row = QHBoxLayout()
        row.addWidget(self.fetch)
        row.addWidget(self.choose)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._words)
        layout.addLayout(row)

    def show_download(self, download: Download | None) -> None:
        """Ask about a download; hide where there is nothing to ask."""
        self.setVisible(download is not None)
        if download is None:
            return
        head = self.tr(
            "Training needs {what}, which is not on this computer. No film leaves it; the file "
            "would be fetched from the first of these that answers:"
        ).format(what=download.what)
        self._words.setText("\n".join((head, *map(self._place, download.places))))

    def _place(self, place: Place) -> str:
        size = self.tr("{size} MB").format(size=f"{place.size / MEGABYTE:.0f}")
        known = ", ".join(filter(None, (place.source, size if place.size else "", place.hash)))
        return f"• {known}"
