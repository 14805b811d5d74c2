"""One run from job to package; `run` reads top to bottom."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from pneumo_desktop.core.labelled.split import manifest
from pneumo_desktop.core.training_job import Progress, TrainingJob
from pneumo_training.batches import Source, even_weights, steps
from pneumo_training.cached import Cache
from pneumo_training.control import Control
from pneumo_training.device import device
from pneumo_training.failure import Cancelled
from pneumo_training.fit import Held, Learner, Moment, fit
from pneumo_training.judgement import write_judgement
from pneumo_training.model import build_network, classifier
from pneumo_training.pack import pack
from pneumo_training.package import Package, check_place
from pneumo_training.reading import read_task
from pneumo_training.task import Task, Trained
from pneumo_training.teller import Report, Teller
from pneumo_training.wheels import access_of
from pneumo_training.workplace import Workplace, run_key

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
        task = read_task(job, teller)
        split = manifest(task.rows)
        again = work.open(run_key(task.recipe, *task.hashes, split))
        work.keep_split(split)
        trained = _learn(task, work.folder, teller, again=again)
        package = Package(out)
        outcome = pack(task, trained, package, teller)
        write_judgement(task, outcome.judged, Path(job.run).absolute() if job.run else work.folder)
        package.finish()
    except Cancelled:
        work.discard()
        raise
    finally:
        if package is not None:
            package.discard()
    work.tidy()
    text = "The model is ready."
    teller.done(Progress("done", text, 1.0, figures=outcome.figures, package=str(out)))
    return out


def _learn(task: Task, folder: Path, teller: Teller, *, again: bool) -> Trained:
    part = task.recipe.training
    opening = "Going on where the last run stopped" if again else "Loading the network"
    teller.stage("training", opening)
    network, weights_from = build_network(task.recipe, task.start, access_of(task.job))
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
