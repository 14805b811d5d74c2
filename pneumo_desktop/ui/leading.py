"""Who chose the film on view: the list, or the reader."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pneumo_desktop.core.cases import StoredCase


class Leading(QObject):
    """Lets the head of the list lead the view while films come in, until the reader chooses.

    From then on nothing moves under the reader's eyes; the same once the films are all in.

    Signals:
        due: Another film may be at the head of the list by now.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._leads = self._chosen = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # not while the list is changing
        self._soon.timeout.connect(self._look)

    def settled(self, on_view: StoredCase | None) -> bool:
        """Return whether the reader chose the film on view; where there is none, nothing is."""
        return self._chosen and on_view is not None

    def begin(self, on_view: StoredCase | None) -> None:
        """Let the list lead, unless the reader chose the film on view."""
        self._chosen = self.settled(on_view)
        self._leads = not self._chosen

    @Slot()
    def settle(self) -> None:
        """Leave the film on view to the reader."""
        self._leads, self._chosen = False, True

    @Slot()
    def look_soon(self) -> None:
        """See about the head of the list once it stands."""
        if self._leads:
            self._soon.start()

    @property
    def leads(self) -> bool:
        """Whether the list chooses."""
        return self._leads

    @Slot()
    def _look(self) -> None:
        if self._leads:
            self.due.emit()
