"""Films whose files were moved or deleted: shown as missing, and located again."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pneumo_desktop.core.cases import Case
from pneumo_desktop.core.relocation import Kept, Looked, is_missing
from pneumo_desktop.ui import dialogs

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
        workplace.window.show_message(_say("Choose a film whose file was moved."))
        return
    facts = stored.outcome.facts
    if not is_missing(facts.path):
        workplace.window.show_message(_say("This film's file is where it was."))
        return
    title = _say("Where is {name} now?").format(name=facts.path.name)
    ask = dialogs.ask_film if name == "locate-file" else dialogs.ask_folder
    chosen = ask(workplace.window, title)
    if chosen:
        film = Kept(stored.id, facts.path, facts.sha256)
        workplace.presence.locate(film, chosen, workplace.desk.worklist.located())


def _keep(workplace: "Workplace", looked: list[Looked]) -> None:
    workplace.desk.relocate(looked)


def _tell(workplace: "Workplace", found: int, looked: int) -> None:
    films = "film" if found == 1 else "films"
    text = _say("{found:,} moved {films} located.").format(found=found, films=films)
    if found < looked:
        text += _say(" {left:,} not found there, or changed since.").format(left=looked - found)
    workplace.window.strip.show_idle(text)


def _say(text: str) -> str:
    return QCoreApplication.translate("Presence", text)
