"""The folders opened last, in the case database: their names may be those of patients."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection

from pneumo_desktop.core.store import BUSY_SECONDS, FILE
from pneumo_desktop.core.store_file import connect
from pneumo_desktop.core.store_schema import migrate


def recent_folders(home: Path) -> list[Path]:
    """Return the folders opened last, the newest first.

    Raises:
        OSError, sqlite3.Error, StoreError: The case database cannot be read.
    """
    with _database(home) as database:
        rows = database.execute("SELECT path FROM recent_folders ORDER BY place").fetchall()
    return [Path(os.fsdecode(path)) for (path,) in rows]


def keep_recent_folders(home: Path, folders: Sequence[Path]) -> None:
    """Keep these folders in place of those kept before; what is forgotten is overwritten.

    Raises:
        OSError, sqlite3.Error, StoreError: The case database cannot be written.
    """
    rows = [(place, os.fsencode(folder)) for place, folder in enumerate(folders)]
    with _database(home) as database:
        database.execute("BEGIN IMMEDIATE")
        with database:
            database.execute("DELETE FROM recent_folders")
            database.executemany("INSERT INTO recent_folders VALUES (?, ?)", rows)


@contextmanager
def _database(home: Path) -> Iterator[Connection]:
    with closing(connect(home / FILE, BUSY_SECONDS)) as database:
        migrate(database)
        yield database
