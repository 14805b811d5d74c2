"""Which earlier film stands beside the one on view."""

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.cases import StoredCase

NO_PRIOR = (
    "No earlier film of this patient is in the list. Patients are the same where PatientID, its "
    "issuer and the birth date are."
)


class Comparison(QObject):
    """Chooses among the priors of the case on view; shows the latest first.

    Signals:
        offered: The case on view and its priors, the latest first.
        shown: The prior that stands beside it; None where none does.
        told: Why there is nothing to compare with, in words.
        ended: There is nothing to compare with.
    """

    offered = Signal(object, list)
    shown = Signal(object)
    told = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._priors: list[StoredCase] = []
        self._number = 0
        self._wanted = False

    def show_case(self, stored: StoredCase | None, priors: list[StoredCase]) -> None:
        """Take up another case."""
        self._priors, self._number = priors, 0
        self.offered.emit(stored, priors)
        if self._wanted and not priors:
            self._wanted = False
            self.ended.emit()
        self._show()

    @Slot(bool)
    def compare(self, wanted: bool) -> None:  # noqa: FBT001 - a toggled action
        """Show a prior beside the film, or none."""
        if wanted and not self._priors:
            self.told.emit(NO_PRIOR)
            self.ended.emit()
            return
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    @Slot(int)
    def choose(self, number: int) -> None:
        """Show one of the priors offered, counted from the latest."""
        if 0 <= number < len(self._priors) and number != self._number:
            self._number = number
            self._show()

    @Slot()
    def choose_next(self) -> None:
        """Show the prior made before the one beside, after the earliest the latest."""
        if self._wanted and self._priors:
            self._number = (self._number + 1) % len(self._priors)
            self._show()

    @property
    def number(self) -> int:
        """Which of the priors is meant, counted from the latest."""
        return self._number

    def _show(self) -> None:
        self.shown.emit(self._priors[self._number] if self._wanted else None)
