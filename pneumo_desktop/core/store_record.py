"""Writing an outcome into the table `cases`: a new row, or the row of the same film."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from pneumo_desktop.core.cases import Case, Outcome
from pneumo_desktop.core.store_rows import identity, rejected_identity, to_columns

Rows = Callable[..., list[sqlite3.Row]]


def upsert(rows: Rows, outcome: Outcome) -> tuple[sqlite3.Row, bool]:
    """Write an outcome; return its row as it now stands, and whether the outcome is in it.

    A film with the same content is the same case: unread, it takes the new answer; read, it keeps
    what its reader saw. A file that could be decoded at last replaces its rejection.
    """
    columns = to_columns(outcome)
    columns["received"] = datetime.now(UTC).isoformat()
    names = ", ".join(columns)
    places = ", ".join(f":{name}" for name in columns)
    taken = (name for name in columns if name not in {"received", "identity"})
    updates = ", ".join(f"{name} = excluded.{name}" for name in taken)
    if isinstance(outcome, Case):
        key = rejected_identity(outcome.path)
        rows("DELETE FROM cases WHERE identity = ? AND reader_call IS NULL", (key,))
    rows(
        f"INSERT INTO cases ({names}) VALUES ({places}) "  # noqa: S608 - our own column names
        f"ON CONFLICT (identity) DO UPDATE SET {updates} WHERE reader_call IS NULL",
        columns,
    )
    (changed,) = rows("SELECT changes()")
    (row,) = rows("SELECT * FROM cases WHERE identity = ?", (identity(outcome),))
    return row, bool(changed[0])
