"""A damaged case database: put aside under a date, and what can be read kept in a new one.

Rows are read by number, so that one that cannot be read costs no other (as SQLite's own `.recover`
does). Where the file's header is overwritten (sqlite.org/fileformat2.html, 1.3), a fresh one takes
its place in a copy. Nothing of the damaged file is deleted or changed.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pneumo_desktop.core.aside import copy_aside, copy_private, sync
from pneumo_desktop.core.audit import Act, Deed, append
from pneumo_desktop.core.private import make_private
from pneumo_desktop.core.store_file import doubt_of
from pneumo_desktop.core.store_rows import from_row
from pneumo_desktop.core.store_schema import MIGRATIONS, MOST_VERSION, StoreError, is_newer, migrate

_KEYS = {"cases": "id", "audit": "number", "recent_folders": "place"}
_MOST_ROWS = 10_000_000
_CHUNK = 100
_NO_DAMAGE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    )
)  # what a whole file may meet as well
_HEADER_BYTES, _PAGES_AT = 100, 28  # the size in pages is big-endian, four bytes
_WORK, _READY = ".repair-", ".rebuilt"
_BUSY = (
    "{}: the case database is damaged, and another program uses it. Close every window and command "
    "of Pneumo Desktop, then start it again: what can be read will be kept."
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a damaged database, which lies at `aside` now; `lost` is what is known."""

    aside: Path
    cases: int
    readings: int
    lost: int

    def words(self) -> str:
        """Return it as a sentence or two."""
        lost = f" {self.lost:,} could not be read." if self.lost else ""
        return (
            f"The case list was damaged. {self.cases:,} cases, {self.readings:,} of them read, "
            f"were kept.{lost} The damaged file lies in {self.aside.parent} as {self.aside.name}."
        )


def mend(path: Path, *, thoroughly: bool) -> Repaired | None:
    """Replace a damaged database by what can be read of it; None where it is whole or missing.

    `thoroughly` looks at all of it, else only where every opening looks. A file that a newer
    program wrote is left alone.

    Raises:
        StoreError: Another program uses the damaged file, or the disk has no room.
    """
    ready, doubt = path.with_name(path.name + _READY), doubt_of(path)
    if ready.exists():  # the last attempt was ended from outside when all but this was done
        _take_its_place(ready, path)
    if not path.is_file() or is_newer(path):
        return None
    try:
        damaged = _is_damaged(path, thoroughly=thoroughly or doubt.exists())
        repaired = _mend(path, ready) if damaged else None
        if doubt.exists():
            doubt.unlink()
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{path}: the case database is damaged, and a new one cannot be written ({error}). "
            "Make room on the disk and start again; the damaged file is kept."
        ) from error
    return repaired


def _is_damaged(path: Path, *, thoroughly: bool) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if connection.execute("PRAGMA user_version").fetchone()[0] > MOST_VERSION:
                return True
            check = "SELECT 'ok'" if not thoroughly else "PRAGMA integrity_check(1)"
            return bool(connection.execute(check).fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode & 0xFF not in _NO_DAMAGE


def _mend(path: Path, ready: Path) -> Repaired:
    for old in path.parent.glob(f"{_WORK}*"):  # an attempt that was ended from outside
        shutil.rmtree(old, ignore_errors=True)
    aside = copy_aside(path, "-wal")
    _refuse_company(path)
    with TemporaryDirectory(prefix=_WORK, dir=path.parent) as folder:
        source, rebuilt = Path(folder) / "damaged", Path(folder) / "rebuilt"
        for ending in ("", "-wal"):
            copy_private(path.with_name(path.name + ending), source.with_name(source.name + ending))
        make_private(rebuilt)
        repaired = _rebuild(source, rebuilt, aside)
        sync(rebuilt)
        rebuilt.replace(ready)
    _take_its_place(ready, path)
    return repaired


def _refuse_company(path: Path) -> None:
    """Refuse to replace a file that another program holds open: it would write to the old one."""
    try:
        with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(_BUSY.format(path)) from error
    except sqlite3.DatabaseError:
        pass  # too damaged to be locked, and so to be used


def _take_its_place(ready: Path, path: Path) -> None:
    """Let the new database be the database; the old one's log must not be applied to it."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    ready.replace(path)


def _rebuild(source: Path, rebuilt: Path, aside: Path) -> Repaired:
    with closing(sqlite3.connect(rebuilt, isolation_level=None)) as new:
        new.row_factory = sqlite3.Row
        lost = 0
        if _openable(source, rebuilt.with_name("empty")):
            with closing(sqlite3.connect(source)) as old:
                old.row_factory = sqlite3.Row
                migrate(new, _version(old))
                lost = sum(_copy_rows(old, new, table, key) for table, key in _KEYS.items())
        migrate(new)
        lost += _drop_senseless(new)
        cases, read = new.execute("SELECT count(*), count(reader_call) FROM cases").fetchone()
        detail = {"what": "case database", "from": "damaged", "to": f"{cases} cases kept"}
        deed = Deed(Act.CHANGED, detail=detail)
        append(lambda words, values=(): new.execute(words, values).fetchall(), "", deed)
        return Repaired(aside, cases, read, lost)


def _openable(source: Path, empty: Path) -> bool:
    """Return whether SQLite reads the file's schema, with a fresh header where it needs one."""
    if _has_schema(source):
        return True
    with closing(sqlite3.connect(empty, isolation_level=None)) as fresh:
        migrate(fresh)
    header = bytearray(empty.read_bytes()[:_HEADER_BYTES])
    page = int.from_bytes(header[16:18], "big")
    pages = source.stat().st_size // page
    header[_PAGES_AT : _PAGES_AT + 4] = pages.to_bytes(4, "big")
    header[32:40] = bytes(8)  # no free pages are known
    with source.open("rb+") as file:
        file.write(header)
    return _has_schema(source)


def _has_schema(source: Path) -> bool:
    try:
        with closing(sqlite3.connect(source)) as old:
            return bool(_columns(old, "cases"))
    except sqlite3.DatabaseError:
        return False


def _version(old: sqlite3.Connection) -> int:
    version = int(old.execute("PRAGMA user_version").fetchone()[0])
    return version if 0 < version <= len(MIGRATIONS) else len(MIGRATIONS)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns that hold something of their own."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str, key: str) -> int:
    """Copy what can be read of a table; return how many rows of `cases` could not be."""
    known = set(_columns(new, table))
    names = [name for name in _columns(old, table) if name in known]
    if not names:
        return 0
    places = ", ".join("?" * len(names))
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own
    lost = 0
    new.execute("BEGIN")
    for row in _readable(old, table, key, names):
        lost += row is None or not _inserted(new, insert, row)
    new.execute("COMMIT")
    return lost if table == "cases" else 0


def _inserted(new: sqlite3.Connection, insert: str, row: sqlite3.Row) -> bool:
    """Insert a row; return whether its values are such as the table takes."""
    try:
        new.execute(insert, tuple(row))
    except sqlite3.IntegrityError:
        return False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # a full disk is no fault of the row
            raise
        return False
    return True


def _readable(
    old: sqlite3.Connection, table: str, key: str, names: list[str]
) -> Iterator[sqlite3.Row | None]:
    """Yield each row by its number, None for one that cannot be read."""
    select = f"SELECT {', '.join(names)} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {key}"  # noqa: S608 - our own
    highest = _highest(old, table, key)
    for first in range(1, highest + 1, _CHUNK):
        last = min(first + _CHUNK - 1, highest)
        try:
            yield from old.execute(select, (first, last)).fetchall()
        except sqlite3.DatabaseError:
            for number in range(first, last + 1):
                try:
                    yield from old.execute(select, (number, number)).fetchall()
                except sqlite3.DatabaseError:
                    yield None


def _highest(old: sqlite3.Connection, table: str, key: str) -> int:
    """Return the highest number a row may have, by whatever still tells."""
    found = [0]
    for question in (
        f"SELECT max({key}) FROM {table}",  # noqa: S608 - our own
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",  # noqa: S608 - our own
        *(["SELECT max(case_id) FROM worklist", "SELECT max(case_id) FROM audit"]
          if table == "cases" else []),
    ):  # fmt: skip
        with suppress(sqlite3.DatabaseError):
            found += [row[0] for row in old.execute(question) if isinstance(row[0], int)]
    return min(max(found), _MOST_ROWS)


def _drop_senseless(new: sqlite3.Connection) -> int:
    """Delete cases whose values make no case; return how many."""
    senseless = []
    for row in new.execute("SELECT * FROM cases"):
        try:
            from_row(row)
        except Exception:  # noqa: BLE001 - whatever garbled values raise, the row is of no use
            senseless.append((row["id"],))
    new.executemany("DELETE FROM cases WHERE id = ?", senseless)
    return len(senseless)
