"""From a job to what it works on: its recipe, its films, and who of them teaches."""

from pathlib import Path

from pneumo_desktop.core.labelled.split import check_split
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.adjust import adjusted
from pneumo_training.films import read_labelled
from pneumo_training.mixing import Mixture, missing_pools, read_mixture
from pneumo_training.recipe import Recipe, load_recipe
from pneumo_training.split import split_films
from pneumo_training.task import Task
from pneumo_training.teller import Teller
from pneumo_training.workplace import data_hash


def read_task(job: TrainingJob, teller: Teller) -> Task:
    """Return what `job` works on, read and divided.

    Raises:
        TrainingError: It cannot be done; the text says why and what to do.
        Cancelled: The user cancelled.
    """
    recipe = adjusted(load_recipe(job.recipe), job)
    teller.stage("data", "Reading the films")
    skipped: list[str] = []
    seen = teller.seen("data", "Reading the films")
    films = read_labelled(Path(job.data), recipe.data.size, seen, skipped)
    if skipped:
        named = "; ".join(skipped[:5]) + ("; ..." if len(skipped) > 5 else "")
        teller.stage("data", f"{len(skipped)} files could not be read and are left out: {named}")
    teller.stage("data", "Dividing the films by patient")
    rows = split_films(films, recipe.data)
    check_split(rows, films.patients, films.sha256)
    sha256 = data_hash(films.sha256, films.truth.tolist())
    mixture = _mixture(job, recipe, teller)
    return Task(
        job, recipe, films, rows, sha256, tuple(skipped), mixture, _start(job, recipe, teller)
    )


def _start(job: TrainingJob, recipe: Recipe, teller: Teller) -> Path | None:
    """Return the model that the learning goes on from; without it the backbone's weights do."""
    if not recipe.model.start:
        return None
    start = Path(job.data) / recipe.model.start
    if start.is_file():
        return start
    teller.stage("data", f"Beginning from the backbone's weights: there is no {start.name}")
    return None


def _mixture(job: TrainingJob, recipe: Recipe, teller: Teller) -> Mixture | None:
    """Read the films of other hospitals; without all of them the model learns from its own."""
    if recipe.mixing is None:
        return None
    data = Path(job.data)
    missing = missing_pools(recipe.mixing, data)
    if missing:
        named = ", ".join(missing)
        teller.stage("data", f"Going on without films of other hospitals: there is no {named}")
        return None
    tick = teller.tick("data", "Reading films of other hospitals")
    return read_mixture(recipe.mixing, data, recipe.data.size, tick)
