"""While films come in, the head of the list is on view until the reader turns to a film."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui.actions import SPECS
from pneumo_desktop.ui.main_window import FILM_MENUS

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_leading(workplace: "Workplace") -> None:
    """Connect the list with the view, and everything by which a reader turns to a film."""
    leading, queue = workplace.leading, workplace.queue
    queue.relisted.connect(leading.look_soon)
    leading.due.connect(partial(_show_head, workplace))
    workplace.intake.finished.connect(partial(_end, workplace))
    film, reading = workplace.film, workplace.reading
    by_hand = [
        queue.chosen, queue.filter.changed, queue.table.verticalScrollBar().actionTriggered,
        film.priors.chosen, reading.called, reading.note.textEdited,
        *(signal for view in (film.view, film.beside)
          for signal in (view.entered, view.moved, view.windowed)),
        *(workplace.actions[spec.name].triggered for spec in SPECS if spec.menu in FILM_MENUS),
    ]  # fmt: skip
    for signal in by_hand:
        signal.connect(lambda *_: leading.settle())


def _show_head(workplace: "Workplace") -> None:
    current = workplace.desk.current
    with suppress(StoreError):  # the desk says so; the film on view stays
        head = workplace.queue.walk.top
        if head is None or (current and head == current.id):
            return
        if current:
            workplace.queue.pass_over(current.id)
        workplace.desk.show_number(head)


def _end(workplace: "Workplace", *_: object) -> None:
    if workplace.leading.leads:
        workplace.queue.settle()
        _show_head(workplace)
        workplace.leading.settle()
