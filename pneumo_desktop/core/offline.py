"""Libraries that would look for a network as soon as they are loaded, loaded without it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_MISSING = object()


@contextmanager
def without(name: str) -> Iterator[None]:
    """Let nothing import the package `name` meanwhile, where nothing has yet.

    pydicom imports requests, where that is installed, to download test films, and requests tries
    the network's address families.
    """
    before = sys.modules.get(name, _MISSING)
    if before is _MISSING:
        sys.modules[name] = None  # type: ignore[assignment]  # documented to make imports fail
    try:
        yield
    finally:
        if before is _MISSING:
            del sys.modules[name]
