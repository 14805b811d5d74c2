"""Whose film it is, by its name and its pixels: the guard against the same chest on both sides."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pneumo_desktop.core.labelled.name_pattern import NamePattern, pattern_problem
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

_KNOWN = (
    re.compile(r"^(person\d+)_", re.IGNORECASE),  # Kermany, pneumonia
    re.compile(r"^(?:NORMAL2-)?(IM-\d+)", re.IGNORECASE),  # Kermany, normal; one count for both
    re.compile(r"^(\d{8})_\d{3}$"),  # NIH ChestX-ray14
)
THUMBNAIL = 32  # rows and columns
_SAME = 0.995  # correlation of thumbnails from which two films are taken for one


_NO_END = QT_TRANSLATE_NOOP(
    "Training", "Type the letters before which the patient's part of the name ends, such as _-."
)
_NO_LENGTH = QT_TRANSLATE_NOOP(
    "Training", "Type how many letters of the name tell the patient, such as 6."
)


class NameWay(StrEnum):
    """How a file's name tells the patient."""

    KNOWN = "known"  # the names of public collections; else each film is a patient
    BEFORE = "before"  # everything before the first of the letters in `text`
    LETTERS = "letters"  # the first `text` letters
    FOLDER = "folder"  # the folder the film lies in
    PATTERN = "pattern"  # a regular expression; its first group, else all it matches


@dataclass(frozen=True, slots=True)
class NameRule:
    """A rule that a file's name follows; what `text` is, the way says (see `NameWay`)."""

    way: NameWay = NameWay.KNOWN
    text: str = ""

    @property
    def problem(self) -> str:
        """Why the rule cannot be used; empty where it can."""
        if self.way is NameWay.BEFORE and not self.text:
            return _NO_END
        if self.way is NameWay.LETTERS and not (self.text.isdecimal() and int(self.text) > 0):
            return _NO_LENGTH
        if self.way is NameWay.PATTERN:
            return pattern_problem(self.text)
        return ""


@dataclass(frozen=True, slots=True)
class PatientRule:
    """How patients are told apart: by the list's column, else the file's Patient ID, else the name.

    What comes before `first` is not asked: an ID such as ANONYMOUS tells nobody apart.
    """

    first: Literal["column", "file", "name"] = "column"
    name: NameRule = NameRule()

    def patients(self, films: Iterable[tuple[Path, str, str]]) -> tuple[str, ...]:
        """Return whose films they are, each film its path, its column and its file's Patient ID.

        A rule for names with a problem tells nothing: then each name is a patient.

        Raises:
            SlowPatternError: The pattern of the rule takes too long.
        """
        tell = _tell_by(self.name)
        return tuple(
            self._before_name(column, identifier) or tell(path) or path.stem
            for path, column, identifier in films
        )

    def _before_name(self, column: str, identifier: str) -> str:
        return {"column": column or identifier, "file": identifier, "name": ""}[self.first]


def patient_of(path: Path) -> str:
    """Return the patient in a name as public collections give them, else the name."""
    return _known(path) or path.stem


def _tell_by(rule: NameRule) -> Callable[[Path], str]:
    """Return what tells the patient of a path; empty where it cannot."""
    if rule.problem:
        return lambda _: ""
    match rule.way:
        case NameWay.KNOWN:
            return _known
        case NameWay.FOLDER:
            return lambda path: path.parent.name
        case NameWay.BEFORE:
            ends = re.compile(f"[{re.escape(rule.text)}]")
            return lambda path: ends.split(path.stem, maxsplit=1)[0]
        case NameWay.LETTERS:
            return lambda path: path.stem[: int(rule.text)]
        case NameWay.PATTERN:
            pattern = NamePattern(rule.text)
            return lambda path: pattern.told(path.stem)


def _known(path: Path) -> str:
    found = next(filter(None, (known.match(path.stem) for known in _KNOWN)), None)
    return found.group(1).lower() if found else ""


def thumbnail(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return (32, 32) grey of `image` (rows, columns), by which films are compared."""
    small = Image.fromarray(image).resize((THUMBNAIL, THUMBNAIL), Image.Resampling.BOX)
    return np.asarray(small)


def near_duplicates(thumbnails: Sequence[NDArray[np.uint8]]) -> list[tuple[int, int]]:
    """Return the pairs of `thumbnails`, each (32, 32), that show the same film.

    A flat picture is like nothing.
    """
    if len(thumbnails) < 2:
        return []
    grey = np.stack(thumbnails).reshape(len(thumbnails), -1).astype(np.float32)
    grey -= grey.mean(axis=1, keepdims=True)
    length = np.linalg.norm(grey, axis=1, keepdims=True)
    grey /= np.where(length > 0.0, length, 1.0)
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(grey), 512):
        alike = grey[start : start + 512] @ grey[start:].T
        for row, column in np.argwhere(alike > _SAME):
            if row < column:
                pairs.append((int(start + row), int(start + column)))
    return pairs


def groups_of(names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[str]:
    """Return a group per film: patients, merged where `pairs` of films join them."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        a, b = sorted((root(names[one]), root(names[other])))
        parent[b] = a
    return [root(name) for name in names]
