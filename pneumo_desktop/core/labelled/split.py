"""Which patients teach, which choose, which calibrate, and which are kept to the end."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.metrics import wilson
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

CLASSES = ("NORMAL", "PNEUMONIA")
Part = Literal["train", "validation", "calibration", "test"]
PARTS: tuple[Part, ...] = get_args(Part)
FEWEST_PATIENTS = 8  # of a class: two for each part
_Share = Annotated[float, Meta(gt=0.0, lt=0.5)]
_NOTHING_LEFT = QT_TRANSLATE_NOOP(
    "Training", "The shares leave no film to learn from. Make one of them smaller."
)
_FEW_PATIENTS = QT_TRANSLATE_NOOP(
    "Training",
    "There are films of only %n patients in {name}; training needs at least {least:d} in each "
    "class. Add films; or, where names and patient IDs do not tell the patients apart, choose a "
    "CSV file with a column patient.",
    "",
    1,
)
_LEAKING = QT_TRANSLATE_NOOP(
    "Training",
    "The split leaks: {patient} and %n more patients stand in two parts. Divide the films again.",
    "",
    1,
)
_PART_LACKS = QT_TRANSLATE_NOOP(
    "Training", "The {part} part has no film of {name}. Add films of more patients."
)


class Shares(Struct, frozen=True, forbid_unknown_fields=True):
    """The shares of films that do not teach, each 0-0.5; what is left of 1 teaches.

    `seed` decides which patients they are.
    """

    validation: _Share = 0.1
    calibration: _Share = 0.1
    test: _Share = 0.1
    seed: int = 0

    @property
    def train(self) -> float:
        """The share that teaches; not above 0 where the others leave nothing."""
        return 1.0 - self.validation - self.calibration - self.test


@dataclass(frozen=True, slots=True)
class Row:
    """One film of a split; `patient` is the group it was kept together with."""

    file: str
    truth: str
    patient: str
    split: Part


def divide(truth: Sequence[bool], groups: Sequence[str], shares: Shares) -> tuple[Part, ...]:
    """Return the part of each film: divided by group, seeded, class by class.

    `truth` (films,) is true for pneumonia; `groups` (films,) names what stays together, a patient
    and whoever shares a film with them.

    Raises:
        TrainingError: A class has too few patients, or the shares leave nothing to learn from.
    """
    if shares.train <= 0.0:
        raise TrainingError(_NOTHING_LEFT)
    names = np.asarray(groups, dtype=np.str_)
    place: dict[str, Part] = {}
    rng = np.random.default_rng(shares.seed)
    sick = set(names[np.asarray(truth, dtype=bool)])  # with films of both classes counts as ill
    for members, name in ((set(names) - sick, CLASSES[0]), (sick, CLASSES[1])):
        if len(members) < FEWEST_PATIENTS:
            raise TrainingError(
                _FEW_PATIENTS.counted(len(members), name=name, least=FEWEST_PATIENTS)
            )
        place.update(_deal(sorted(members), names, shares, rng))
    return tuple(place[group] for group in groups)


def _deal(
    members: list[str], groups: NDArray[np.str_], shares: Shares, rng: np.random.Generator
) -> dict[str, Part]:
    """Give each patient a part, so that the parts hold their shares of films."""
    sizes = dict(zip(*np.unique(groups, return_counts=True), strict=True))
    total = sum(int(sizes[name]) for name in members)
    order = [members[int(i)] for i in rng.permutation(len(members))]
    wanted: list[tuple[Part, float]] = [
        ("test", shares.test),
        ("calibration", shares.calibration),
        ("validation", shares.validation),
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


def same_bytes(hashes: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs (first, later) of films with one hash."""
    first: dict[str, int] = {}
    pairs = [(first.setdefault(value, index), index) for index, value in enumerate(hashes)]
    return [pair for pair in pairs if pair[0] != pair[1]]


def expected_width(n: int, rate: float = 0.9) -> float:
    """Return how wide the 95 % interval of a rate near `rate` will be, measured on `n` films.

    The width is from end to end, 0-1 (Wilson 1927); half of it is what stands behind a plus-minus.
    """
    if n == 0:
        return 1.0
    interval = wilson(rate * n, n)
    return interval.high - interval.low


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
            raise TrainingError(_LEAKING.counted(len(leaking) - 1, patient=leaking[0]))
    for part in PARTS:
        lacking = set(CLASSES) - {row.truth for row in rows if row.split == part}
        if lacking:
            raise TrainingError(_PART_LACKS.format(part=part, name=lacking.pop()))


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
