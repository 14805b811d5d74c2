"""Several decoding children as one reader, for a job that reads thousands of films."""

from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Self

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.sandbox import TIMEOUT_SECONDS, Sandbox, read_film


class Sandboxes:
    """`count` sandboxes; up to as many threads may read at once, each film in an idle child."""

    def __init__(
        self,
        count: int,
        read: Callable[[Path], Film] = read_film,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self._all = [Sandbox(read, timeout) for _ in range(count)]
        self._idle: SimpleQueue[Sandbox] = SimpleQueue()
        for sandbox in self._all:
            self._idle.put(sandbox)

    def __len__(self) -> int:
        return len(self._all)

    def __call__(self, path: Path) -> Film:
        """Return the film of `path`, after waiting for a child where all are busy.

        Raises:
            FilmError, DecoderUnavailableError: As `Sandbox` does.
        """
        sandbox = self._idle.get()
        try:
            return sandbox(path)
        finally:
            self._idle.put(sandbox)

    def interrupt(self) -> None:
        """Make the pending films fail at once; safe from any thread."""
        for sandbox in self._all:
            sandbox.interrupt()

    def close(self) -> None:
        """Kill the children, once nobody reads any more."""
        for sandbox in self._all:
            sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
