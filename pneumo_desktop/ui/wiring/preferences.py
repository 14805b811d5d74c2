"""The preferences: what becomes of a choice."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui.wiring.relabelling import relabel_unread

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_preferences(workplace: "Workplace") -> None:
    """Connect the dialog, and give the actions the keys that the reader chose."""
    dialog, models = workplace.preferences, workplace.models
    workplace.shortcuts.apply(models.settings.shortcuts)
    workplace.actions["preferences"].triggered.connect(
        lambda: dialog.open_with(models.settings, workplace.appearance.choice, models.card)
    )
    dialog.theme_wanted.connect(workplace.appearance.choose)
    dialog.wanted.connect(partial(_change, workplace))


def _change(workplace: "Workplace", settings: Settings) -> None:
    before, models = workplace.models.settings, workplace.models
    if settings == before:
        return
    try:
        models.change(settings, workplace.place.home)
    except StoreError as error:
        text = workplace.tr("The preferences cannot be kept.")
        workplace.window.show_message(text, details=str(error))
        return
    workplace.shortcuts.apply(settings.shortcuts)
    workplace.desk.sign(settings.initials)
    if settings.ageing != before.ageing:
        workplace.desk.worklist.ordering = settings.ordering
        workplace.queue.refresh()
    if settings.watch_folder != before.watch_folder:
        folder = settings.watch_folder
        workplace.watcher.watch(Path(folder) if folder else None)
    if settings.policy != before.policy:
        workplace.intake.use(models.load, settings.policy)
        relabel_unread(workplace, settings.policy, before.policy)
        text = workplace.tr("New films are answered from %s %% confidence on.")
        workplace.window.show_message(text % f"{100 * settings.threshold:.0f}")
