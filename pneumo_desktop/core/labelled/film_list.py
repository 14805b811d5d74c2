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
from pneumo_desktop.core.settings import write_whole

_LABELS = {"NORMAL": False, "0": False, "PNEUMONIA": True, "1": True}
_PARTS = {part.lower(): part for part in PARTS}
_HEADER = "path,label (columns patient and split may follow)"


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
            raise TrainingError(f"A list cannot hold the name of the film {path!r}. Rename it.")
        writer.writerow((path, CLASSES[film.ill], film.patient.strip(), film.part or ""))
    write_whole(file, text.getvalue().encode())


def class_folders(data: Path) -> tuple[Path, Path]:
    """Return the folders of normal and pneumonia films; capitals do not matter.

    Raises:
        TrainingError: The folder or a class is missing.
    """
    if not data.is_dir():
        raise TrainingError(f"The folder {data} does not exist. Choose the folder of your films.")
    found = {child.name.upper(): child for child in sorted(data.iterdir()) if child.is_dir()}
    missing = [name for name in CLASSES if name not in found]
    if missing:
        raise TrainingError(
            f"The folder {data} has no folder {' and no folder '.join(missing)}. "
            "Put the films of each class into a folder NORMAL and a folder PNEUMONIA."
        )
    return found[CLASSES[0]], found[CLASSES[1]]


def _listed(file: Path) -> Iterator[Listed]:
    """Yield the films of a CSV file; its paths are relative to the file's own folder."""
    first: dict[Path, int] = {}
    divided: bool | None = None
    for line, row in _rows(file):
        film = _film(file, line, row)
        if film.path in first:
            raise TrainingError(
                f"Line {line} of {file.name} names the same film as line {first[film.path]}, "
                f"{film.path.name}. Remove one of them."
            )
        if divided not in (None, film.part is not None):
            raise TrainingError(
                f"Line {line} of {file.name} is divided otherwise than the lines before it: "
                "either every film has a split, or none."
            )
        first[film.path], divided = line, film.part is not None
        yield film


def _film(file: Path, line: int, row: dict[str, str]) -> Listed:
    path, label, part = row["path"], row["label"], row.get("split", "")
    if not path or not _is_film(file.parent / path):
        raise TrainingError(
            f"Line {line} of {file.name} names the film {path!r}, and there is no such file. "
            "Paths are relative to the folder of the list; correct it or remove the line."
        )
    if label.upper() not in _LABELS:
        raise TrainingError(
            f"Line {line} of {file.name} has the label {label!r}. "
            "Write NORMAL or PNEUMONIA (or 0 or 1)."
        )
    if part and part.lower() not in _PARTS:
        raise TrainingError(
            f"Line {line} of {file.name} has the split {part!r}. Write {', '.join(PARTS)}."
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
        raise TrainingError(
            f"The list {file} cannot be read ({error}). Choose a folder of films, or a CSV file "
            f"in UTF-8 whose first line is {_HEADER}."
        ) from error
    except csv.Error as error:
        raise TrainingError(f"Line {lines.line_num} of {file.name} is no CSV: {error}.") from error


def _check_header(file: Path, columns: list[str]) -> None:
    missing = [name for name in ("path", "label") if name not in columns]
    if missing or len(set(columns)) < len(columns):
        what = f"has no column {missing[0]}" if missing else "names a column twice"
        raise TrainingError(f"Line 1 of {file.name} {what}. It must read {_HEADER}.")


def _row(file: Path, line: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise TrainingError(
            f"Line {line} of {file.name} has {len(cells)} cells instead of {len(columns)}. "
            "Correct it; a path with a comma needs quotes."
        )
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
