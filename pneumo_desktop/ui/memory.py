"""Where the window stood: kept in a file of ours, never in a registry."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from pneumo_desktop.core.private import close_to_others
from pneumo_desktop.ui.appearance import CHOICES, Appearance
from pneumo_desktop.ui.main_window import MainWindow
from pneumo_desktop.ui.queue_view import QueuePanel

FILE = "window.ini"
VERSION = 1


def remember(folder: Path, window: MainWindow, queue: QueuePanel, appearance: Appearance) -> None:
    """Keep the layout in `folder`, readable by its owner only."""
    kept = _open(folder)
    kept.setValue("version", VERSION)
    for name, state in {**window.layout_state(), "worklist": queue.layout_state()}.items():
        kept.setValue(name, state)
    kept.setValue("appearance", appearance.choice)
    kept.setValue("attention", window.actions_by_name["attention"].isChecked())
    kept.sync()
    close_to_others(folder / FILE)


def recall(folder: Path, window: MainWindow, queue: QueuePanel, appearance: Appearance) -> None:
    """Take up the layout kept in `folder`; nothing where there is none or of another version."""
    kept = _open(folder)
    choice = str(kept.value("appearance", "system"))
    appearance.choose(next((known for known in CHOICES if known == choice), "system"))
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


def _open(folder: Path) -> QSettings:
    return QSettings(str(folder / FILE), QSettings.Format.IniFormat)
