"""The database's schema: one migration for each version, applied in order, never edited."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pneumo_desktop.core import store_arrivals, store_triggers, store_worklist

MIGRATIONS = (
    """
    CREATE TABLE cases (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        identity TEXT NOT NULL UNIQUE,  -- the bytes' SHA-256; for rejected files their path
        path BLOB NOT NULL,             -- as the file system spells it
        received TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('case', 'rejected')),
        facts TEXT,
        pneumonia_probability REAL,
        chest_probability REAL,
        inverted_chest_probability REAL,
        evidence BLOB,
        evidence_rows INTEGER,
        label TEXT NOT NULL,
        raw_label TEXT,
        confidence REAL,
        severity REAL,
        priority TEXT,
        reason_code TEXT,
        reason_text TEXT,
        operating_point TEXT,
        threshold REAL,
        model_name TEXT NOT NULL,
        model_version TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        decode_ms REAL NOT NULL,
        predict_ms REAL NOT NULL,
        total_ms REAL NOT NULL,
        reader_call TEXT,
        read_at TEXT,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX cases_by_severity ON cases (priority, severity DESC);
    """,
    """
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        initials TEXT NOT NULL,
        act TEXT NOT NULL,
        case_id INTEGER,                -- no foreign key: the log outlives its cases
        sha256 TEXT NOT NULL,           -- of the film's file
        detail TEXT NOT NULL,
        chain TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
        WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM audit)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    """,
    """
    ALTER TABLE cases ADD COLUMN initials TEXT NOT NULL DEFAULT '';
    ALTER TABLE cases ADD COLUMN read_model TEXT NOT NULL DEFAULT '';
    ALTER TABLE cases ADD COLUMN answer_seen INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE cases ADD COLUMN answer_shown INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE cases ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE cases ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
    UPDATE cases SET read_model = model_name || ' ' || model_version, answer_shown = 1
        WHERE reader_call IS NOT NULL;
    """,
    store_worklist.MIGRATION,
    "CREATE INDEX cases_of_patient ON cases (json_extract(facts, '$.patient.identifier'));",
    "CREATE TABLE recent_folders (place INTEGER PRIMARY KEY, path BLOB NOT NULL) STRICT;",
    store_arrivals.MIGRATION,
    store_triggers.MIGRATION,
)
MOST_VERSION = 1000  # what is more was not written by any program of ours
COMPUTED = frozenset({"study", "arrival"})  # columns of `cases` that nobody writes


class StoreError(Exception):
    """The case database cannot be used; the text says which file and what to do."""


def _newer(version: int) -> str:
    return (
        "A newer Pneumo Desktop wrote this case list: it needs one that knows database version "
        f"{version}, and this one knows up to {len(MIGRATIONS)}. Nothing was changed. Start the "
        "newer program, or set PNEUMO_HOME to another folder."
    )


def is_newer(path: Path) -> bool:
    """Return whether a newer program wrote the file, as its header says; it is only read."""
    return len(MIGRATIONS) < _told_version(path) <= MOST_VERSION


def refuse_newer(path: Path) -> None:
    """Leave a file alone that a newer program wrote.

    Raises:
        StoreError: It did; says which version it needs.
    """
    if is_newer(path):
        raise StoreError(f"{path}: {_newer(_told_version(path))}")


def _told_version(path: Path) -> int:
    """Return the version in the file's header, 0 where it is none; no other file is touched.

    SQLite has to do it: a file that this process has open as a database loses all its locks when
    anybody else in it opens and closes it, and then another program takes itself to be alone and
    deletes the log that is being written. Source: sqlite.org/howtocorrupt.html, 2.2.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return _version(connection)
    except sqlite3.Error:
        return 0


def migrate(connection: sqlite3.Connection, to: int | None = None) -> None:
    """Bring the database to this program's version, each step in a transaction of its own.

    `to` stops at an older version.

    Raises:
        StoreError: The database was written by a newer program.
    """
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(_newer(version))
    for number in range(version, len(MIGRATIONS) if to is None else to):
        _apply(connection, number)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _apply(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")  # a second program may be doing the same
    try:
        if _version(connection) == number:
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; a trigger's own semicolons do not end it."""
    statement = ""
    for part in script.strip().split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
