"""All examined films at once, as the findings look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.labelled.examine import Examined
from pneumo_desktop.core.labelled.patients import (
    PatientRule,
    groups_of,
    near_duplicates,
)
from pneumo_desktop.core.labelled.split import same_bytes

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """Films by place: `truth` (films,) is true for pneumonia, `patients` (films,) whose they are.

    `alike` are the groups of films that show the same film, be it byte by byte or nearly.
    """

    films: tuple[Examined, ...]
    truth: NDArray[np.bool_]
    patients: tuple[str, ...]
    alike: Groups

    def of(self, *, ill: bool) -> tuple[int, ...]:
        """Return the places of a class."""
        return tuple(int(place) for place in np.flatnonzero(self.truth == ill))

    def mixed(self, group: Sequence[int]) -> bool:
        """Tell whether a group has films of both classes."""
        return len({bool(self.truth[place]) for place in group}) > 1

    def path(self, place: int) -> Path:
        """Return where a film lies."""
        return self.films[place].listed.path


def lot_of(examined: Sequence[Examined], rule: PatientRule) -> Lot:
    """Return the lot; patients are told apart by `rule`."""
    films = tuple(examined)
    pairs = near_duplicates([film.thumbnail for film in films])
    pairs += same_bytes([film.sha256 for film in films])
    return Lot(
        films,
        np.array([film.listed.ill for film in films], dtype=bool),
        tuple(patient_of_film(film, rule) for film in films),
        _joined(len(films), pairs),
    )


def patient_of_film(film: Examined, rule: PatientRule) -> str:
    """Return whose film it is."""
    return rule.patient(film.listed.path, film.listed.patient, film.patient_id)


def together(names: Sequence[str]) -> Groups:
    """Return the groups of places with one name, those of a single place left out."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return tuple(tuple(group) for group in places.values() if len(group) > 1)


def _joined(count: int, pairs: Sequence[tuple[int, int]]) -> Groups:
    return together(groups_of([str(place) for place in range(count)], pairs))
