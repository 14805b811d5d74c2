"""Films read lately or about to be asked for, as many as fit into so many bytes."""

import stat
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from threading import RLock

from pneumo_desktop.core.cases import Film

BYTES = 160 << 20  # eight films of 3000 x 3000 pixels and 16 bits

Stamp = tuple[int, int, int]


class FilmCache:
    """Keeps films by path while their files stay as they were; the longest unused go first.

    A worker puts and gets; films that were erased are dropped from another thread.
    """

    def __init__(self, most: int = BYTES) -> None:
        self._most = most
        self._films: OrderedDict[Path, tuple[Stamp, Film]] = OrderedDict()
        self._dropped: set[Path] = set()
        self._turn = RLock()

    @property
    def bytes(self) -> int:
        """How much the films take."""
        with self._turn:
            return sum(film.pixels.nbytes for _, film in self._films.values())

    def drop(self, paths: Iterable[Path]) -> None:
        """Forget films, those too that are being read now, until they are asked for again."""
        with self._turn:
            self._dropped.update(paths)
            for path in self._dropped:
                self._films.pop(path, None)

    def get(self, path: Path) -> Film | None:
        """Return a film whose file has not changed since it was read."""
        with self._turn:
            self._dropped.discard(path)
            kept = self._films.get(path)
        if kept is None:
            return None
        same = kept[0] == stamp(path)  # a drive that does not answer keeps nobody else waiting
        with self._turn:
            if not same:
                self._films.pop(path, None)
                return None
            if path in self._films:
                self._films.move_to_end(path)
        return kept[1]

    def put(self, path: Path, when_read: Stamp | None, film: Film) -> None:
        """Keep a film; `when_read` is its file's stamp from before it was read."""
        with self._turn:
            self._films.pop(path, None)
            if when_read is None or film.pixels.nbytes > self._most or path in self._dropped:
                return
            self._films[path] = (when_read, film)
            while self.bytes > self._most:
                self._films.popitem(last=False)


def stamp(path: Path) -> Stamp | None:
    """Return what changes with the file, or with the archive that a film lies in."""
    for place in (path, *path.parents):
        try:
            found = place.stat()
        except OSError:
            continue
        return (
            (found.st_size, found.st_mtime_ns, found.st_ino)
            if stat.S_ISREG(found.st_mode)
            else None
        )
    return None
