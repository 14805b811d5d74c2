"""Blind first: whose answer waits for its reader, and whether a reader could have seen it."""

from datetime import datetime

from pneumo_desktop.core.cases import Case, StoredCase


def waits(stored: StoredCase) -> bool:
    """Return whether a film's answer waits for a blind reader; a file that is no film has none."""
    return stored.reading is None and isinstance(stored.outcome, Case)


def was_seen(stored: StoredCase, since: datetime | None) -> bool:
    """Return whether a reader could have seen the answer before calling it now.

    `since` is when reading blind was switched on, None while it is off: a film that came before
    stood in an open list.
    """
    return (
        since is None
        or stored.received < since
        or stored.answer_shown
        or stored.reading is not None
    )
