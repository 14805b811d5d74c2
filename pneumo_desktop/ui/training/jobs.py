"""From what the pages know to the job that the training program gets."""

from pathlib import Path

from pneumo_desktop.core.labelled.film_list import write_films
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_desktop.ui.training.state import WizardState

FILMS, JOB = "films.csv", "job.json"


def run_folder(home: Path, name: str) -> Path:
    """Return where the files of a training of this name lie."""
    return home / "training" / name


def checkpoints(home: Path, name: str) -> Path:
    """Return where the training program keeps what it needs to go on after an interruption."""
    return home / "models" / f"{name}.training"


def is_unfinished(home: Path, name: str) -> bool:
    """Return whether a training of this name was interrupted after an epoch or more."""
    return bool(name) and (checkpoints(home, name) / "checkpoint.npz").is_file()


def training_job(state: WizardState, home: Path, run: Path) -> TrainingJob | None:
    """Write the films to learn from into the folder `run`; return the job, None without films.

    Raises:
        OSError: The list of films cannot be written.
    """
    plan = state.plan
    if state.assessed is None or not state.assessed.films:
        return None
    write_films(run / FILMS, state.assessed.films)
    return TrainingJob(
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
