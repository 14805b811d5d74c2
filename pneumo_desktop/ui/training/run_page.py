"""The training itself: started or taken up again here, and watched here."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.core.training_pace import Pace
from pneumo_desktop.ui.terms import waiting_words
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.download_question import DownloadQuestion
from pneumo_desktop.ui.training.recipes import recipe_words
from pneumo_desktop.ui.training.run import TrainingRun
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step


class RunPage(Step):
    """Starts the run and shows it."""

    name = "run"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = self._dropped = self._logged = 0
        self._phase = "none"
        self._pace = Pace()
        self._make_beginning()
        self.question = DownloadQuestion(self)
        self.question.allowed.connect(lambda: self.wanted.emit("start-fetching"))
        self.question.file_wanted.connect(lambda: self.wanted.emit("choose-weights"))
        self.run = TrainingRun(self)
        self.run.commanded.connect(self.wanted)
        self.run.use_wanted.connect(lambda _: self.wanted.emit("use"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._unfinished)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addWidget(self.discard)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.question)
        layout.addWidget(self.run, 1)

    def _make_beginning(self) -> None:
        self._unfinished = QLabel(self)
        self._unfinished.setWordWrap(True)
        self._unfinished.setTextFormat(Qt.TextFormat.PlainText)
        self._unfinished.setText(
            self.tr(
                "A training of this name was interrupted. It goes on from its last finished epoch "
                "where films and recipe are still the same; otherwise it begins anew."
            )
        )
        self.start = QPushButton(self)
        self.start.setProperty("primary", "true")
        self.start.setToolTip(self.tr("Train a model with these films, in a program of its own"))
        self.start.clicked.connect(lambda: self.wanted.emit("start"))
        self.discard = QPushButton(self.tr("Discard what it learnt"), self)
        self.discard.setToolTip(self.tr("Remove the interrupted training and begin anew"))
        self.discard.clicked.connect(lambda: self.wanted.emit("discard-run"))

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
        idle = not state.run.active
        goes_on = state.unfinished and idle
        self.start.setText(
            self.tr("Go on with the training") if goes_on else self.tr("Start training")
        )
        self.start.setEnabled(not state.missing and idle)
        self.start.setVisible(idle)
        self.discard.setVisible(goes_on)
        self._unfinished.setVisible(goes_on)
        last = state.run.history[-1] if state.run.history else None
        self.question.show_download(last.needs if last and idle else None)
        self._show_run(state)
        if state.used:
            self.run.show_used(state.used)

    def _show_run(self, state: WizardState) -> None:
        run = state.run
        if run.active and (self._phase in {"none", "ended"} or run.told < self._shown):
            self.run.show_started()
            self._pace = Pace()
            self._shown = self._dropped = self._logged = 0
        new = run.logged - self._logged
        for text in run.log[-new:] if new else ():
            self.run.log(text)
        if run.dropped != self._dropped:
            self.run.clear_curves()
            self._shown = self._dropped = run.dropped
        lines = run.history[self._shown - run.dropped :]
        for progress in lines:
            self._pace.add(time.monotonic(), progress)
        self.run.show_progress(*lines)
        self._shown, self._logged = run.told, run.logged
        if run.phase == "paused":
            self._pace.rest()
        self.run.show_pace(self._pace_words(state) if run.phase == "running" else "")
        if run.phase == "ended" and self._phase != "ended":
            self.run.show_ended(run.problem)
        self._phase = run.phase

    def _pace_words(self, state: WizardState) -> str:
        plan = state.plan
        rate = self._pace.films_a_second(plan.batch or recipe_words(plan.recipe).batch)
        left = self._pace.seconds_left
        said = []
        if rate is not None:
            exact = f"{rate:.1f}" if rate < 10 else f"{rate:.0f}"
            said.append(self.tr("{rate} films a second").format(rate=exact))
        if left is not None:
            time_left = waiting_words(max(left, 60.0) / 3600.0)
            said.append(self.tr("about {time} left").format(time=time_left))
        return ", ".join(said)

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
