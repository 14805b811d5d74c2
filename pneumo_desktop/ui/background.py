"""Run plain iterators off the GUI thread and deliver their items as signals."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from pneumo_desktop.core.logs import log_failure

BATCH = 50
INTERVAL_MS = 20


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


_Inbox = deque[tuple[Event, object]]


class Background(QObject):
    """One worker thread that exhausts iterators, one after the other.

    Items are handed over in batches, with a pause in between that belongs to the reader: ten
    thousand answers must not keep a mouse click waiting. The worker receives a queue and a bound
    signal, so no QObject is ever destroyed by the wrong thread.

    Signals:
        items: A list of items, in the iterators' order.
        failed: The exception that ended a job; the next one runs all the same.
        idle: Every job has ended and been delivered.
    """

    items = Signal(list)
    failed = Signal(object)
    idle = Signal()
    _arrived = Signal()

    def __init__(
        self, name: str, parent: QObject | None = None, interval_ms: int = INTERVAL_MS
    ) -> None:
        """`interval_ms` is the pause between batches; 0 where single items are waited for."""
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._inbox: _Inbox = deque()
        self._cancelled = Event()
        self._pending = 0
        self._timer = QTimer(self, singleShot=True, interval=interval_ms)
        self._timer.timeout.connect(self._deliver)
        self._arrived.connect(self._wake)

    @property
    def busy(self) -> bool:
        """Whether a job runs, waits, or has items left to deliver."""
        return self._pending > 0

    def run(self, items: Iterator[object]) -> None:
        """Exhaust `items` after whatever was asked for before."""
        self._pending += 1
        self._executor.submit(_exhaust, items, self._cancelled, self._inbox, self._arrived)

    def cancel(self) -> None:
        """Stop every job after its present item; nothing more is heard of them."""
        self._cancelled.set()
        self._cancelled = Event()
        self._pending = 0

    def shutdown(self) -> None:
        """Cancel, then wait for the thread."""
        self.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)

    @Slot()
    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _deliver(self) -> None:
        batch: list[object] = []
        ends: list[_End] = []
        while self._inbox and len(batch) < BATCH:
            job, word = self._inbox.popleft()
            if job.is_set():
                continue  # a late word from a cancelled job
            if isinstance(word, _End):
                ends.append(word)
            else:
                batch.append(word)
        if self._inbox:
            self._timer.start()
        self._pending -= len(ends)
        self._tell(batch, ends)

    def _tell(self, batch: list[object], ends: list[_End]) -> None:
        if batch:
            self.items.emit(batch)
        for end in ends:
            if end.error is not None:
                self.failed.emit(end.error)
        if ends and not self.busy:
            self.idle.emit()


def _exhaust(
    items: Iterator[object], cancelled: Event, inbox: _Inbox, arrived: SignalInstance
) -> None:
    end = _End()
    try:
        while not cancelled.is_set():
            inbox.append((cancelled, next(items)))
            arrived.emit()
    except StopIteration:
        pass
    except Exception as error:  # noqa: BLE001 - delivered, never swallowed
        log_failure("a worker failed", error)
        end = _End(error)
    inbox.append((cancelled, end))
    arrived.emit()
