"""Several films at once, so that every core works: answers in order, a crash still costs one film.

A lane takes one film from its file to its answer: a child of its own decodes it, then an
interpreter of its own runs the network. A lane is busy on one core at any moment, so as many lanes
as cores leave none idle, whatever share of a film's time is decoding.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Self, TypeVar

from pneumo_desktop.core.cases import Film, FilmError, ReasonCode
from pneumo_desktop.core.sandbox import CRASHED, Sandbox

MOST_LANES = 4  # each holds a decoding child and an interpreter, some 100 MB
AHEAD = 16  # answers that may wait for a slow film before them
_SOON = 0.1
_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")


def lanes() -> int:
    """Return how many films are worth answering at once on this computer."""
    return min(MOST_LANES, os.cpu_count() or 1)


def threads_of_each(abreast: int) -> int:
    """Return how many cores the network may take for a film of so many at once."""
    return max(1, 2 // abreast)


def in_order(
    do: Callable[[_Item], _Answer], items: Iterable[_Item], abreast: int
) -> Iterator[_Answer]:
    """Yield `do(item)` for each item, in order, `abreast` of them at work at a time.

    With one lane nothing is done before it is asked for. With more, at most `AHEAD` items are begun
    that were not asked for yet; where the iterator is closed, those not begun never will be.
    """
    if abreast == 1:
        yield from map(do, items)
        return
    waiting: deque[Future[_Answer]] = deque()
    executor = ThreadPoolExecutor(abreast, thread_name_prefix="lane")
    try:
        for item in items:
            waiting.append(executor.submit(do, item))
            while waiting and (len(waiting) > AHEAD or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


class Sandboxes:
    """Decoding children for several threads; a reader like each of them.

    A child is started when a thread finds all others busy, so one thread alone needs one child.
    Where films are to fail, they fail for good: whoever cancels takes new sandboxes.
    """

    def __init__(self, count: int, make: Callable[[], Sandbox] = Sandbox) -> None:
        self._all = [make() for _ in range(count)]
        self._idle: LifoQueue[Sandbox] = LifoQueue()
        self._retired = False
        for sandbox in reversed(self._all):
            self._idle.put(sandbox)

    def __call__(self, path: Path) -> Film:
        """Return a film as `Sandbox` does, by a child that no other thread uses meanwhile."""
        sandbox = self._idle.get()
        try:
            if self._retired:
                raise FilmError(ReasonCode.CRASHED, CRASHED)
            return sandbox(path)
        finally:
            self._idle.put(sandbox)

    def warm_up(self) -> None:
        """Start the first child before a film needs it; call before any thread reads."""
        self._all[0].warm_up()

    def interrupt(self) -> None:
        """Make the films that are being read fail at once, and all later ones; from any thread."""
        self._retired = True
        for sandbox in self._all:
            sandbox.interrupt()

    def close(self) -> None:
        """Kill every child; what other threads read still fails at once."""
        for sandbox in [self._taken() for _ in self._all]:
            sandbox.close()
            self._idle.put(sandbox)  # for a thread that comes late

    def _taken(self) -> Sandbox:
        """Return a sandbox that nobody uses, ended by force where it is in use."""
        while True:
            self.interrupt()  # again, since a child may just have been started
            with suppress(Empty):
                return self._idle.get(timeout=_SOON)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
