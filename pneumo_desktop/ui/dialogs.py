"""What the window asks and tells in boxes of its own."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHeaderView,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop import __version__
from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.card_words import STANDING
from pneumo_desktop.core.discs import DICOM_SUFFIXES, PICTURE_SUFFIXES
from pneumo_desktop.core.model_archive import SUFFIX as MODEL_SUFFIX
from pneumo_desktop.ui.actions import Actions, key_table
from pneumo_desktop.ui.dialog_buttons import close_only
from pneumo_desktop.ui.plain_table import plain_table
from pneumo_desktop.ui.translation import filled, translated
from pneumo_desktop.ui.wording import normal_words, population_line

SUFFIXES = sorted(DICOM_SUFFIXES | PICTURE_SUFFIXES | {".zip"})
FILM_NAMES = " ".join((*(f"*{suffix}" for suffix in SUFFIXES), "DICOMDIR"))
MOUSE = (
    ("Mouse", "Zoom at the cursor", "Wheel"),
    ("Mouse", "Pan", "Drag"),
    ("Mouse", "Window and level", "Drag with the right button"),
    ("Mouse", "Between the whole film and its own pixels", "Double click"),
    ("Film", "Pan", "Shift+arrow keys, where the film has the keys"),
)


def ask_films(parent: QWidget) -> list[Path]:
    """Ask for films; empty where the reader thought better of it."""
    title = QCoreApplication.translate("dialogs", "Open films")
    every, films = (
        QCoreApplication.translate("dialogs", "All files"),
        QCoreApplication.translate("dialogs", "Films"),
    )
    kinds = f"{every} (*);;{films} ({FILM_NAMES})"
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def ask_file(parent: QWidget, title: str) -> Path | None:
    """Ask for a file of any kind."""
    name, _ = QFileDialog.getOpenFileName(parent, title)
    return Path(name) if name else None


def ask_csv(parent: QWidget, title: str) -> Path | None:
    """Ask where a table is to be written; its name ends in .csv."""
    name, _ = QFileDialog.getSaveFileName(parent, title, "worklist.csv", "CSV (*.csv)")
    return Path(name if name.lower().endswith(".csv") else f"{name}.csv") if name else None


def ask_model(parent: QWidget, title: str) -> Path | None:
    """Ask for a model's file."""
    kind = QCoreApplication.translate("dialogs", "Models")
    every = QCoreApplication.translate("dialogs", "All files")
    kinds = f"{kind} (*{MODEL_SUFFIX});;{every} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def ask_model_place(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where a model is to be written; its name ends as a model's does."""
    kind = QCoreApplication.translate("dialogs", "Models")
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, f"{kind} (*{MODEL_SUFFIX})")
    return (
        Path(chosen if chosen.endswith(MODEL_SUFFIX) else f"{chosen}{MODEL_SUFFIX}")
        if chosen
        else None
    )


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def tell(parent: QWidget | None, headline: str, text: str) -> QMessageBox:
    """Tell of a problem without keeping anything waiting."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Pneumo Desktop", headline, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def may_stop_training(parent: QWidget) -> bool:
    """Ask whether closing the window may interrupt a training."""
    box = QMessageBox(parent)
    box.setWindowTitle("Pneumo Desktop")
    running = QCoreApplication.translate(
        "dialogs",
        "A training is running. Closing the window interrupts it; the Training tab offers to go on "
        "from the last finished epoch when you come back.",
    )
    box.setText(running)
    words = QCoreApplication.translate("dialogs", "Interrupt and close")
    stop = box.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
    words = QCoreApplication.translate("dialogs", "Keep training")
    box.addButton(words, QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is stop


def may_discard_training(parent: QWidget) -> bool:
    """Ask whether what an interrupted training has learnt may be removed."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Pneumo Desktop", "", parent=parent)
    box.setText(box.tr("Discard what the interrupted training has learnt?"))
    box.setInformativeText(box.tr("Its epochs are removed for good; the films stay."))
    discard = box.addButton(box.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(box.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is discard


def may_erase(parent: QWidget, names: Sequence[str]) -> bool:
    """Ask whether the cases of these names may be forgotten."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Pneumo Desktop", "", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if len(names) == 1:
        box.setText(box.tr("Erase %s?") % names[0])
    else:
        box.setText(box.tr("Erase %s cases?") % f"{len(names):,}")
        box.setDetailedText("\n".join(names))
    box.setInformativeText(
        box.tr(
            "Answer, call and note are forgotten for good once this window is closed; until then "
            "Reading, Take back, brings them back. The film file stays where it is. The audit log "
            "keeps that the case was here, without its patient."
        )
    )
    erase = box.addButton(box.tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(box.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is erase


def about_text(card: ModelCard) -> str:
    """Return what the program is and is not, and whom its model knows."""
    limits = "\n".join(f"• {limit}" for limit in card.limits)
    ranks = QCoreApplication.translate(
        "dialogs",
        "It ranks frontal chest X-rays by a pattern as in films labelled pneumonia, on this "
        "computer alone. Priority is the model's suspicion and extent, not clinical severity.",
    )
    normal = QCoreApplication.translate("dialogs", "Normal means: %1")
    model = QCoreApplication.translate("dialogs", "Model in use: %1, version %2.")
    return (
        f"{translated(STANDING)}\n\n{ranks}\n\n{filled(normal, normal_words())}\n\n"
        f"{filled(model, card.title, card.version)}\n{population_line(card)}\n{limits}"
    )


def show_about(parent: QWidget, card: ModelCard) -> QMessageBox:
    """Show the about box."""
    box = QMessageBox(parent)
    box.setWindowTitle(QCoreApplication.translate("dialogs", "About Pneumo Desktop"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(" ".join(("Pneumo Desktop", __version__)))
    box.setInformativeText(about_text(card))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def show_keys(parent: QWidget, actions: Actions) -> QDialog:
    """Show the list of keys."""
    rows = [*key_table(actions), *MOUSE]
    dialog = QDialog(parent)
    dialog.setWindowTitle(QCoreApplication.translate("dialogs", "Keyboard shortcuts"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    heading = [
        QCoreApplication.translate("dialogs", "Where"),
        QCoreApplication.translate("dialogs", "What"),
        QCoreApplication.translate("dialogs", "Keys"),
    ]
    table = plain_table(heading, dialog.windowTitle(), dialog, len(rows))
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.setItem(number, column, QTableWidgetItem(text))
    table.resizeColumnsToContents()
    buttons = close_only(dialog)
    layout = QVBoxLayout(dialog)
    layout.addWidget(table)
    layout.addWidget(buttons)
    buttons.setFocus()
    rows_high = table.verticalHeader().length() + table.horizontalHeader().height()
    columns_wide = sum(table.sizeHintForColumn(column) for column in range(3))
    room = dialog.screen().availableSize()
    dialog.resize(min(columns_wide + 80, room.width()), min(rows_high + 72, room.height() - 80))
    dialog.open()
    return dialog
