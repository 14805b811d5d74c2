"""Two windows that read the same films by opposite models, and everything that they expose."""

import re

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QFont, QIcon
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QProgressBar, QWidget

from pneumo_desktop.core.cases import Prediction
from tests.conftest import StubClassifier
from tests.core.dicom_files import film_dataset

TIMES = {"Received", "Waiting"}  # which two windows do not share
_SPENT = re.compile(r"answered in \d+ \w+|\d+\.\d films/s.*")
ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.DecorationRole,
)  # fmt: skip


class Contrary(StubClassifier):
    """Says the opposite, and finds some films no chest films."""

    def __init__(self, card, no_chest):
        super().__init__(card)
        self._no_chest = no_chest

    def predict(self, film):
        said = super().predict(film)
        chest = 0.0 if film.facts.path.name in self._no_chest else said.chest_probability
        return Prediction(1.0 - said.pneumonia_probability, chest, -said.evidence)


def write_study_film(path, probability, view):
    """Write a DICOM film of one study, whose mean the stub takes for the probability."""
    pixels = np.full((60, 52), round(4095 * probability), np.uint16)
    pixels[0, : len(path.name)] ^= 1  # so that no two names are the same film
    patient = {"PatientName": "Doe^Jane", "PatientID": "7", "PatientBirthDate": "20200101"}
    film_dataset(
        pixels, BodyPartExamined="CHEST", ViewPosition=view, StudyInstanceUID="1.2.3",
        StudyDate="20240101", **patient,
    ).save_as(path, enforce_file_format=True)  # fmt: skip
    return path


def exposed(window):
    """Everything a window says, in words and states, to eye, mouse and screen reader."""
    said = [window.windowTitle(), window.accessibleName(), window.accessibleDescription()]
    for part in window.findChildren(QObject):
        if isinstance(part, QAction):
            said += [part.text(), part.toolTip(), part.statusTip(), part.whatsThis(),
                     str((part.isEnabled(), part.isChecked(), part.isVisible()))]  # fmt: skip
        elif isinstance(part, QWidget) and part.isVisible():
            said += _said_by(part)
    return [_SPENT.sub("answered", text) for text in said]


def _said_by(widget):
    text = getattr(widget, "text", None)
    said = [type(widget).__name__, str(text()) if callable(text) else "", widget.toolTip(),
            widget.statusTip(), widget.whatsThis(), str(widget.isEnabled())]  # fmt: skip
    if isinstance(widget, QComboBox):
        items = range(widget.count())
        said += [str(widget.itemData(n, role)) for n in items for role in ROLES[:6]]
        said.append(widget.currentText())
    if isinstance(widget, QProgressBar):
        said += [f"{widget.value()} of {widget.maximum()}", widget.text()]
    if isinstance(widget, QLineEdit):
        said.append(widget.placeholderText())
    if isinstance(widget, QAbstractButton):
        said.append(str(widget.isChecked()))
    interface = QAccessible.queryAccessibleInterface(widget)
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value,
             QAccessible.Text.Help)  # fmt: skip
    return said + ([interface.text(kind) for kind in kinds] if interface else [])


def cells(room):
    """Everything the list says, but for the times."""
    model = room.queue.table.model()
    columns = [
        column for column in range(model.columnCount()) if _title(model, column) not in TIMES
    ]
    return [
        [_plain(model.index(row, column).data(role)) for column in columns for role in ROLES]
        for row in range(model.rowCount())
    ]


def _title(model, column):
    return model.headerData(column, Qt.Orientation.Horizontal)


def hide_times(room):
    """Take the columns out of sight that two windows do not share."""
    table = room.queue.table
    for column in range(table.model().columnCount()):
        if _title(table.model(), column) in TIMES:
            table.setColumnHidden(column, True)


def _plain(value):
    if isinstance(value, QIcon):
        return value.pixmap(16, 16).toImage()
    return value.toString() if isinstance(value, QFont) else value


def names(room):
    return [case.outcome.path.name for case in room.queue.cases()]
