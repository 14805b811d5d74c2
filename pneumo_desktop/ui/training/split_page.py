"""Which patients teach and which are kept apart."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pneumo_desktop.ui.training.step import Step


class SplitPage(Step):
    """Says how films are divided."""

    name = "split"
    settles = ("shares",)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(self.tr("The training program divides the films by patient."), self)
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(words, alignment=Qt.AlignmentFlag.AlignTop)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Split")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Some patients teach, others choose, calibrate and test. No patient stands on two "
            "sides, or the figures would be too good to be true."
        )
