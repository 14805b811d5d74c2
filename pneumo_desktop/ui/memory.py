"""Where the window stood: kept in a file of ours, never in a registry."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from pneumo_desktop.core.private import close_to_others
from pneumo_desktop.core.recent_folders import keep_recent_folders, recent_folders
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui.appearance import CHOICES

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

FILE = "window.ini"
VERSION = 1


def remember(folder: Path, place: "Workplace") -> None:
    """Keep the layout in `folder`, readable by its owner only."""
    window, queue = place.window, place.queue
    kept = _open(folder)
    kept.setValue("version", VERSION)
    for name, state in {**window.layout_state(), "worklist": queue.layout_state()}.items():
        kept.setValue(name, state)
    kept.setValue("appearance", place.appearance.choice)
    kept.setValue("attention", window.actions_by_name["attention"].isChecked())
    kept.sync()
    close_to_others(folder / FILE)
    with suppress(sqlite3.Error, OSError, StoreError):  # closing must not fail for these
        keep_recent_folders(folder, place.recent.folders)


def recall(folder: Path, place: "Workplace") -> None:
    """Take up the layout kept in `folder`; nothing where there is none or of another version."""
    window, queue = place.window, place.queue
    with suppress(sqlite3.Error, OSError, StoreError):
        place.recent.show_folders(recent_folders(folder))
    kept = _open(folder)
    choice = str(kept.value("appearance", "system"))
    place.appearance.choose(next((known for known in CHOICES if known == choice), "system"))
    if str(kept.value("version")) != str(VERSION):
        return
    states = {
        name: state
        for name in ("geometry", "splitter", "worklist")
        if isinstance(state := kept.value(name), QByteArray)
    }
    window.restore_layout(states)
    queue.restore_layout(states.get("worklist", QByteArray()))
    window.actions_by_name["attention"].setChecked(kept.value("attention") in (True, "true"))


def greet_once(folder: Path) -> bool:
    """Return whether nobody was welcomed yet; from now on somebody was."""
    kept = _open(folder)
    if kept.value("welcomed") is not None:
        return False
    kept.setValue("welcomed", VERSION)
    kept.sync()
    close_to_others(folder / FILE)
    return True


def _open(folder: Path) -> QSettings:
    return QSettings(str(folder / FILE), QSettings.Format.IniFormat)
