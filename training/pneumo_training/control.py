"""What the user may ask of a running job, from another thread."""

import threading

from pneumo_desktop.core.training_job import Command
from pneumo_training.failure import Cancelled


class Control:
    """Takes commands; the job asks between steps."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._finish = threading.Event()
        self._cancel = threading.Event()

    def take(self, command: Command) -> None:
        """Obey `command` at the next step. Finish and cancel also end a pause."""
        if command == "pause":
            self._running.clear()
            return
        if command == "finish":
            self._finish.set()
        elif command == "cancel":
            self._cancel.set()
        self._running.set()

    @property
    def paused(self) -> bool:
        """True while the job is to wait."""
        return not self._running.is_set()

    @property
    def finishing(self) -> bool:
        """True where the job is to stop learning, keep the best so far, and go on to export."""
        return self._finish.is_set()

    def step(self) -> None:
        """Wait out a pause.

        Raises:
            Cancelled: The user wants nothing of this job any more.
        """
        self._running.wait()
        if self._cancel.is_set():
            raise Cancelled
