"""Rows of the table `cases` taken out for good, and put back for whoever thinks better of it."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pneumo_desktop.core.store_schema import COMPUTED, StoreError

Rows = Callable[..., list[sqlite3.Row]]


@dataclass(frozen=True, slots=True)
class Erased:
    """An erased case as its table held it, for whoever takes the erasing back."""

    row: dict[str, Any]


def take_out(rows: Rows, case_id: int) -> Erased:
    """Delete a row, which exists, and return what was in it."""
    (row,) = rows("SELECT * FROM cases WHERE id = ?", (case_id,))
    rows("DELETE FROM cases WHERE id = ?", (case_id,))
    return Erased({name: value for name, value in dict(row).items() if name not in COMPUTED})


def put_back(rows: Rows, erased: Erased) -> bool:
    """Insert a row that was taken out; return False where its film came again meanwhile."""
    names = ", ".join(erased.row)
    places = ", ".join(f":{name}" for name in erased.row)
    rows(f"INSERT OR IGNORE INTO cases ({names}) VALUES ({places})", erased.row)  # noqa: S608 - our own column names
    return bool(rows("SELECT changes()")[0][0])


def forget_log(rows: Rows) -> None:
    """Empty the write-ahead log, which still holds what was erased, where nobody reads it."""
    with suppress(StoreError):
        rows("PRAGMA wal_checkpoint(TRUNCATE)")
