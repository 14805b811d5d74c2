"""What readers put on cases - a call with its note, a flag, the archive - and taking it back.

A `Change` says what the marks are to be, given the case as it stands; `deeds` what the audit log
is to say of it. The log never holds a note, which may name a patient.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pneumo_desktop.core.audit import Act
from pneumo_desktop.core.cases import Marks, Reading, StoredCase

Change = Callable[[StoredCase], Marks]


class MarksChangedError(Exception):
    """What is to be taken back is not what stands on the case any more."""


def calling(reading: Reading, initials: str) -> Change:
    """Return the change that keeps a call, by `initials` where the reading names nobody."""

    def change(stored: StoredCase) -> Marks:
        model = stored.outcome.model
        named = replace(
            reading,
            initials=reading.initials or initials,
            model=f"{model.name} {model.version}",
        )
        return replace(stored.marks, reading=named)

    return change


def uncalled(stored: StoredCase) -> Marks:
    """Take the call back."""
    return replace(stored.marks, reading=None)


def noting(note: str) -> Change:
    """Return the change that puts another note beside the call; a case without one has none."""

    def change(stored: StoredCase) -> Marks:
        reading = stored.reading
        return replace(stored.marks, reading=replace(reading, note=note) if reading else None)

    return change


def flagging(*, on: bool) -> Change:
    """Return the change that sets or takes off the flag."""
    return lambda stored: replace(stored.marks, flagged=on)


def archiving(*, on: bool) -> Change:
    """Return the change that puts a case into the archive or takes it out."""
    return lambda stored: replace(stored.marks, archived=on)


def taking_back(before: Marks, after: Marks) -> Change:
    """Return the change from `after` to `before`.

    It raises `MarksChangedError` where another reader or program changed the case since.
    """

    def change(stored: StoredCase) -> Marks:
        if stored.marks != after:
            raise MarksChangedError(stored.id)
        return before

    return change


def deeds(before: Marks, after: Marks) -> Iterator[tuple[Act, dict[str, Any]]]:
    """Yield what the audit log says of a change."""
    yield from _reading_deeds(before.reading, after.reading)
    if before.flagged != after.flagged:
        yield (Act.FLAGGED if after.flagged else Act.UNFLAGGED), {}
    if before.archived != after.archived:
        yield (Act.ARCHIVED if after.archived else Act.UNARCHIVED), {}


def _reading_deeds(
    before: Reading | None, after: Reading | None
) -> Iterator[tuple[Act, dict[str, Any]]]:
    if after == before:
        return
    if after is None:
        yield Act.UNREAD, {}
    elif before and replace(before, note=after.note) == after:
        yield Act.NOTED, {}
    else:
        said = {"call": after.call.value, "answer_seen": after.answer_seen, "model": after.model}
        yield Act.READ, said
