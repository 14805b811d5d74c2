"""What to train: the folder of labelled films, the recipe, how long, and the model's name."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.training_job import TrainingJob
from pneumo_desktop.ui.training.labelled_folder import LabelledFolder

RECIPES = (
    (
        "efficientnet_lite0",
        "EfficientNet-Lite0 (default)",
        "A small network, all layers tuned: good on an ordinary PC",
    ),
    (
        "vgg16_reference",
        "VGG16, the customer's reference",
        "The frozen network with one dense layer, to compare with",
    ),
)
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
NAME_RULE = "Small letters, digits, dot, dash and underscore, beginning with a letter or digit."


class TrainingForm(QWidget):
    """The form.

    Signals:
        folder_wanted: The reader wants to choose a folder.
        start_wanted: A complete `TrainingJob`.
    """

    folder_wanted = Signal()
    start_wanted = Signal(TrainingJob)

    def __init__(
        self, models: Path, taken: Callable[[str], bool], parent: QWidget | None = None
    ) -> None:
        """`models` is the folder of new models; `taken` says whether a name is in use."""
        super().__init__(parent)
        self._models, self._taken = models, taken
        self._folder: LabelledFolder | None = None
        self._running = False
        self._missing = ""
        self._make_fields()
        self._lay_out()
        self._check()

    def _make_fields(self) -> None:
        self._path = QLabel(self)
        self._path.setWordWrap(True)
        self.choose = QPushButton(self.tr("Choose folder…"), self)
        self.choose.setToolTip(self.tr("A folder with one folder NORMAL and one PNEUMONIA"))
        self.choose.clicked.connect(self.folder_wanted)
        self.recipe = QComboBox(self)
        for number, (name, title, tip) in enumerate(RECIPES):
            self.recipe.addItem(title, name)
            self.recipe.setItemData(number, tip, 3)  # Qt.ToolTipRole
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self.epochs = QSpinBox(self)
        self.epochs.setRange(0, 200)
        self.epochs.setSpecialValueText(self.tr("as the recipe says"))
        self.epochs.setAccessibleName(self.tr("Epochs"))
        self.epochs.setToolTip(self.tr("How often the network sees every film"))
        self.name = QLineEdit("my-model", self)
        self.name.setAccessibleName(self.tr("Name of the model"))
        self.name.textChanged.connect(self._check)
        self._problem = QLabel(self)
        self._problem.setProperty("role", "remark")
        self._problem.setWordWrap(True)
        self.start = QPushButton(self.tr("Start training"), self)
        self.start.setProperty("primary", "true")
        self.start.setToolTip(self.tr("Train a model with these films, in a program of its own"))
        self.start.clicked.connect(self._emit)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Train a model on your own films"), self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        title.setFont(font)
        title.setWordWrap(True)
        hint = QLabel(
            self.tr(
                "Choose a folder that holds a folder NORMAL and a folder PNEUMONIA. Films of one "
                "patient never stand on both sides. No film leaves this computer; the first "
                "training fetches the network's ImageNet weights once."
            ),
            self,
        )
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Labelled films"), self.choose)
        form.addRow(self._path)
        form.addRow(self.tr("Recipe"), self.recipe)
        form.addRow(self.tr("Epochs"), self.epochs)
        form.addRow(self.tr("Name of the model"), self.name)
        row = QHBoxLayout()
        row.addWidget(self.start, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for item in (title, hint):
            layout.addWidget(item)
        layout.addLayout(form)
        layout.addWidget(self._problem)
        layout.addLayout(row)
        layout.addStretch(1)

    def show_folder(self, folder: LabelledFolder) -> None:
        """Show what the chosen folder holds."""
        self._folder = folder
        self._path.setText(f"{folder.path}\n{folder.words()}")
        self._check()

    def show_missing(self, text: str) -> None:
        """Say why this installation cannot train; empty where it can."""
        self._missing = text
        self._check()

    def show_running(self, *, running: bool) -> None:
        """Show whether a run goes on; there is one at a time."""
        self._running = running
        for field in (self.choose, self.recipe, self.epochs, self.name):
            field.setEnabled(not running)
        self._check()

    @property
    def problem(self) -> str:
        """What keeps the training from starting, empty for nothing."""
        name = self.name.text()
        if self._missing:
            return self._missing
        if self._folder is None:
            return self.tr("Choose the labelled films first.")
        if self._folder.problem:
            return self._folder.problem
        if not NAME.fullmatch(name):
            return NAME_RULE
        return self.tr("There is a model of this name already.") if self._taken(name) else ""

    @Slot()
    def _check(self) -> None:
        problem = "" if self._running else self.problem
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.start.setEnabled(not problem and not self._running)

    @Slot()
    def _emit(self) -> None:
        if self._folder is None or self.problem:
            self._check()
            return
        name = self.name.text()
        self.start_wanted.emit(
            TrainingJob(
                data=str(self._folder.path),
                out=str(self._models / name),
                recipe=self.recipe.currentData(),
                name=name,
                epochs=self.epochs.value() or None,
            )
        )
