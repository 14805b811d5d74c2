"""Unread films labelled at another threshold, without keeping the window waiting."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.relabel import CardOf, Relabelled
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.intake import Advance
from pneumo_desktop.ui.translation import counted


@dataclass(frozen=True, slots=True)
class Relabelling:
    """What is asked for: from the policy `old` to another; a `blind` reader is told no counts."""

    policy: Policy
    old: Policy
    initials: str = ""
    blind: bool = False


class Relabeller(QObject):
    """Labels in a thread with a store of its own; another threshold meanwhile begins anew.

    Signals:
        advanced: An `Advance`.
        failed: The exception that ended it; it is gone on with at the next start.
        finished: It is done; in words, empty where there was nothing to do.
        cancelled: The policy to go back to, lest the list be of two thresholds.
    """

    advanced = Signal(Advance)
    failed = Signal(object)
    finished = Signal(str)
    cancelled = Signal(object)

    def __init__(self, path: Path, card_of: CardOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._card_of = path, card_of
        self._done, self._started = Relabelled(0, 0), 0.0
        self._asked = Relabelling(Policy(), Policy())
        self._work = Background("relabel", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self.failed)
        self._work.idle.connect(self._finish)

    @property
    def busy(self) -> bool:
        """Whether films are being labelled."""
        return self._work.busy

    def run(self, asked: Relabelling) -> None:
        """Label every unread film anew."""
        self._work.cancel()
        self._done, self._asked, self._started = Relabelled(0, 0), asked, time.monotonic()
        self._work.run(_labels(self._path, self._card_of, asked))

    @Slot()
    def cancel(self) -> None:
        """Stop after the films at hand, and ask for the way back; there may be none."""
        if self.busy and self._asked.policy != self._asked.old:
            self._work.cancel()
            self.cancelled.emit(self._asked.old)

    def shutdown(self) -> None:
        """End the thread; call before the store closes."""
        self._work.shutdown()

    @Slot(list)
    def _take(self, steps: list[Relabelled]) -> None:
        self._done = steps[-1]
        seconds = time.monotonic() - self._started
        self.advanced.emit(Advance(self._done.done, self._done.total, False, seconds))  # noqa: FBT003 - no search

    @Slot()
    def _finish(self) -> None:
        done = self._done
        if not done.total:
            self.finished.emit("")
            return
        count = done.done - done.left
        words = counted(self.tr("%n unread film(s) labelled", "", count), count)
        words += self.tr(" at %1 %").replace("%1", f"{100 * self._asked.policy.threshold:g}")
        if not self._asked.blind:
            changed = self.tr(", %n of them otherwise than before", "", done.changed)
            words += counted(changed, done.changed)
        if done.left:
            left = self.tr("; %n left, their model is not installed", "", done.left)
            words += counted(left, done.left)
        self.finished.emit(f"{words}.")


def _labels(path: Path, card_of: CardOf, asked: Relabelling) -> Iterator[Relabelled]:
    with CaseStore(path, asked.initials) as store:
        yield from store.relabel(card_of, asked.policy, asked.old)
