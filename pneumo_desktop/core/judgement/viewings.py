"""How often the locked test was looked at: each look makes it less of a test.

A viewing is on the disk before its figures are on the screen, so that no crash hides one.
"""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from pneumo_desktop.core.settings import write_whole

FILE = "viewings.json"


class Viewing(Struct, frozen=True):
    """One look at the locked test. `at` is in UTC; `point` is where Pneumonia began, 0-1."""

    at: datetime
    point: float


class Viewings(Struct, frozen=True):
    """All looks so far; `lost` where an earlier record could not be read."""

    seen: tuple[Viewing, ...] = ()
    lost: bool = False
    version: int = 1

    @property
    def count(self) -> int:
        """How many are on record."""
        return len(self.seen)

    def is_clean(self, point: float) -> bool:
        """Return whether this point was chosen before anybody had seen the locked test."""
        return not self.lost and (not self.seen or self.seen[0].point == point)


def viewings(folder: Path) -> Viewings:
    """Return the looks on record in a run's folder of answers."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Viewings)
    except FileNotFoundError:
        return Viewings()
    except (msgspec.DecodeError, OSError):
        return Viewings(lost=True)


def count_viewing(folder: Path, point: float, now: datetime) -> Viewings:
    """Put a look on record; show the test's figures only after this has returned.

    Raises:
        OSError: It cannot be written; the test must not be shown.
    """
    before = viewings(folder)
    after = Viewings((*before.seen, Viewing(now, point)), before.lost)
    write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(after)))
    return after
