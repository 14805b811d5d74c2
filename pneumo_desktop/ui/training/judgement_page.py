"""How good the model is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pneumo_desktop.ui.training.step import Step


class JudgementPage(Step):
    """Says where this is done at present."""

    name = "judgement"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(
            self.tr(
                "What was measured stands below the curves on the page Training, and in the "
                "model's card."
            ),
            self,
        )
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(words, alignment=Qt.AlignmentFlag.AlignTop)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Judgement")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr("See how good the model is before it answers for anybody.")
