"""Where Pneumonia begins: dragged, or typed."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from pneumo_desktop.core.adoption import BALANCED

LEAST, MOST = 1, 99  # per cent


class PointPicker(QWidget):
    """A slider with its number, and the way back to where calibration puts it.

    Signals:
        picked: The probability from which films are to be called Pneumonia.
    """

    picked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("From this probability on a film is called Pneumonia; arrow keys move it")
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(LEAST, MOST)
        self.slider.setPageStep(5)
        self.spin = QDoubleSpinBox(self)
        self.spin.setRange(LEAST / 100, MOST / 100)
        self.spin.setSingleStep(0.01)
        self.spin.setKeyboardTracking(False)  # "0.3" on the way to "0.35" is no choice
        for widget in (self.slider, self.spin):
            widget.setAccessibleName(self.tr("Operating point"))
            widget.setToolTip(tip)
        self.slider.valueChanged.connect(lambda cent: self.picked.emit(cent / 100))
        self.spin.valueChanged.connect(lambda value: self.picked.emit(round(value, 2)))
        self.reset = QPushButton(self.tr("As calibrated"), self)
        self.reset.setToolTip(self.tr("Back to 0.50, where calibration puts the point"))
        self.reset.clicked.connect(lambda: self.picked.emit(BALANCED))
        label = QLabel(self.tr("&Pneumonia from"), self)
        label.setBuddy(self.spin)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        row.addWidget(self.reset)

    def show_point(self, point: float) -> None:
        """Show a point; emit nothing."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin):
            self.slider.setValue(round(100 * point))
            self.spin.setValue(point)
        self.reset.setEnabled(point != BALANCED)
