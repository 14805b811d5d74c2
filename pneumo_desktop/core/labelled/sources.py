"""Where labelled films come from: class folders, a list, or the cases read here."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from pneumo_desktop.core.cases import Call, Case, Reading, StoredCase
from pneumo_desktop.core.labelled.film_list import Listed

_LABELS = {Call.NORMAL: False, Call.PNEUMONIA: True}


class SourceKind(StrEnum):
    """Where the films come from."""

    FILES = "files"  # a folder of class folders, or a CSV file
    CASES = "cases"  # those read here


class Source(Struct, frozen=True):
    """Which films to learn from; `path` is empty until chosen, and for the cases read here.

    With `after_seeing` also calls count that were made when the answer had been seen.
    """

    kind: SourceKind = SourceKind.FILES
    path: str = ""
    after_seeing: bool = False


@dataclass(frozen=True, slots=True)
class ReadHere:
    """Films with their reader's call, and how many cases give none.

    `seen` are calls made when the model's answer could have been seen: a model that learns from
    them learns from itself. `other` are calls that are neither Normal nor Pneumonia.
    """

    films: tuple[Listed, ...]
    seen: int
    other: int
    unread: int


def films_read_here(cases: Iterable[StoredCase], *, after_seeing: bool = False) -> ReadHere:
    """Return the films of `cases` by their readers' calls, each file once, the last call counts."""
    films: dict[Path, Listed] = {}
    seen = other = unread = 0
    called: list[tuple[Reading, Case]] = []
    for stored in cases:
        if stored.reading is None or not isinstance(stored.outcome, Case):
            unread += 1
        else:
            called.append((stored.reading, stored.outcome))
    for reading, outcome in sorted(called, key=lambda case: case[0].read_at):
        if reading.call not in _LABELS:
            other += 1
        elif reading.answer_seen and not after_seeing:
            seen += 1
        else:
            path = outcome.path
            films[path] = Listed(path, _LABELS[reading.call], outcome.facts.patient.identifier)
    return ReadHere(tuple(films.values()), seen, other, unread)
