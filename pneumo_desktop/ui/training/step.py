"""One page of the way from labelled films to a model in use."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.state import WizardState


class Step(QWidget):
    """A page; it shows a state and tells what the reader wants, and changes nothing itself.

    `name` never changes: the plan remembers by it that the page was done. `settles` names the
    fields of the plan that are decided on the page; when one of them changes, the later pages are
    to be done again.

    Signals:
        edited: The plan as the reader wants it.
        wanted: What the reader asks for, a word that the wiring knows.
        film_wanted: The path of a film that the reader wants to see large.
    """

    edited = Signal(Plan)
    wanted = Signal(str)
    film_wanted = Signal(object)

    name = ""
    settles: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    @property
    def explanation(self) -> str:
        """What the page is for, in two sentences."""
        raise NotImplementedError

    def show_state(self, state: WizardState) -> None:
        """Show a state; emit nothing."""

    def problem(self, state: WizardState) -> str:  # noqa: ARG002 - for the pages that need it
        """Return why one cannot go on from here; empty where one may."""
        return ""

    def set_private(self, *, on: bool) -> None:
        """Hide what films and patients are called, or show it again."""

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
