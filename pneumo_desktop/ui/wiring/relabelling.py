"""Another threshold, and what it does to the films that are still unread."""

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui.relabeller import Relabelling

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_relabelling(workplace: "Workplace") -> None:
    """Connect the worker that labels films anew, and go on with what was begun before."""
    relabeller, window = workplace.relabeller, workplace.window
    relabeller.advanced.connect(window.strip.show_advance)
    relabeller.advanced.connect(lambda _: workplace.desk.refresh())
    relabeller.finished.connect(partial(_finish, workplace))
    relabeller.failed.connect(
        lambda error: window.show_message(
            workplace.tr("The unread films could not be labelled anew."), details=str(error)
        )
    )
    relabeller.cancelled.connect(partial(_go_back, workplace))
    workplace.actions["cancel"].triggered.connect(relabeller.cancel)
    workplace.calls.freed.connect(partial(_catch_up, workplace))
    if begun := workplace.desk.relabelling():
        relabel_unread(workplace, begun.policy, begun.old)


def relabel_unread(workplace: "Workplace", policy: Policy, old: Policy) -> None:
    """Label the unread films by `policy`; `old` is what cancelling goes back to."""
    initials, blind = workplace.models.settings.initials, workplace.blind.on
    workplace.relabeller.run(Relabelling(policy, old, initials, blind))


def _finish(workplace: "Workplace", words: str) -> None:
    workplace.desk.refresh()
    if not workplace.intake.busy:
        workplace.window.strip.show_idle()
    if words:
        workplace.window.show_message(words)


def _go_back(workplace: "Workplace", old: Policy) -> None:
    """The list is never left with labels of two thresholds: cancelled, it has the old one again."""
    models = workplace.models
    before = models.settings.policy
    settings = msgspec.structs.replace(
        models.settings, operating_point=old.operating_point, threshold=old.threshold
    )
    try:
        models.change(settings, workplace.place.home)
    except StoreError as error:
        text = workplace.tr("The preferences cannot be kept.")
        workplace.window.show_message(text, details=str(error))
        return
    workplace.intake.use(models.load, old)
    relabel_unread(workplace, old, before)
    text = workplace.tr("Cancelled: the threshold is %s %% as before, and the films follow it.")
    workplace.window.show_message(text % f"{100 * old.threshold:g}")


def _catch_up(workplace: "Workplace") -> None:
    """A film that is unread again takes the answer of the threshold now in use."""
    stored, policy = workplace.desk.current, workplace.models.settings.policy
    if stored is None or stored.reading or not isinstance(stored.outcome, Case):
        return
    if stored.outcome.answer.policy != policy and not workplace.relabeller.busy:
        relabel_unread(workplace, policy, policy)
