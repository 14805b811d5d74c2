"""How fast a training goes and how long it will take: from a probe before it, and while it runs."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from pneumo_desktop.core.training_job import (
    MEMORY_BYTES,
    SECONDS_EPOCH,
    SECONDS_FIRST_EPOCH,
    SECONDS_READ,
    SECONDS_REST,
    Progress,
)

LOOK_BACK = 90.0  # seconds whose pace is taken for the pace to come


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run is expected to take: `learning` and `rest` in seconds, `memory` in bytes.

    `rest` is reading the films, calibrating, exporting and measuring; `memory` is None where it
    was not measured.
    """

    learning: float
    rest: float
    memory: float | None

    @property
    def seconds(self) -> float:
        """The whole of it."""
        return self.learning + self.rest


def estimate(figures: Mapping[str, float], epochs: int) -> Estimate | None:
    """Return what a probe's figures make of so many epochs; None where it has no time in it.

    The first epoch may have a time of its own: where features are kept, it alone makes them.
    """
    later = figures.get(SECONDS_EPOCH)
    if later is None:
        return None
    first = figures.get(SECONDS_FIRST_EPOCH, later)
    rest = figures.get(SECONDS_READ, 0.0) + figures.get(SECONDS_REST, 0.0)
    return Estimate(first + later * max(0, epochs - 1), rest, figures.get(MEMORY_BYTES))


class Pace:
    """The pace of a run, from its lines of progress and when they came (seconds, any clock)."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float, float | None]] = deque()

    def add(self, at: float, progress: Progress) -> None:
        """Take up a line."""
        if progress.fraction is None:
            return
        steps = None
        if progress.epoch and progress.step and progress.steps:
            steps = (progress.epoch - 1) * progress.steps + float(progress.step)
        self._seen.append((at, progress.fraction, steps))
        while len(self._seen) > 2 and at - self._seen[0][0] > LOOK_BACK:
            self._seen.popleft()

    def rest(self) -> None:
        """Forget what was: a pause says nothing of the pace."""
        self._seen.clear()

    @property
    def seconds_left(self) -> float | None:
        """The seconds to the end at this pace; None while it is not known."""
        if len(self._seen) < 2:
            return None
        (then, before, _), (now, done, _) = self._seen[0], self._seen[-1]
        if done <= before or now - then < 2.0:
            return None
        return (1.0 - done) * (now - then) / (done - before)

    def films_a_second(self, batch: int) -> float | None:
        """The films learnt from a second, with so many a step; None while it is not known."""
        counted = [(at, steps) for at, _, steps in self._seen if steps is not None]
        if len(counted) < 2 or counted[-1][0] <= counted[0][0]:
            return None
        steps = counted[-1][1] - counted[0][1]
        return batch * steps / (counted[-1][0] - counted[0][0]) if steps > 0 else None
