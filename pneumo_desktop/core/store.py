"""The case queue: cases and readings in one SQLite file that survives restarts and company."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from pneumo_desktop.core import audit
from pneumo_desktop.core.audit import Act, Deed
from pneumo_desktop.core.cases import Case, Outcome, Reading, Rejected, StoredCase
from pneumo_desktop.core.private import PRIVATE_FOLDER, close_to_others, make_private
from pneumo_desktop.core.severity import rank
from pneumo_desktop.core.store_rows import from_row, identity, rejected_identity, to_columns
from pneumo_desktop.core.store_schema import StoreError, migrate

FILE = "cases.sqlite3"
BUSY_SECONDS = 10.0


_Values = Sequence[Any] | Mapping[str, Any]


class AnswerChangedError(Exception):
    """The answer a reader called is not the one on file any more."""


class CaseStore:
    """The cases of one database file.

    Used by one thread; other programs may hold the same file open, each with a store of its own.
    A read case is never changed by a later answer. Whatever changes or shows a case is written to
    the audit log under `initials`, in the same transaction.
    """

    def __init__(self, path: Path, initials: str = "") -> None:
        """Open the database, made or brought up to date where needed.

        Raises:
            StoreError: The file cannot be opened as this program's database.
        """
        self._path, self.initials = path, initials
        try:
            _prepare(path)
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            _write_ahead(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")
            migrate(self._connection)
            self._seen = 0
            self.changed_elsewhere()
        except (sqlite3.Error, OSError) as error:
            raise _failure(path, error) from error

    def record(self, outcome: Outcome) -> StoredCase:
        """Keep an outcome and return its row as it now stands.

        A film with the same content is the same case: unread, it takes the new answer; read, it
        keeps what its reader saw. A file that could be decoded at last replaces its rejection.
        """
        columns = to_columns(outcome)
        columns["received"] = datetime.now(UTC).isoformat()
        names = ", ".join(columns)
        places = ", ".join(f":{name}" for name in columns)
        updates = ", ".join(
            f"{n} = excluded.{n}" for n in columns if n not in ("received", "identity")
        )
        with self._write():
            if isinstance(outcome, Case):
                key = rejected_identity(outcome.path)
                self._rows("DELETE FROM cases WHERE identity = ? AND reader_call IS NULL", (key,))
            self._rows(
                f"INSERT INTO cases ({names}) VALUES ({places}) "  # noqa: S608 - our own column names
                f"ON CONFLICT (identity) DO UPDATE SET {updates} WHERE reader_call IS NULL",
                columns,
            )
            (kept,) = self._rows("SELECT changes()")
            (row,) = self._rows("SELECT * FROM cases WHERE identity = ?", (identity(outcome),))
            detail = audit.answer_detail(outcome)
            if not kept[0]:
                detail["kept"] = "the answer that was read"
            self._log(Act.ANSWERED, stored := from_row(row), detail)
        return stored

    def get(self, case_id: int) -> StoredCase:
        """Return one case.

        Raises:
            KeyError: There is none of this number.
        """
        rows = self._rows("SELECT * FROM cases WHERE id = ?", (case_id,))
        if not rows:
            raise KeyError(case_id)
        return from_row(rows[0])

    def all(self) -> list[StoredCase]:
        """Return every case, the sickest first, what is no chest film or unreadable last."""
        rows = self._rows("SELECT * FROM cases ORDER BY id")
        return sorted(map(from_row, rows), key=sickest_first)

    def count(self) -> int:
        """Return how many cases there are."""
        return int(self._rows("SELECT count(*) FROM cases")[0][0])

    def mark_read(self, case_id: int, reading: Reading, seen: Outcome | None = None) -> StoredCase:
        """Keep the reader's call and return the case.

        `seen` is what the reader looked at, where that may have changed since.

        Raises:
            KeyError: There is none of this number.
            AnswerChangedError: Another program answered the film again; nothing was kept.
        """
        with self._write():
            if seen is not None and not _same_answer(self.get(case_id).outcome, seen):
                raise AnswerChangedError(case_id)
            self._set_reading(case_id, reading.call, reading.read_at.isoformat(), reading.note)
            stored = self.get(case_id)
            self._log(Act.READ, stored, {"call": reading.call.value})
        return stored

    def mark_unread(self, case_id: int) -> StoredCase:
        """Take the reader's call back and return the case.

        Raises:
            KeyError: There is none of this number.
        """
        with self._write():
            self._set_reading(case_id, None, None, "")
            stored = self.get(case_id)
            self._log(Act.UNREAD, stored, {})
        return stored

    def log_opened(self, stored: StoredCase, at: datetime | None = None) -> None:
        """Keep in the audit log that a case was put before its reader."""
        with self._write():
            self._log(Act.OPENED, stored, {}, at)

    def log_exported(self, cases: Sequence[StoredCase], form: str) -> None:
        """Keep in the audit log that these cases left the program in some form, such as CSV."""
        numbers = audit.ranges(stored.id for stored in cases)
        detail = {"form": form, "count": len(cases), "cases": numbers}
        with self._write():
            audit.append(self._rows, self.initials, Deed(Act.EXPORTED, detail=detail))

    def log_changed(self, what: str, old: object, new: object) -> None:
        """Keep in the audit log that a setting, such as the model, was changed."""
        detail = {"what": what, "from": old, "to": new}
        with self._write():
            audit.append(self._rows, self.initials, Deed(Act.CHANGED, detail=detail))

    def audit_log(self) -> Iterator[audit.Entry]:
        """Yield the audit log from its beginning."""
        yield from audit.entries(self._rows)

    def _log(
        self, act: Act, stored: StoredCase, detail: dict[str, Any], at: datetime | None = None
    ) -> None:
        sha256 = stored.outcome.facts.sha256 if isinstance(stored.outcome, Case) else ""
        audit.append(self._rows, self.initials, Deed(act, stored.id, sha256, detail, at))

    def _set_reading(self, case_id: int, call: str | None, at: str | None, note: str) -> None:
        self._rows(
            "UPDATE cases SET reader_call = ?, read_at = ?, note = ? WHERE id = ?",
            (call, at, note, case_id),
        )

    @contextmanager
    def _write(self) -> Iterator[None]:
        """Do all of it or nothing."""
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
            self._rows("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            raise

    def _rows(self, statement: str, values: _Values = ()) -> list[sqlite3.Row]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise _failure(self._path, error) from error

    def changed_elsewhere(self) -> bool:
        """Return whether another connection wrote since this was last asked."""
        seen = self._seen
        self._seen = int(self._rows("PRAGMA data_version")[0][0])
        return self._seen != seen

    def check(self) -> str:
        """Return "ok", or what SQLite found wrong with the file."""
        found = str(self._rows("PRAGMA integrity_check")[0][0])
        astray = self._rows("PRAGMA foreign_key_check")
        return f"rows of {astray[0][0]} point at nothing" if found == "ok" and astray else found

    def check_audit_log(self) -> str:
        """Return where the audit log was tampered with, empty where it is whole."""
        return audit.what_is_wrong(self._rows)

    def close(self) -> None:
        """Close the database; the store is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sickest_first(stored: StoredCase) -> tuple[int, float, int]:
    """Return the sort key of the worklist: band, severity, then first come first."""
    if isinstance(stored.outcome, Rejected):
        return (*rank(None, None), stored.id)
    answer = stored.outcome.answer
    return (*rank(answer.priority, answer.severity), stored.id)


def _prepare(path: Path) -> None:
    """Make the file private before SQLite does: its log files take over the database's rights."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    make_private(path)
    for suffix in ("-wal", "-shm"):
        close_to_others(path.with_name(path.name + suffix))


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging (WAL), which SQLite does not wait for by itself.

    Two programs that open a new database at once get "locked" here whatever the timeout.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _same_answer(a: Outcome, b: Outcome) -> bool:
    if isinstance(a, Case) and isinstance(b, Case):
        return (a.model, a.answer) == (b.model, b.answer)
    return type(a) is type(b)


def _failure(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"{path}: the case database cannot be opened or written ({error}). Check that the disk has "
        "room and the folder may be written. Move the file aside if it is damaged, or set "
        "PNEUMO_HOME to another folder."
    )


__all__ = ["FILE", "AnswerChangedError", "CaseStore", "StoreError", "sickest_first"]
