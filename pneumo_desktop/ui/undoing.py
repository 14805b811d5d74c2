"""What the reader did, as steps that can be taken back and done again while the window is open.

A step holds stored facts, what stood on the case before and after, and takes nothing back that
another reader or program changed since. What was done stays after the window closed; only the
steps are forgotten, and with them whatever was erased.
"""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from pneumo_desktop.core.cases import Marks, Outcome, StoredCase
from pneumo_desktop.core.marks import taking_back
from pneumo_desktop.core.store import Erased
from pneumo_desktop.ui.desk import Desk


class Step(QUndoCommand):
    """A step that was done when it is put on the stack; one that fails drops off it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._done = True

    def redo(self) -> None:
        """Qt: do it again; the first time it is done already."""
        if not self._done:
            self._try(self._forwards)
        self._done = True

    def undo(self) -> None:
        """Qt: take it back."""
        self._try(self._backwards)
        self._done = False

    def _try(self, act: Callable[[], bool]) -> None:
        if not act():
            self.setObsolete(True)

    def _forwards(self) -> bool:
        raise NotImplementedError

    def _backwards(self) -> bool:
        raise NotImplementedError


class Marking(Step):
    """Marks of one case became others."""

    def __init__(self, text: str, desk: Desk, before: StoredCase, after: StoredCase) -> None:
        super().__init__(text)
        self._desk, self._id = desk, before.id
        self._before, self._after = before.marks, after.marks
        self._seen = after.outcome

    def _forwards(self) -> bool:
        return self._move(self._after, self._before)

    def _backwards(self) -> bool:
        return self._move(self._before, self._after)

    def _move(self, to: Marks, away: Marks) -> bool:
        """A call comes back only to the answer that it was made on."""
        seen: Outcome | None = self._seen if to.reading else None
        moved = self._desk.mark(self._id, taking_back(to, away), seen)
        if moved and not to.archived:
            self._desk.show_number(self._id)  # what changes is seen to change
        return moved is not None


class Erasing(Step):
    """A case was erased; until the window closes it can come back."""

    def __init__(self, text: str, desk: Desk, erased: list[Erased]) -> None:
        super().__init__(text)
        self._desk, self._erased = desk, erased

    def _forwards(self) -> bool:
        numbers = [one.row["id"] for one in self._erased]
        return bool(self._desk.erase(numbers))

    def _backwards(self) -> bool:
        return self._desk.restore(self._erased)
