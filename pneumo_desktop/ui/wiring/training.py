"""Models: choosing one, and training one of one's own."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pneumo_desktop.core.labelled.film_list import write_films
from pneumo_desktop.core.trainer_location import TrainerMissingError
from pneumo_desktop.core.training_job import Command, TrainingJob
from pneumo_desktop.ui.wiring.labelled import Wishes, connect_labelled

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

FILMS, JOB = "films.csv", "job.json"  # in the folder of a run


def connect_models(workplace: "Workplace") -> None:
    """Connect the models' cards and the choice among them."""
    actions, choice, desk = workplace.actions, workplace.choice, workplace.desk
    actions["models"].triggered.connect(choice.show_used)
    actions["model-card"].triggered.connect(lambda: choice.show_of(desk.current))
    choice.told.connect(partial(_offer_again, workplace))


def _offer_again(workplace: "Workplace", text: str) -> None:
    """Offer to answer the unread films by the model now in use; read ones keep their answers."""
    unread = len(workplace.desk.unread_paths())
    again = workplace.tr("Answer %s unread again") % f"{unread:,}"
    action = (again, workplace.actions["again"].trigger) if unread else None
    workplace.window.show_message(text, action)


def connect_training(workplace: "Workplace") -> None:
    """Connect the pages of training, what they know, and the training program."""
    wizard, course, trainer = workplace.training, workplace.course, workplace.trainer
    course.changed.connect(wizard.show_state)
    wizard.edited.connect(course.take)
    wishes: Wishes = {
        **connect_labelled(workplace),
        "start": partial(_start, workplace),
        "use": partial(_use_trained, workplace),
        "pause": partial(_command, workplace, "pause"),
        "resume": partial(_command, workplace, "resume"),
        "finish": partial(_command, workplace, "finish"),
        "cancel": partial(_command, workplace, "cancel"),
    }
    wizard.wanted.connect(lambda wish: wishes[wish]())
    workplace.actions["training-back"].triggered.connect(wizard.go_back)
    workplace.actions["training-next"].triggered.connect(wizard.go_next)
    trainer.progressed.connect(course.add_progress)
    trainer.logged.connect(course.add_log)
    trainer.ended.connect(course.end_run)
    try:
        workplace.place.locate()
    except TrainerMissingError as error:
        course.show(missing=str(error))


def _start(workplace: "Workplace") -> None:
    plan, home = workplace.course.state.plan, workplace.place.home
    run = home / "training" / plan.name
    assessed = workplace.course.state.assessed
    if assessed is None:
        return
    write_films(run / FILMS, assessed.films)
    job = TrainingJob(
        data=str(run / FILMS),
        out=str(home / "models" / plan.name),
        recipe=plan.recipe,
        name=plan.name,
        epochs=plan.epochs,
        batch=plan.batch,
        learning_rate=plan.learning_rate,
        augment=plan.augment,
        run=str(run),
    )
    workplace.course.start_run()
    workplace.trainer.start(workplace.place.locate(), job, run / JOB)


def _command(workplace: "Workplace", command: Command) -> None:
    workplace.trainer.command(command)
    if command in {"pause", "resume"}:
        workplace.course.pause_run(paused=command == "pause")


def _use_trained(workplace: "Workplace") -> None:
    problem = workplace.choice.use(Path(workplace.course.state.run.package))
    if problem:
        text = workplace.tr("This model cannot be used.")
        workplace.window.show_message(text, details=problem)
    else:
        workplace.course.show(used=workplace.models.card.title)
