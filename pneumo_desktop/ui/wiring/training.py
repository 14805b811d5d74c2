"""Models: choosing one, and training one of one's own."""

from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.ui.wiring.errands import connect_errands
from pneumo_desktop.ui.wiring.labelled import Wishes, connect_labelled
from pneumo_desktop.ui.wiring.run import connect_run

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_models(workplace: "Workplace") -> None:
    """Connect the models' cards and the choice among them."""
    actions, choice, desk = workplace.actions, workplace.choice, workplace.desk
    actions["models"].triggered.connect(choice.show_used)
    actions["model-card"].triggered.connect(lambda: choice.show_of(desk.current))
    choice.told.connect(partial(_offer_again, workplace))


def _offer_again(workplace: "Workplace", text: str) -> None:
    """Offer to answer the unread films by the model now in use; read ones keep their answers."""
    unread = len(workplace.desk.unread_paths())
    again = workplace.tr("Answer %s unread again") % f"{unread:,}"
    action = (again, workplace.actions["again"].trigger) if unread else None
    workplace.window.show_message(text, action)


def connect_training(workplace: "Workplace") -> None:
    """Connect the pages of training, what they know, and the training program."""
    wizard, course = workplace.training, workplace.course
    course.changed.connect(wizard.show_state)
    wizard.edited.connect(course.take)
    wishes: Wishes = {
        **connect_labelled(workplace),
        **connect_errands(workplace),
        **connect_run(workplace),
    }
    wizard.wanted.connect(lambda wish: wishes[wish]())
    workplace.actions["training-back"].triggered.connect(wizard.go_back)
    workplace.actions["training-next"].triggered.connect(wizard.go_next)
