"""The part of a page that scrolls: as wide as the page, and as high as what is in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Room(QScrollArea):
    """Scrolls upwards and downwards alone; the keys go to what is in it."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        inside.setProperty("role", "panel")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
