"""The training itself: started here, watched here."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.run import TrainingRun
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step


class RunPage(Step):
    """Starts the run and shows it."""

    name = "run"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = 0
        self._logged = 0
        self._phase = "none"
        self.start = QPushButton(self.tr("Start training"), self)
        self.start.setProperty("primary", "true")
        self.start.setToolTip(self.tr("Train a model with these films, in a program of its own"))
        self.start.clicked.connect(lambda: self.wanted.emit("start"))
        self.run = TrainingRun(self)
        self.run.commanded.connect(self.wanted)
        self.run.use_wanted.connect(lambda _: self.wanted.emit("use"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.start)
        layout.addWidget(self.run, 1)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Training")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "The network learns in a program of its own while you go on reading. No film leaves "
            "this computer."
        )

    def show_state(self, state: WizardState) -> None:
        """Show how the run stands."""
        self.start.setEnabled(not state.missing and not state.run.active)
        self.start.setVisible(not state.run.active)
        self._show_run(state)
        if state.used:
            self.run.show_used(state.used)

    def _show_run(self, state: WizardState) -> None:
        run = state.run
        if run.active and (self._phase in {"none", "ended"} or len(run.history) < self._shown):
            self.run.show_started()
            self._shown = self._logged = 0
        new = run.logged - self._logged
        for text in run.log[-new:] if new else ():
            self.run.log(text)
        for progress in run.history[self._shown :]:
            self.run.show_progress(progress)
        self._shown, self._logged = len(run.history), run.logged
        if run.phase == "ended" and self._phase != "ended":
            self.run.show_ended(run.problem)
        self._phase = run.phase

    def problem(self, state: WizardState) -> str:
        """Return why there is no model to judge yet."""
        if state.missing:
            return state.missing
        if state.run.active:
            return self.tr("The training goes on.")
        if not state.run.package:
            return self.tr("Train a model first.")
        return ""

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self.run.set_colours(colours)
