"""The processes below one, by Linux's /proc."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes below one."""
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from descendants(int(child))


def runs(pid: int) -> bool:
    """Return whether a process is there, and is more than a name."""
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def kill(processes: Iterable[int]) -> None:
    """End processes at once."""
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def outliving(processes: Iterable[int], patience_s: float) -> list[int]:
    """Return those that are still there after so long; they are ended."""
    until = time.monotonic() + patience_s
    while (alive := [pid for pid in processes if runs(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    kill(alive)
    return alive
