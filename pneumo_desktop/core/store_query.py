"""What the worklist asks of the database: which rows in which order, and a page of them at a time.

A row is a study: the number of the film that leads it. Asked for by numbers alone, a list of a
hundred thousand rows is one megabyte; the cases behind the numbers are read when they are shown.
"""

import os
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from pneumo_desktop.core.cases import Label, Priority, ReasonCode, StoredCase
from pneumo_desktop.core.ordering import Ordering
from pneumo_desktop.core.relocation import Kept
from pneumo_desktop.core.store_rows import from_row, path_bytes
from pneumo_desktop.core.store_sorting import BY_URGENCY, HOURS, Sort, Sorting, sql_order
from pneumo_desktop.core.store_words import WordsFilter

Rows = Callable[..., list[sqlite3.Row]]
PAGE = 200
OF_PATIENT = "json_extract(facts, '$.patient.identifier')"  # as the index spells it
APART = "apart"


class Status(StrEnum):
    """Which rows are meant; a study is unread while one of its films is."""

    UNREAD = "unread"
    READ = "read"
    FLAGGED = "flagged"
    DISAGREED = "disagreed"  # the reader's call is not the model's
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; None and empty mean all but the archived.

    `band` is a priority, or `APART` for what has none. `since` and `until` bound when a film was
    received; `until` itself is outside. A blind reader gets the films as they came, and what
    would tell the answer, `label` and `band`, narrows nothing. `pinned` is a row that stays.
    """

    label: Label | None = None
    status: Status | None = None
    band: Priority | str | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    blind: bool = False
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A row: the film that leads it, and what is true of the study's films together.

    `received` is when the first film that is unread came, `waited` how many hours it waited.
    """

    lead: StoredCase
    films: int
    unread: int
    received: datetime
    waited: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are that are not archived: with a priority, unread of these, apart."""

    studies: int = 0
    unread: int = 0
    apart: dict[ReasonCode, int] = field(default_factory=dict)


_STATUS = {
    None: "NOT archived",
    Status.UNREAD: "NOT archived AND unread",
    Status.READ: "NOT archived AND NOT unread",
    Status.FLAGGED: "NOT archived AND flagged",
    Status.DISAGREED: "NOT archived AND label <> 'Invalid' AND label <> reader_call",
    Status.ARCHIVED: "archived",
}


class WorklistQuery:
    """Reads the worklist of one database; `rows` runs a statement."""

    def __init__(self, rows: Rows, words: WordsFilter, ordering: Ordering) -> None:
        self._rows, self._words, self.ordering = rows, words, ordering

    def numbers(self, wanted: Wanted, sorting: Sorting = BY_URGENCY) -> "array[int]":
        """Return the rows wanted, in order: a row's leading film, negative where all are read.

        `sorting` lists what to sort by, and whether downwards; equal rows stand by urgency. What
        stands apart comes last, whatever the rest is sorted by.
        """
        condition, values = self._condition(wanted)
        order = "case_id" if wanted.blind else sql_order(sorting)
        (row,) = self._rows(
            "SELECT group_concat(number) FROM (SELECT CASE WHEN unread THEN case_id "  # noqa: S608
            f"ELSE -case_id END AS number FROM {_table(wanted.blind)} "
            f"WHERE {condition} ORDER BY {order})",
            values,
        )
        return array("q", msgspec.json.decode(f"[{row[0] or ''}]", type=list[int]))

    def admits(self, wanted: Wanted, number: int) -> bool:
        """Return whether a row belongs to what is wanted."""
        condition, values = self._condition(wanted)
        table = _table(wanted.blind)
        statement = f"SELECT 1 FROM {table} WHERE case_id = :number AND ({condition})"  # noqa: S608
        return bool(self._rows(statement, {**values, "number": number}))

    def _condition(self, wanted: Wanted) -> tuple[str, dict[str, Any]]:
        values: dict[str, Any] = {
            "now": datetime.now(UTC).timestamp(),
            "ageing": self.ordering.ageing,
            "pinned": wanted.pinned,
        }
        parts = [_STATUS[wanted.status]]
        if not wanted.blind:
            parts += _answer_condition(wanted, values)
        elif wanted.status is Status.DISAGREED:
            parts = ["NOT archived AND disagreed"]
        for name, sign in (("since", ">="), ("until", "<")):
            if moment := getattr(wanted, name):
                values[name] = moment.timestamp()
                parts.append(f"received {sign} :{name}")
        parts += self._words.condition(wanted.text, values)
        condition = " AND ".join(parts)
        return (condition if wanted.pinned is None else f"{condition} OR case_id = :pinned"), values

    def page(self, numbers: Sequence[int], *, blind: bool = False) -> dict[int, Listed]:
        """Return these rows, by the number of their leading film; what is gone is left out."""
        some = ", ".join(str(abs(int(number))) for number in numbers)
        found = self._rows(
            "SELECT cases.*, films, unread, first_received, waited FROM (SELECT case_id, films, "  # noqa: S608
            f"unread, received AS first_received, {HOURS} AS waited FROM {_table(blind)} "
            f"WHERE case_id IN ({some})) JOIN cases ON cases.id = case_id",
            {"now": datetime.now(UTC).timestamp()},
        )
        return {row["id"]: _listed(row) for row in found}

    def iterate(self, wanted: Wanted, sorting: Sorting = BY_URGENCY) -> Iterator[Listed]:
        """Yield the rows wanted, in order, reading a page at a time."""
        numbers = self.numbers(wanted, sorting)
        for start in range(0, len(numbers), PAGE):
            some = numbers[start : start + PAGE]
            page = self.page(some, blind=wanted.blind)
            yield from (page[abs(number)] for number in some if abs(number) in page)

    def films(self, wanted: Wanted, sorting: Sorting = BY_URGENCY) -> Iterator[StoredCase]:
        """Yield every film of the rows wanted, those of a study together, its lead first."""
        for listed in self.iterate(wanted, sorting):
            yield listed.lead
            if listed.films > 1:
                study = self.study(listed.lead.id, blind=wanted.blind)
                yield from (film for film in study if film.id != listed.lead.id)

    def counts(self, *, blind: bool = False) -> Counts:
        """Return how many rows there are; for a blind reader none stands apart."""
        if blind:
            (row,) = self._rows(
                "SELECT count(*), total(unread > 0) FROM arrivals WHERE NOT archived"
            )
            return Counts(row[0], int(row[1]))
        found = self._rows(
            "SELECT apart, count(*) AS rows, total(unread > 0) AS unread FROM worklist "
            "WHERE NOT archived GROUP BY apart"
        )
        listed = [row for row in found if row["apart"] is None]
        return Counts(
            sum(row["rows"] for row in listed),
            int(sum(row["unread"] for row in listed)),
            {ReasonCode(row["apart"]): row["rows"] for row in found if row["apart"]},
        )

    def row_of(self, case_id: int, *, blind: bool = False) -> int | None:
        """Return the number of the film that leads the row of a case; None without such a case."""
        shared = f"SELECT {_shared(blind)} FROM cases WHERE id = ?"  # noqa: S608
        found = self._rows(
            f"SELECT case_id FROM {_table(blind)} WHERE study = ({shared})",  # noqa: S608
            (case_id,),
        )
        return int(found[0][0]) if found else None

    def study(self, case_id: int, *, blind: bool = False) -> list[StoredCase]:
        """Return the films that share a case's row, itself included, as they came."""
        column = _shared(blind)
        found = self._rows(
            f"SELECT * FROM cases WHERE {column} = (SELECT {column} FROM cases WHERE id = ?) "  # noqa: S608
            "ORDER BY id",
            (case_id,),
        )
        return [from_row(row) for row in found]

    def of_patient(self, identifier: str) -> list[StoredCase]:
        """Return every film whose file names this patient identifier, whoever gave it."""
        if not identifier:
            return []  # most pictures name nobody
        found = self._rows(f"SELECT * FROM cases WHERE {OF_PATIENT} = ?", (identifier,))  # noqa: S608
        return [from_row(row) for row in found]

    def located(self) -> list[Kept]:
        """Return where every film was, that has one, as they came."""
        found = self._rows("SELECT id, path, identity FROM cases WHERE outcome = 'case'")
        return [Kept(row["id"], Path(os.fsdecode(row["path"])), row["identity"]) for row in found]

    def unread_paths(self) -> list[Path]:
        """Return the films that a new model or threshold may answer again, as they came."""
        found = self._rows(
            "SELECT path FROM cases WHERE reader_call IS NULL AND NOT archived ORDER BY id"
        )
        return [Path(os.fsdecode(row["path"])) for row in found]

    def at(self, path: Path) -> StoredCase | None:
        """Return the latest case of a file."""
        found = self._rows(
            "SELECT * FROM cases WHERE path = ? ORDER BY id DESC LIMIT 1", (path_bytes(path),)
        )
        return from_row(found[0]) if found else None


def _table(blind: bool) -> str:  # noqa: FBT001 - read where it is called
    """Return which list is meant: a blind reader's is made without any answer."""
    return "arrivals" if blind else "worklist"


def _shared(blind: bool) -> str:  # noqa: FBT001
    """Return the column of `cases` that films of one row share."""
    return "arrival" if blind else "study"


def _answer_condition(wanted: Wanted, values: dict[str, Any]) -> list[str]:
    parts = []
    if wanted.label:
        values["label"] = str(wanted.label)
        parts.append("label = :label")
    if wanted.band == APART:
        parts.append("priority IS NULL")
    elif wanted.band:
        values["band"] = str(wanted.band)
        parts.append("priority = :band")
    return parts


def _listed(row: sqlite3.Row) -> Listed:
    received = datetime.fromtimestamp(row["first_received"], UTC)
    return Listed(from_row(row), row["films"], row["unread"], received, row["waited"])


__all__ = [
    "APART", "BY_URGENCY", "Counts", "Listed", "Sort", "Sorting", "Status", "Wanted",
    "WorklistQuery",
]  # fmt: skip
