"""Models: choosing one, and training one of one's own."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pneumo_desktop.core.trainer_location import TrainerMissingError
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.training.labelled_folder import look_into

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


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
    """Connect the training page and the training program."""
    page, trainer = workplace.training, workplace.trainer
    form, run = page.form, page.run
    form.folder_wanted.connect(partial(_choose_labelled, workplace))
    form.start_wanted.connect(partial(_train, workplace))
    run.commanded.connect(trainer.command)
    run.use_wanted.connect(partial(_use_trained, workplace))
    trainer.progressed.connect(run.show_progress)
    trainer.logged.connect(run.log)
    trainer.ended.connect(page.show_ended)
    try:
        workplace.place.locate()
    except TrainerMissingError as error:
        form.show_missing(str(error))


def _choose_labelled(workplace: "Workplace") -> None:
    folder = dialogs.ask_folder(workplace.window, workplace.tr("Choose labelled films"))
    if folder:
        workplace.training.form.show_folder(look_into(folder))


def _train(workplace: "Workplace", job: TrainingJob) -> None:
    workplace.training.show_started()
    job_file = workplace.place.home / "training" / f"{job.name}.json"
    workplace.trainer.start(workplace.place.locate(), job, job_file)


def _use_trained(workplace: "Workplace", folder: Path) -> None:
    problem = workplace.choice.use(folder)
    if problem:
        text = workplace.tr("This model cannot be used.")
        workplace.window.show_message(text, details=problem)
    else:
        workplace.training.run.show_used(workplace.models.card.title)
