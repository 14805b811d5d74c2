"""How long a training will take and what it needs, as measured by a probe on this computer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.core.training_pace import Estimate, estimate
from pneumo_desktop.ui.terms import waiting_words
from pneumo_desktop.ui.training.state import Asked

GIGABYTE = 1e9


class ProbePanel(QWidget):
    """Asks for a probe and shows what it found.

    Signals:
        wanted: The reader wants it measured.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = QPushButton(self.tr("Measure on this computer"), self)
        self.measure.setToolTip(
            self.tr("Take a few steps of this recipe with your films and see how long they take")
        )
        self.measure.clicked.connect(self.wanted)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._words)

    def show_probe(self, probe: Asked, epochs: int) -> None:
        """Show how the probe stands, for so many epochs."""
        self.measure.setEnabled(not probe.busy)
        self._words.setText(self._text(probe, epochs))

    def _text(self, probe: Asked, epochs: int) -> str:
        if probe.busy:
            return probe.told or self.tr("Measuring…")
        if probe.problem:
            return probe.problem
        if probe.result is None:
            return self.tr("How long it takes is not known yet; a probe takes about a minute.")
        found = estimate(probe.result.figures, epochs)
        if found is None:
            return self.tr("The probe measured no time.")
        return f"{self._estimated(found)} {probe.result.text}"

    def _estimated(self, found: Estimate) -> str:
        said = self.tr(
            "About {whole}: {learning} to learn, {rest} to read films, calibrate and measure."
        ).format(
            whole=_duration(found.seconds),
            learning=_duration(found.learning),
            rest=_duration(found.rest),
        )
        if found.memory is None:
            return said
        memory = self.tr("It needs {memory} GB of memory.")
        return f"{said} {memory.format(memory=f'{found.memory / GIGABYTE:.1f}')}"


def _duration(seconds: float) -> str:
    return waiting_words(max(seconds, 60.0) / 3600.0)
