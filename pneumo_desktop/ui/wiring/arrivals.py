"""Films that come by other ways than menus: a watched folder, the clipboard, a second start."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pneumo_desktop.core.files import is_folder
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.clipboard import pasted
from pneumo_desktop.ui.wiring.intake import add_films

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_arrivals(workplace: "Workplace") -> None:
    """Connect recent folders, the clipboard and the watched folder."""
    workplace.recent.chosen.connect(partial(add_films, workplace))
    workplace.actions["paste"].triggered.connect(lambda: _paste(workplace))
    workplace.actions["watch"].triggered.connect(lambda on: _choose_watched(workplace, on))
    _connect_watcher(workplace)


def _connect_watcher(workplace: "Workplace") -> None:
    watcher, intake, desk, window = (
        workplace.watcher, workplace.intake, workplace.desk, workplace.window
    )  # fmt: skip
    watcher.found.connect(intake.add)
    watcher.watching.connect(partial(_show_watched, workplace))
    watcher.troubled.connect(lambda text, why: window.show_message(text, details=why))
    desk.kept.connect(watcher.keep)
    intake.cancelled.connect(watcher.let_go)
    intake.finished.connect(lambda *_: watcher.keep_all() if desk.all_saved else None)
    folder = workplace.models.settings.watch_folder
    watcher.watch(Path(folder) if folder else None)


def arrive(workplace: "Workplace", paths: Sequence[Path]) -> None:
    """Take the films that a start was given, show one of them, and come to the front.

    Of several, or a folder, the head of the list is shown where the reader chose no film yet.
    """
    several = len(paths) > 1 or any(map(is_folder, paths))
    if several and not workplace.leading.settled(workplace.desk.current):
        add_films(workplace, paths)
    elif paths:
        _add_awaited(workplace, paths)
    window = workplace.window
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _paste(workplace: "Workplace") -> None:
    try:
        paths = pasted(QGuiApplication.clipboard().mimeData(), workplace.place.home)
    except OSError as error:
        text = workplace.tr("The picture on the clipboard cannot be kept.")
        workplace.window.show_message(text, details=str(error))
        return
    if paths:
        _add_awaited(workplace, paths)
    else:
        text = workplace.tr("There is no film on the clipboard. Copy files or a picture first.")
        workplace.window.show_message(text)


def _add_awaited(workplace: "Workplace", paths: Sequence[Path]) -> None:
    """Answer films and show the first of them, whatever is on view."""
    workplace.desk.await_answer()
    add_films(workplace, paths)
    workplace.leading.settle()


def _choose_watched(workplace: "Workplace", on: bool) -> None:  # noqa: FBT001 - a toggled action
    title = workplace.tr("Watch a folder: its films are answered, also those already there")
    folder = dialogs.ask_folder(workplace.window, title) if on else None
    if on and folder is None:
        _show_watched(workplace, workplace.watcher.folder)
        return
    watch(workplace, folder)


def watch(workplace: "Workplace", folder: Path | None) -> None:
    """Watch a folder from now on, also after a restart."""
    models = workplace.models
    settings = msgspec.structs.replace(models.settings, watch_folder=str(folder or ""))
    try:
        models.change(settings, workplace.place.home)
    except StoreError as error:
        text = workplace.tr("The watched folder cannot be changed.")
        workplace.window.show_message(text, details=str(error))
    else:
        workplace.watcher.watch(folder)


def _show_watched(workplace: "Workplace", folder: Path | None) -> None:
    workplace.actions["watch"].setChecked(folder is not None)
    workplace.window.strip.show_watched(folder)
