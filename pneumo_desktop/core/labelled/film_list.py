"""Which films to learn from: a folder per class, or a list in a CSV file."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.containers import holder_of
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.split import CLASSES, PARTS, Part
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.settings import write_whole

_LABELS = {"NORMAL": False, "0": False, "PNEUMONIA": True, "1": True}
_PARTS = {part.lower(): part for part in PARTS}
_HEADER = QT_TRANSLATE_NOOP("Training", "path,label (columns patient and split may follow)")
_NAME = QT_TRANSLATE_NOOP("Training", "A list cannot hold the name of the film {film}. Rename it.")
_NO_FOLDER = QT_TRANSLATE_NOOP(
    "Training", "The folder {folder} does not exist. Choose the folder of your films."
)
_NO_CLASS = QT_TRANSLATE_NOOP(
    "Training",
    "The folder {folder} has no folder {name}. Put the films of each class into a folder NORMAL "
    "and a folder PNEUMONIA.",
)
_NO_CLASSES = QT_TRANSLATE_NOOP(
    "Training",
    "The folder {folder} has no folder {name} and no folder {other}. Put the films of each class "
    "into a folder NORMAL and a folder PNEUMONIA.",
)
_TWICE = QT_TRANSLATE_NOOP(
    "Training",
    "Line {line:d} of {file} names the same film as line {first:d}, {film}. Remove one of them.",
)
_HALF_DIVIDED = QT_TRANSLATE_NOOP(
    "Training",
    "Line {line:d} of {file} is divided otherwise than the lines before it: either every film has "
    "a split, or none.",
)
_NO_FILM = QT_TRANSLATE_NOOP(
    "Training",
    "Line {line:d} of {file} names the film {film}, and there is no such file. Paths are relative "
    "to the folder of the list; correct it or remove the line.",
)
_OTHER_LABEL = QT_TRANSLATE_NOOP(
    "Training",
    "Line {line:d} of {file} has the label {label}. Write NORMAL or PNEUMONIA (or 0 or 1).",
)
_OTHER_PART = QT_TRANSLATE_NOOP(
    "Training", "Line {line:d} of {file} has the split {part}. Write {parts}."
)
_NO_LIST = QT_TRANSLATE_NOOP(
    "Training",
    "The list {file} cannot be read ({error}). Choose a folder of films, or a CSV file in UTF-8 "
    "whose first line is {header}.",
)
_NO_CSV = QT_TRANSLATE_NOOP("Training", "Line {line:d} of {file} is no CSV: {error}.")
_NO_COLUMN = QT_TRANSLATE_NOOP(
    "Training", "Line 1 of {file} has no column {column}. It must read {header}."
)
_COLUMN_TWICE = QT_TRANSLATE_NOOP(
    "Training", "Line 1 of {file} names a column twice. It must read {header}."
)
_CELLS = QT_TRANSLATE_NOOP(
    "Training",
    "Line {line:d} of {file} has {cells:d} cells instead of {columns:d}. Correct it; a path with a "
    "comma needs quotes.",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A film to be read.

    `patient` is empty where only the file itself can tell whose it is, `part` None where the films
    are still to be divided.
    """

    path: Path
    ill: bool
    patient: str = ""
    part: Part | None = None


def list_films(data: Path) -> tuple[Listed, ...]:
    """Return the films in the class folders of `data`, or those that the CSV file `data` lists.

    Raises:
        TrainingError: Folder, class or file are missing, or the list is not as it should be.
    """
    if data.is_file():
        return tuple(_listed(data))
    return tuple(
        Listed(path, bool(ill))
        for ill, folder in enumerate(class_folders(data))
        for path in sorted(find_files([folder]))
    )


def write_films(file: Path, films: Iterable[Listed]) -> None:
    """Write `films` as a list that `list_films` reads back alike, whole, with absolute paths.

    Raises:
        TrainingError: A film's name is not made of letters that a list can hold.
        OSError: The file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("path", "label", "patient", "split"))
    for film in films:
        path = str(film.path.absolute())
        if path != path.strip() or path != path.encode("utf-8", "replace").decode():
            raise TrainingError(_NAME.format(film=repr(path)))
        writer.writerow((path, CLASSES[film.ill], film.patient.strip(), film.part or ""))
    write_whole(file, text.getvalue().encode())


def class_folders(data: Path) -> tuple[Path, Path]:
    """Return the folders of normal and pneumonia films; capitals do not matter.

    Raises:
        TrainingError: The folder or a class is missing.
    """
    if not data.is_dir():
        raise TrainingError(_NO_FOLDER.format(folder=data))
    found = {child.name.upper(): child for child in sorted(data.iterdir()) if child.is_dir()}
    missing = [name for name in CLASSES if name not in found]
    if len(missing) > 1:
        raise TrainingError(_NO_CLASSES.format(folder=data, name=missing[0], other=missing[1]))
    if missing:
        raise TrainingError(_NO_CLASS.format(folder=data, name=missing[0]))
    return found[CLASSES[0]], found[CLASSES[1]]


def _listed(file: Path) -> Iterator[Listed]:
    """Yield the films of a CSV file; its paths are relative to the file's own folder."""
    first: dict[Path, int] = {}
    divided: bool | None = None
    for line, row in _rows(file):
        film = _film(file, line, row)
        if film.path in first:
            earlier = first[film.path]
            raise TrainingError(
                _TWICE.format(line=line, file=file.name, first=earlier, film=film.path.name)
            )
        if divided not in (None, film.part is not None):
            raise TrainingError(_HALF_DIVIDED.format(line=line, file=file.name))
        first[film.path], divided = line, film.part is not None
        yield film


def _film(file: Path, line: int, row: dict[str, str]) -> Listed:
    path, label, part = row["path"], row["label"], row.get("split", "")
    if not path or not _is_film(file.parent / path):
        raise TrainingError(_NO_FILM.format(line=line, file=file.name, film=repr(path)))
    if label.upper() not in _LABELS:
        raise TrainingError(_OTHER_LABEL.format(line=line, file=file.name, label=repr(label)))
    if part and part.lower() not in _PARTS:
        known = ", ".join(PARTS)
        raise TrainingError(
            _OTHER_PART.format(line=line, file=file.name, part=repr(part), parts=known)
        )
    ill = _LABELS[label.upper()]
    return Listed(file.parent / path, ill, row.get("patient", ""), _PARTS.get(part.lower()))


def _is_film(path: Path) -> bool:
    """Tell a file, or what may be a film in a ZIP."""
    try:
        return path.is_file() or holder_of(path) is not None
    except OSError:  # a name longer than names can be: some other column
        return False


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells by column; capitals and spaces around a word do not matter."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            lines = csv.reader(opened, strict=True)
            columns = [cell.strip().lower() for cell in next(lines, [])]
            _check_header(file, columns)
            for cells in lines:
                if any(cells):  # an empty line is no film
                    yield lines.line_num, _row(file, lines.line_num, columns, cells)
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(_NO_LIST.format(file=file, error=error, header=_HEADER)) from error
    except csv.Error as error:
        text = _NO_CSV.format(line=lines.line_num, file=file.name, error=error)
        raise TrainingError(text) from error


def _check_header(file: Path, columns: list[str]) -> None:
    missing = [name for name in ("path", "label") if name not in columns]
    if missing:
        text = _NO_COLUMN.format(file=file.name, column=missing[0], header=_HEADER)
        raise TrainingError(text)
    if len(set(columns)) < len(columns):
        raise TrainingError(_COLUMN_TWICE.format(file=file.name, header=_HEADER))


def _row(file: Path, line: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise TrainingError(
            _CELLS.format(line=line, file=file.name, cells=len(cells), columns=len(columns))
        )
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
