"""Worklist, film and case: what is on view, and the reader's calls."""

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.ordering import Ordering
from pneumo_desktop.core.settings import save_settings
from pneumo_desktop.ui.actions import CALL_KEYS

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_reading(workplace: "Workplace") -> None:
    """Connect the list, the case on view and what the reader does with it."""
    _connect_desk(workplace)
    _connect_calls(workplace)
    queue, actions, note = workplace.queue, workplace.actions, workplace.reading.note
    actions["next-unread"].triggered.connect(lambda: _show_next_unread(workplace))
    actions["next"].triggered.connect(lambda: queue.step(1))
    actions["previous"].triggered.connect(lambda: queue.step(-1))
    actions["search"].triggered.connect(queue.search.setFocus)
    actions["worklist"].triggered.connect(queue.table.setFocus)
    note.returnPressed.connect(queue.table.setFocus)
    actions["note"].triggered.connect(note.setFocus)


def _connect_desk(workplace: "Workplace") -> None:
    desk, queue, window = workplace.desk, workplace.queue, workplace.window
    desk.listed.connect(queue.refresh_soon)
    desk.shown.connect(partial(_show, workplace))
    desk.updated.connect(partial(_update, workplace))
    desk.told.connect(window.show_message)
    desk.troubled.connect(window.strip.show_trouble)
    queue.chosen.connect(desk.show_number)
    queue.ordering_chosen.connect(partial(_order, workplace))


def _connect_calls(workplace: "Workplace") -> None:
    calls, actions = workplace.calls, workplace.actions
    workplace.reading.called.connect(calls.call)
    for call in CALL_KEYS:
        actions[call].triggered.connect(lambda _=False, call=call: calls.call(call))
    actions["agree"].triggered.connect(calls.agree)
    calls.told.connect(workplace.window.show_message)
    actions["undo"].triggered.connect(workplace.desk.undo)


def _show(workplace: "Workplace", stored: StoredCase | None) -> None:
    workplace.queue.select(stored.id if stored else None)
    workplace.stage.show_case(stored)
    _show_answer(workplace, stored)


def _update(workplace: "Workplace", stored: StoredCase) -> None:
    workplace.stage.update_case(stored)
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
    workplace.panel.show_case(stored, card)


def _show_next_unread(workplace: "Workplace") -> None:
    number = workplace.queue.next_unread()
    if number is None:
        workplace.window.show_message(workplace.tr("No unread film is left in this list."))
    else:
        workplace.desk.show_number(number)
