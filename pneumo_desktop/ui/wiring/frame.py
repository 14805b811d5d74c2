"""The frame: colours, help, and how the window closes."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent

from pneumo_desktop.core.self_test import Result
from pneumo_desktop.ui import dialogs, memory
from pneumo_desktop.ui.appearance import CHOICES
from pneumo_desktop.ui.help import PAGES
from pneumo_desktop.ui.welcome import Welcome

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_frame(workplace: "Workplace") -> None:
    """Connect colours, help and closing."""
    window, actions, appearance = workplace.window, workplace.actions, workplace.appearance
    painted = (window, workplace.queue, workplace.panel, workplace.training,
               workplace.choice.dialog, workplace.self_tester.dialog, workplace.help)  # fmt: skip
    for widget in painted:
        appearance.changed.connect(widget.set_colours)
    for choice in CHOICES:
        actions[choice].triggered.connect(lambda _=False, choice=choice: appearance.choose(choice))
    appearance.changed.connect(partial(_tick_appearance, workplace))
    actions["keys"].triggered.connect(lambda: dialogs.show_keys(window, actions))
    actions["self-test"].triggered.connect(workplace.self_tester.dialog.open)
    workplace.self_tester.found_broken.connect(partial(_tell_broken, workplace))
    for topic in PAGES:
        actions[topic].triggered.connect(
            lambda _=False, topic=topic: workplace.help.show_topic(topic)
        )
    actions["welcome"].triggered.connect(lambda: Welcome(window).show())
    actions["about"].triggered.connect(lambda: dialogs.show_about(window, workplace.models.card))
    actions["quit"].triggered.connect(window.close)
    window.closing.connect(partial(_close, workplace))


def _tick_appearance(workplace: "Workplace", *_: object) -> None:
    for choice in CHOICES:
        workplace.actions[choice].setChecked(choice == workplace.appearance.choice)


def _tell_broken(workplace: "Workplace", results: Sequence[Result]) -> None:
    lines = "\n".join(f"{result.check}: {result.problem}" for result in results)
    after = workplace.tr("Help, Self-test, shows all checks.")
    headline = workplace.tr("The self-test found something wrong with this installation.")
    workplace.window.show_message(headline, details=f"{lines}\n\n{after}")


def _close(workplace: "Workplace", event: QCloseEvent) -> None:
    window = workplace.window
    if workplace.trainer.running and not dialogs.may_stop_training(window):
        event.ignore()
        return
    memory.remember(workplace.place.home, workplace)
    window.hide()
    workplace.shutdown()
