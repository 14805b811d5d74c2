"""A run of the training program as it goes: progress, curves, log, and what came out."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.ui.theme import LIGHT, Colours
from pneumo_desktop.ui.translation import translated

if TYPE_CHECKING:
    from pneumo_desktop.ui.training.chart import TrainingChart

LOG_LINES = 2000
EMPTY = (
    "No training yet. Choose labelled films on the left and press Start training; the curves of "
    "loss and accuracy appear here while the network learns."
)


class TrainingRun(QWidget):
    """Shows a run; what the locked test says of its model is shown on the page Judgement alone.

    Signals:
        commanded: What the reader asks of it: "pause", "resume", "finish" or "cancel".
        use_wanted: The folder of the finished model that the reader wants to use.
    """

    commanded = Signal(str)
    use_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._colours = LIGHT
        self._package: Path | None = None
        self.chart: TrainingChart | None = None  # made, and matplotlib loaded, when first shown
        self._state = QLabel(EMPTY, self)
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Share of the training done"))
        self._pace = QLabel(self)
        self._pace.setProperty("role", "quiet")
        self._log = QPlainTextEdit(self)
        self._log.setReadOnly(True)
        self._log.setMaximumBlockCount(LOG_LINES)
        self._log.setMaximumHeight(140)
        self._log.setAccessibleName(self.tr("What the training program printed"))
        self._log.hide()
        self._make_buttons()
        self._lay_out()
        self._set_running(running=False)

    def _make_buttons(self) -> None:
        self.pause = QPushButton(self.tr("Pause"), self)
        self.pause.setCheckable(True)
        self.pause.setToolTip(self.tr("Give the computer a rest; press again to go on"))
        self.pause.clicked.connect(lambda on: self.commanded.emit("pause" if on else "resume"))
        self.finish = QPushButton(self.tr("Finish now"), self)
        self.finish.setToolTip(self.tr("Stop learning and make a model of the best so far"))
        self.finish.clicked.connect(lambda: self.commanded.emit("finish"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Stop and make no model"))
        self.cancel.clicked.connect(lambda: self.commanded.emit("cancel"))
        self.details = QPushButton(self.tr("Log"), self)
        self.details.setCheckable(True)
        self.details.setToolTip(self.tr("Show what the training program printed"))
        self.details.toggled.connect(self._log.setVisible)
        self.use = QPushButton(self.tr("Judge this model"), self)
        self.use.setProperty("primary", "true")
        self.use.setToolTip(self.tr("See how good it is before it answers for anybody"))
        self.use.clicked.connect(lambda: self.use_wanted.emit(self._package))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._bar, 1)
        for button in (self.pause, self.finish, self.use, self.cancel, self.details):
            row.addWidget(button)
        row.addStretch()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._state)
        self._layout.addLayout(row)
        self._layout.addWidget(self._pace)
        self._place = QVBoxLayout()
        self._layout.addLayout(self._place, 1)
        self._layout.addWidget(self._log)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: training is looked at; now the plots are worth their second of loading."""
        super().showEvent(event)
        if self.chart is None:
            from pneumo_desktop.ui.training.chart import TrainingChart  # noqa: PLC0415 - slow

            self.chart = TrainingChart(self._colours, self)
            self._place.addWidget(self.chart)

    def _set_running(self, *, running: bool) -> None:
        for button in (self.pause, self.finish, self.cancel):
            button.setVisible(running)
            button.setEnabled(running)
        self._bar.setVisible(running)
        self._pace.setVisible(running)
        self.details.setVisible(running or bool(self._log.toPlainText()))
        self.pause.setChecked(False)
        self.use.setVisible(self._package is not None)

    def show_started(self) -> None:
        """Begin anew."""
        self._package = None
        self._bar.setValue(0)
        self._log.clear()
        self.details.setChecked(False)
        self.clear_curves()
        self._state.setText(self.tr("Starting the training program"))
        self._set_running(running=True)

    def clear_curves(self) -> None:
        """Draw nothing until there is progress anew."""
        if self.chart:
            self.chart.clear()

    def show_progress(self, *lines: Progress) -> None:
        """Show lines of progress, of which the last tells how it stands."""
        if self.chart:
            self.chart.add(*lines)
        for progress in lines[-1:]:
            self._show_last(progress)

    def _show_last(self, progress: Progress) -> None:
        self._state.setText(translated(progress.text or progress.stage))
        if progress.fraction is not None:
            self._bar.setValue(round(1000 * progress.fraction))
        if progress.stage == "done":
            self._package = Path(progress.package) if progress.package else None

    def show_pace(self, words: str) -> None:
        """Show how fast it goes and how long it will take; empty where that is not known."""
        self._pace.setText(words)

    def show_ended(self, problem: str) -> None:
        """Show that the run ended, and why where that was not success."""
        if problem:
            self._state.setText(translated(problem))
            self.details.setChecked(bool(self._log.toPlainText()))
        self._set_running(running=False)

    def show_used(self, name: str) -> None:
        """Show that the model is in use."""
        self._state.setText(self.tr("Films are now answered by %s.") % name)

    def log(self, text: str) -> None:
        """Show what the program printed."""
        if text.strip():
            self._log.appendPlainText(text.rstrip())

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        if self.chart:
            self.chart.set_colours(colours)
