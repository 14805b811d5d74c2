"""Labelled films as rows of small pictures; which of them are on view is chosen by places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
FILM_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class GridFilm:
    """A film in the grid: `picture` is a small JPEG, empty for a file that cannot be read.

    `label` is the film's class; `words` is what is to be said of it beside that; `out` is true
    where it will not be learnt from. What it is called is `hidden` on demand.
    """

    path: Path
    label: str
    picture: bytes
    words: str
    out: bool = False
    hidden: bool = False

    @property
    def name(self) -> str:
        """What it is called, where that may be read."""
        return "" if self.hidden else self.path.name


class GridModel(QAbstractListModel):
    """A film is made when its row is asked for: thousands are listed, a screenful is drawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: Sequence[int] = ()
        self._film: Callable[[int], GridFilm] | None = None

    def show_films(self, places: Sequence[int], film: Callable[[int], GridFilm]) -> None:
        """Show the films at `places`, in their order; `film` returns the one at a place."""
        if self._film is not None and list(places) == list(self._places):
            self._film = film
            if not places:
                return
            self.dataChanged.emit(self.index(0), self.index(len(places) - 1))
            return
        self.beginResetModel()
        self._places, self._film = places, film
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: how many films there are."""
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a film, its name, or what is said of it."""
        if self._film is None or not index.isValid():
            return None
        if role == FILM_ROLE:
            return self._film(self._places[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._film(self._places[index.row()]).name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _told(self._film(self._places[index.row()]))
        return None


def _told(film: GridFilm) -> str:
    said = " · ".join(filter(None, (film.label, film.words)))
    return said if film.hidden else f"{film.path}\n{said}"
