"""The training program's errands: a probe of a recipe, and films changed to be looked at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.training_job import PreviewJob, Progress
from pneumo_desktop.ui.training.changed_films import DRAWS, FILMS
from pneumo_desktop.ui.training.jobs import training_job
from pneumo_desktop.ui.training.state import Asked

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

RECIPE = ("recipe", "batch", "learning_rate", "augment")  # what a probe and a preview hold for


def connect_errands(workplace: "Workplace") -> dict[str, Callable[[], None]]:
    """Connect both; return what is done for each wish of the Recipe page."""
    school = workplace.school
    for name, errand in (("probe", school.probe), ("preview", school.preview)):
        errand.told.connect(partial(_told, workplace, name))
        errand.done.connect(partial(_done, workplace, name))
        errand.failed.connect(partial(_failed, workplace, name))
    workplace.course.replanned.connect(partial(_forget, workplace))
    return {"probe": partial(_probe, workplace), "preview": partial(_preview, workplace)}


def _probe(workplace: "Workplace") -> None:
    place = workplace.place.home / "training" / "probe"
    try:
        job = training_job(workplace.course.state, workplace.place.home, place)
    except OSError as error:
        _failed(workplace, "probe", f"{place}: {error.strerror}")
        return
    if job is None:
        _failed(workplace, "probe", workplace.tr("Choose the films first, on the page Films."))
        return
    workplace.course.show(probe=Asked(busy=True))
    workplace.school.probe.start(job, place / "job.json")


def _preview(workplace: "Workplace") -> None:
    state = workplace.course.state
    if state.assessed is None or not state.assessed.films:
        _failed(workplace, "preview", workplace.tr("Choose the films first, on the page Films."))
        return
    place = workplace.place.home / "training" / "preview"
    for old in place.glob("film-*.png"):
        old.unlink()
    films = tuple(str(film.path) for film in some(state.assessed.films))
    plan = state.plan
    job = PreviewJob(films, str(place), plan.recipe, DRAWS, plan.augment)
    workplace.course.show(preview=Asked(busy=True, folder=str(place)))
    workplace.school.preview.start(job, place / "job.json")


def some(films: Sequence[Listed]) -> list[Listed]:
    """Return a few films, of both classes in turn where there are both."""
    classes = [[film for film in films if film.ill is ill] for ill in (True, False)]
    turns = [film for pair in zip(*classes, strict=False) for film in pair]
    return (turns or list(films))[:FILMS]


def _told(workplace: "Workplace", name: str, text: str) -> None:
    _show(workplace, name, told=text)


def _done(workplace: "Workplace", name: str, result: Progress) -> None:
    _show(workplace, name, busy=False, result=result)


def _failed(workplace: "Workplace", name: str, problem: str) -> None:
    _show(workplace, name, busy=False, problem=problem)


def _show(workplace: "Workplace", name: str, **known: object) -> None:
    course = workplace.course
    asked = replace(getattr(course.state, name), **known)
    course.show(**{name: asked})


def _forget(workplace: "Workplace", before: Plan, plan: Plan) -> None:
    """What was found for another recipe or other films does not hold."""
    if any(getattr(before, field) != getattr(plan, field) for field in (*RECIPE, "source")):
        workplace.school.probe.shutdown()
        workplace.school.preview.shutdown()
        workplace.course.show(probe=Asked(), preview=Asked())
