"""Lines of progress on standard output, and nothing else there."""

import os
import sys
import threading
import time
from typing import BinaryIO

import msgspec
import msgspec.structs

from pneumo_desktop.core.training_job import Progress, encode_line

_HEARTBEAT = 1.0  # seconds without a line after which the last one is said again


class Voice:
    """Writes lines of progress, and the last one again where the job is silent for long."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._last = Progress("data", "Starting", 0.0)
        self._at = 0.0
        self._ended = threading.Event()

    def say(self, progress: Progress) -> None:
        """Write one line; figures are not said twice."""
        with self._lock:
            self._last = msgspec.structs.replace(progress, figures={})
            self._write(progress)

    def beat(self) -> None:
        """Keep a silent job audible until `end`."""
        while not self._ended.wait(_HEARTBEAT / 4.0):
            with self._lock:
                if time.monotonic() - self._at >= _HEARTBEAT and not self._ended.is_set():
                    self._write(self._last)

    def end(self, progress: Progress | None = None) -> None:
        """Write the last line, if any, and fall silent."""
        with self._lock:
            self._ended.set()
            if progress is not None:
                self._write(progress)

    def _write(self, progress: Progress) -> None:
        self._at = time.monotonic()
        try:
            self._out.write(encode_line(progress))
            self._out.flush()
        except (BrokenPipeError, ValueError):  # the window is gone; its end of input says finish
            self._ended.set()


def real_stdout() -> BinaryIO:
    """Keep standard output for ourselves; everybody else's goes to standard error, C++ included."""
    real = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    return real
