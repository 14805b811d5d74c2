"""Opening the case database's file: private, shared with other programs, and deleting for good."""

import sqlite3
import time
from pathlib import Path

from pneumo_desktop.core.private import PRIVATE_FOLDER, close_to_others, make_private
from pneumo_desktop.core.store_schema import StoreError


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open the database; what another program holds is waited for as long as `busy_seconds`.

    What is deleted is overwritten with zeros (`secure_delete`).

    Raises:
        sqlite3.Error, OSError: It cannot be opened.
    """
    _close_to_others(path)
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    _write_ahead(connection, busy_seconds)
    connection.execute("PRAGMA synchronous = NORMAL")
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


def failure(path: Path, error: Exception) -> StoreError:
    """Return what failed in words."""
    return StoreError(
        f"{path}: the case database cannot be opened or written ({error}). Check that the disk has "
        "room and the folder may be written. Move the file aside if it is damaged, or set "
        "PNEUMO_HOME to another folder."
    )
