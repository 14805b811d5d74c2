"""Which patients teach, which choose, which calibrate, and which are kept to the end."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from pneumo_training.failure import TrainingError
from pneumo_training.film_list import CLASSES
from pneumo_training.films import FilmSet
from pneumo_training.patients import groups_of, near_duplicates
from pneumo_training.recipe import DataPart

Part = Literal["train", "validation", "calibration", "test"]
PARTS: tuple[Part, ...] = get_args(Part)
_FEWEST = 8  # patients of a class: two for each part


@dataclass(frozen=True, slots=True)
class Row:
    """One film of a split; `patient` is the group it was kept together with."""

    file: str
    truth: str
    patient: str
    split: Part


def split_films(films: FilmSet, part: DataPart) -> tuple[Row, ...]:
    """Divide the films by patient (duplicates count as one patient), seeded, class by class.

    Raises:
        TrainingError: A class has too few patients.
    """
    twins = near_duplicates(films.images)
    twins += _same_bytes(films.sha256)
    groups = np.asarray(groups_of(list(films.patients), twins))
    place: dict[str, Part] = {}
    rng = np.random.default_rng(part.seed)
    sick = set(groups[films.truth])  # a patient with films of both classes counts as ill
    for members, name in ((set(groups) - sick, CLASSES[0]), (sick, CLASSES[1])):
        if len(members) < _FEWEST:
            raise TrainingError(
                f"There are films of only {len(members)} patients in {name}; training needs at "
                f"least {_FEWEST} in each class. Add films; or, where names and patient IDs do "
                "not tell the patients apart, choose a CSV file with a column patient."
            )
        place.update(_deal(sorted(members), groups, part, rng))
    return tuple(
        Row(path.name, CLASSES[int(ill)], str(group), place[str(group)])
        for path, ill, group in zip(films.paths, films.truth, groups, strict=True)
    )


def _deal(
    members: list[str], groups: NDArray[np.str_], part: DataPart, rng: np.random.Generator
) -> dict[str, Part]:
    """Give each patient a part, so that the parts hold their shares of films."""
    sizes = dict(zip(*np.unique(groups, return_counts=True), strict=True))
    total = sum(int(sizes[name]) for name in members)
    order = [members[int(i)] for i in rng.permutation(len(members))]
    wanted: list[tuple[Part, float]] = [
        ("test", part.test),
        ("calibration", part.calibration),
        ("validation", part.validation),
    ]
    place: dict[str, Part] = {}
    for name, share in wanted:
        held = 0
        while order and (held == 0 or held < share * total):
            patient = order.pop()
            place[patient] = name
            held += int(sizes[patient])
    place.update(dict.fromkeys(order, "train"))
    return place


def _same_bytes(hashes: tuple[str, ...]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    pairs = [(first.setdefault(value, index), index) for index, value in enumerate(hashes)]
    return [pair for pair in pairs if pair[0] != pair[1]]


def indices(rows: tuple[Row, ...], part: Part) -> NDArray[np.intp]:
    """Return the places of a part's films."""
    return np.flatnonzero([row.split == part for row in rows])


def check_split(rows: tuple[Row, ...], *marks: Sequence[str]) -> None:
    """Refuse a split that leaks.

    `marks` are further signs by which films belong together, each (films,), for example the
    patients before they were grouped: a fault in the grouping itself is found by them.

    Raises:
        TrainingError: A patient or a mark stands in two parts, or a part lacks a class.
    """
    for names in ([row.patient for row in rows], *marks):
        parts: dict[str, set[Part]] = {}
        for name, row in zip(names, rows, strict=True):
            parts.setdefault(name, set()).add(row.split)
        leaking = sorted(name for name, places in parts.items() if len(places) > 1)
        if leaking:
            raise TrainingError(
                f"The split leaks: {leaking[0]} and {len(leaking) - 1} more patients stand in two "
                "parts. Divide the films again."
            )
    for part in PARTS:
        lacking = set(CLASSES) - {row.truth for row in rows if row.split == part}
        if lacking:
            raise TrainingError(
                f"The {part} part has no film of {lacking.pop()}. Add films of more patients."
            )


def manifest(rows: tuple[Row, ...]) -> str:
    """Return the split as CSV: file, truth, patient, split."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "truth", "patient", "split"))
    writer.writerows((row.file, row.truth, row.patient, row.split) for row in rows)
    return text.getvalue()


def read_manifest(path: Path) -> tuple[Row, ...]:
    """Read what `manifest` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(msgspec.convert(rows, list[Row]))
