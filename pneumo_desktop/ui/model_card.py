"""The installed models with their cards: what one is for, what was measured of it, use another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.card_words import Section, card_sections, plain_text
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.ui.card_translation import translated_sections
from pneumo_desktop.ui.models import Installed
from pneumo_desktop.ui.section_page import MARGIN, SectionPage
from pneumo_desktop.ui.theme import LIGHT, Colours
from pneumo_desktop.ui.translation import translated

WISHED = QSize(1200, 820)
LIST_WIDTH = 220
EDGE = 40  # kept free around the dialog on a small screen
BROKEN = "This model cannot be used."
USED = "This model answers new films."
NOT_USED = (
    "Used from now on, it answers new films. Cases already answered keep their answer and name "
    "their model; unread ones are answered again only when you ask (Reading, Answer unread films "
    "again)."
)
GONE = (
    "This model answers new films until the program ends; its folder is gone or holds another now."
)


class ModelDialog(QDialog):
    """A list of models, and the card of the one chosen in it.

    Signals:
        use_wanted: The folder of the model that the reader wants to use.
        back_wanted: The reader wants the model used before again.
        add_wanted: The reader wants to add a model from a file.
        save_wanted: The folder of the model that the reader wants as one file.
        stop_wanted: The file at hand is to be left alone.
    """

    use_wanted = Signal(Path)
    back_wanted = Signal()
    add_wanted = Signal()
    save_wanted = Signal(Path)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self._colours = LIGHT
        self._models: list[Installed] = []
        self._sections: tuple[Section, ...] = ()
        self._problem = ""
        self.models = QListWidget(self)
        self.models.setAccessibleName(self.tr("Installed models"))
        self.models.setWordWrap(True)
        self.models.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.models.setFixedWidth(LIST_WIDTH)
        self.models.currentRowChanged.connect(self._show_row)
        self.card = SectionPage(self.tr("Card of the model"), self)
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self._make_buttons()
        self._lay_out()
        self.setSizeGripEnabled(True)

    def _make_buttons(self) -> None:
        self.use = QPushButton(self.tr("&Use this model"), self)
        self.use.setProperty("primary", "true")
        self.use.setToolTip(self.tr("Answer films with it from now on; cases keep their answers"))
        self.use.clicked.connect(self._want)
        self.copy = QPushButton(self.tr("&Copy text"), self)
        self.copy.setToolTip(self.tr("Copy the whole card as text"))
        self.copy.clicked.connect(self._copy)
        self.back = QPushButton(self)
        self.back.setToolTip(self.tr("Answer new films with the former model, at its thresholds"))
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()
        self.add = QPushButton(self.tr("&Add a model from a file…"), self)
        self.add.setToolTip(
            self.tr("A .pneumo-model file from another clinic; it is checked first")
        )
        self.add.clicked.connect(self.add_wanted)
        self.save = QPushButton(self.tr("&Save as a file…"), self)
        self.save.setToolTip(self.tr("One file with the whole model, for another clinic"))
        self.save.clicked.connect(self._want_saved)
        self.stop = QPushButton(self.tr("S&top"), self)
        self.stop.setToolTip(self.tr("Leave this file alone; nothing of it is kept"))
        self.stop.clicked.connect(self.stop_wanted)
        self.stop.hide()
        self.leave = QPushButton(self.tr("Close"), self)
        self.leave.setToolTip(self.tr("Close this card (Esc)"))
        self.leave.clicked.connect(self.reject)
        for button in (self.use, self.back, self.add, self.save, self.stop, self.copy, self.leave):
            button.setAutoDefault(False)  # Enter in the list must not change the model

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(8)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.models, self.add, self.save):
            left.addWidget(widget)
        both.addLayout(left)
        both.addWidget(self.card, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.stop, self.use, self.back, self.copy, self.leave):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(both, 1)
        layout.addWidget(self.state)
        layout.addLayout(row)

    def open_at(self, models: Sequence[Installed], sha256: str) -> None:
        """Open with the card of the network of this hash, else of the one in use."""
        room = self.screen().availableSize() - QSize(EDGE, EDGE)
        if not self.isVisible():
            self.resize(WISHED.boundedTo(room))
        self.show_models(models, sha256)
        self.open()
        self.card.setFocus()

    def show_models(self, models: Sequence[Installed], sha256: str) -> None:
        """Show models, and the card of the network of this hash, else of the one in use."""
        self._models = list(models)
        self.models.blockSignals(True)  # noqa: FBT003 - Qt's own word
        self.models.clear()
        for model in models:
            self.models.addItem(self._item(model))
        self.models.blockSignals(False)  # noqa: FBT003
        same = [row for row, model in enumerate(models) if sha256 and sha256 in _hashes(model)]
        used = [row for row, model in enumerate(models) if model.in_use]
        self.models.setCurrentRow((same or used or [0])[0])

    def _item(self, model: Installed) -> QListWidgetItem:
        item = QListWidgetItem(_name(model))
        item.setToolTip(translated(model.problem) or str(model.folder or ""))
        room = QRect(0, 0, LIST_WIDTH - 2 * MARGIN, 10_000)  # Qt forgets the padding when it wraps
        wrap = Qt.TextFlag.TextWordWrap
        words = self.models.fontMetrics().boundingRect(room, wrap, item.text())
        item.setSizeHint(QSize(LIST_WIDTH - 2 * MARGIN, words.height() + 2 * MARGIN))
        return item

    @Slot(int)
    def _show_row(self, row: int) -> None:
        model = self._models[row]
        self._problem, plots = translated(model.problem), []
        if model.folder and not self._problem:
            try:
                plots = load_package(model.folder).plots
            except CardError as error:
                self._problem = translated(str(error))
        self._sections = translated_sections(card_sections(model.card, plots) if model.card else ())
        self._show_choices()
        self._write()

    def _show_choices(self) -> None:
        """Offer what can be done with the model on view."""
        model = self._models[self.models.currentRow()]
        self.use.setEnabled(not model.in_use and not self._problem)
        self.save.setEnabled(model.folder is not None and not self._problem)
        self.state.setText(_state(model, self._problem))

    def _write(self) -> None:
        self.card.show_sections(self._sections, self._colours, self._problem)

    def show_problem(self, problem: str) -> None:
        """Say above the card why its model cannot be used."""
        self._problem = translated(problem)
        self.use.setEnabled(False)
        self.state.setText(BROKEN)
        self._write()

    def show_former(self, title: str) -> None:
        """Offer to go back to the model of this title; nothing where it is empty."""
        self.back.setText(self.tr("&Go back to %s") % title)
        self.back.setVisible(bool(title))

    def show_doing(self, words: str) -> None:
        """Say what is being done with a file; empty when nothing is any more."""
        for button in (self.add, self.save, self.use, self.back):
            button.setEnabled(not words)
        self.stop.setVisible(bool(words))
        if words:
            self.state.setText(words)
        elif self._models:
            self._show_choices()

    def show_failure(self, why: str) -> None:
        """Say why a file could not be taken in or written."""
        self.card.show_sections(self._sections, self._colours, translated(why))

    def _want_saved(self) -> None:
        folder = self._models[self.models.currentRow()].folder
        if folder:
            self.save_wanted.emit(folder)

    def _want(self) -> None:
        folder = self._models[self.models.currentRow()].folder
        if folder:
            self.use_wanted.emit(folder)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(plain_text(self._sections) or self._problem)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        self._write()


def _state(model: Installed, problem: str) -> str:
    if model.in_use:
        return USED if model.folder else GONE
    return BROKEN if problem else NOT_USED


def _hashes(model: Installed) -> frozenset[str]:
    return frozenset(model.card.files.values()) if model.card else frozenset()


def _name(model: Installed) -> str:
    folder = model.folder.name if model.folder else ""
    if model.card is None:
        return f"{folder}\ncannot be used"
    used = " · in use" if model.in_use else ""
    return f"{model.card.title}\n{model.card.name} {model.card.version}{used}"
