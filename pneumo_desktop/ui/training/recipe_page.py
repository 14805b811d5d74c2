"""How to train: the recipe, how long, and the model's name."""

import re
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.ui.training.recipes import offered
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


class RecipePage(Step):
    """Chooses the recipe."""

    name = "recipe"
    settles = ("recipe", "epochs", "batch", "learning_rate", "augment", "name")

    def __init__(self, taken: Callable[[str], bool], parent: QWidget | None = None) -> None:
        """`taken` says whether a model's name is in use."""
        super().__init__(parent)
        self._taken = taken
        self._plan = Plan()
        self.recipe = QComboBox(self)
        for number, words in enumerate(offered()):
            self.recipe.addItem(words.title, words.name)
            self.recipe.setItemData(number, words.means, 3)  # Qt.ToolTipRole
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self.recipe.currentIndexChanged.connect(self._tell)
        self.epochs = QSpinBox(self)
        self.epochs.setRange(0, 200)
        self.epochs.setSpecialValueText(self.tr("as the recipe says"))
        self.epochs.setAccessibleName(self.tr("Epochs"))
        self.epochs.setToolTip(self.tr("How often the network sees every film"))
        self.epochs.valueChanged.connect(self._tell)
        self.model = QLineEdit(self)
        self.model.setAccessibleName(self.tr("Name of the model"))
        self.model.textEdited.connect(self._tell)
        form = QFormLayout(self)
        form.setContentsMargins(0, 8, 0, 0)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Recipe"), self.recipe)
        form.addRow(self.tr("Epochs"), self.epochs)
        form.addRow(self.tr("Name of the model"), self.model)

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
        """Show what is chosen."""
        plan = self._plan = state.plan
        with QSignalBlocker(self):
            self.recipe.setCurrentIndex(max(0, self.recipe.findData(plan.recipe)))
            self.epochs.setValue(plan.epochs or 0)
            if self.model.text() != plan.name:
                self.model.setText(plan.name)

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

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(
            msgspec.structs.replace(
                self._plan,
                recipe=self.recipe.currentData(),
                epochs=self.epochs.value() or None,
                name=self.model.text(),
            )
        )
