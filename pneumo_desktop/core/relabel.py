"""Another threshold or operating point for films that are still unread, without running the model.

The stored prediction is put before `gates.answer` anew, with the card of the very model that made
it: a threshold belongs to one model version. What a reader called keeps what its reader saw.

It is done in short transactions, lest a reader's call wait for a hundred thousand films. What was
begun stands in the database until it has ended: a program that was closed in the middle leaves a
list of two thresholds, and whoever opens it next can tell and go on (`begun`).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from pneumo_desktop.core import audit
from pneumo_desktop.core.audit import Act, Deed
from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.cases import Answer, Case, ModelIdentity, Policy, StoredCase
from pneumo_desktop.core.gates import answer
from pneumo_desktop.core.store_rows import answer_columns, from_row

CHUNK = 250  # cases; one short transaction each, between which others may write
CardOf = Callable[[ModelIdentity], ModelCard | None]
_OTHERWISE = """
    FROM cases WHERE reader_call IS NULL AND outcome = 'case' AND id > :after
    AND (operating_point <> :operating_point OR threshold <> :threshold)"""


@dataclass(frozen=True, slots=True)
class Relabelled:
    """How far it has come: `changed` have another label, `left` a model that is not installed."""

    done: int
    total: int
    changed: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Cases:
    """The database to work on: `rows` runs a statement, `write` holds a transaction."""

    rows: audit.Rows
    write: Callable[[], AbstractContextManager[None]]
    initials: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A relabelling that has not ended: to `policy`, away from `old`."""

    policy: Policy
    old: Policy


def begun(rows: audit.Rows) -> Begun | None:
    """Return what was begun and has not ended, by this program or another."""
    found = rows("SELECT * FROM relabelling")
    if not found:
        return None
    (row,) = found
    return Begun(
        Policy(row["operating_point"], row["threshold"]),
        Policy(row["old_operating_point"], row["old_threshold"]),
    )


def relabel(cases: Cases, card_of: CardOf, policy: Policy, old: Policy) -> Iterator[Relabelled]:
    """Label every unread film under `policy`, telling after each chunk how far it has come.

    `old` is what is to be gone back to where it is left in the middle: stop asking, then relabel
    the other way round, which touches only the films done.
    """
    wanted = {"operating_point": policy.operating_point, "threshold": policy.threshold, "after": 0}
    ((total,),) = cases.rows(f"SELECT count(*) {_OTHERWISE}", wanted)
    if total:
        _note_begun(cases, policy, old)
    done = Relabelled(0, total)
    chunk = f"SELECT * {_OTHERWISE} ORDER BY id LIMIT {CHUNK}"
    while found := [from_row(row) for row in cases.rows(chunk, wanted)]:
        wanted["after"] = found[-1].id
        fresh = [pair for stored in found if (pair := _pair(stored, card_of, policy))]
        changed = _keep(cases, fresh, policy)
        done = Relabelled(
            done.done + len(found),
            max(total, done.done + len(found)),
            done.changed + changed,
            done.left + len(found) - len(fresh),
        )
        yield done
    with cases.write():
        cases.rows("DELETE FROM relabelling")


def _note_begun(cases: Cases, policy: Policy, old: Policy) -> None:
    values = (policy.operating_point, policy.threshold, old.operating_point, old.threshold)
    with cases.write():
        cases.rows("INSERT OR REPLACE INTO relabelling VALUES (1, ?, ?, ?, ?)", values)


def _pair(stored: StoredCase, card_of: CardOf, policy: Policy) -> tuple[StoredCase, Answer] | None:
    """Return a case and its new answer; None where its model cannot say."""
    case = stored.outcome
    card = card_of(case.model) if isinstance(case, Case) else None
    if card is None or not isinstance(case, Case) or not card.has_point(policy.operating_point):
        return None
    return stored, answer(case.facts, case.prediction, card, policy)


def _keep(cases: Cases, fresh: list[tuple[StoredCase, Answer]], policy: Policy) -> int:
    """Write the new answers of those that nobody called or answered again meanwhile."""
    kept: list[int] = []
    changed = 0
    with cases.write():
        for stored, said in fresh:
            if _update(cases.rows, stored, said):
                kept.append(stored.id)
                changed += isinstance(stored.outcome, Case) and (
                    stored.outcome.answer.label is not said.label
                )
        if kept:
            detail = {
                "at": policy.operating_point,
                "threshold": policy.threshold,
                "count": len(kept),
                "cases": audit.ranges(kept),
                "with another label": changed,
            }
            audit.append(cases.rows, cases.initials, Deed(Act.RELABELLED, detail=detail))
    return changed


def _update(rows: Callable[..., list[sqlite3.Row]], stored: StoredCase, said: Answer) -> bool:
    columns = answer_columns(said)
    places = ", ".join(f"{name} = :{name}" for name in columns)
    rows(
        f"UPDATE cases SET {places} WHERE id = :id AND reader_call IS NULL "  # noqa: S608 - our own names
        "AND model_sha256 = :model",
        {**columns, "id": stored.id, "model": stored.outcome.model.sha256},
    )
    return bool(rows("SELECT changes()")[0][0])
