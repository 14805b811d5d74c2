"""Run a function in a child process that may crash or hang without taking us along.

Native image decoders read untrusted files. A segmentation fault in one must cost one film, so
decoding happens behind a pipe, and after a fault a fresh child takes the next film. What the
child says is plain data and checked (`handover`), what it may use is limited (`sandbox_child`).
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, Self

from pneumo_desktop.core import handover, sandbox_child
from pneumo_desktop.core.cases import Film, FilmError, Reason, ReasonCode
from pneumo_desktop.core.handover import Answer, Failure, RubbishError, Trouble
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.watchdog import Watchdog

_SPAWN = get_context("spawn")  # fork would copy Qt's threads and locks
_log = logging.getLogger(__name__)
TIMEOUT_SECONDS = 30.0
START_SECONDS = 120.0
END_SECONDS = 5.0  # a child that waits for a dead network share may not even be killed
CRASHED = QT_TRANSLATE_NOOP(
    "Reasons", "Decoding this file crashed. The file is probably damaged; export it again."
)
TIMEOUT = QT_TRANSLATE_NOOP(
    "Reasons",
    "Decoding this film took longer than {seconds:g} seconds: the file is damaged, or its drive "
    "does not answer. Copy it to this computer and add it again.",
)
TOO_LARGE = QT_TRANSLATE_NOOP(
    "Reasons", "Decoding this film needs more memory than there is. Export it smaller."
)
_NO_CHILD = QT_TRANSLATE_NOOP(
    "Failures",
    "The decoder cannot be started on this computer. Free some memory, start the program again, "
    "or install it again.",
)


def read_film(path: Path) -> Film:
    """Read a film as `decode.read_film` does; only the child pays for loading the decoders."""
    from pneumo_desktop.core import decode  # noqa: PLC0415

    return decode.read_film(path)


class DecoderUnavailableError(Exception):
    """No decoding child can be started; the text says what to do."""


class _FaultError(FilmError):
    """The child failed, perhaps from what an earlier film did to it."""


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
        self._watchdog: Watchdog
        self._awaited = self._used = self._interrupted = False
        self._pipe: Connection[Any, Any] | None = None

    def __call__(self, path: Path) -> Film:
        """Return `read(path)` of the child.

        A film on which a used child fails is tried again in a fresh one: the film before may
        have broken it.

        Raises:
            FilmError: What `read` raised, or that the decoder crashed, took too long or too much.
            DecoderUnavailableError: No child can be started here; the film is not to blame.
        """
        self._discard_spoilt()
        used = self._used
        try:
            return self._ask(path)
        except _FaultError:
            if not used or self._interrupted:
                raise
        return self._ask(path)

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
            self._watchdog.end()
            self._process.kill()
            self._process.join(END_SECONDS)
            self._pipe = None
            self._interrupted = False

    def _discard_spoilt(self) -> None:
        """Part with a child that died, or spoke without being asked, since its last film."""
        if self._pipe is None or self._awaited:
            return
        try:
            spoilt = self._pipe.poll()
        except (EOFError, OSError):
            spoilt = True
        if spoilt:
            self.close()

    def _ask(self, path: Path) -> Film:
        try:
            pipe = self._pipe or self._start()
            self._await_start(pipe)
            answer = self._answer(pipe, path)
        except (EOFError, OSError, RubbishError) as error:
            raise self._fault(ReasonCode.CRASHED, CRASHED) from error
        except MemoryError:  # here, not in the child
            raise self._fault(ReasonCode.TOO_LARGE, TOO_LARGE) from None
        if answer is None:
            self.close()
            raise FilmError(ReasonCode.TIMEOUT, TIMEOUT.format(seconds=self._timeout))
        self._used = True
        return self._film(answer, path)

    def _answer(self, pipe: "Connection[Any, Any]", path: Path) -> Answer | None:
        """Return what the child says of `path`, or None where the time is up.

        The watchdog ends also a child that stops in the middle of its answer.
        """
        self._watchdog.watch()
        try:
            pipe.send(path)
            answer = handover.receive(pipe)
        except (EOFError, OSError):
            if self._watchdog.rest():
                raise
            return None
        except BaseException:
            self._watchdog.rest()
            raise
        return answer if self._watchdog.rest() else None

    def _film(self, answer: Answer, path: Path) -> Film:
        if isinstance(answer, Reason):
            raise FilmError(answer.code, answer.text)
        if isinstance(answer, Failure):
            if answer.trouble is Trouble.MEMORY:
                raise self._fault(ReasonCode.TOO_LARGE, TOO_LARGE)
            _log.error("the decoder failed: %s", answer.where)
            raise self._fault(ReasonCode.CRASHED, CRASHED)
        return replace(answer, facts=replace(answer.facts, path=path))

    def _fault(self, code: ReasonCode, text: str) -> FilmError:
        """Part with the child and return what to raise."""
        interrupted = self._interrupted
        self.close()
        return FilmError(code, text) if interrupted else _FaultError(code, text)

    def _start(self) -> "Connection[Any, Any]":
        with self._starting:
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(
                target=sandbox_child.run, args=(self._read, theirs), daemon=True
            )
            process.start()
            self._pipe, self._process = ours, process
            self._watchdog = Watchdog(process.kill, self._timeout)
            self._awaited, self._used = True, False
        theirs.close()
        return ours

    def _await_start(self, pipe: "Connection[Any, Any]") -> None:
        """Wait for the child's first word, so that starting is not counted as decoding."""
        if not self._awaited:
            return
        started = False
        with suppress(EOFError, OSError):
            started = pipe.poll(START_SECONDS) and pipe.recv_bytes() == sandbox_child.READY
        self._awaited = False
        if not started:
            interrupted = self._interrupted
            self.close()
            if interrupted:
                raise EOFError
            raise DecoderUnavailableError(_NO_CHILD)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
