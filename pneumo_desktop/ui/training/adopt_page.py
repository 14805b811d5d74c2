"""Taking the model into use."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pneumo_desktop.ui.training.step import Step


class AdoptPage(Step):
    """Says where this is done at present."""

    name = "adopt"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(
            self.tr(
                "Use this model on the page Training takes it into use. The models you have are "
                "under File, Choose model."
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
        return self.tr("Adopt")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr("Let the model answer films from now on.")
