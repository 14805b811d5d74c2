"""What a frozen backbone makes of films, in a file: it is large, and a kill must not cost it."""

import os
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_training.failure import TrainingError

FEATURES = "features.f32"
_WIDTH = 4  # bytes of a float32


class FeatureFile:
    """Rows of float32 numbers, one a film; written in order, read one at a time."""

    def __init__(self, folder: Path, numbers: int) -> None:
        """`numbers` is how many a film has."""
        self._path = folder / FEATURES
        self._numbers = numbers

    def __len__(self) -> int:
        """The whole rows there are; what a kill cut off does not count."""
        size = self._path.stat().st_size if self._path.is_file() else 0
        return size // self._row_bytes

    @property
    def _row_bytes(self) -> int:
        return self._numbers * _WIDTH

    def check_room(self, rows: int) -> None:
        """Refuse to begin what the disk cannot hold.

        Raises:
            TrainingError: `rows` more rows do not fit.
        """
        needed = rows * self._row_bytes
        free = shutil.disk_usage(self._path.parent).free
        if needed > free:
            raise TrainingError(
                f"The features of the films need {needed / 1e6:.0f} MB in {self._path.parent}, "
                f"where {free / 1e6:.0f} MB are free. Make room, or choose another place for the "
                "model, or a recipe without cache_features."
            )

    def append(self, rows: NDArray[np.float32]) -> None:
        """Add `rows` (films, numbers), safe against a kill and a power cut."""
        end = len(self) * self._row_bytes
        with self._path.open("r+b" if self._path.exists() else "wb") as file:
            file.truncate(end)
            file.seek(end)
            file.write(np.ascontiguousarray(rows, "<f4").tobytes())
            file.flush()
            os.fsync(file.fileno())

    def row(self, number: int) -> NDArray[np.float32]:
        """Return one row, (numbers,)."""
        return self.rows(number, 1).reshape(-1)

    def rows(self, start: int, count: int) -> NDArray[np.float32]:
        """Return `count` rows from `start` on, (count, numbers)."""
        found = np.fromfile(
            self._path, "<f4", count * self._numbers, offset=start * self._row_bytes
        )
        return found.reshape(count, self._numbers)
