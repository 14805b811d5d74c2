"""From the reader's key or button to the desk: only a film in sight is called."""

from PySide6.QtCore import QObject, Signal

from pneumo_desktop.core.cases import Call
from pneumo_desktop.ui.desk import Desk
from pneumo_desktop.ui.film_loader import FilmLoader
from pneumo_desktop.ui.reading_panel import ReadingPanel

NOT_SHOWN_YET = "The film is not shown yet."


class ReaderCalls(QObject):
    """Passes calls on with the note beside them.

    Signals:
        told: Why a call was not passed on, in words.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, loader: FilmLoader, panel: ReadingPanel) -> None:
        super().__init__(panel)
        self._desk, self._loader, self._panel = desk, loader, panel

    def call(self, call: Call) -> None:
        """Call the film on view."""
        if self._may_call():
            self._desk.call(call, self._panel.note.text())

    def agree(self) -> None:
        """Call the film on view as the model does."""
        if self._may_call():
            self._desk.agree(self._panel.note.text())

    def _may_call(self) -> bool:
        """A film that is still loading is waited for; one that cannot be shown may be called."""
        if self._loader.loading:
            self.told.emit(NOT_SHOWN_YET)
        return not self._loader.loading
