"""What films are like under a plan, worked out in a worker: findings, choices, parts."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.labelled.apply import apply
from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.finding import Finding
from pneumo_desktop.core.labelled.findings import find
from pneumo_desktop.core.labelled.lot import Told, tell_patients
from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.labelled.split import CLASSES, Row, check_split, divide
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.training.state import Assessed, Films
from pneumo_desktop.ui.translation import translated

Found = tuple[Finding, ...]


class Assessor(QObject):
    """Works out the latest plan; what an earlier one would give is forgotten.

    Patients are told by a thread of their own, so that they need not wait for earlier findings.

    Signals:
        told: A `Told`, before the `Assessed` that follows from it.
        assessed: An `Assessed`.
        failed: What went wrong, in words.
    """

    told = Signal(Told)
    assessed = Signal(Assessed)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._telling = Background("patients", self, interval_ms=0)
        self._telling.items.connect(self._take_told)
        self._work = Background("assessor", self, interval_ms=0)
        self._work.items.connect(self._tell)
        for work in (self._telling, self._work):
            work.failed.connect(lambda error: self.failed.emit(translated(str(error))))
        self._finder = _Finder()

    def assess(self, films: Films, plan: Plan) -> None:
        """Work out what `films` are like under `plan`."""
        self._telling.cancel()
        self._work.cancel()
        self._telling.run(_told(films, plan))

    def shutdown(self) -> None:
        """End the threads; call from the window's end."""
        self._telling.shutdown()
        self._work.shutdown()

    @Slot(list)
    def _take_told(self, items: list[tuple[Films, Plan, Told]]) -> None:
        films, plan, told = items[-1]
        self.told.emit(told)
        self._work.run(_assessed(self._finder, films, plan, told.patients))

    @Slot(list)
    def _tell(self, items: list[Assessed]) -> None:
        self.assessed.emit(items[-1])


class _Finder:
    """Finds, and remembers what it found last: another choice needs no second look.

    Owned by the worker's thread.
    """

    def __init__(self) -> None:
        self._of: tuple[Films, tuple[str, ...]] | None = None
        self._found: Found = ()

    def find(self, films: Films, patients: tuple[str, ...]) -> Found:
        """Return the findings on `films`, which are of these `patients`."""
        last = self._of
        if last is None or last[0] is not films or last[1] != patients:
            self._found = find(films.known, films.unreadable, patients)
            self._of = (films, patients)
        return self._found


def _told(films: Films, plan: Plan) -> Iterator[tuple[Films, Plan, Told]]:
    yield films, plan, tell_patients(films.known, plan.patients)


def _assessed(
    finder: _Finder, films: Films, plan: Plan, patients: tuple[str, ...]
) -> Iterator[Assessed]:
    findings = finder.find(films, patients)
    chosen = apply(films.known, findings, plan.choices, patients)
    yield divided(findings, chosen, plan)


def divided(findings: Found, films: tuple[Listed, ...], plan: Plan) -> Assessed:
    """Return the films with their parts: those of the list where it names all, else as dealt."""
    listed = bool(films) and all(film.part for film in films)
    try:
        if not (listed and plan.listed_parts):
            truth, groups = [film.ill for film in films], [film.patient for film in films]
            parts = divide(truth, groups, plan.shares)
            films = tuple(replace(f, part=part) for f, part in zip(films, parts, strict=True))
        check_split(tuple(map(_row, films)))
    except TrainingError as error:
        return Assessed(findings, films, translated(str(error)), listed)
    return Assessed(findings, films, "", listed)


def _row(film: Listed) -> Row:
    return Row(film.path.name, CLASSES[film.ill], film.patient, film.part or "train")
