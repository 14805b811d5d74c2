"""A training: started, taken up again, and told what to do."""

import shutil
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pneumo_desktop.core.trainer_location import TrainerMissingError
from pneumo_desktop.core.training_job import Command
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.training import jobs
from pneumo_desktop.ui.translation import translated
from pneumo_desktop.ui.wiring.judgement import forget_judgement

if TYPE_CHECKING:
    from pneumo_desktop.core.labelled.plan import Plan
    from pneumo_desktop.ui.app import Workplace


def connect_run(workplace: "Workplace") -> dict[str, Callable[[], None]]:
    """Connect the training program; return what is done for each wish of the Training page."""
    course, trainer = workplace.course, workplace.trainer
    trainer.progressed.connect(course.add_progress)
    trainer.logged.connect(course.add_log)
    trainer.ended.connect(course.end_run)
    trainer.ended.connect(lambda _: _look_for_unfinished(workplace))
    course.replanned.connect(partial(_replanned, workplace))
    try:
        workplace.place.locate("train")
    except TrainerMissingError as error:
        course.show(missing=translated(str(error)))
    _look_for_unfinished(workplace)
    _tell_unfinished(workplace)
    return {
        "start": partial(_start, workplace),
        "start-fetching": partial(_start, workplace, may_download=True),
        "choose-weights": partial(_choose_weights, workplace),
        "discard-run": partial(_discard, workplace),
        "use": workplace.training.go_next,
        "pause": partial(_command, workplace, "pause"),
        "resume": partial(_command, workplace, "resume"),
        "finish": partial(_command, workplace, "finish"),
        "cancel": partial(_command, workplace, "cancel"),
    }


def _start(workplace: "Workplace", weights: str = "", *, may_download: bool = False) -> None:
    state, home = workplace.course.state, workplace.place.home
    if _is_needed(workplace, state.plan.name):
        words = workplace.tr(
            "%s answers films, or did before. Choose another name on the page Recipe."
        )
        workplace.window.show_message(words % state.plan.name)
        return
    run = jobs.run_folder(home, state.plan.name)
    try:
        job = jobs.training_job(state, home, run)
        location = workplace.place.locate("train")
    except OSError as error:
        text = workplace.tr("The list of films could not be written; free some room.")
        workplace.window.show_message(text, details=f"{run}: {error.strerror}")
        return
    except TrainerMissingError as error:
        workplace.course.show(missing=translated(str(error)))
        return
    if job is not None:
        job = msgspec.structs.replace(job, weights=weights, may_download=may_download)
        forget_judgement(workplace)
        workplace.course.start_run()
        workplace.trainer.start(location, job, run / jobs.JOB)


def _is_needed(workplace: "Workplace", name: str) -> bool:
    """Return whether a new model of this name would replace the one in use or the one before."""
    settings = workplace.models.settings
    return name in {settings.model, settings.former.model if settings.former else ""}


def _choose_weights(workplace: "Workplace") -> None:
    chosen = dialogs.ask_file(workplace.window, workplace.tr("Choose the file with the weights"))
    if chosen:
        _start(workplace, str(chosen))


def _command(workplace: "Workplace", command: Command) -> None:
    workplace.trainer.command(command)
    if command in {"pause", "resume"}:
        workplace.course.pause_run(paused=command == "pause")


def _replanned(workplace: "Workplace", before: "Plan", plan: "Plan") -> None:
    if before.name != plan.name:
        _look_for_unfinished(workplace)


def _look_for_unfinished(workplace: "Workplace") -> None:
    course = workplace.course
    found = jobs.is_unfinished(workplace.place.home, course.state.plan.name)
    if found != course.state.unfinished:
        course.show(unfinished=found)


def _tell_unfinished(workplace: "Workplace") -> None:
    """Tell at the window's start that a training waits to be gone on with."""
    if workplace.course.state.unfinished:
        show = workplace.tr("Show"), partial(_show_training, workplace)
        text = workplace.tr("A training was interrupted; it can go on from its last epoch.")
        workplace.window.show_message(text, show)


def _show_training(workplace: "Workplace") -> None:
    workplace.window.tabs.setCurrentWidget(workplace.training)


def _discard(workplace: "Workplace") -> None:
    name = workplace.course.state.plan.name
    if name and not workplace.trainer.running and dialogs.may_discard_training(workplace.window):
        shutil.rmtree(jobs.checkpoints(workplace.place.home, name), ignore_errors=True)
        _look_for_unfinished(workplace)
