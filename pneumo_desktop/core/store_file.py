"""Opening the case database's file: private, shared with other programs, and deleting for good."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from pneumo_desktop.core.private import PRIVATE_FOLDER, close_to_others, make_private
from pneumo_desktop.core.store_schema import StoreError, refuse_newer


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open the database; what another program holds is waited for as long as `busy_seconds`.

    What is deleted is overwritten with zeros (`secure_delete`).

    Raises:
        StoreError: A newer program wrote it.
        sqlite3.Error, OSError: It cannot be opened.
    """
    refuse_newer(path)
    _close_to_others(path)
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    _write_ahead(connection, busy_seconds)
    connection.execute("PRAGMA synchronous = FULL")  # what is confirmed survives a power cut too
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _close_to_others(path: Path) -> None:
    """Make the file private before SQLite does: its log files take over the database's rights."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    make_private(path)
    for suffix in ("-wal", "-shm"):
        close_to_others(path.with_name(path.name + suffix))


def _write_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to write-ahead logging (WAL), which SQLite does not wait for by itself.

    Two programs that open a new database at once get "locked" here whatever the timeout.
    """
    until = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def doubt_of(path: Path) -> Path:
    """Return the mark that asks the next start to look at all of the database."""
    return path.with_name(path.name + "-doubted")


def failure(path: Path, error: Exception) -> StoreError:
    """Return what failed in words; damage is marked, for the next start to repair."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "malformed" in str(error):
        with suppress(OSError):
            make_private(doubt_of(path))
        return StoreError(
            f"{path}: the case database is damaged ({error}). Start Pneumo Desktop again: it keeps "
            "what can be read in a new one, and the damaged file beside it."
        )
    return StoreError(
        f"{path}: the case database cannot be opened or written ({error}). Check that the disk has "
        "room, the folder may be written and no other program holds the file, or set PNEUMO_HOME "
        "to another folder."
    )
