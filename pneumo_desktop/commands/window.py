"""`open` and `demo`: the only commands that load Qt, and only when they run."""

import os
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path
from typing import Any

from pneumo_desktop.commands.common import (
    Exit,
    InstallationError,
    UsageError,
    add_json,
    film_path,
)
from pneumo_desktop.core.containers import holder_of

DEBIAN_PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xinerama0 libxcb-randr0 libxcb-render-util0"
)


def add_open(parser: ArgumentParser) -> None:
    """Describe `open`."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=film_path, help="films, folders, ZIPs"
    )
    add_json(parser)


def add_demo(parser: ArgumentParser) -> None:
    """Describe `demo`."""
    parser.add_argument(
        "--screenshot", metavar="FILE.png", type=Path, help="answer, save a picture, and end"
    )
    add_json(parser)


def run_open(arguments: Namespace) -> Exit:
    """Open the window on the reader's own cases.

    Raises:
        UsageError: A path named leads nowhere.
    """
    for path in arguments.paths:
        if not os.path.lexists(path) and holder_of(path) is None:  # a film in a ZIP
            raise UsageError(f"{path}: no such file, folder or command. See: pneumo-desktop --help")
    return Exit(_load_window().open_window(arguments.paths))


def run_demo(arguments: Namespace) -> Exit:
    """Open the window on the synthetic films, a list of its own."""
    return Exit(_load_window().run_demo(arguments.screenshot, as_json=arguments.json))


def _load_window() -> Any:
    """Load the Qt layer.

    Raises:
        InstallationError: Qt or a system library that it needs is missing; says which.
    """
    try:
        import_module("pneumo_desktop.ui.application").check_screen()
        return import_module("pneumo_desktop.ui.start")
    except ImportError as error:
        raise InstallationError(_advice(error)) from error


def _advice(error: ImportError) -> str:
    text = str(error)
    if ".so" in text:
        library = text.split(":", maxsplit=1)[0]
        return (
            f"The window needs the system library {library}, which is missing. On Debian or "
            f"Ubuntu, run:\n  sudo apt-get install {DEBIAN_PACKAGES}"
        )
    return (
        f"The window needs a package that is missing ({text}). "
        "Run: pip install pneumo-desktop. All commands but open and demo work without it."
    )
