"""The labelled films of a training: chosen, looked at, and what they are like."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pneumo_desktop.core.labelled.plan import Plan, with_source
from pneumo_desktop.core.labelled.sources import Source, SourceKind
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.training.state import Assessed, Films, Looking

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

Wishes = dict[str, Callable[[], None]]


def connect_labelled(workplace: "Workplace") -> Wishes:
    """Connect what looks at films; return what is done for each wish of the Films page."""
    course, school = workplace.course, workplace.school
    survey, assessor = school.survey, school.assessor
    course.replanned.connect(partial(_take_up, workplace))
    survey.advanced.connect(lambda looking: course.show(looking=looking))
    survey.finished.connect(partial(_take_films, workplace))
    survey.failed.connect(lambda why: course.show(looking=None, trouble=why))
    assessor.told.connect(lambda told: course.show(told=told))
    assessor.assessed.connect(partial(_take_assessed, workplace))
    assessor.failed.connect(lambda why: course.show(assessing=False, trouble=why))
    workplace.training.film_wanted.connect(school.large.show_path)
    window, title = workplace.window, workplace.tr("Choose labelled films")
    return {
        "choose-folder": lambda: _use(workplace, dialogs.ask_folder(window, title)),
        "choose-list": lambda: _use(workplace, dialogs.ask_file(window, title)),
        "open": partial(_look_first, workplace),
        "look": partial(_look, workplace),
        "cancel-looking": partial(_cancel, workplace),
    }


def _use(workplace: "Workplace", chosen: Path | None) -> None:
    course = workplace.course
    if chosen:
        course.take(with_source(course.state.plan, Source(path=str(chosen))))


def _take_up(workplace: "Workplace", before: Plan, plan: Plan) -> None:
    """Look at other films, or see what another choice makes of these."""
    if before.source != plan.source:
        _look(workplace)
    elif _assessing(before) != _assessing(plan):
        _assess(workplace)


def _assessing(plan: Plan) -> tuple[object, ...]:
    return plan.patients, plan.choices, plan.shares, plan.listed_parts


def _look_first(workplace: "Workplace") -> None:
    """Look at the films of an earlier day once training is looked at."""
    state = workplace.course.state
    chosen = state.plan.source.path or state.plan.source.kind is SourceKind.CASES
    if chosen and not (state.films or state.looking or state.trouble):
        _look(workplace)


def _look(workplace: "Workplace") -> None:
    course = workplace.course
    course.show(
        films=None, told=None, assessed=None, assessing=False, looking=Looking(), trouble=""
    )
    workplace.school.survey.look(course.state.plan.source, workplace.models.load)


def _cancel(workplace: "Workplace") -> None:
    workplace.school.survey.cancel()
    workplace.course.show(looking=None)


def _take_films(workplace: "Workplace", films: Films) -> None:
    workplace.course.show(films=films, looking=None)
    _assess(workplace)


def _assess(workplace: "Workplace") -> None:
    course = workplace.course
    if course.state.films:
        course.show(assessing=True)
        workplace.school.assessor.assess(course.state.films, course.state.plan)


def _take_assessed(workplace: "Workplace", assessed: Assessed) -> None:
    workplace.course.show(assessed=assessed, assessing=False)
