"""A reader's hands at the real window, and a camera, for the page "A morning's list"."""

# ruff: noqa: S101 - a script of the developers

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit

from pneumo_desktop.core.cases import Case
from pneumo_desktop.ui.app import Workplace

SIZE = (1280, 720)
COLOURS = 160
MOST_BYTES = 200_000
PATIENCE_MS = 60_000
NO_KEY = Qt.KeyboardModifier.NoModifier
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton


class Morning:
    """A reader's hands at the window, and the camera."""

    def __init__(self, workplace: Workplace, films: Path) -> None:
        self.workplace, self.films = workplace, films
        self.window, self.filter = workplace.window, workplace.queue.filter

    def wait(self, until: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
        """Let the window live until something holds."""
        loop, timer = QEventLoop(), QTimer(interval=20)
        timer.timeout.connect(lambda: loop.quit() if until() else None)
        timer.start()
        QTimer.singleShot(patience_ms, loop.quit)
        loop.exec()
        timer.stop()
        assert until(), "The window took too long."

    def settle(self) -> None:
        """Wait until nothing is answered, loaded or read ahead."""
        place = self.workplace
        self.wait(lambda: not (place.intake.busy or place.export.busy or place.loader.reading))
        self.wait(lambda: not (place.loader.loading or place.loader_beside.loading))
        QTest.qWait(150)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key and wait for what it does."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow)
        QTest.keyClick(self.window, key, modifier)
        self.settle()

    def drop(self) -> None:
        """Drop the folder onto the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self.films))])
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(self.window, kind(QPoint(200, 300), COPY, mime, LEFT, NO_KEY))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(200, 300), COPY, mime, LEFT, NO_KEY))

    def open(self, name: str) -> None:
        """Go to the film in a file of this name."""
        for stored in self.workplace.queue.cases():
            outcome = stored.outcome
            if isinstance(outcome, Case) and outcome.path.name == f"{name}.dcm":
                self.workplace.desk.show_number(stored.id)
        self.settle()

    def narrow(self, box: QComboBox, value: object) -> None:
        """Choose in one of the filters; None shows all."""
        box.setCurrentIndex(box.findData(value))
        self.settle()

    def answer_file_dialog(self, name: str) -> None:
        """Type a name into the file dialog that comes next, and accept it."""

        def type_name() -> None:
            dialog = QApplication.activeModalWidget()
            line = dialog.findChild(QLineEdit) if isinstance(dialog, QFileDialog) else None
            if isinstance(dialog, QFileDialog) and isinstance(line, QLineEdit):
                timer.stop()
                line.setText(name)
                dialog.accept()

        timer = QTimer(self.window, interval=20)
        timer.timeout.connect(type_name)
        timer.start()

    def photograph(self, picture: Path) -> None:
        """Save the window as a PNG file of few colours, small enough for a page."""
        self.window.grab().save(str(picture))
        with Image.open(picture) as taken:
            plain = Image.Dither.NONE
            few = taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, 1, None, plain)
        few.save(picture, optimize=True)
        assert picture.stat().st_size < MOST_BYTES, f"{picture.name} is too large"
