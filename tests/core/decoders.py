"""Decoders that fail in every way a decoder can; the file's name says which."""

import ctypes
import gc
import os
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from pneumo_desktop.core import handover
from pneumo_desktop.core.cases import Film, FilmError, FilmFacts, ReasonCode
from pneumo_desktop.core.greyscale import full_window
from pneumo_desktop.core.sandbox_child import MOST_MEMORY_BYTES


def film(path: Path, name: str = "PNG") -> Film:
    """Return a film of its own for each name."""
    pixels = np.full((40, 32), len(path.name), np.uint8)
    return Film(FilmFacts(path, "ab" * 32, name, 32, 40, 8), pixels, full_window(8))


def abort():
    os.abort()


def segfault():
    ctypes.string_at(0)


def leave():
    os._exit(0)


def hang():
    time.sleep(60)


def spin():
    while True:
        pass


def allocate():
    """Take memory until there is none; abort where the limit does not hold."""
    kept = []
    while len(kept) < 2 * MOST_MEMORY_BYTES >> 26:
        kept.append(np.empty(1 << 26, np.uint8))
    os.abort()


def print_garbage():
    os.write(1, b"\x00\xffgarbage\n" * 1000)
    os.write(2, b"\x00\xffgarbage\n" * 1000)
    sys.stdout.write("garbage")
    sys.stdout.flush()
    ctypes.CDLL(None).puts(b"garbage")


def crash_soon():
    threading.Timer(0.2, os.abort).start()


def fill_memory():
    film.kept = []
    try:
        while True:
            film.kept.append(np.empty(1 << 20, np.uint8))
    except MemoryError:
        pass


def need_memory():
    np.empty(1 << 26, np.uint8)


def pipe() -> Connection:
    """Return the pipe to the parent, as code that took over the child would find it."""
    return next(o for o in gc.get_objects() if isinstance(o, Connection) and not o.closed)


class Bomb:
    def __reduce__(self):
        return os.abort, ()


def speak_rubbish():
    pipe().send_bytes(b"rubbish")


def speak_pickle():
    pipe().send(Bomb())


def speak_half():
    pipe().send_bytes(b'{"answer": null, "arrays": [{"dtype": "|u1", "shape": [40, 32]}]}')
    hang()


def speak_unasked():
    unasked = film(Path("a film no one asked for"))
    threading.Timer(0.2, handover.send, (pipe(), unasked)).start()


def refuse():
    raise FilmError(ReasonCode.UNSUPPORTED, "Not this one.")


def fail():
    raise RuntimeError("of Jane Doe")


def fail_without_end():
    raise RecursionError


def behave(path: Path) -> Film:
    """Do what the file's name says, and return a film all the same if that is still possible."""
    deed = globals().get(path.name)
    if callable(deed):
        deed()
    return film(path)


def modules(path: Path) -> Film:
    return film(path, "PySide6" if "PySide6" in sys.modules else "no Qt")


def from_a_share(path: Path) -> Film:
    """Open whatever it is; a pipe no one writes to waits as a dead network share does."""
    path.open("rb").close()
    return film(path)
