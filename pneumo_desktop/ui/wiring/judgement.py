"""Judging the model that was trained, and taking it into use."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pneumo_desktop.core.adoption import BALANCED
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.judgement.judged import JudgementError, answers_folder
from pneumo_desktop.core.labelled.plan import FOLDER
from pneumo_desktop.ui.training.adopt_page import AdoptPage
from pneumo_desktop.ui.training.judgement_page import JudgementPage
from pneumo_desktop.ui.training.state import Run, WizardState
from pneumo_desktop.ui.training.taking import complete_card
from pneumo_desktop.ui.wiring.labelled import Wishes
from pneumo_desktop.ui.wiring.models import save_model

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_judgement(workplace: "Workplace") -> Wishes:
    """Connect the judge, the films of mistakes and their page; return what is done for wishes."""
    judge, reader, course = workplace.judge, workplace.mistakes, workplace.course
    judge.judged.connect(lambda judging: course.show(judging=judging))
    (mistakes,) = (p.mistakes for p in workplace.training.steps if isinstance(p, JudgementPage))
    reader.pictured.connect(mistakes.take_pictures)
    course.changed.connect(lambda _: reader.read(mistakes.missing))
    course.changed.connect(lambda state: _follow(workplace, state))
    workplace.choice.told.connect(lambda _: course.show(former=workplace.models.former))
    course.show(former=workplace.models.former, run=_remembered(course.state, workplace.place.home))
    return {
        "mistakes": lambda: reader.read(mistakes.missing),
        "show-test": lambda: judge.show_test(course.state.plan.point),
        "stop-comparing": judge.stop,
        "compare": judge.compare,
        "adopt": partial(_adopt, workplace),
        "go-back": partial(_go_back, workplace),
        "save-model": lambda: save_model(workplace, Path(course.state.judging.package)),
    }


def forget_judgement(workplace: "Workplace") -> None:
    """Let go of the model before: nothing that was said of it is carried over to the next."""
    course = workplace.course
    course.take(msgspec.structs.replace(course.state.plan, point=BALANCED, words=None, reason=""))
    workplace.judge.look_at(None)


def _follow(workplace: "Workplace", state: WizardState) -> None:
    """Judge the model that the plan is about, once its pages are looked at."""
    if isinstance(workplace.training.step, JudgementPage | AdoptPage):
        workplace.judge.look_at(_package(state, workplace.place.home))


def _package(state: WizardState, home: Path) -> Path | None:
    if state.run.active:
        return None
    folder = Path(state.run.package or home / "models" / state.plan.name)
    named = bool(state.run.package or state.plan.name)
    return folder if named and (folder / "card.json").is_file() else None


def _remembered(state: WizardState, home: Path) -> Run:
    """Return the run as it ended before the window was closed, where its model can be judged."""
    package = _package(state, home)
    if package is None or state.run.phase != "none":
        return state.run
    try:
        answers_folder(package, home / FOLDER / package.name)
    except JudgementError:
        return state.run
    return Run("ended", package=str(package))


def _adopt(workplace: "Workplace") -> None:
    try:
        folder = complete_card(workplace.course.state, workplace.models.settings.initials)
    except (CardError, OSError, ValueError) as error:
        _tell_problem(workplace, str(error))
        return
    problem = workplace.choice.use(folder)
    if problem:
        _tell_problem(workplace, problem)
        return
    workplace.judge.refresh()
    workplace.course.show(used=workplace.models.card.title)


def _go_back(workplace: "Workplace") -> None:
    problem = workplace.choice.go_back()
    if problem:
        _tell_problem(workplace, problem)
    else:
        workplace.course.show(used=workplace.models.card.title)


def _tell_problem(workplace: "Workplace", why: str) -> None:
    workplace.window.show_message(workplace.tr("This model cannot be used."), details=why)
