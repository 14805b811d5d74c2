"""How to train: the recipe, what it does to films, how long it will take, and the model's name."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGroupBox, QVBoxLayout, QWidget

from pneumo_desktop.ui.training.changed_films import ChangedFilms
from pneumo_desktop.ui.training.probe_panel import ProbePanel
from pneumo_desktop.ui.training.recipe_form import RecipeForm
from pneumo_desktop.ui.training.recipes import recipe_words
from pneumo_desktop.ui.training.room import Room
from pneumo_desktop.ui.training.state import Asked, WizardState
from pneumo_desktop.ui.training.step import Step

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
NARROW = 45  # letters of width below which the two halves stand one above the other


class RecipePage(Step):
    """Chooses the recipe, shows what it makes of films, and measures it."""

    name = "recipe"
    settles = ("recipe", "epochs", "batch", "learning_rate", "augment", "name")

    def __init__(self, taken: Callable[[str], bool], parent: QWidget | None = None) -> None:
        """`taken` says whether a model's name is in use."""
        super().__init__(parent)
        self._taken = taken
        self._shown: Asked | None = None
        self.form = RecipeForm(self)
        self.form.edited.connect(self.edited)
        self.probe = ProbePanel(self)
        self.probe.wanted.connect(lambda: self.wanted.emit("probe"))
        self.changed = ChangedFilms(self)
        self.changed.wanted.connect(lambda: self.wanted.emit("preview"))
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._halves.setContentsMargins(0, 8, 0, 0)
        self._halves.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.form)
        left.addWidget(_group(self.tr("How long it takes"), self.probe))
        left.addStretch(1)
        right.addWidget(_group(self.tr("What the network sees"), self.changed))
        right.addStretch(1)
        self._halves.addLayout(left, 1)
        self._halves.addLayout(right, 1)
        scroll = Room(inner, self)
        scroll.setAccessibleName(self.tr("The recipe"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: with little room the halves stand one above the other."""
        super().resizeEvent(event)
        narrow = self.width() < 2 * NARROW * self.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction
        self._halves.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Recipe")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Choose which network learns and how. The default is good on an ordinary PC; the "
            "reference is there to compare with."
        )

    def show_state(self, state: WizardState) -> None:
        """Show what is chosen, and how probe and preview stand."""
        self.form.show_plan(state.plan)
        self.form.set_editable(editable=not state.run.active)
        epochs = state.plan.epochs or recipe_words(state.plan.recipe).epochs
        self.probe.show_probe(state.probe, epochs)
        if state.preview != self._shown:
            self._shown = state.preview
            self._show_preview(state.preview)

    def _show_preview(self, preview: Asked) -> None:
        if preview.busy:
            self.changed.show_busy()
        elif preview.result is not None and preview.folder:
            self.changed.show_folder(Path(preview.folder))
        else:
            self.changed.show_none(preview.problem)

    def problem(self, state: WizardState) -> str:
        """Return what is wrong with the name."""
        if not NAME.fullmatch(state.plan.name):
            return self.tr(
                "Name the model with small letters, digits, dot, dash and underscore, beginning "
                "with a letter or digit."
            )
        if self._taken(state.plan.name) and not state.run.package:
            return self.tr("There is a model of this name already. Choose another name.")
        return ""


def _group(title: str, widget: QWidget) -> QGroupBox:
    group = QGroupBox(title)
    layout = QVBoxLayout(group)
    layout.addWidget(widget)
    return group
