"""Everything the six pages show, in one frozen value; the course owns the present one."""

from dataclasses import dataclass
from typing import Literal

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.training_job import Progress

Phase = Literal["none", "running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the training program: what it said so far, and how it stands.

    `log` holds the last of the `logged` texts that it printed. `problem` says why it ended without
    a model; `package` is the finished model's folder.
    """

    phase: Phase = "none"
    history: tuple[Progress, ...] = ()
    log: tuple[str, ...] = ()
    logged: int = 0
    problem: str = ""
    package: str = ""

    @property
    def active(self) -> bool:
        """Whether the program runs, be it paused."""
        return self.phase in {"running", "paused"}


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

    `missing` says why this installation cannot train, empty where it can. `used` is the title of
    a model that was just taken into use.
    """

    plan: Plan
    run: Run = Run()
    missing: str = ""
    used: str = ""
    probe: Asked = Asked()
    preview: Asked = Asked()
    unfinished: bool = False
