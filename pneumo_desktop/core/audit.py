"""The audit log: who opened, answered, read, exported or changed what, and when.

It is a table of the case database, so that an act and its entry are kept together or not at all,
whichever of several programs writes. Triggers refuse to change or delete entries; each entry also
holds a SHA-256 over itself and the one before, so that whoever went round the triggers is found
out. Against an owner who computes the whole chain anew nothing on one computer helps.

An entry names a case by its number and the SHA-256 of the film's file, never a patient or a path.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pneumo_desktop.core.cases import Case, Outcome

Rows = Callable[..., list[sqlite3.Row]]
_HASHED = ("number", "at", "initials", "act", "case_id", "sha256", "detail")


class Act(StrEnum):
    """What can be done to a case or to the program."""

    OPENED = "opened"
    ANSWERED = "answered"
    READ = "read"
    UNREAD = "reading taken back"
    NOTED = "note changed"
    FLAGGED = "flagged"
    UNFLAGGED = "flag taken off"
    ARCHIVED = "archived"
    UNARCHIVED = "taken out of the archive"
    ERASED = "erased"
    RESTORED = "erasing taken back"
    RELABELLED = "labelled at another threshold"
    LOCATED = "file located again"
    EXPORTED = "exported"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be logged; `sha256` is of the film's file, empty where it could not be read."""

    act: Act
    case_id: int | None = None
    sha256: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A logged deed. `at` is in UTC."""

    number: int
    at: datetime
    initials: str
    deed: Deed


def append(rows: Rows, initials: str, deed: Deed) -> None:
    """Add an entry; call it inside the transaction of what it tells of."""
    last = rows("SELECT chain FROM audit ORDER BY number DESC LIMIT 1")
    (highest,) = rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'")
    values = (
        highest[0] + 1,
        (deed.at or datetime.now(UTC)).isoformat(),
        initials,
        deed.act.value,
        deed.case_id,
        deed.sha256,
        json.dumps(deed.detail, sort_keys=True),
    )
    names, places = ", ".join(_HASHED), ", ".join("?" * len(_HASHED))
    rows(
        f"INSERT INTO audit ({names}, chain) VALUES ({places}, ?)",  # noqa: S608 - our own names
        (*values, _chain(last[0]["chain"] if last else "", values)),
    )


def _chain(before: str, values: Iterable[Any]) -> str:
    text = json.dumps([before, *values], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def entries(rows: Rows) -> Iterator[Entry]:
    """Yield the log from its beginning."""
    for row in rows("SELECT * FROM audit ORDER BY number"):
        deed = Deed(Act(row["act"]), row["case_id"], row["sha256"], json.loads(row["detail"]))
        yield Entry(row["number"], datetime.fromisoformat(row["at"]), row["initials"], deed)


def what_is_wrong(rows: Rows) -> str:
    """Return where the log was tampered with, empty where it is whole."""
    before, number = "", 0
    for row in rows("SELECT * FROM audit ORDER BY number"):
        number += 1
        if row["number"] != number:
            return f"entry {number} was removed"
        if row["chain"] != _chain(before, (row[name] for name in _HASHED)):
            return f"entry {number}, or one before it, was changed"
        before = row["chain"]
    (highest,) = rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'")
    if highest[0] > number:
        return f"entry {number + 1} and what came after it were removed"
    return _unlogged_reading(rows)


def _unlogged_reading(rows: Rows) -> str:
    """Name a case whose reading is not the one logged last."""
    logged: dict[int, str | None] = {
        row["case_id"]: json.loads(row["detail"]).get("call")
        for row in rows(
            "SELECT case_id, detail FROM audit WHERE act IN (?, ?) ORDER BY number",
            (Act.READ.value, Act.UNREAD.value),
        )
    }
    for row in rows("SELECT id, reader_call FROM cases ORDER BY id"):
        if logged.get(row["id"], row["reader_call"]) != row["reader_call"]:
            return f"the reading of case {row['id']} is not the one that was logged"
    return ""


def answer_detail(outcome: Outcome) -> dict[str, Any]:
    """Return what the log says of an answer."""
    model = outcome.model
    detail: dict[str, Any] = {"model": model.name, "version": model.version, "net": model.sha256}
    if not isinstance(outcome, Case):
        return {"label": "Invalid", "reason": outcome.reason.code.value, **detail}
    answer = outcome.answer
    reason = {"reason": answer.reason.code.value} if answer.reason else {}
    policy = {"at": answer.policy.operating_point, "threshold": answer.policy.threshold}
    return {"label": answer.label.value, **reason, **detail, **policy}


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a short text, such as "1-3, 7"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
