"""Films read lately or about to be asked for, as many as fit into so many bytes."""

import stat
from collections import OrderedDict
from pathlib import Path

from pneumo_desktop.core.cases import Film

BYTES = 160 << 20  # eight films of 3000 x 3000 pixels and 16 bits

Stamp = tuple[int, int, int]


class FilmCache:
    """Keeps films by path while their files stay as they were; the longest unused go first.

    Owned by one thread.
    """

    def __init__(self, most: int = BYTES) -> None:
        self._most = most
        self._films: OrderedDict[Path, tuple[Stamp, Film]] = OrderedDict()

    @property
    def bytes(self) -> int:
        """How much the films take."""
        return sum(film.pixels.nbytes for _, film in self._films.values())

    def get(self, path: Path) -> Film | None:
        """Return a film whose file has not changed since it was read."""
        kept = self._films.get(path)
        if kept is None:
            return None
        if kept[0] != stamp(path):
            del self._films[path]
            return None
        self._films.move_to_end(path)
        return kept[1]

    def put(self, path: Path, when_read: Stamp | None, film: Film) -> None:
        """Keep a film; `when_read` is its file's stamp from before it was read."""
        self._films.pop(path, None)
        if when_read is None or film.pixels.nbytes > self._most:
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
