"""A short run of the training program: to measure a probe, or to change films to be looked at."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.trainer_location import TrainerLocation, TrainerMissingError
from pneumo_desktop.core.training_job import Progress, Task
from pneumo_desktop.ui.training.trainer import Job, Trainer
from pneumo_desktop.ui.translation import translated

Locate = Callable[[Task], TrainerLocation]


class Errand(QObject):
    """One errand at a time; asking for another ends the one before.

    Signals:
        told: What it is doing, in words.
        done: Its last `Progress`, with what was asked for.
        failed: Why there is no result, in words.
    """

    told = Signal(str)
    done = Signal(Progress)
    failed = Signal(str)

    def __init__(self, task: Task, locate: Locate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task, self._locate = task, locate
        self._trainer = Trainer(self)
        self._trainer.progressed.connect(self._take)
        self._trainer.ended.connect(self._end)
        self._result: Progress | None = None

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._trainer.running

    def start(self, job: Job, job_file: Path) -> None:
        """Run it; the result arrives as a signal."""
        self._trainer.stop()
        self._result = None
        try:
            location = self._locate(self._task)
        except TrainerMissingError as error:
            self.failed.emit(translated(str(error)))
            return
        self._trainer.start(location, job, job_file)

    def shutdown(self) -> None:
        """End it; call from the window's end."""
        self._trainer.stop()

    @Slot(Progress)
    def _take(self, progress: Progress) -> None:
        if progress.stage == "done":
            self._result = progress
        else:
            self.told.emit(translated(progress.text))

    @Slot(str)
    def _end(self, problem: str) -> None:
        if problem or self._result is None:
            self.failed.emit(translated(problem))
        else:
            self.done.emit(self._result)
