"""Sections as a page to be read and copied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from pneumo_desktop.core.card_words import Section
from pneumo_desktop.ui.card_html import rich_text, style
from pneumo_desktop.ui.theme import Colours

MARGIN = 12


class SectionPage(QTextBrowser):
    """Text that can be selected by mouse and keyboard; links lead nowhere."""

    def __init__(self, name: str, parent: QWidget) -> None:
        """`name` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(MARGIN)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)

    def show_sections(
        self, sections: Iterable[Section], colours: Colours, problem: str = ""
    ) -> None:
        """Show sections in the colours of a scheme; `problem` stands above them."""
        self.document().setDefaultStyleSheet(style(colours))
        self.setHtml(rich_text(sections, colours, problem))
