"""Films on their way in: from menus and drops to the case list."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.wiring.leading import connect_leading

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_intake(workplace: "Workplace") -> None:
    """Connect what brings films in, answers them and keeps the answers."""
    window, intake, desk, actions = (
        workplace.window, workplace.intake, workplace.desk, workplace.actions
    )  # fmt: skip
    add = partial(add_films, workplace)
    window.dropped.connect(add)
    actions["open"].triggered.connect(lambda: add(dialogs.ask_films(window)))
    actions["folder"].triggered.connect(lambda: _add_folder(workplace))
    actions["again"].triggered.connect(lambda: intake.add(desk.unread_paths()))
    actions["cancel"].triggered.connect(intake.cancel)
    intake.answered.connect(desk.record)
    intake.advanced.connect(window.strip.show_advance)
    intake.finished.connect(window.strip.show_idle)
    connect_leading(workplace)
    intake.failed.connect(partial(_stop_answering, workplace))


def add_films(workplace: "Workplace", paths: Sequence[Path]) -> None:
    """Answer films and show the head of the list, unless the reader chose the film on view.

    Their folders are remembered.
    """
    if paths:
        workplace.leading.begin(workplace.desk.current)
        workplace.recent.note(paths)
        workplace.intake.add(paths)


def _add_folder(workplace: "Workplace") -> None:
    folder = dialogs.ask_folder(workplace.window, workplace.tr("Open a folder of films"))
    add_films(workplace, [folder] if folder else [])


def _stop_answering(workplace: "Workplace", error: Exception) -> None:
    workplace.intake.cancel()
    known = isinstance(error, CardError | StoreError)
    details = str(error) if known else f"{type(error).__name__}: {error}"
    workplace.window.show_message(workplace.tr("The films cannot be answered."), details=details)
