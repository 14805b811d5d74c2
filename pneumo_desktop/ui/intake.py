"""Films on their way in: from dropped paths to answers, without keeping the window waiting."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.cases import Outcome, Policy
from pneumo_desktop.core.discs import Aside, Item
from pneumo_desktop.core.files import search, whole_discs
from pneumo_desktop.core.screening import Reader, screen
from pneumo_desktop.core.tally import Tally
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.models import LoadClassifier
from pneumo_desktop.ui.terms import duration
from pneumo_desktop.ui.translation import PLURAL, QT_TRANSLATE_NOOP, counted, filled, translate
from pneumo_desktop.ui.wording import SEPARATOR

_FEW, _MANY = 2, 40  # names of other files that the strip and its tooltip can take
NOTHING_FOUND = QT_TRANSLATE_NOOP(
    "Intake",
    "No film found there. Drop DICOM, JPEG, PNG or TIFF films, or a folder, ZIP or disc of some.",
)


@dataclass(frozen=True, slots=True)
class Advance:
    """How far the films on their way in have come; `seconds` since the first was asked for.

    `remarks` say what came besides answers.
    """

    done: int
    total: int
    searching: bool
    seconds: float
    remarks: tuple[str, ...] = ()

    def words(self) -> str:
        """Return count, rate and time left."""
        if not self.done:
            found = translate("Intake", "Looking for films: %n found", "", PLURAL, self.total)
            return counted(found, self.total) if self.searching else translate("Intake", "Starting")
        rate = self.done / max(self.seconds, 1e-3)
        left = duration((self.total - self.done) / rate)
        more = translate("Intake", "%1 of %2 or more · %3 films/s · %4 left")
        all_found = translate("Intake", "%1 of %2 · %3 films/s · %4 left")
        words = (f"{self.done:,}", f"{self.total:,}", f"{rate:.1f}", left)
        return filled(more if self.searching else all_found, *words)

    def summary(self) -> str:
        """Return what came of it."""
        return SEPARATOR.join((self._outcome(), *self.remarks))

    def _outcome(self) -> str:
        if not self.total:
            return translate("Intake", NOTHING_FOUND)
        done = counted(translate("Intake", "%n file(s) answered", "", PLURAL, self.done), self.done)
        if self.done < self.total:
            return filled(translate("Intake", "Cancelled: %1 of %2"), done, f"{self.total:,}")
        return filled(translate("Intake", "%1 in %2"), done, duration(self.seconds))


class Intake(QObject):
    """Finds the films below the paths it is given and answers them, in order.

    One thread searches folders, another waits for the answers, which come from as many films at
    once as there are cores (`abreast`); paths added while both work come after the earlier ones.

    Signals:
        answered: A list of outcomes.
        advanced: An `Advance`.
        failed: The exception that kept films from being found or answered.
        cancelled: The films still to come are forgotten.
        finished: Everything asked for has been answered, or was cancelled; in words, and at length.
    """

    answered = Signal(list)
    advanced = Signal(Advance)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal(str, str)

    def __init__(self, load: LoadClassifier, policy: Policy, parent: QObject | None = None) -> None:
        """`load` is called in the worker, as often as films come; it keeps what it built."""
        super().__init__(parent)
        self._load = load
        self._policy = policy
        self._sandbox = Sandboxes(lanes())
        self._done = self._total = 0
        self._started = 0.0
        self._tally = Tally()
        self._search = Background("search", self)
        self._work = Background("screening", self)
        self._search.items.connect(self._found)
        self._work.items.connect(self._take)
        self._search.failed.connect(self.failed)
        self._work.failed.connect(self.failed)
        self._search.idle.connect(self._finish_when_idle)
        self._work.idle.connect(self._finish_when_idle)

    @property
    def busy(self) -> bool:
        """Whether films are on their way."""
        return self._search.busy or self._work.busy

    def add(self, paths: Sequence[Path]) -> None:
        """Answer these films and the films in these folders, ZIPs and discs."""
        if not self.busy:
            self._done = self._total = 0
            self._started = time.monotonic()
            self._tally = Tally()
        self._search.run(_searched(paths))
        self._tell()

    def use(self, load: LoadClassifier, policy: Policy) -> None:
        """Answer what is found from now on with another model or policy."""
        self._load, self._policy = load, policy

    def cancel(self) -> None:
        """Forget the films that are still to come."""
        self.cancelled.emit()
        self._search.cancel()
        self._work.cancel()
        self._retire_sandbox()
        self._tell_end()

    def shutdown(self) -> None:
        """End both threads and the decoding child; call from the window's end."""
        self._search.cancel()
        self._work.cancel()
        self._sandbox.interrupt()
        self._search.shutdown()
        self._work.shutdown()
        self._sandbox.close()

    def _retire_sandbox(self) -> None:
        """Make the pending film fail; later films get a child that was never interrupted."""
        old, self._sandbox = self._sandbox, Sandboxes(lanes())
        old.interrupt()
        self._work.run(_close(old))

    @Slot(list)
    def _found(self, items: list[Item]) -> None:
        for item in items:
            if isinstance(item, Aside):
                self._tally.set_aside(item.path)
        paths = [item for item in items if isinstance(item, Path)]
        self._total += len(paths)
        self._work.run(_answers(paths, self._sandbox, self._load, self._policy))
        self._tell()

    @Slot(list)
    def _take(self, outcomes: list[Outcome]) -> None:
        self._done += len(outcomes)
        for outcome in outcomes:
            self._tally.count(outcome)
        self.answered.emit(outcomes)
        self._tell()

    def _advance(self, names: int = _FEW) -> Advance:
        seconds = time.monotonic() - self._started
        remarks = tuple(filter(None, (self._tally.kinds(), self._tally.others(names))))
        return Advance(self._done, self._total, self._search.busy, seconds, remarks)

    def _tell(self) -> None:
        self.advanced.emit(self._advance())

    @Slot()
    def _finish_when_idle(self) -> None:
        if not self.busy:
            self._tell_end()

    def _tell_end(self) -> None:
        self.finished.emit(self._advance().summary(), self._advance(_MANY).summary())


def _searched(paths: Sequence[Path]) -> Iterator[Item]:
    yield from search(whole_discs(paths))


def _answers(
    paths: list[Path], read: Reader, load: LoadClassifier, policy: Policy
) -> Iterator[Outcome]:
    abreast = lanes() if len(paths) > 1 else 1
    yield from screen(paths, read, load(threads_of_each(abreast)), policy, abreast)


def _close(sandbox: Sandboxes) -> Iterator[object]:
    """End the children in the worker, which may have to wait for them."""
    sandbox.close()
    yield from ()
