"""Run a function in a child process that may crash or hang without taking us along.

Native image decoders read untrusted files. A segmentation fault in one must cost one film, so
decoding happens behind a pipe, and after a fault a fresh child takes the next film.
"""

from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, Self

from pneumo_desktop.core.cases import Film, FilmError, ReasonCode

_SPAWN = get_context("spawn")  # fork would copy Qt's threads and locks
TIMEOUT_SECONDS = 30.0


def read_film(path: Path) -> Film:
    """Read a film as `decode.read_film` does; only the child pays for loading the decoders."""
    from pneumo_desktop.core import decode  # noqa: PLC0415

    return decode.read_film(path)


class Sandbox:
    """Call `read` in a child process; a reader like the one it wraps.

    One owner, one film at a time, so that a crash always has exactly one culprit.
    """

    def __init__(
        self, read: Callable[[Path], Film] = read_film, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._read = read
        self._timeout = timeout
        self._starting = Lock()
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def __call__(self, path: Path) -> Film:
        """Return `read(path)` of the child.

        Raises:
            FilmError: What `read` raised, or that the decoder crashed or took too long.
        """
        try:
            pipe = self._pipe or self._start()
            pipe.send(path)
            answered = pipe.poll(self._timeout)
            answer = pipe.recv() if answered else None
        except (EOFError, OSError) as error:
            self.close()
            text = "Decoding this file crashed. The file is probably damaged; export it again."
            raise FilmError(ReasonCode.CRASHED, text) from error
        if answer is None:
            self.close()
            text = f"Decoding took longer than {self._timeout:g} seconds. Export the film again."
            raise FilmError(ReasonCode.TIMEOUT, text)
        if isinstance(answer, Exception):
            raise answer
        film: Film = answer
        return film

    def warm_up(self) -> None:
        """Start the child before the first film needs it."""
        if self._pipe is None:
            self._start()

    def interrupt(self) -> None:
        """Make the pending film fail at once; the only method safe from another thread."""
        with self._starting:  # a child that is just being started can be killed only after it
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Kill the child; the next film starts a fresh one."""
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._pipe = None

    def _start(self) -> "Connection[Any, Any]":
        with self._starting:
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=serve, args=(self._read, theirs), daemon=True)
            process.start()
            self._pipe, self._process = ours, process
        theirs.close()
        return ours

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(read: Callable[[Path], Film], pipe: "Connection[Any, Any]") -> None:
    """Answer paths with films or exceptions until the other end of the pipe closes."""
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            path = pipe.recv()
            try:
                answer: Film | Exception = read(path)
            except Exception as error:  # noqa: BLE001 - it belongs to the caller
                answer = error
            pipe.send(answer)
