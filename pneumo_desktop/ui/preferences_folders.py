"""The page of the preferences about folders: where the program keeps its data, what it watches."""

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.ui import dialogs

MOVED_HOW = (
    "Cases, settings, logs and added models lie here; only you may open it. To move it, close the "
    "program, move the folder, and set PNEUMO_HOME to its new place."
)
WATCHED_HOW = (
    "Films that lie or arrive here are answered, each once it is whole, and none twice, also after "
    "a restart."
)


class FoldersPage(QWidget):
    """Shows the data folder, and lets the reader choose the watched one."""

    def __init__(self, home: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = home
        self.data = self._field(str(home), self.tr("Data folder"))
        self.watched = self._field("", self.tr("Watched folder"))
        self.watched.setPlaceholderText(self.tr("None"))
        self.open_data = self._button(self.tr("&Open"), self.tr("Open it in the file manager"))
        self.open_data.clicked.connect(self._open)
        self.choose = self._button(self.tr("&Choose…"), self.tr("Choose the folder to watch"))
        self.choose.clicked.connect(self._choose)
        self.stop = self._button(self.tr("&Stop watching"), self.tr("Watch no folder"))
        self.stop.clicked.connect(lambda: self.show_watched(""))
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        self._add(layout, self.tr("Data folder"), self.tr(MOVED_HOW), (self.data, self.open_data))
        layout.addSpacing(16)
        watch = (self.watched, self.choose, self.stop)
        self._add(layout, self.tr("Watched folder"), self.tr(WATCHED_HOW), watch)
        layout.addStretch(1)

    def _field(self, text: str, name: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setReadOnly(True)
        field.setAccessibleName(name)
        return field

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _add(self, layout: QVBoxLayout, title: str, how: str, row: tuple[QWidget, ...]) -> None:
        explained = QLabel(how, self)
        explained.setWordWrap(True)
        explained.setProperty("role", "quiet")
        line = QHBoxLayout()
        for number, widget in enumerate(row):
            line.addWidget(widget, 0 if number else 1)
        layout.addWidget(QLabel(title, self))
        layout.addLayout(line)
        layout.addWidget(explained)

    def show_watched(self, folder: str) -> None:
        """Show the folder that is, or shall be, watched; empty: none."""
        self.watched.setText(folder)
        self.stop.setEnabled(bool(folder))

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home)))

    @Slot()
    def _choose(self) -> None:
        folder = dialogs.ask_folder(self, self.tr("Choose the folder to watch"))
        if folder:
            self.show_watched(str(folder))
