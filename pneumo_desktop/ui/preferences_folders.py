"""The page of the preferences about places: of the data, the watched films, and Python."""

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

MOVED_HOW = QT_TRANSLATE_NOOP(
    "FoldersPage",
    "Cases, settings, logs and added models lie here; only you may open it. To move it, close the "
    "program, move the folder, and set PNEUMO_HOME to its new place.",
)
WATCHED_HOW = QT_TRANSLATE_NOOP(
    "FoldersPage",
    "Films that lie or arrive here are answered, each once it is whole, and none twice, also after "
    "a restart.",
)
PYTHON_HOW = QT_TRANSLATE_NOOP(
    "FoldersPage",
    "Training needs TensorFlow. Where another Python has it, name its program here, such as "
    "/opt/train/bin/python; it is asked what it has before each training.",
)


class FoldersPage(QWidget):
    """Shows the data folder, and lets the reader choose the watched one and what trains."""

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
        self.python = QLineEdit(self)
        self.python.setAccessibleName(self.tr("Python for training"))
        self.python.setPlaceholderText(self.tr("Found by itself"))
        self.python.setToolTip(self.tr("The path of a python program; empty: found by itself"))
        self.choose_python = self._button(self.tr("C&hoose…"), self.tr("Choose a Python program"))
        self.choose_python.clicked.connect(self._choose_python)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        self._add(
            layout,
            self.tr("Data folder"),
            translate("FoldersPage", MOVED_HOW),
            (self.data, self.open_data),
        )
        layout.addSpacing(16)
        watch = (self.watched, self.choose, self.stop)
        self._add(layout, self.tr("Watched folder"), translate("FoldersPage", WATCHED_HOW), watch)
        layout.addSpacing(16)
        train = (self.python, self.choose_python)
        self._add(
            layout, self.tr("Python for training"), translate("FoldersPage", PYTHON_HOW), train
        )
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

    def show_python(self, program: str) -> None:
        """Show the Python that trains; empty: it is looked for."""
        self.python.setText(program)

    @Slot()
    def _choose_python(self) -> None:
        program = dialogs.ask_file(self, self.tr("Choose the Python to train with"))
        if program:
            self.show_python(str(program))

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home)))

    @Slot()
    def _choose(self) -> None:
        folder = dialogs.ask_folder(self, self.tr("Choose the folder to watch"))
        if folder:
            self.show_watched(str(folder))
