"""Films whose files were moved or deleted: shown as missing, and located again."""

from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.cases import Case
from pneumo_desktop.core.relocation import Kept, Looked, is_missing
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.translation import PLURAL, counted, translate

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_presence(workplace: "Workplace") -> None:
    """Connect what looks for files with the list and the strip."""
    presence, actions, queue = workplace.presence, workplace.actions, workplace.queue
    queue.rows_read.connect(presence.check)
    presence.checked.connect(queue.show_missing)
    presence.looked.connect(partial(_keep, workplace))
    presence.advanced.connect(workplace.window.strip.show_advance)
    presence.finished.connect(partial(_tell, workplace))
    actions["cancel"].triggered.connect(presence.cancel)
    for name in ("locate-file", "locate-folder"):
        actions[name].triggered.connect(partial(_ask, workplace, name))
        queue.table.addAction(actions[name])


def _ask(workplace: "Workplace", name: str, *_: object) -> None:
    stored = workplace.desk.current
    if stored is None or not isinstance(stored.outcome, Case):
        workplace.window.show_message(translate("Presence", "Choose a film whose file was moved."))
        return
    facts = stored.outcome.facts
    if not is_missing(facts.path):
        workplace.window.show_message(translate("Presence", "This film's file is where it was."))
        return
    title = translate("Presence", "Where is {name} now?").format(name=facts.path.name)
    ask = dialogs.ask_file if name == "locate-file" else dialogs.ask_folder
    chosen = ask(workplace.window, title)
    if chosen:
        film = Kept(stored.id, facts.path, facts.sha256)
        workplace.presence.locate(film, chosen, workplace.desk.worklist.located())


def _keep(workplace: "Workplace", looked: list[Looked]) -> None:
    workplace.desk.relocate(looked)


def _tell(workplace: "Workplace", found: int, looked: int) -> None:
    text = counted(translate("Presence", "%n moved film(s) located.", "", PLURAL, found), found)
    if (left := looked - found) > 0:
        missing = translate("Presence", "%n not found there, or changed since.", "", PLURAL, left)
        text += f" {counted(missing, left)}"
    workplace.window.strip.show_idle(text)
