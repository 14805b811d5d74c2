"""Another threshold, and what it does to the films that are still unread."""

from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.cases import Case

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_relabelling(workplace: "Workplace") -> None:
    """Connect the worker that labels films anew."""
    relabeller, window = workplace.relabeller, workplace.window
    relabeller.advanced.connect(window.strip.show_advance)
    relabeller.advanced.connect(lambda _: workplace.desk.refresh())
    relabeller.finished.connect(partial(_finish, workplace))
    relabeller.failed.connect(
        lambda error: window.show_message(
            workplace.tr("The unread films could not be labelled anew."), details=str(error)
        )
    )
    workplace.actions["cancel"].triggered.connect(relabeller.cancel)
    workplace.calls.freed.connect(partial(_catch_up, workplace))


def relabel_unread(workplace: "Workplace") -> None:
    """Label the unread films by the threshold now in use."""
    settings, blind = workplace.models.settings, workplace.blind.on
    workplace.relabeller.run(settings.policy, settings.initials, blind=blind)


def _finish(workplace: "Workplace", words: str) -> None:
    workplace.desk.refresh()
    if not workplace.intake.busy:
        workplace.window.strip.show_idle()
    if words:
        workplace.window.show_message(words)


def _catch_up(workplace: "Workplace") -> None:
    """A film that is unread again takes the answer of the threshold now in use."""
    stored, settings = workplace.desk.current, workplace.models.settings
    if stored and stored.reading is None and isinstance(stored.outcome, Case):
        policy = stored.outcome.answer.policy
        if policy != settings.policy and not workplace.relabeller.busy:
            relabel_unread(workplace)
