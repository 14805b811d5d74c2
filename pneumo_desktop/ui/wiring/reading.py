"""Worklist, film and case: what is on view, and the reader's calls."""

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.ordering import Ordering
from pneumo_desktop.core.settings import save_settings
from pneumo_desktop.ui.reading_actions import CALL_KEYS
from pneumo_desktop.ui.wiring.comparison import offer

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_reading(workplace: "Workplace") -> None:
    """Connect the list, the case on view and what the reader does with it."""
    _connect_desk(workplace)
    _connect_calls(workplace)
    _connect_blind(workplace)
    queue, actions, note = workplace.queue, workplace.actions, workplace.reading.note
    actions["next-unread"].triggered.connect(lambda: _show_next_unread(workplace))
    actions["next"].triggered.connect(lambda: queue.step(1))
    actions["previous"].triggered.connect(lambda: queue.step(-1))
    for name in ("search", "worklist", "note"):  # they lie beside the film
        actions[name].triggered.connect(lambda: actions["film-alone"].setChecked(False))
    actions["search"].triggered.connect(queue.search.setFocus)
    actions["worklist"].triggered.connect(queue.table.setFocus)
    note.returnPressed.connect(queue.table.setFocus)
    leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), note)
    leave.setContext(Qt.ShortcutContext.WidgetShortcut)
    leave.activated.connect(queue.table.setFocus)
    actions["note"].triggered.connect(note.setFocus)


def _connect_desk(workplace: "Workplace") -> None:
    desk, queue, window = workplace.desk, workplace.queue, workplace.window
    desk.listed.connect(queue.refresh_soon)
    desk.shown.connect(partial(_show, workplace))
    desk.updated.connect(partial(_update, workplace))
    desk.told.connect(window.show_message)
    desk.troubled.connect(window.strip.show_trouble)
    queue.chosen.connect(window.tabs.messages.pass_by)
    queue.chosen.connect(desk.show_number)
    queue.ordering_chosen.connect(partial(_order, workplace))


def _connect_calls(workplace: "Workplace") -> None:
    calls, actions = workplace.calls, workplace.actions
    workplace.reading.called.connect(workplace.window.tabs.messages.pass_by)
    workplace.reading.called.connect(calls.call)
    workplace.reading.noted.connect(calls.note)
    for call in CALL_KEYS:
        actions[call].triggered.connect(lambda _=False, call=call: calls.call(call))
    acts = {
        "agree": calls.agree, "disagree": calls.disagree, "unread": calls.uncall,
        "flag": calls.flag, "archive": calls.archive, "erase": calls.erase,
        "undo": calls.undo, "redo": calls.redo,
    }  # fmt: skip
    for name, act in acts.items():
        actions[name].triggered.connect(lambda _=False, act=act: act())
    calls.told.connect(workplace.window.show_message)
    calls.done.connect(partial(_offer_undo, workplace))
    calls.marked.connect(partial(_tell_where_alone, workplace))
    messages = workplace.window.tabs.messages
    calls.steps.indexChanged.connect(lambda _: messages.withdraw(calls.undo))
    calls.left.connect(partial(_show_another, workplace))


def _offer_undo(workplace: "Workplace", text: str) -> None:
    action = (workplace.tr("Take back"), workplace.calls.undo)
    workplace.window.show_message(text, action)


def _tell_where_alone(workplace: "Workplace", text: str) -> None:
    """Tell of a call where no panel shows it: the film has all of the screen."""
    if workplace.actions["film-alone"].isChecked():
        workplace.window.show_message(text)


def _show_another(workplace: "Workplace") -> None:
    """Show what is to be read next once the case on view has left the list."""
    workplace.desk.show_number(workplace.queue.first())


def _connect_blind(workplace: "Workplace") -> None:
    blind, window = workplace.blind, workplace.window
    action = workplace.actions["blind"]
    action.setChecked(blind.on)
    action.triggered.connect(blind.switch)
    blind.changed.connect(action.setChecked)
    blind.failed.connect(
        lambda why: window.show_message(workplace.tr("That could not be changed."), details=why)
    )
    blind.changed.connect(partial(_show_blind, workplace))
    workplace.queue.set_blind(on=blind.on)


def _show_blind(workplace: "Workplace", on: bool) -> None:  # noqa: FBT001 - a signal's payload
    workplace.queue.set_blind(on=on)
    if current := workplace.desk.current:
        _show(workplace, current)
        offer(workplace, current)


def _show(workplace: "Workplace", stored: StoredCase | None) -> None:
    workplace.queue.select(stored.id if stored else None)
    workplace.stage.show_case(stored, hidden=workplace.blind.hides(stored))
    _show_answer(workplace, stored)


def _update(workplace: "Workplace", stored: StoredCase) -> None:
    workplace.stage.update_case(stored, hidden=workplace.blind.hides(stored))
    _show_answer(workplace, stored)


def _order(workplace: "Workplace", ordering: Ordering) -> None:
    models = workplace.models
    settings = msgspec.structs.replace(models.settings, ageing=ordering.ageing)
    save_settings(workplace.place.home, settings)
    models.settings = settings
    workplace.desk.worklist.ordering = ordering
    workplace.queue.refresh()


def _show_answer(workplace: "Workplace", stored: StoredCase | None) -> None:
    card = workplace.models.card_of(stored.outcome.model) if stored else None
    workplace.panel.show_case(stored, card, hidden=workplace.blind.hides(stored))


def _show_next_unread(workplace: "Workplace") -> None:
    number = workplace.queue.next_unread()
    if number is None:
        workplace.window.show_message(workplace.tr("No unread film is left in this list."))
    else:
        workplace.desk.show_number(number)
