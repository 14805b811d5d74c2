"""End what takes too long."""

import time
from collections.abc import Callable
from threading import Condition, Thread


class Watchdog:
    """Call `bite` once where a watch is not over in `seconds`.

    One thread serves all watches: to start one for each would take longer than to hand over a
    film. It sleeps through watches that end in time, and is woken only from idleness.
    """

    def __init__(self, bite: Callable[[], object], seconds: float) -> None:
        self._bite = bite
        self._seconds = seconds
        self._changed = Condition()
        self._deadline: float | None = None
        self._idle = self._ended = False
        Thread(target=self._run, name="watchdog", daemon=True).start()

    def watch(self) -> None:
        """Begin a watch."""
        with self._changed:
            self._deadline = time.monotonic() + self._seconds
            if self._idle:
                self._changed.notify()

    def rest(self) -> bool:
        """End the watch and return whether it was in time, that is, without a bite."""
        with self._changed:
            in_time = self._deadline is not None
            self._deadline = None
        return in_time

    def end(self) -> None:
        """Let the thread end."""
        with self._changed:
            self._ended = True
            self._deadline = None
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._ended:
                left = None if self._deadline is None else self._deadline - time.monotonic()
                if left is not None and left <= 0:
                    self._deadline = None
                    self._bite()
                    continue
                self._idle = left is None
                self._changed.wait(left)
