"""What is known of how good the model is, in one frozen value; the judge owns the present one."""

from dataclasses import dataclass, field

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.judgement.against import Against
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.core.judgement.viewings import Viewings


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A model with its answers to the films kept apart; `sizes` are of its files, in bytes."""

    card: ModelCard
    calibration: Judged
    test: Judged
    sizes: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Judging:
    """How far the judgement of the model in the folder `package` is.

    `problem` says why it cannot be judged. The locked test is on view for the operating point
    `shown_at`, for no other. While the model in use answers its films `comparing` holds how many
    it answered and of how many; `unlike` says why the two cannot be compared.
    """

    package: str = ""
    answers: Answers | None = None
    problem: str = ""
    seen: Viewings = field(default_factory=Viewings)
    shown_at: float | None = None
    comparing: tuple[int, int] | None = None
    against: Against | None = None
    unlike: str = ""

    def shows_test(self, point: float) -> bool:
        """Return whether the locked test is on view for this point."""
        return self.answers is not None and self.shown_at == point

    def against_at(self, point: float) -> Against | None:
        """Return the comparison, where it was made at this point."""
        return self.against if self.shows_test(point) else None
