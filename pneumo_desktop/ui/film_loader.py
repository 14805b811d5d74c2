"""The pixels of the film on view, read by a worker and a child process of their own."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pneumo_desktop.core.cases import Case, Film, FilmError, ReasonCode, StoredCase
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import Reader
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.film_cache import FilmCache, stamp
from pneumo_desktop.ui.translation import translated

SLOW_MS = 300
GONE = (
    "The file was moved or deleted. Reading, Locate the missing file, finds it again, and the "
    "films that were moved with it."
)
CHANGED = "The file has changed since it was answered. Add it again to have it answered anew."


class FilmLoader(QObject):
    """Reads one film at a time; a newer request silences an older one.

    Between requests it reads ahead, into a cache that its worker owns.

    Signals:
        loaded: The film asked for last.
        failed: Why it cannot be shown, in words.
        slow: It takes longer than the eye forgives in silence.
    """

    loaded = Signal(object)
    failed = Signal(str)
    slow = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sandbox = Sandbox()
        self._cache = FilmCache()
        self._work = Background("film", self, interval_ms=0)
        self._work.items.connect(self._deliver)
        self._work.failed.connect(self._fail)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self.slow)
        self._loading = False

    @property
    def loading(self) -> bool:
        """Whether a film was asked for and has neither come nor failed."""
        return self._loading

    @property
    def reading(self) -> bool:
        """Whether the worker reads anything, ahead or as asked."""
        return self._work.busy

    def load(self, case: Case) -> None:
        """Read the film of a case."""
        self._work.cancel()
        self._loading = True
        self._slow.start()
        self._work.run(_read(case, self._sandbox, self._cache))

    def read_ahead(self, cases: Sequence[StoredCase]) -> None:
        """Read films that may be asked for next; the next request takes precedence."""
        wanted = [stored.outcome for stored in cases if isinstance(stored.outcome, Case)]
        self._work.run(_read_ahead(wanted, self._sandbox, self._cache))

    def forget(self) -> None:
        """Deliver nothing more of what was asked for."""
        self._end()
        self._work.cancel()

    @Slot(list)
    def drop(self, paths: list[Path]) -> None:
        """Let the pixels of films that were erased leave memory, and read them ahead no more."""
        if not self._loading:
            self._work.cancel()
        self._cache.drop(paths)

    def shutdown(self) -> None:
        """End thread and child; call from the window's end."""
        self.forget()
        self._sandbox.interrupt()
        self._work.shutdown()
        self._sandbox.close()

    def _end(self) -> None:
        self._loading = False
        self._slow.stop()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if not self._loading:
            return  # reading ahead failed; the film on view is none the worse
        self._end()
        self.failed.emit(f"{type(error).__name__}: {error}")

    @Slot(list)
    def _deliver(self, items: list[Film | str | None]) -> None:
        for item in items:
            if item is None:
                continue  # read ahead
            self._end()
            if isinstance(item, Film):
                self.loaded.emit(item)
            else:
                self.failed.emit(item)


def _read(case: Case, read: Reader, cache: FilmCache) -> Iterator[Film | str]:
    try:
        film = _cached(case, read, cache)
    except FilmError as error:
        gone = error.reason.code is ReasonCode.MISSING
        yield GONE if gone else translated(error.reason.text)
        return
    yield film if film.facts.sha256 == case.facts.sha256 else CHANGED


def _read_ahead(cases: Sequence[Case], read: Reader, cache: FilmCache) -> Iterator[None]:
    for case in cases:
        with suppress(FilmError):  # said when the film is asked for
            _cached(case, read, cache)
        yield None  # here a request for another film gets its turn


def _cached(case: Case, read: Reader, cache: FilmCache) -> Film:
    film = cache.get(case.path)
    if film is None:
        when_read = stamp(case.path)
        film = read(case.path)
        cache.put(case.path, when_read, film)
    return film
