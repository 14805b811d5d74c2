"""Unread films labelled at another threshold, without keeping the window waiting."""

import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.relabel import CardOf, Relabelled
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.intake import Advance


class Relabeller(QObject):
    """Labels in a thread with a store of its own; another threshold meanwhile begins anew.

    Signals:
        advanced: An `Advance`.
        failed: The exception that ended it; the films done keep their new label.
        finished: It is done, or was cancelled; in words, empty where there was nothing to do.
    """

    advanced = Signal(Advance)
    failed = Signal(object)
    finished = Signal(str)

    def __init__(self, path: Path, card_of: CardOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._card_of = path, card_of
        self._done, self._policy, self._started = Relabelled(0, 0), Policy(), 0.0
        self._blind = False
        self._work = Background("relabel", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self.failed)
        self._work.idle.connect(self._finish)

    @property
    def busy(self) -> bool:
        """Whether films are being labelled."""
        return self._work.busy

    def run(self, policy: Policy, initials: str, *, blind: bool = False) -> None:
        """Label every unread film under `policy`; a `blind` reader is not told how many changed."""
        self._work.cancel()
        self._blind = blind
        self._done, self._policy, self._started = Relabelled(0, 0), policy, time.monotonic()
        self._work.run(_labels(self._path, initials, self._card_of, policy))

    def cancel(self) -> None:
        """Stop after the films at hand; the rest keeps its label."""
        if self.busy:
            self._work.cancel()
            self._finish()

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
        films = self.tr("film") if count == 1 else self.tr("films")
        threshold = f"{100 * self._policy.threshold:g}"
        words = self.tr("%s unread %s labelled at %s %%") % (f"{count:,}", films, threshold)
        if not self._blind:
            words += self.tr(", %s of them otherwise than before") % f"{done.changed:,}"
        if done.left:
            words += self.tr("; %s left, their model is not installed") % f"{done.left:,}"
        if done.done < done.total:
            words += self.tr("; cancelled, %s still to do") % f"{done.total - done.done:,}"
        self.finished.emit(f"{words}.")


def _labels(path: Path, initials: str, card_of: CardOf, policy: Policy) -> Iterator[Relabelled]:
    with CaseStore(path, initials) as store:
        yield from store.relabel(card_of, policy)
