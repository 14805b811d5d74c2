"""Everything the six pages show, in one frozen value; the course owns the present one."""

from dataclasses import dataclass, field, replace
from typing import Literal

from pneumo_desktop.core.labelled.examine import Examined, Unreadable
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.finding import Finding
from pneumo_desktop.core.labelled.lot import Told
from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.labelled.sources import ReadHere, Source
from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.ui.training.judging import Judging

Phase = Literal["none", "running", "paused", "ended"]
MOST_LINES = 2000  # of progress: a training of days says two a second


@dataclass(frozen=True, slots=True)
class Looking:
    """How far the films have been looked at; `total` is 0 while they are still being listed."""

    done: int = 0
    total: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Films:
    """What is known of the films of a source, once each was looked at.

    `read_here` says which cases give no film, where the source is the cases read here.
    """

    source: Source
    known: tuple[Examined, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    read_here: ReadHere | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the films are like under the plan: the findings, and which film is in which part.

    `films` are those to learn from, left-out ones not among them, each with its part; where they
    cannot be divided, `problem` says why. `listed_parts` is true where their list names a part for
    each of them.
    """

    findings: tuple[Finding, ...]
    films: tuple[Listed, ...] = ()
    problem: str = ""
    listed_parts: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the training program: what it said so far, and how it stands.

    `history` holds the lines of progress but for those that were `dropped` as too many, `log` the
    last of the `logged` texts that it printed. `problem` says why it ended without a model;
    `package` is the finished model's folder.
    """

    phase: Phase = "none"
    history: tuple[Progress, ...] = ()
    dropped: int = 0
    log: tuple[str, ...] = ()
    logged: int = 0
    problem: str = ""
    package: str = ""

    @property
    def active(self) -> bool:
        """Whether the program runs, be it paused."""
        return self.phase in {"running", "paused"}

    @property
    def told(self) -> int:
        """How many lines of progress there were."""
        return len(self.history) + self.dropped

    def having(self, progress: Progress) -> "Run":
        """Return the run with one more line; from `MOST_LINES` on every second step is dropped.

        What was said at the end of an epoch is kept.
        """
        history = (*self.history, progress)
        if len(history) > MOST_LINES:
            steps = [place for place, line in enumerate(history) if "val_loss" not in line.figures]
            gone = set(steps[1:-1:2])
            history = tuple(line for place, line in enumerate(history) if place not in gone)
        package, dropped = progress.package or self.package, self.told + 1 - len(history)
        return replace(self, history=history, dropped=dropped, package=package)


@dataclass(frozen=True, slots=True)
class Asked:
    """How an errand of the training program stands; `folder` is where its files lie."""

    busy: bool = False
    told: str = ""
    result: Progress | None = None
    problem: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class WizardState:
    """What is known at present.

    `films` is None until all films of the plan's source were looked at; `looking` is how far that
    is while it goes on, and `trouble` says why it failed. `told` (whose the films are) and
    `assessed` are None until they are worked out; while `assessing` they may be those of an earlier
    plan. `missing` says why this installation
    cannot train, empty where it can. `used` is the title of a model that was just taken into use,
    `former` that of the model used before. `judging` is what is known of how good the model is.
    """

    plan: Plan
    films: Films | None = None
    looking: Looking | None = None
    trouble: str = ""
    told: Told | None = None
    assessed: Assessed | None = None
    assessing: bool = False
    run: Run = Run()
    missing: str = ""
    used: str = ""
    probe: Asked = Asked()
    preview: Asked = Asked()
    unfinished: bool = False
    former: str = ""
    judging: Judging = field(default_factory=Judging)
