"""The case queue: cases and readings in one SQLite file that survives restarts and company."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pneumo_desktop.core import audit, marks
from pneumo_desktop.core.audit import Act, Deed
from pneumo_desktop.core.cases import Case, Outcome, Policy, Reading, StoredCase
from pneumo_desktop.core.ordering import DEFAULT_ORDERING, Ordering
from pneumo_desktop.core.relabel import Begun, CardOf, Cases, Relabelled, begun, relabel
from pneumo_desktop.core.relocation import Looked
from pneumo_desktop.core.store_erasing import Erased, forget_log, put_back, take_out
from pneumo_desktop.core.store_file import connect, failure
from pneumo_desktop.core.store_query import Status, Wanted, WorklistQuery
from pneumo_desktop.core.store_record import upsert
from pneumo_desktop.core.store_rows import (
    from_row,
    marks_columns,
    path_bytes,
)
from pneumo_desktop.core.store_schema import StoreError, migrate
from pneumo_desktop.core.store_words import WordsFilter

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

    def __init__(
        self, path: Path, initials: str = "", ordering: Ordering = DEFAULT_ORDERING
    ) -> None:
        """Open the database, made or brought up to date where needed.

        Raises:
            StoreError: The file cannot be opened as this program's database.
        """
        self._path, self.initials = path, initials
        try:
            self._connection = connect(path, BUSY_SECONDS)
            migrate(self._connection)
            self.worklist = WorklistQuery(self._rows, WordsFilter(self._connection), ordering)
            self._seen = 0
            self.changed_elsewhere()
        except (sqlite3.Error, OSError) as error:
            raise failure(path, error) from error

    def record(self, outcome: Outcome) -> StoredCase:
        """Keep an outcome and return its row as it now stands.

        A film with the same content is the same case: unread, it takes the new answer; read, it
        keeps what its reader saw; archived, it is listed again. A file that could be decoded at
        last replaces its rejection.
        """
        return self.record_all([outcome])[0]

    def record_all(self, outcomes: Iterable[Outcome]) -> list[StoredCase]:
        """Keep outcomes, as `record` does, all of them or none: much sooner than one by one."""
        with self._write():
            return [self._record(outcome) for outcome in outcomes]

    def _record(self, outcome: Outcome) -> StoredCase:
        row, taken = upsert(self._rows, outcome)
        kept = {} if taken else {"kept": "the answer that was read"}
        self._log(Act.ANSWERED, stored := from_row(row), audit.answer_detail(outcome) | kept)
        return self._mark(stored.id, marks.archiving(on=False)) if stored.archived else stored

    def get(self, case_id: int) -> StoredCase:
        """Return one case.

        Raises:
            KeyError: There is none of this number.
        """
        rows = self._rows("SELECT * FROM cases WHERE id = ?", (case_id,))
        if not rows:
            raise KeyError(case_id)
        return from_row(rows[0])

    def all(self, *, archived: bool = False, blind: bool = False) -> list[StoredCase]:
        """Return every case in the order of the worklist; archived ones are a list of their own.

        A `blind` reader gets them as they came.
        """
        status = Status.ARCHIVED if archived else None
        return list(self.worklist.films(Wanted(status=status, blind=blind)))

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
        return self.mark(case_id, marks.calling(reading, self.initials), seen)

    def mark_unread(self, case_id: int) -> StoredCase:
        """Take the reader's call back and return the case.

        Raises:
            KeyError: There is none of this number.
        """
        return self.mark(case_id, marks.uncalled)

    def mark(self, case_id: int, change: marks.Change, seen: Outcome | None = None) -> StoredCase:
        """Change what the reader put on a case and return it; `seen` is as in `mark_read`.

        Raises:
            KeyError: There is none of this number.
            AnswerChangedError: Another program answered the film again; nothing was done.
            MarksChangedError: `change` takes back what another changed since; nothing was done.
        """
        with self._write():
            if seen is not None and not _same_answer(self.get(case_id).outcome, seen):
                raise AnswerChangedError(case_id)
            return self._mark(case_id, change)

    def _mark(self, case_id: int, change: marks.Change) -> StoredCase:
        before = self.get(case_id)
        wanted = marks_columns(after := change(before))
        wanted["answer_shown"] = int(before.answer_shown or after.reading is not None)
        places = ", ".join(f"{name} = :{name}" for name in wanted)
        self._rows(f"UPDATE cases SET {places} WHERE id = :id", wanted | {"id": case_id})  # noqa: S608 - our own column names
        for act, detail in marks.deeds(before.marks, after):
            self._log(act, before, detail)
        return self.get(case_id)

    def erase(self, case_ids: Iterable[int]) -> list[Erased]:
        """Take cases off this computer's list for good; return what `restore` needs.

        SQLite overwrites what it deletes (`secure_delete`); the audit log keeps number and hash.

        Raises:
            KeyError: There is none of one of these numbers; nothing was erased.
        """
        with self._write():
            erased = [self._erase(case_id) for case_id in case_ids]
        forget_log(self._rows)
        return erased

    def _erase(self, case_id: int) -> Erased:
        stored = self.get(case_id)
        self._log(Act.ERASED, stored, {})
        return take_out(self._rows, case_id)

    def restore(self, erased: Iterable[Erased]) -> list[StoredCase]:
        """Put erased cases back under their numbers; a film that came again meanwhile stays."""
        back: list[StoredCase] = []
        with self._write():
            for one in erased:
                if put_back(self._rows, one):
                    back.append(self.get(one.row["id"]))
                    self._log(Act.RESTORED, back[-1], {})
        return back

    def relabel(
        self, card_of: CardOf, policy: Policy, old: Policy | None = None
    ) -> Iterator[Relabelled]:
        """Label the unread films under another policy; see `relabel.relabel`."""
        cases = Cases(self._rows, self._write, self.initials)
        return relabel(cases, card_of, policy, old or policy)

    def relabelling(self) -> Begun | None:
        """Return a relabelling that was begun and has not ended."""
        return begun(self._rows)

    def unveil(self, case_ids: Iterable[int]) -> None:
        """Keep that the answers of these cases were shown before their call."""
        with self._write():
            for case_id in case_ids:
                self._rows("UPDATE cases SET answer_shown = 1 WHERE id = ?", (case_id,))

    def relocate(self, looked: Iterable[Looked]) -> None:
        """Keep where films are now; those that were not found stay where they were."""
        with self._write():
            for one in looked:
                if one.path is not None:
                    values = (path_bytes(one.path), one.kept.case_id, one.kept.sha256)
                    self._rows("UPDATE cases SET path = ? WHERE id = ? AND identity = ?", values)
                    deed = Deed(Act.LOCATED, one.kept.case_id, one.kept.sha256)
                    audit.append(self._rows, self.initials, deed)

    def log_opened(self, stored: StoredCase, at: datetime | None = None) -> None:
        """Keep in the audit log that a case was put before its reader."""
        with self._write():
            self._log(Act.OPENED, stored, {}, at)

    def log_exported(self, cases: Iterable[int], form: str) -> None:
        """Keep in the audit log that cases of these numbers left the program, as CSV or else."""
        numbers = list(cases)
        detail = {"form": form, "count": len(numbers), "cases": audit.ranges(numbers)}
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
            raise failure(self._path, error) from error

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


def _same_answer(a: Outcome, b: Outcome) -> bool:
    if isinstance(a, Case) and isinstance(b, Case):
        return (a.model, a.answer) == (b.model, b.answer)
    return type(a) is type(b)


__all__ = ["FILE", "AnswerChangedError", "CaseStore", "Erased", "StoreError"]
