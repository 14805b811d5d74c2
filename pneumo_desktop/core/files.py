"""The paths a user named, folders searched: lazily, sorted, hidden files left out."""

from collections.abc import Iterable, Iterator
from pathlib import Path


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file as named; for a folder all files below it, in the order of their names.

    What cannot be looked at is yielded as it is, so that whoever reads it can say why.
    """
    for path in paths:
        if _is_folder(path):
            yield from _below(path)
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission on the way, or a name too long
        return False


def _below(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path is not folder and (path.is_symlink() or not _is_folder(path)):
            if not path.is_dir():  # links to folders are not followed, so there are no loops
                yield path
            continue
        try:
            inside = sorted(path.iterdir(), reverse=True)
        except OSError:
            yield path
            continue
        waiting += [child for child in inside if not child.name.startswith(".")]
