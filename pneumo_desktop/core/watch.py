"""A folder in which films arrive: each is found once, when it is whole, also after a restart.

The folder is looked at again and again, since no notice of changes crosses every network share. A
file is whole once two looks find the same size and time of change; an empty one is waited for.
What was answered stands in a ledger of hashes: neither a path nor a name can be read from it, and
a case that was erased is not answered again. A file that is written anew is a new file.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pneumo_desktop.core.private import make_private

LEDGER = "watched.sqlite3"
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")  # renamed when complete


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes while a file is written: bytes and nanoseconds."""

    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: whole new files by name; `problem` says why there was none to have."""

    whole: tuple[Path, ...]
    seconds: float
    problem: str = ""


class Watch:
    """One watched folder. `look` belongs to a worker; the rest may be called meanwhile."""

    def __init__(self, folder: Path, ledger: Path) -> None:
        """Open the ledger.

        Raises:
            OSError, sqlite3.Error: The ledger cannot be opened.
        """
        self.folder = folder
        self._ledger = _open(ledger)
        self._lock, self._closed = Lock(), False
        self._seen: dict[Path, Stamp] = {}
        self._given: dict[Path, Stamp] = {}
        self._waiting: dict[Path, Stamp] = {}  # given, but not answered yet

    def look(self) -> Look:
        """Return the files that are whole and were never given before."""
        started = time.monotonic()
        whole, problem = [], ""
        try:
            found = dict(_files(self.folder))
            with self._lock:
                if not self._closed:
                    whole = self._take(found)
        except (OSError, sqlite3.Error) as error:
            problem = str(error)
        return Look(tuple(whole), time.monotonic() - started, problem)

    def _take(self, found: dict[Path, Stamp]) -> list[Path]:
        whole = [path for path, stamp in found.items() if self._is_new(path, stamp)]
        new = sorted(path for path in whole if not self._stands(path, found[path]))
        self._seen = found
        self._given = {path: stamp for path, stamp in self._given.items() if path in found}
        self._given.update((path, found[path]) for path in whole)
        self._waiting.update((path, found[path]) for path in new)
        return new

    def _is_new(self, path: Path, stamp: Stamp) -> bool:
        still = stamp.size > 0 and self._seen.get(path) == stamp
        return still and self._given.get(path) != stamp

    def mark(self, paths: Iterable[Path]) -> None:
        """Keep in the ledger that these files were answered; others are none of its business.

        Raises:
            sqlite3.Error: The ledger cannot be written.
        """
        with self._lock:
            mine = [path for path in paths if path in self._waiting]
            self._keep([(path, self._waiting.pop(path)) for path in mine])

    def mark_all(self) -> None:
        """Keep in the ledger that all that was given is dealt with: also what held no film.

        Raises:
            sqlite3.Error: The ledger cannot be written.
        """
        with self._lock:
            self._keep(list(self._waiting.items()))
            self._waiting.clear()

    def let_go(self) -> None:
        """Do not wait for the answers to what was given; it is given again after a restart."""
        with self._lock:
            self._waiting.clear()

    def close(self) -> None:
        """Close the ledger; a look that is under way finds nothing."""
        with self._lock:
            self._closed = True
            self._ledger.close()

    def _keep(self, files: list[tuple[Path, Stamp]]) -> None:
        rows = [(_key(path, stamp),) for path, stamp in files]
        with self._ledger:
            self._ledger.executemany("INSERT OR IGNORE INTO answered VALUES (?)", rows)

    def _stands(self, path: Path, stamp: Stamp) -> bool:
        asked = "SELECT 1 FROM answered WHERE file = ?"
        return self._ledger.execute(asked, (_key(path, stamp),)).fetchone() is not None


def _open(ledger: Path) -> sqlite3.Connection:
    make_private(ledger)
    connection = sqlite3.connect(ledger, check_same_thread=False)  # `Watch` has a lock
    connection.execute("CREATE TABLE IF NOT EXISTS answered (file BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    return connection


def _key(path: Path, stamp: Stamp) -> bytes:
    told = f"{stamp.size} {stamp.changed} ".encode() + os.fsencode(path)
    return hashlib.sha256(told).digest()[:16]


def _files(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """Yield the files below a folder, but hidden and unfinished ones; links are not followed.

    Raises:
        OSError: The folder itself cannot be listed; one inside it is passed over.
    """
    waiting = [os.fspath(folder)]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                inside = [e for e in entries if not e.name.startswith(".") and not e.is_symlink()]
        except OSError:
            if here == os.fspath(folder):
                raise
            continue
        for entry in inside:
            with suppress(OSError):  # gone in the meantime
                if entry.is_dir():
                    waiting.append(entry.path)
                elif not entry.name.lower().endswith(UNFINISHED):
                    told = entry.stat()
                    yield Path(entry.path), Stamp(told.st_size, told.st_mtime_ns)
