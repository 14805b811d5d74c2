"""The list as it is shown, into a CSV file, with names or without."""

from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.store import FILE
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.list_export import Export
from pneumo_desktop.ui.translation import PLURAL, counted, translate

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_export(workplace: "Workplace") -> None:
    """Connect the two exports with the strip."""
    export, actions, strip = workplace.export, workplace.actions, workplace.window.strip
    actions["export"].triggered.connect(partial(_ask, workplace, anonymous=False))
    actions["export-anonymous"].triggered.connect(partial(_ask, workplace, anonymous=True))
    actions["cancel"].triggered.connect(export.cancel)
    export.advanced.connect(strip.show_advance)
    export.finished.connect(partial(_tell, workplace))
    export.failed.connect(partial(_fail, workplace))


def _ask(workplace: "Workplace", *_: object, anonymous: bool) -> None:
    if workplace.export.busy:
        workplace.window.show_message(translate("Export", "A list is being written already."))
        return
    title = (
        translate("Export", "Export the list without names")
        if anonymous
        else translate("Export", "Export the list")
    )
    file = dialogs.ask_csv(workplace.window, title)
    if file is None:
        return
    queue, settings = workplace.queue, workplace.models.settings
    workplace.export.run(
        Export(
            workplace.place.home / FILE,
            queue.wanted,
            queue.table.header.sorting,
            settings.ordering,
            file,
            anonymous,
            settings.initials,
        )
    )


def _tell(workplace: "Workplace", count: int) -> None:
    text = counted(translate("Export", "%n film(s) exported.", "", PLURAL, count), count)
    workplace.window.strip.show_idle(
        translate("Export", "No list was exported.") if count < 0 else text
    )


def _fail(workplace: "Workplace", error: Exception) -> None:
    workplace.window.strip.show_idle()
    dialogs.tell(
        workplace.window, translate("Export", "The list could not be exported."), str(error)
    )
