"""The way of one training, from films to a model: owns what is known, and keeps the plan."""

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pneumo_desktop.core.labelled.plan import Plan, load_plan, save_plan
from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.ui.training.state import Run, WizardState

KEEP_AFTER_MS = 300  # a number that is being typed is not written letter by letter
LOG_LINES = 2000
_log = logging.getLogger(__name__)


class Course(QObject):
    """The one owner of the wizard's state.

    Signals:
        changed: The state as it is now.
        replanned: The plan before and the plan now, where they differ in more than the page.
    """

    changed = Signal(WizardState)
    replanned = Signal(Plan, Plan)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        """`home` keeps the plan."""
        super().__init__(parent)
        self._home = home
        self._state = WizardState(load_plan(home))
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._keep)

    @property
    def state(self) -> WizardState:
        """What is known at present."""
        return self._state

    @Slot(Plan)
    def take(self, plan: Plan) -> None:
        """Take up the plan as the reader wants it, and keep it."""
        before = self._state.plan
        if plan == before:
            return
        self._keeping.start()
        self.show(plan=plan)
        self.replanned.emit(before, plan)

    def show(self, **known: object) -> None:
        """Take up what became known, by the names of the state's fields, and tell."""
        self._state = replace(self._state, **known)  # type: ignore[arg-type]
        self.changed.emit(self._state)

    def start_run(self) -> None:
        """Take up that a run began."""
        self.show(run=Run("running"), used="")

    @Slot(Progress)
    def add_progress(self, progress: Progress) -> None:
        """Take up a line of the run's progress."""
        self.show(run=self._state.run.having(progress))

    @Slot(str)
    def add_log(self, text: str) -> None:
        """Take up what the program printed."""
        if text.strip():
            run = self._state.run
            log = (*run.log, text.rstrip())[-LOG_LINES:]
            self.show(run=replace(run, log=log, logged=run.logged + 1))

    def pause_run(self, *, paused: bool) -> None:
        """Take up that the run rests, or goes on."""
        if self._state.run.active:
            self.show(run=replace(self._state.run, phase="paused" if paused else "running"))

    @Slot(str)
    def end_run(self, problem: str) -> None:
        """Take up that the run ended, and why where that was not success."""
        self.show(run=replace(self._state.run, phase="ended", problem=problem))

    def shutdown(self) -> None:
        """Keep what is not kept yet; call from the window's end."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()

    @Slot()
    def _keep(self) -> None:
        try:
            save_plan(self._home, self._state.plan)
        except OSError as error:  # the plan goes on in memory; a full disk is told elsewhere
            _log.warning("the training plan cannot be kept: %s", type(error).__name__)
