"""Tells the listener how far the job is, and lets the user step in between."""

import time
from collections.abc import Callable

import msgspec.structs

from pneumo_desktop.core.training_job import Progress, Stage
from pneumo_training.control import Control

Report = Callable[[Progress], None]
_SPANS: dict[Stage, tuple[float, float]] = {  # shares of the whole job
    "data": (0.0, 0.05),
    "training": (0.05, 0.80),
    "calibrating": (0.80, 0.88),
    "exporting": (0.88, 0.92),
    "evaluating": (0.92, 1.0),
    "done": (1.0, 1.0),
}
_OFTEN = 0.5  # seconds between lines of the same stage


class Teller:
    """Reports progress and obeys `control`; one object per job."""

    def __init__(self, report: Report, control: Control) -> None:
        self._report = report
        self.control = control
        self._last = 0.0
        self._furthest = 0.0

    def stage(self, stage: Stage, text: str) -> None:
        """Announce a stage.

        Raises:
            Cancelled: The user wants to stop.
        """
        self.control.step()
        self._say(Progress(stage, text, _SPANS[stage][0]))

    def tick(self, stage: Stage, text: str) -> Callable[[], None]:
        """Return a function for long loops without a known end: it shows life and may raise."""

        def ticked() -> None:
            self.control.step()
            if self._due():
                self._say(Progress(stage, text, _SPANS[stage][0]))

        return ticked

    def seen(self, stage: Stage, text: str) -> Callable[[int, int], None]:
        """Return a function for loops over a known number: `seen(done, of)`."""

        def counted(done: int, total: int) -> None:
            self.control.step()
            if done == total or self._due():
                share = done / max(1, total)
                self._say(Progress(stage, f"{text}: {done} of {total}", _place(stage, share)))

        return counted

    def learning(self, progress: Progress, share: float, *, always: bool) -> None:
        """Report a step of learning; `share` is of the whole of it."""
        if always or self._due():
            fraction = _place("training", share)
            self._say(msgspec.structs.replace(progress, fraction=fraction))

    def done(self, progress: Progress) -> None:
        """Report the end."""
        self._say(progress)

    def _due(self) -> bool:
        return time.monotonic() - self._last >= _OFTEN

    def _say(self, progress: Progress) -> None:
        self._last = time.monotonic()
        self._furthest = max(self._furthest, progress.fraction or 0.0)
        self._report(msgspec.structs.replace(progress, fraction=self._furthest))


def _place(stage: Stage, share: float) -> float:
    low, high = _SPANS[stage]
    return round(low + (high - low) * min(1.0, share), 4)
