"""Which films to learn from: a folder per class, or a list in a CSV file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.files import find_files
from pneumo_training.failure import TrainingError

CLASSES = ("NORMAL", "PNEUMONIA")
_LABELS = {"NORMAL": False, "0": False, "PNEUMONIA": True, "1": True}
_HEADER = "path,label or path,label,patient"


@dataclass(frozen=True, slots=True)
class Listed:
    """A film to be read; `patient` is empty where only the file itself can tell whose it is."""

    path: Path
    ill: bool
    patient: str = ""


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
    for line, row in _rows(file):
        film = _film(file, line, row)
        if film.path in first:
            raise TrainingError(
                f"Line {line} of {file.name} names the same film as line {first[film.path]}, "
                f"{film.path.name}. Remove one of them."
            )
        first[film.path] = line
        yield film


def _film(file: Path, line: int, row: dict[str, str]) -> Listed:
    path, label = row["path"], row["label"]
    if not path or not _is_file(file.parent / path):
        raise TrainingError(
            f"Line {line} of {file.name} names the film {path!r}, and there is no such file. "
            "Paths are relative to the folder of the list; correct it or remove the line."
        )
    if label.upper() not in _LABELS:
        raise TrainingError(
            f"Line {line} of {file.name} has the label {label!r}. "
            "Write NORMAL or PNEUMONIA (or 0 or 1)."
        )
    return Listed(file.parent / path, _LABELS[label.upper()], row.get("patient", ""))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
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
