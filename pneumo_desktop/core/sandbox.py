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
START_SECONDS = 120.0
READY = None  # the child's first word


def read_film(path: Path) -> Film:
    """Read a film as `decode.read_film` does; only the child pays for loading the decoders."""
    from pneumo_desktop.core import decode  # noqa: PLC0415

    return decode.read_film(path)


class DecoderUnavailableError(Exception):
    """No decoding child can be started; the text says what to do."""


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
        self._awaited = self._interrupted = False
        self._pipe: Connection[Any, Any] | None = None

    def __call__(self, path: Path) -> Film:
        """Return `read(path)` of the child.

        Raises:
            FilmError: What `read` raised, or that the decoder crashed or took too long.
            DecoderUnavailableError: No child can be started here; the film is not to blame.
        """
        try:
            pipe = self._pipe or self._start()
            self._await_start(pipe)
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
        self._interrupted = True
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
            self._interrupted = False

    def _start(self) -> "Connection[Any, Any]":
        with self._starting:
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=serve, args=(self._read, theirs), daemon=True)
            process.start()
            self._pipe, self._process = ours, process
            self._awaited = True
        theirs.close()
        return ours

    def _await_start(self, pipe: "Connection[Any, Any]") -> None:
        """Wait for the child's first word, so that starting is not counted as decoding."""
        if not self._awaited:
            return
        try:
            started = pipe.poll(START_SECONDS) and pipe.recv() is READY
        except (EOFError, OSError):
            started = False
        self._awaited = False
        if not started:
            interrupted = self._interrupted
            self.close()
            if interrupted:
                raise EOFError
            raise DecoderUnavailableError(
                "The decoder cannot be started on this computer. Free some memory, start the "
                "program again, or install it again."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(read: Callable[[Path], Film], pipe: "Connection[Any, Any]") -> None:
    """Answer paths with films or exceptions until the other end of the pipe closes."""
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        pipe.send(READY)
        while True:
            path = pipe.recv()
            try:
                answer: Film | Exception = read(path)
            except MemoryError:
                text = "Decoding this film needs more memory than there is. Export it smaller."
                answer = FilmError(ReasonCode.TOO_LARGE, text)
            except Exception as error:  # noqa: BLE001 - it belongs to the caller
                answer = error
            pipe.send(answer)
