"""The fields of a recipe: which, how long, how fast, with or without changed films, what name."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.ui.training.recipes import offered, recipe_words


class RecipeForm(QWidget):
    """Shows a plan's recipe; 0 in a number stands for the recipe's own.

    Signals:
        edited: The plan as the reader wants it.
    """

    edited = Signal(Plan)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan()
        self._make_choices()
        self._make_numbers()
        self._lay_out()

    def _make_choices(self) -> None:
        self.recipe = QComboBox(self)
        for number, words in enumerate(offered()):
            self.recipe.addItem(words.title, words.name)
            self.recipe.setItemData(number, words.means, Qt.ItemDataRole.ToolTipRole)
        self.recipe.currentIndexChanged.connect(self._tell_recipe)
        self.means = QLabel(self)
        self.means.setWordWrap(True)
        self.means.setProperty("role", "quiet")
        self.augment = QCheckBox(self.tr("Change films at random"), self)
        self.augment.toggled.connect(self._tell)
        self.model = QLineEdit(self)
        self.model.setPlaceholderText(self.tr("ours-1"))
        self.model.setToolTip(self.tr("How the model is called in lists, for instance ours-1"))
        self.model.textEdited.connect(self._tell)

    def _make_numbers(self) -> None:
        self.epochs, self.batch = QSpinBox(self), QSpinBox(self)
        self.epochs.setRange(0, 1000)
        self.epochs.setToolTip(self.tr("How often the network sees every film"))
        self.batch.setRange(0, 512)
        self.batch.setToolTip(
            self.tr("How many films make one step; fewer need less memory and learn more noisily")
        )
        self.rate = QDoubleSpinBox(self)
        self.rate.setDecimals(6)
        self.rate.setRange(0.0, 1.0)
        self.rate.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.rate.setToolTip(
            self.tr("How far a step goes; too far and the loss runs away, too little learns slowly")
        )
        for field in (self.epochs, self.batch, self.rate):
            field.valueChanged.connect(self._tell)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, field in (
            (self.tr("&Recipe"), self.recipe),
            ("", self.means),
            (self.tr("&Epochs"), self.epochs),
            (self.tr("&Batch"), self.batch),
            (self.tr("&Learning rate"), self.rate),
            (self.tr("Augmentation"), self.augment),
            (self.tr("&Name of the model"), self.model),
        ):
            label = QLabel(title, self)
            label.setBuddy(field)
            field.setAccessibleName(title.replace("&", "") or self.tr("What the recipe does"))
            form.addRow(label, field)

    def show_plan(self, plan: Plan) -> None:
        """Show what is chosen; emit nothing."""
        self._plan = plan
        words = recipe_words(plan.recipe)
        own = self.tr("{value}, as the recipe says")
        fields = (self.recipe, self.epochs, self.batch, self.rate, self.augment)
        blockers = [QSignalBlocker(field) for field in fields]
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(words.name)))
        self.means.setText(words.means)
        for spin, value, usual in (
            (self.epochs, plan.epochs, words.epochs),
            (self.batch, plan.batch, words.batch),
        ):
            spin.setSpecialValueText(own.format(value=usual))
            spin.setValue(value or 0)
        self.rate.setSpecialValueText(own.format(value=f"{words.learning_rate:g}"))
        self.rate.setValue(plan.learning_rate or 0.0)
        self.augment.setChecked(plan.augment)
        self.augment.setToolTip(words.augmentation)
        if self.model.text() != plan.name:
            self.model.setText(plan.name)
        blockers.clear()

    def set_editable(self, *, editable: bool) -> None:
        """Let the reader change it, or not while a training runs with it."""
        self.setEnabled(editable)

    @Slot()
    def _tell_recipe(self) -> None:
        """Another recipe has numbers of its own: those chosen for the one before do not hold."""
        self.edited.emit(
            msgspec.structs.replace(
                self._plan,
                recipe=self.recipe.currentData(),
                epochs=None,
                batch=None,
                learning_rate=None,
            )
        )

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(
            msgspec.structs.replace(
                self._plan,
                epochs=self.epochs.value() or None,
                batch=self.batch.value() or None,
                learning_rate=self.rate.value() or None,
                augment=self.augment.isChecked(),
                name=self.model.text(),
            )
        )
