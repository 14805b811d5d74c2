"""One action hides who was filmed, wherever it is written; and the film alone on the screen."""

from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.ui.wording import title_of

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

PROGRAM = "Pneumo Desktop"


def connect_privacy(workplace: "Workplace") -> None:
    """Connect the action `private` with all that names a patient, the title included."""
    actions = workplace.actions
    named = (workplace.queue, workplace.stage, workplace.stage_beside, workplace.panel,
             workplace.film.priors, workplace.calls, workplace.window.strip, workplace.training,
             workplace.school.large)  # fmt: skip
    for widget in named:
        actions["private"].toggled.connect(lambda on, widget=widget: widget.set_private(on=on))
    actions["private"].toggled.connect(partial(_entitle, workplace))
    workplace.desk.shown.connect(partial(_entitle, workplace))
    messages = workplace.window.tabs.messages
    actions["private"].toggled.connect(lambda _: messages.withdraw(workplace.calls.undo))
    actions["film-alone"].toggled.connect(workplace.window.show_film_alone)
    actions["film-alone"].toggled.connect(lambda on: workplace.film.set_alone(alone=on))


def _entitle(workplace: "Workplace", *_: object) -> None:
    stored = workplace.desk.current
    hidden = workplace.actions["private"].isChecked()
    who = title_of(stored) if stored and not hidden else ""
    workplace.window.setWindowTitle(f"{who} - {PROGRAM}" if who else PROGRAM)
