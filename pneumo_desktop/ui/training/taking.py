"""From what the wizard knows to a model in use."""

from datetime import UTC, datetime
from pathlib import Path

from pneumo_desktop.core.adoption import Adoption, adopted, keep_card, problem, words_of
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.translation import translated


def taking_problem(state: WizardState) -> str:
    """Return why the model cannot be taken into use yet; empty where it can."""
    wish = _wish(state, "")
    return translated(problem(wish)) if wish else ""


def complete_card(state: WizardState, initials: str) -> Path:
    """Put what was said of the model into its card; return the package's folder.

    Raises:
        CardError: The package is not whole any more.
        OSError: The card cannot be written.
        ValueError: There is nothing to take into use, or something is missing.
    """
    wish, answers = _wish(state, initials), state.judging.answers
    if wish is None or answers is None or problem(wish):
        raise ValueError(taking_problem(state))
    package = load_package(Path(state.judging.package))
    keep_card(package, adopted(package.card, wish, answers.calibration, answers.test))
    return package.folder


def _wish(state: WizardState, initials: str) -> Adoption | None:
    plan, judging = state.plan, state.judging
    if judging.answers is None:
        return None
    return Adoption(
        words=plan.words or words_of(judging.answers.card),
        point=plan.point,
        reason=plan.reason,
        initials=initials,
        at=datetime.now(UTC),
        seen=judging.seen,
        against=judging.against_at(plan.point),
    )
