"""Putting right what an interrupted or damaged past left in the data folder, and saying so."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pneumo_desktop.core.private import make_private
from pneumo_desktop.core.settings import mend_settings
from pneumo_desktop.core.store import FILE as STORE_FILE
from pneumo_desktop.core.store_repair import mend
from pneumo_desktop.core.store_schema import is_newer

_OPEN = "window-is-open"
WHOLE = "The program was ended from outside the last time. The case list was checked: it is whole."


def recover(home: Path, *, ended_badly: bool = False) -> list[str]:
    """Put damaged settings and a damaged case database right; return what was done, in sentences.

    `ended_badly` looks at all of the database, and says also that it is whole.

    Raises:
        StoreError: The damaged database cannot be replaced; nothing was changed.
    """
    settings = mend_settings(home)
    repaired = mend(home / STORE_FILE, thoroughly=ended_badly)
    told = [settings] if settings else []
    if repaired:
        return [repaired.words(), *told]
    checked = ended_badly and (home / STORE_FILE).exists() and not is_newer(home / STORE_FILE)
    return [WHOLE, *told] if checked else told


@contextmanager
def minding_end(home: Path) -> Iterator[bool]:
    """Keep a mark while the window is open; yield whether the last one never came to its end."""
    mark = home / _OPEN
    ended_badly = mark.exists()
    with suppress(OSError):  # a folder that may not be written keeps no mark
        make_private(mark)
    try:
        yield ended_badly
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)
