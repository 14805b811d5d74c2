"""Which labelled films to learn from."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.ui.training.labelled_folder import look_into
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step


class FilmsPage(Step):
    """Chooses the films."""

    name = "films"
    settles = ("source", "patients", "choices")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = QPushButton(self.tr("Choose folder…"), self)
        self.choose.setToolTip(self.tr("A folder with one folder NORMAL and one PNEUMONIA"))
        self.choose.clicked.connect(lambda: self.wanted.emit("choose-folder"))
        self._found = QLabel(self)
        self._found.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.choose, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._found)
        layout.addStretch(1)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Films")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Choose films of which you know what they show. They stay where they are, and no film "
            "leaves this computer."
        )

    def show_state(self, state: WizardState) -> None:
        """Show what the folder holds."""
        path = state.plan.source.path
        self._found.setText(f"{path}\n{look_into(Path(path)).words()}" if path else "")

    def problem(self, state: WizardState) -> str:
        """Return why these films will not do."""
        path = state.plan.source.path
        if not path:
            return self.tr("Choose the labelled films first.")
        return look_into(Path(path)).problem
