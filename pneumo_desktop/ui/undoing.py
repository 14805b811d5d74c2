"""What the reader did, as steps that can be taken back and done again while the window is open.

A step holds stored facts, what stood on the case before and after, and takes nothing back that
another reader or program changed since. What was done stays after the window closed; only the
steps are forgotten, and with them whatever was erased.
"""

from collections.abc import Callable, Sequence

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
    """Marks of cases became others."""

    def __init__(
        self, text: str, desk: Desk, marked: Sequence[tuple[StoredCase, StoredCase]]
    ) -> None:
        """`marked` holds each case before and after."""
        super().__init__(text)
        self._desk = desk
        self._steps = [(after.outcome, before.marks, after.marks, after.id)
                       for before, after in marked]  # fmt: skip

    def _forwards(self) -> bool:
        return self._move([(seen, after, before, n) for seen, before, after, n in self._steps])

    def _backwards(self) -> bool:
        return self._move(self._steps)

    def _move(self, steps: Sequence[tuple[Outcome, Marks, Marks, int]]) -> bool:
        """Give each case the first marks for the second.

        A call comes back only to the answer that it was made on.
        """
        moved = self._desk.mark_all(
            [(n, taking_back(to, away), seen if to.reading else None)
             for seen, to, away, n in steps]
        )  # fmt: skip
        listed = [after.id for _, after in moved if not after.archived]
        if listed:
            self._desk.show_number(listed[0])  # what changes is seen to change
        return bool(moved)


class Erasing(Step):
    """Cases were erased; until the window closes they can come back."""

    def __init__(self, text: str, desk: Desk, erased: list[Erased]) -> None:
        super().__init__(text)
        self._desk, self._erased = desk, erased

    def _forwards(self) -> bool:
        numbers = [one.row["id"] for one in self._erased]
        return bool(self._desk.erase(numbers))

    def _backwards(self) -> bool:
        return self._desk.restore(self._erased)
