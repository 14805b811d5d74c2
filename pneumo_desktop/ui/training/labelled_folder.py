"""Is this a folder one can train on? What it holds, and what is wrong with it, in words."""

import os
from dataclasses import dataclass
from pathlib import Path

CLASSES = ("NORMAL", "PNEUMONIA")
FEWEST = 10  # films of a class; fewer cannot be divided into what is learned from and what measures


@dataclass(frozen=True, slots=True)
class LabelledFolder:
    """How many files a folder holds of each class; `problem` is empty where it will do."""

    path: Path
    normal: int
    pneumonia: int
    problem: str

    def words(self) -> str:
        """Return the counts."""
        total = self.normal + self.pneumonia
        share = f" ({self.pneumonia / total:.0%} pneumonia)" if total else ""
        return f"{self.normal:,} NORMAL and {self.pneumonia:,} PNEUMONIA{share}"


def look_into(folder: Path) -> LabelledFolder:
    """Count what a folder holds; names only, nothing is opened."""
    normal, pneumonia = (_count(folder / name) for name in CLASSES)
    return LabelledFolder(folder, normal or 0, pneumonia or 0, _problem(normal, pneumonia))


def _count(folder: Path) -> int | None:
    """Return how many visible files a folder holds; None where it is no readable folder."""
    try:
        with os.scandir(folder) as entries:
            return sum(entry.is_file() and not entry.name.startswith(".") for entry in entries)
    except OSError:
        return None


def _problem(normal: int | None, pneumonia: int | None) -> str:
    counts = dict(zip(CLASSES, (normal, pneumonia), strict=True))
    missing = [name for name, count in counts.items() if count is None]
    if missing:
        return f"It has no folder {' and no folder '.join(missing)}. Films are labelled by folder."
    few = [name for name, count in counts.items() if count is not None and count < FEWEST]
    if few:
        return f"Fewer than {FEWEST} films in {' and '.join(few)}. Add more."
    return ""
