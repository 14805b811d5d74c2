"""Where the window stood: kept in a file of ours, never in a registry."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from pneumo_desktop.core.private import close_to_others
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
    kept.setValue("recent", [str(folder) for folder in place.recent.folders])
    kept.setValue("attention", window.actions_by_name["attention"].isChecked())
    kept.sync()
    close_to_others(folder / FILE)


def recall(folder: Path, place: "Workplace") -> None:
    """Take up the layout kept in `folder`; nothing where there is none or of another version."""
    window, queue = place.window, place.queue
    kept = _open(folder)
    choice = str(kept.value("appearance", "system"))
    place.appearance.choose(next((known for known in CHOICES if known == choice), "system"))
    if str(kept.value("version")) != str(VERSION):
        return
    place.recent.show_folders([Path(name) for name in _names(kept.value("recent"))])
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


def _names(value: object) -> list[str]:
    """Return a list of strings as Qt keeps it; one alone comes back as itself."""
    names = value if isinstance(value, list) else [value]
    return [name for name in names if isinstance(name, str) and name]


def _open(folder: Path) -> QSettings:
    return QSettings(str(folder / FILE), QSettings.Format.IniFormat)
