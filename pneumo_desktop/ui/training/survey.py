"""Labelled films looked at in a worker: each decoded once, in children that may be broken."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.labelled.examine import Examined, Unreadable, examine
from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.film_list import Listed, list_films
from pneumo_desktop.core.labelled.sources import ReadHere, Source, SourceKind, films_read_here
from pneumo_desktop.core.sandbox import DecoderUnavailableError
from pneumo_desktop.core.store import FILE, CaseStore, StoreError
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.models import LoadClassifier
from pneumo_desktop.ui.training.state import Films, Looking
from pneumo_desktop.ui.translation import translated

_KNOWN = (StoreError, CardError, DecoderUnavailableError)


@dataclass(frozen=True, slots=True)
class _Begun:
    """How many films there are, and which cases read here give none."""

    total: int
    read_here: ReadHere | None


class Survey(QObject):
    """Looks at the films of one source at a time.

    Signals:
        advanced: A `Looking`.
        finished: The `Films` of the source, all of them looked at.
        failed: Why the films cannot be looked at, in words.
    """

    advanced = Signal(Looking)
    finished = Signal(Films)
    failed = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        """`home` holds the case database."""
        super().__init__(parent)
        self._home = home
        self._work = Background("survey", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self._tell_failure)
        self._work.idle.connect(self._finish)
        self._sandboxes = Sandboxes(lanes())
        self._films = Films(Source())
        self._total, self._started = 0, 0.0
        self._known: list[Examined] = []
        self._unreadable: list[Unreadable] = []
        self._trouble = ""

    @property
    def busy(self) -> bool:
        """Whether films are being looked at."""
        return self._work.busy

    def look(self, source: Source, load: LoadClassifier) -> None:
        """Look at the films of `source` instead; `load` is called in the worker."""
        self.cancel()
        self._sandboxes = Sandboxes(lanes())
        self._films, self._known, self._unreadable = Films(source), [], []
        self._total, self._started, self._trouble = 0, time.monotonic(), ""
        self._work.run(_looked_at(source, self._home, load, self._sandboxes))
        self.advanced.emit(Looking())

    def cancel(self) -> None:
        """Look at no further film; nothing more is heard of them."""
        self._work.cancel()
        self._sandboxes.interrupt()

    def shutdown(self) -> None:
        """End the thread and the children; call from the window's end."""
        self.cancel()
        self._work.shutdown()

    @Slot(list)
    def _take(self, items: list[object]) -> None:
        for item in items:
            if isinstance(item, _Begun):
                self._total = item.total
                self._films = replace(self._films, read_here=item.read_here)
            elif isinstance(item, Examined):
                self._known.append(item)
            elif isinstance(item, Unreadable):
                self._unreadable.append(item)
            elif isinstance(item, str):
                self._fail(item)
                return
        done = len(self._known) + len(self._unreadable)
        self.advanced.emit(Looking(done, self._total, time.monotonic() - self._started))

    @Slot(object)
    def _tell_failure(self, error: Exception) -> None:
        told = isinstance(error, (*_KNOWN, OSError))
        self._fail(translated(str(error)) if told else f"{type(error).__name__}: {error}")

    def _fail(self, why: str) -> None:
        self._trouble = why
        self.failed.emit(why)

    @Slot()
    def _finish(self) -> None:
        if not self._trouble:
            known, unreadable = tuple(self._known), tuple(self._unreadable)
            self.finished.emit(replace(self._films, known=known, unreadable=unreadable))


def _looked_at(
    source: Source, home: Path, load: LoadClassifier, read: Sandboxes
) -> Iterator[_Begun | Examined | Unreadable | str]:
    """Yield how many films there are and what is known of each; else why there are none."""
    try:
        films, read_here = _listed(source, home)
    except TrainingError as error:
        yield translated(str(error))
        return
    yield _Begun(len(films), read_here)
    if films:
        with read:
            abreast = lanes()
            yield from examine(films, read, load(threads_of_each(abreast)), abreast)


def _listed(source: Source, home: Path) -> tuple[tuple[Listed, ...], ReadHere | None]:
    if source.kind is not SourceKind.CASES:
        return list_films(Path(source.path)), None
    with CaseStore(home / FILE) as store:
        cases = [*store.all(), *store.all(archived=True)]
    read_here = films_read_here(cases, after_seeing=source.after_seeing)
    return read_here.films, read_here
