"""Whose film it is, by its name and its pixels: the guard against the same chest on both sides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

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
_NO_PATTERN = QT_TRANSLATE_NOOP(
    "Training",
    "Type a regular expression whose first group is the patient, such as ^([A-Z]+\\d+).",
)
_BAD_PATTERN = QT_TRANSLATE_NOOP(
    "Training",
    "This is no regular expression ({error}). Correct it, or choose another rule.",
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
            return _problem_of(self.text)
        return ""


@dataclass(frozen=True, slots=True)
class PatientRule:
    """How patients are told apart: by the list's column, else the file's Patient ID, else the name.

    What comes before `first` is not asked: an ID such as ANONYMOUS tells nobody apart.
    """

    first: Literal["column", "file", "name"] = "column"
    name: NameRule = NameRule()

    def patient(self, path: Path, column: str, identifier: str) -> str:
        """Return whose film at `path` it is; `identifier` is the Patient ID in the file."""
        told = {"column": column or identifier, "file": identifier, "name": ""}[self.first]
        return told or patient_of(path, self.name)


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What a rule makes of films: how many `patients`, the `most` films of one, and examples.

    `examples` are (file name, patient), of films with different patients as far as there are any.
    """

    films: int
    patients: int
    most: int
    examples: tuple[tuple[str, str], ...]


def patient_of(path: Path, rule: NameRule | None = None) -> str:
    """Return the patient in the file's name by `rule` (None: the known names), else the name.

    A rule with a problem tells nothing.
    """
    way = NameWay.KNOWN if rule is None else rule.way
    if way is NameWay.FOLDER:
        return path.parent.name or path.stem
    return _told(path.stem, way, "" if rule is None or rule.problem else rule.text) or path.stem


def _told(name: str, way: NameWay, text: str) -> str:
    if way is NameWay.KNOWN:
        found = next(filter(None, (known.match(name) for known in _KNOWN)), None)
        return found.group(1).lower() if found else ""
    if not text:
        return ""
    if way is NameWay.BEFORE:
        return re.split(f"[{re.escape(text)}]", name, maxsplit=1)[0]
    if way is NameWay.LETTERS:
        return name[: int(text)]
    found = re.search(text, name)
    return "" if found is None else next(iter(found.groups()), None) or found.group()


def _problem_of(pattern: str) -> str:
    if not pattern:
        return _NO_PATTERN
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return _BAD_PATTERN.format(error=error)
    return ""


def preview_rule(paths: Sequence[Path], rule: NameRule, examples: int = 5) -> RulePreview:
    """Return what `rule` makes of the films at `paths`."""
    counts: dict[str, int] = {}
    shown: list[tuple[str, str]] = []
    for path in paths:
        patient = patient_of(path, rule)
        if patient not in counts and len(shown) < examples:
            shown.append((path.name, patient))
        counts[patient] = counts.get(patient, 0) + 1
    return RulePreview(len(paths), len(counts), max(counts.values(), default=0), tuple(shown))


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
