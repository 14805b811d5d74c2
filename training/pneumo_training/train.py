"""One run from job to package; `run` reads top to bottom."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from pneumo_desktop.core.labelled.split import check_split, manifest
from pneumo_desktop.core.training_job import Progress, TrainingJob
from pneumo_training.adjust import adjusted
from pneumo_training.batches import Source, even_weights, steps
from pneumo_training.cached import Cache
from pneumo_training.control import Control
from pneumo_training.device import device
from pneumo_training.failure import Cancelled
from pneumo_training.films import read_labelled
from pneumo_training.fit import Held, Learner, Moment, fit
from pneumo_training.mixing import Mixture, missing_pools, read_mixture
from pneumo_training.model import build_network, classifier
from pneumo_training.pack import pack
from pneumo_training.package import Package, check_place
from pneumo_training.recipe import Recipe, load_recipe
from pneumo_training.split import split_films
from pneumo_training.task import Task, Trained
from pneumo_training.teller import Report, Teller
from pneumo_training.workplace import Workplace, data_hash, run_key

_CACHED = 0.9  # share of learning that computing the features takes


def run(job: TrainingJob, report: Report, control: Control) -> Path:
    """Train as `job` says and return the package's folder; `report` is called all along.

    A run killed before is taken up from its last epoch. On finish (see `Control`) the best
    weights so far become the package.

    Raises:
        TrainingError: It cannot be done; the text says why and what to do.
        Cancelled: The user cancelled; neither package nor checkpoint is left.
    """
    teller = Teller(report, control)
    out = Path(job.out).absolute()
    work = Workplace(out)
    package: Package | None = None
    try:
        check_place(out)
        task = _read(job, teller)
        split = manifest(task.rows)
        again = work.open(run_key(task.recipe, *task.hashes, split))
        work.keep_split(split)
        trained = _learn(task, work.folder, teller, again=again)
        package = Package(out)
        results = pack(task, trained, package, teller)
        package.finish()
    except Cancelled:
        work.discard()
        raise
    finally:
        if package is not None:
            package.discard()
    work.tidy()
    text = "The model is ready."
    teller.done(Progress("done", text, 1.0, figures=results, package=str(out)))
    return out


def _read(job: TrainingJob, teller: Teller) -> Task:
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


def _learn(task: Task, folder: Path, teller: Teller, *, again: bool) -> Trained:
    part = task.recipe.training
    opening = "Going on where the last run stopped" if again else "Loading the network"
    teller.stage("training", opening)
    network, weights_from = build_network(task.recipe, task.start)
    teller.stage("training", f"Training on {device()}")
    images, truth = task.part("train")
    weight = even_weights(truth, balanced=part.class_weights)
    source = Source(
        images,
        truth.astype(np.float32),
        weight,
        task.recipe.augmentation,
        part.seed,
        mixture=task.mixture,
    )
    held, student, begin = Held(*task.part("validation")), network, 0.0
    if part.cache_features:
        cache = Cache(network, source, held, folder)
        cache.fill(_seen_once(teller), teller.control)
        (source, held), student, begin = cache.films(), cache.head, _CACHED
    learner = Learner(student, part, part.epochs * steps(source, part.batch))
    told = _told(teller, part.epochs, begin)
    epochs = fit(learner, source, held, folder, told, teller.control)
    return Trained(classifier(network, task.recipe.model.outputs), weights_from, epochs)


def _told(teller: Teller, epochs: int, begin: float) -> Callable[[Moment], None]:
    """Return what tells of a step; `begin` is the share of learning done before the first."""

    def told(moment: Moment) -> None:
        done = (moment.epoch - 1 + moment.step / moment.steps) / epochs
        found = moment.figures if moment.figures is not None else {"loss": moment.loss}
        text = f"Epoch {moment.epoch} of {epochs}"
        progress = Progress(
            "training", text, None, moment.epoch, epochs, moment.step, moment.steps, found
        )
        share = begin + (1.0 - begin) * done
        teller.learning(progress, share, always=moment.figures is not None)

    return told


def _seen_once(teller: Teller) -> Callable[[int, int], None]:
    def seen(done: int, total: int) -> None:
        progress = Progress("training", f"Looking at every film once: {done} of {total}")
        teller.learning(progress, _CACHED * done / total, always=done == total)

    return seen
