"""The child's side of the sandbox: give up what a decoder must not have, then answer paths."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pneumo_desktop.core import handover
from pneumo_desktop.core.cases import Film, FilmError
from pneumo_desktop.core.handover import Failure, Trouble

READY = b"ready"  # the child's first word
MOST_MEMORY_BYTES = 4 << 30  # of address space; the largest film takes less


def run(read: Callable[[Path], Film], pipe: "Connection[Any, Any]") -> None:
    """Be the child: isolated, answering until the other end of the pipe closes."""
    isolate()
    serve(read, pipe)


def isolate() -> None:
    """Be mute, limited in memory, and end with the parent, not before."""
    _silence()
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def serve(read: Callable[[Path], Film], pipe: "Connection[Any, Any]") -> None:
    """Answer paths with films, reasons or failures until the other end of the pipe closes."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(READY)
        while True:
            path = pipe.recv()
            try:
                handover.send(pipe, read(path))
            except FilmError as error:
                handover.send(pipe, error.reason)
            except MemoryError:
                handover.send(pipe, Failure(Trouble.MEMORY, ""))
            except (BrokenPipeError, ConnectionResetError):
                raise
            except Exception as error:  # noqa: BLE001 - it must not cost more than this film
                handover.send(pipe, Failure(Trouble.BUG, _place(error)))


def _place(error: Exception) -> str:
    """Return what failed where, without the words, which may hold a patient's name."""
    *_, frame = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"


def _silence() -> None:
    """Keep what decoders print out of the program's own output, which others parse."""
    with suppress(OSError), Path(os.devnull).open("r+b") as nothing:
        for stream in (0, 1, 2):
            os.dup2(nothing.fileno(), stream)


def _limit_memory() -> None:
    """Make an allocation without bound fail here instead of starving the computer.

    Linux enforces the limit; macOS knows but mostly ignores it, and Windows has none of this
    kind: there only the limits of `decode` on bytes and pixels hold. A crash leaves no core
    file, which would hold the film.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(what)
            lowered = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (lowered, hard))


def _end_with_the_parent() -> None:
    """Do not outlive a parent that was killed while a decoder hangs here."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
