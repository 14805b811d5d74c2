"""Later starts of the program, heard by the window that is open already."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pneumo_desktop.core.single_instance import Door

_log = logging.getLogger(__name__)


class SecondStarts(QObject):
    """Carries what the door's thread hears over to the window's.

    Signals:
        asked: The list of films and folders that a later start was asked for; empty: none.
    """

    asked = Signal(list)


@contextmanager
def hearing_second_starts(home: Path) -> Iterator[SecondStarts]:
    """Listen meanwhile; where that cannot be, each start has a window of its own."""
    starts, door = SecondStarts(), None
    try:
        door = Door(home, starts.asked.emit)
    except OSError as error:
        _log.warning("Second starts are not heard: error %s", error.errno)
    try:
        yield starts
    finally:
        if door:
            door.close()
