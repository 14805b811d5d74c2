"""The films of the Films page: all of them, a class, or those that a finding is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pneumo_desktop.core.labelled.finding import Finding, Kind
from pneumo_desktop.core.labelled.lot import Told
from pneumo_desktop.core.labelled.split import CLASSES
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.film_grid import FilmGrid
from pneumo_desktop.ui.training.finding_words import kind_words
from pneumo_desktop.ui.training.grid_model import GridFilm
from pneumo_desktop.ui.training.state import Assessed, Films
from pneumo_desktop.ui.translation import translated


@dataclass(frozen=True, slots=True)
class Selection:
    """Some films to look at, by place; unreadable ones are counted on behind the others."""

    name: str
    title: str
    places: Sequence[int]


class FilmWall(QWidget):
    """A choice of films, and the films.

    Signals:
        wanted: The path of a film that the reader wants to see large.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selections: tuple[Selection, ...] = ()
        self._film: Callable[[int], GridFilm] | None = None
        self._shown: tuple[Films, Assessed | None, Told | None] | None = None
        self._private = False
        self.which = QComboBox(self)
        self.which.setAccessibleName(self.tr("Films on view"))
        self.which.setToolTip(self.tr("All films, one class, or those that a finding is about"))
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.which.currentIndexChanged.connect(self._show_selection)
        self.grid = FilmGrid(self)
        self.grid.wanted.connect(self.wanted)
        hint = QLabel(self.tr("Enter shows a film large"), self)
        hint.setProperty("role", "quiet")
        row = QHBoxLayout()
        row.addWidget(self.which, 1)
        row.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.grid, 1)

    def show_films(self, films: Films, assessed: Assessed | None, told: Told | None) -> None:
        """Show films, those left out marked; the reader's choice of them stays."""
        self._shown = (films, assessed, told)
        kept = {film.path for film in assessed.films} if assessed else set()
        named = told.patients if told and not self._private else ()
        patients = [self.tr("patient %s") % name for name in named]
        self._film = _maker(films, kept if assessed else None, patients, hidden=self._private)
        before = self.which.currentData()
        self._selections = self._selected(films, assessed, kept)
        with QSignalBlocker(self.which):
            self.which.clear()
            for selection in self._selections:
                count = len(selection.places)
                self.which.addItem(f"{selection.title} ({count:,})", selection.name)
            self.which.setCurrentIndex(max(0, self.which.findData(before)))
        self._show_selection()

    def set_private(self, *, on: bool) -> None:
        """Hide what films and patients are called."""
        self._private = on
        if self._shown:
            self.show_films(*self._shown)

    def show_finding(self, kind: Kind) -> None:
        """Show the films that a finding is about."""
        self.which.setCurrentIndex(max(0, self.which.findData(str(kind))))
        self.grid.setFocus()

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self.grid.set_colours(colours)

    @Slot()
    def _show_selection(self) -> None:
        place = self.which.currentIndex()
        if self._film is not None and 0 <= place < len(self._selections):
            self.grid.films.show_films(self._selections[place].places, self._film)

    def _selected(
        self, films: Films, assessed: Assessed | None, kept: set[Path]
    ) -> tuple[Selection, ...]:
        known = films.known
        found = [Selection("all", self.tr("All films"), range(len(known)))]
        for ill, name in enumerate(CLASSES):
            places = [place for place, film in enumerate(known) if film.listed.ill == bool(ill)]
            found.append(Selection(name, name, places))
        if assessed:
            out = [place for place, film in enumerate(known) if film.listed.path not in kept]
            found.append(Selection("out", self.tr("Left out"), out))
            found.extend(_of_finding(finding, len(known)) for finding in assessed.findings)
        return tuple(found)


def _of_finding(finding: Finding, known: int) -> Selection:
    """Return the films of a finding, those that belong together beside each other."""
    first = known if finding.kind is Kind.UNREADABLE else 0
    grouped = [place for group in finding.groups for place in group] or finding.films
    return Selection(finding.kind, kind_words(finding.kind), [first + place for place in grouped])


def _maker(
    films: Films, kept: set[Path] | None, patients: Sequence[str], *, hidden: bool
) -> Callable[[int], GridFilm]:
    """Return the function that makes the film of a place."""

    def make(place: int) -> GridFilm:
        if place >= len(films.known):
            unreadable = films.unreadable[place - len(films.known)]
            label = CLASSES[unreadable.listed.ill]
            path, why = unreadable.listed.path, translated(unreadable.reason.text)
            return GridFilm(path, label, b"", why, out=True, hidden=hidden)
        film = films.known[place]
        words = (
            patients[place] if patients else "",
            f"{film.width} x {film.height}",
            translated(film.refusal.text) if film.refusal else "",
        )
        path = film.listed.path
        out = kept is not None and path not in kept
        said = " · ".join(filter(None, words))
        return GridFilm(path, CLASSES[film.listed.ill], film.picture, said, out, hidden)

    return make
