"""What the sandbox costs: handing a native film over, and starting again; `make bench-sandbox`.

Figures to be read, never asserted: they are this machine's, under this load.
"""

# ruff: noqa: T201 - a script that prints its figures

import contextlib
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing import shared_memory
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from pneumo_desktop.core import handover
from pneumo_desktop.core.cases import Film, FilmError, FilmFacts
from pneumo_desktop.core.greyscale import full_window
from pneumo_desktop.core.sandbox import Sandbox

ROWS, COLUMNS = 1350, 1650
ROUNDS = 200
PIXELS = np.ones((ROWS, COLUMNS), np.uint8)


def made(path: Path) -> Film:
    """Return a film of native size at once, so that only the way back takes time."""
    if path.name == "crash":
        raise SystemExit  # as sudden to the parent as a segmentation fault
    return Film(FilmFacts(path, "ab" * 32, "PNG", COLUMNS, ROWS, 8), PIXELS, full_window(8))


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    """Return milliseconds of each round."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return times


def through_shared_memory(pipe: "multiprocessing.connection.Connection", name: str) -> None:
    """Fill one lasting block of shared memory whenever asked."""
    block = shared_memory.SharedMemory(name)
    with contextlib.suppress(EOFError):
        while True:
            pipe.recv_bytes()
            block.buf[: PIXELS.nbytes] = PIXELS.reshape(-1).data
            pipe.send_bytes(b"filled")
    block.close()


def shared_memory_times() -> list[float]:
    """Return what the alternative takes: a block of shared memory, copied out."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    block = shared_memory.SharedMemory(create=True, size=ROWS * COLUMNS)
    child = context.Process(target=through_shared_memory, args=(theirs, block.name), daemon=True)
    child.start()
    theirs.close()

    def ask() -> None:
        ours.send_bytes(b"fill")
        ours.recv_bytes()
        np.frombuffer(block.buf, np.uint8, ROWS * COLUMNS).copy()

    ask()
    times = timed(ask, ROUNDS)
    ours.close()
    child.join()
    block.close()
    block.unlink()
    return times


def restart_times(rounds: int) -> list[float]:
    """Return milliseconds from asking for a film to having it, right after a crash."""
    times = []
    with Sandbox(made) as read:
        for _ in range(rounds):
            with contextlib.suppress(FilmError):
                read(Path("crash"))
            times += timed(lambda: read(Path("film")), 1)
    return times


def line(what: str, times: list[float]) -> str:
    """Return a row of the table."""
    return (
        f"{what:<50} median {median(times):8.2f} ms   95 % below {quantiles(times, n=20)[-1]:8.2f}"
    )


def main() -> None:
    """Print the table."""
    print(f"a film of {COLUMNS} x {ROWS} pixels of 8 bits, {ROUNDS} rounds")
    with Sandbox(made) as read:
        read(Path("film"))
        print(line("warm hand-over (pipe)", timed(lambda: read(Path("film")), ROUNDS)))
    print(line("the same by shared memory", shared_memory_times()))
    print(line("first film after a crash (restart)", restart_times(20)))
    print(f"pieces of {handover.PIECE_BYTES >> 10} kB")


if __name__ == "__main__":
    main()
