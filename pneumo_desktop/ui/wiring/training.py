"""Training a model of one's own."""

from typing import TYPE_CHECKING

from pneumo_desktop.ui.wiring.errands import connect_errands
from pneumo_desktop.ui.wiring.judgement import connect_judgement
from pneumo_desktop.ui.wiring.labelled import Wishes, connect_labelled
from pneumo_desktop.ui.wiring.run import connect_run

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_training(workplace: "Workplace") -> None:
    """Connect the pages of training, what they know, and the training program."""
    wizard, course = workplace.training, workplace.course
    course.changed.connect(wizard.show_state)
    wizard.edited.connect(course.take)
    wishes: Wishes = {
        **connect_labelled(workplace),
        **connect_errands(workplace),
        **connect_run(workplace),
        **connect_judgement(workplace),
    }
    wizard.wanted.connect(lambda wish: wishes[wish]())
    workplace.actions["training-back"].triggered.connect(wizard.go_back)
    workplace.actions["training-next"].triggered.connect(wizard.go_next)
