"""The triggers of the two lists, woken only by a change that the lists show. A migration.

Another threshold changes every unread case and the label of a few: rows of the others stay.
"""

from pneumo_desktop.core import store_arrivals, store_worklist

_FILED = (
    "identity", "path", "received", "outcome", "facts", "reader_call", "read_at", "note",
    "flagged", "archived",
)  # fmt: skip
_ANSWERED = ("label", "confidence", "severity", "priority", "reason_code")


def _waking(name: str, columns: tuple[str, ...], refresh: str) -> str:
    """Return the statements that put a trigger in the place of one that any update woke."""
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return f"""
    DROP TRIGGER {name};
    CREATE TRIGGER {name} AFTER UPDATE ON cases WHEN {changed} BEGIN
        {refresh} END;"""


MIGRATION = f"""
    {
    _waking(
        "worklist_follows_update",
        _FILED + _ANSWERED,
        store_worklist.refresh("OLD.study", "NEW.study"),
    )
}
    {
    _waking("arrivals_follow_update", _FILED, store_arrivals.refresh("OLD.arrival", "NEW.arrival"))
}
    CREATE TABLE relabelling (          -- what was begun and has not ended yet; at most one row
        number INTEGER PRIMARY KEY CHECK (number = 1),
        operating_point TEXT NOT NULL,
        threshold REAL NOT NULL,
        old_operating_point TEXT NOT NULL,
        old_threshold REAL NOT NULL
    ) STRICT;
"""
