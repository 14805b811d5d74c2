"""The help in the window: pages chosen from a list, read and copied beside the films."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.ui.dialog_buttons import close_only
from pneumo_desktop.ui.help_pages import Page, licences_page, numbers_page, reasons_page
from pneumo_desktop.ui.help_worklist import worklist_page
from pneumo_desktop.ui.section_page import SectionPage
from pneumo_desktop.ui.theme import LIGHT, Colours

Topic = Literal["numbers", "list", "reasons", "licences"]
PAGES: dict[Topic, Callable[[], Page]] = {
    "numbers": numbers_page,
    "list": worklist_page,
    "reasons": reasons_page,
    "licences": licences_page,
}


class Help(QDialog):
    """A list of topics and the page of the one chosen; not modal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self._colours = LIGHT
        self.topics = QListWidget(self)
        self.topics.setAccessibleName(self.tr("Topics"))
        self.topics.addItems(
            [
                self.tr("What the numbers mean"),
                self.tr("The worklist"),
                self.tr("Reasons"),
                self.tr("Licences"),
            ]
        )
        self.topics.setMaximumWidth(self.topics.sizeHintForColumn(0) + 32)
        self.page = SectionPage(self.tr("Help page"), self)
        both = QHBoxLayout()
        both.addWidget(self.topics)
        both.addWidget(self.page, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(both, 1)
        layout.addWidget(close_only(self))
        self.resize(860, 620)
        self.topics.currentRowChanged.connect(self._write)

    def show_topic(self, topic: Topic) -> None:
        """Show the page of a topic."""
        self.topics.setCurrentRow(list(PAGES).index(topic))
        self.show()
        self.raise_()
        self.page.setFocus()

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        self._write()

    @Slot()
    def _write(self) -> None:
        row = self.topics.currentRow()
        if row >= 0:
            self.page.show_sections(list(PAGES.values())[row](), self._colours)
