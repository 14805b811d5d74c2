"""One window for each user and data folder: a second start hands its films to the first.

A socket in the data folder, which is closed to other users; under Windows a pipe named after user
and folder. What comes in is a list of absolute paths, or it is refused.
"""

import getpass
import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Thread

import platformdirs

MAGIC = b"pneumo-desktop 1"
YES = b"yes"
MOST_BYTES = 1_000_000
PATIENCE_S = 5.0
_LONGEST_ADDRESS = 100  # bytes; sun_path holds 104 to 108


def address_of(home: Path) -> str:
    """Return where the window of this user and data folder listens."""
    home = home.resolve()
    name = hashlib.sha256(f"{getpass.getuser()}\n{home}".encode(errors="replace")).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\pneumo-desktop-{name}"
    here = home / "window.socket"
    if len(os.fsencode(here)) <= _LONGEST_ADDRESS:
        return str(here)
    runtime = platformdirs.user_runtime_path("pneumo-desktop", ensure_exists=True)
    runtime.chmod(0o700)
    return str(runtime / f"{name}.socket")


def hand_over(home: Path, paths: Sequence[Path]) -> bool:
    """Hand films to the window that is open; return whether there is one that took them.

    No films: it comes to the front.
    """
    words = [MAGIC, *(os.fsencode(path.absolute()) for path in paths)]
    message = b"\0".join(words)
    if len(message) > MOST_BYTES:
        return False
    try:
        with Client(address_of(home)) as connection:
            connection.send_bytes(message)
            return connection.poll(PATIENCE_S) and connection.recv_bytes(len(YES)) == YES
    except (OSError, EOFError):
        return False


class Door:
    """Where later starts knock; `heard` is called with their paths, in a thread of its own."""

    def __init__(self, home: Path, heard: Callable[[list[Path]], None]) -> None:
        """Begin to listen; a socket that a crashed window left behind gives way.

        Raises:
            OSError: It cannot be listened there.
        """
        self._heard = heard
        self._address = address_of(home)
        if sys.platform != "win32":
            Path(self._address).unlink(missing_ok=True)
        self._listener = Listener(self._address)
        self._open = True
        self._thread = Thread(target=self._listen, name="door", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._open = False
        with suppress(OSError), Client(self._address):
            pass  # wakes the thread
        self._thread.join(PATIENCE_S)
        with suppress(OSError):
            self._listener.close()

    def _listen(self) -> None:
        while self._open:
            with suppress(OSError, EOFError):
                connection = self._listener.accept()
                Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: Connection) -> None:
        with suppress(OSError, EOFError), connection:
            if not connection.poll(PATIENCE_S):
                return
            paths = understood(connection.recv_bytes(MOST_BYTES))
            if paths is not None and self._open:
                self._heard(paths)
                connection.send_bytes(YES)


def understood(message: bytes) -> list[Path] | None:
    """Return the paths of a message; None where it is none of ours."""
    magic, *words = message.split(b"\0")
    if magic != MAGIC:
        return None
    try:
        paths = [Path(os.fsdecode(word)) for word in words]
    except ValueError:
        return None
    return paths if all(path.is_absolute() for path in paths) else None
