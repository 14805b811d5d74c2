"""The training tab: what to train on the left, the run on the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.form import TrainingForm
from pneumo_desktop.ui.training.run import TrainingRun

FORM_WIDTH = 360


class TrainingPage(QWidget):
    """Form and run side by side."""

    def __init__(
        self, models: Path, taken: Callable[[str], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = TrainingForm(models, taken, self)
        self.run = TrainingRun(self)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("What to train"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        scroll.setFixedWidth(FORM_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(scroll)
        layout.addWidget(self.run, 1)

    def show_started(self) -> None:
        """Show that a run began."""
        self.form.show_running(running=True)
        self.run.show_started()

    def show_ended(self, problem: str) -> None:
        """Show that the run ended, and why where that was not success."""
        self.form.show_running(running=False)
        self.run.show_ended(problem)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self.run.set_colours(colours)
