"""Window and level typed as numbers; the film follows each number."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFormLayout, QWidget

from pneumo_desktop.core.greyscale import Window, WindowFunction
from pneumo_desktop.ui.dialog_buttons import ok_or_cancel

LIMIT = 1e7  # far beyond any film's values
FINE_BELOW = 32.0  # window width below which whole numbers are too coarse


class WindowDialog(QDialog):
    """Asks for width and level.

    Signals:
        chosen: The `Window` to show.
    """

    chosen = Signal(object)

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._before = window
        self.setWindowTitle(self.tr("Window by numbers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        least = 1.0 if window.function is WindowFunction.LINEAR else 1e-3
        self.width_box = self._box(window.width, least, window.width < FINE_BELOW)
        self.level_box = self._box(window.center, -LIMIT, window.width < FINE_BELOW)
        form = QFormLayout(self)
        form.addRow(self.tr("&Width"), self.width_box)
        form.addRow(self.tr("&Level (centre)"), self.level_box)
        form.addRow(ok_or_cancel(self))
        for box in (self.width_box, self.level_box):
            box.valueChanged.connect(self._tell)
        self.width_box.selectAll()

    def _box(self, value: float, least: float, fine: bool) -> QDoubleSpinBox:  # noqa: FBT001
        box = QDoubleSpinBox(self)
        box.setDecimals(3 if fine else 0)
        box.setRange(least, LIMIT)
        box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        box.setValue(value)
        box.setMinimumWidth(140)
        return box

    def _tell(self) -> None:
        self.chosen.emit(
            replace(self._before, width=self.width_box.value(), center=self.level_box.value())
        )
