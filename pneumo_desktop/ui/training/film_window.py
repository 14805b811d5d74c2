"""One film large, in a window of its own: decoded in a child, as every untrusted file."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from pneumo_desktop.core.cases import Film, FilmError
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.image_view import ImageView
from pneumo_desktop.ui.translation import translated

SIZE = QSize(820, 760)


class FilmWindow(QDialog):
    """Shows a film from which others are learnt; the wheel zooms, the right button windows.

    Signals:
        shown: The film, or why it cannot be shown, has come.
    """

    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path, self._private = Path(), False
        self.view = ImageView(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._words)
        layout.addWidget(buttons)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        self._sandbox = Sandbox()
        self._work = Background("large-film", self, interval_ms=0)
        self._work.items.connect(self._show)

    @Slot(object)
    def show_path(self, path: Path) -> None:
        """Show the film at `path`."""
        self._path = path
        self._show_name()
        self.view.show_message("", self.tr("Loading the film…"))
        self._work.cancel()
        self._work.run(_read(path, self._sandbox))
        self.show()
        self.raise_()
        self.activateWindow()

    def set_private(self, *, on: bool) -> None:
        """Hide what the film is called."""
        self._private = on
        self._show_name()

    def _show_name(self) -> None:
        self.setWindowTitle(self.tr("Film") if self._private else self._path.name)
        self._words.setText("" if self._private else str(self._path))

    @Slot(list)
    def _show(self, items: list[Film | str]) -> None:
        film = items[-1]
        if isinstance(film, Film):
            self.view.show_film(film)
        else:
            self.view.show_message(self.tr("No picture"), film)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: closed; nothing more is to come."""
        super().hideEvent(event)
        self._work.cancel()

    def shutdown(self) -> None:
        """End thread and child; call from the window's end."""
        self._sandbox.interrupt()
        self._work.shutdown()
        self._sandbox.close()


def _read(path: Path, read: Sandbox) -> Iterator[Film | str]:
    try:
        yield read(path)
    except FilmError as error:
        yield translated(error.reason.text)
