"""Films whose files were moved: what is missing, and where it is now.

A film is taken for the same only where the file's SHA-256 is that of the film answered.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.cases import FilmError
from pneumo_desktop.core.containers import bytes_within
from pneumo_desktop.core.decode import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Kept:
    """A film as the store knows it."""

    case_id: int
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A film that was looked for; `path` is where it is now, None where it was not found."""

    kept: Kept
    path: Path | None


def is_missing(path: Path) -> bool:
    """Return whether there is neither a file at `path` nor one that it leads into, as a ZIP."""
    for candidate in (path, *path.parents):
        try:
            if candidate.exists():
                return candidate != path and not candidate.is_file()
        except (OSError, ValueError):
            continue
    return True


def locate(film: Kept, chosen: Path, others: Iterable[Kept]) -> Iterator[Looked]:
    """Find a film where the reader says it is, then the films that were moved with it.

    `chosen` is its file, or a folder that it lies in or below. The ends that its old path and its
    new one have in common tell what was moved; of `others` below that, the missing ones are looked
    for in the same place below the new. An item for each film looked for, the film itself first.
    """
    found = _found(film, _candidates(film.path, chosen))
    yield Looked(film, found)
    if found is None:
        return
    before, now = _moved(film.path, found)
    for other in others:
        below = other.case_id != film.case_id and other.path.is_relative_to(before)
        if below and is_missing(other.path):
            yield Looked(other, _found(other, [now / other.path.relative_to(before)]))


def _candidates(old: Path, chosen: Path) -> Iterator[Path]:
    if not _is_folder(chosen):
        yield chosen
        return
    parts = old.parts[1:] if old.is_absolute() else old.parts
    for length in range(1, len(parts) + 1):
        yield chosen.joinpath(*parts[-length:])


def _is_folder(path: Path) -> bool:
    """Return whether there is a folder; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no right to look, a name too long, links in a circle
        return False


def _found(film: Kept, candidates: Iterable[Path]) -> Path | None:
    there = (path for path in candidates if not is_missing(path))
    return next((path for path in there if _sha256(path) == film.sha256), None)


def _moved(old: Path, new: Path) -> tuple[Path, Path]:
    """Return what was moved and where to: both paths without the end they have in common."""
    while old.name == new.name and old != old.parent and new != new.parent:
        old, new = old.parent, new.parent
    return old, new


def _sha256(path: Path) -> str:
    """Return a file's SHA-256, empty where it cannot be read."""
    try:
        inside = bytes_within(path, MAX_BYTES)
        if inside is not None:
            return hashlib.sha256(inside).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, FilmError):
        return ""
