"""Which film stands beside the one on view."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.cases import StoredCase

NO_OTHER = (
    "No earlier film of this patient is in the list. To put any two films side by side, choose "
    "their rows (Ctrl and click). Patients are the same where PatientID, its issuer and the birth "
    "date are."
)


class Why(Enum):
    """Why a film is offered."""

    CHOSEN = auto()  # the reader chose its row too
    EARLIER = auto()
    STUDY = auto()  # another film of the same study


@dataclass(frozen=True, slots=True)
class Other:
    """A film that may stand beside."""

    stored: StoredCase
    why: Why


class Comparison(QObject):
    """Chooses among the films offered beside the case on view; shows the first of them first.

    Signals:
        offered: The case on view and a list of `Other`.
        shown: The film that stands beside it; None where none does.
        told: Why there is nothing to compare with, in words.
        ended: There is nothing to compare with.
    """

    offered = Signal(object, list)
    shown = Signal(object)
    told = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._others: list[Other] = []
        self._number = 0
        self._wanted = False

    def show_case(self, stored: StoredCase | None, others: list[Other]) -> None:
        """Take up another case."""
        self._others, self._number = others, 0
        self.offered.emit(stored, others)
        if self._wanted and not others:
            self._wanted = False
            self.ended.emit()
        self._show()

    @Slot(bool)
    def compare(self, wanted: bool) -> None:  # noqa: FBT001 - a toggled action
        """Show another film beside the one on view, or none."""
        if wanted and not self._others:
            self.told.emit(NO_OTHER)
            self.ended.emit()
            return
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    @Slot(int)
    def choose(self, number: int) -> None:
        """Show one of the films offered, counted from the first."""
        if 0 <= number < len(self._others) and number != self._number:
            self._number = number
            self._show()

    @Slot()
    def choose_next(self) -> None:
        """Show the one offered after the one beside, after the last the first."""
        if self._wanted and self._others:
            self._number = (self._number + 1) % len(self._others)
            self._show()

    @property
    def number(self) -> int:
        """Which of the films offered is meant, counted from the first."""
        return self._number

    def _show(self) -> None:
        self.shown.emit(self._others[self._number].stored if self._wanted else None)
