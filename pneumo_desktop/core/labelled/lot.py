"""All examined films at once, as the findings look at them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.labelled.examine import Examined
from pneumo_desktop.core.labelled.name_pattern import SlowPatternError
from pneumo_desktop.core.labelled.patients import (
    NameRule,
    NameWay,
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


@dataclass(frozen=True, slots=True)
class Told:
    """Whose films they are, (films,); where the rule cannot be used, `problem` says why."""

    patients: tuple[str, ...]
    problem: str = ""


def tell_patients(films: Iterable[Examined], rule: PatientRule) -> Told:
    """Return whose films they are by `rule`; where its pattern takes too long names tell nothing.

    It may take as long as `name_pattern.PATIENCE`; other threads run meanwhile.
    """
    known = [(film.listed.path, film.listed.patient, film.patient_id) for film in films]
    try:
        return Told(rule.patients(known), rule.name.problem)
    except SlowPatternError as error:
        without = PatientRule(rule.first, NameRule(NameWay.PATTERN))
        return Told(without.patients(known), str(error))


def lot_of(examined: Sequence[Examined], patients: Sequence[str]) -> Lot:
    """Return the lot; `patients` (films,) says whose each film is."""
    films = tuple(examined)
    pairs = near_duplicates([film.thumbnail for film in films])
    pairs += same_bytes([film.sha256 for film in films])
    return Lot(
        films,
        np.array([film.listed.ill for film in films], dtype=bool),
        tuple(patients),
        _joined(len(films), pairs),
    )


def together(names: Sequence[str]) -> Groups:
    """Return the groups of places with one name, those of a single place left out."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return tuple(tuple(group) for group in places.values() if len(group) > 1)


def _joined(count: int, pairs: Sequence[tuple[int, int]]) -> Groups:
    return together(groups_of([str(place) for place in range(count)], pairs))
