"""How long a run would take on this machine and what memory it needs, measured by a little of it.

A few real steps of the recipe on some of the films, an export of the network, and a few films
through what comes out; the rest is arithmetic on the number of films.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pneumo_desktop.core.labelled.film_list import Listed, list_films
from pneumo_desktop.core.training_job import (
    MEMORY_BYTES,
    SECONDS_READ,
    SECONDS_REST,
    Progress,
    TrainingJob,
)
from pneumo_training.adjust import adjusted
from pneumo_training.batches import Source, even_weights
from pneumo_training.control import Control
from pneumo_training.counts import count_films
from pneumo_training.device import device
from pneumo_training.failure import TrainingError
from pneumo_training.films import read_pictures
from pneumo_training.fit import Held
from pneumo_training.memory import held_bytes, peak_bytes
from pneumo_training.model import build_network, classifier
from pneumo_training.pace import TRIED, measure_pace
from pneumo_training.recipe import Recipe, load_recipe
from pneumo_training.rest import rest_seconds
from pneumo_training.teller import Report, Teller
from pneumo_training.wheels import access_of

_READ = 64  # films that are read
_COPIES = 2  # a run holds the images of all films as they were read, and divided


def run(job: TrainingJob, report: Report, control: Control) -> None:
    """Measure, and end with the figures that `training_job` names and the device in words.

    Raises:
        TrainingError: It cannot be measured; the text says why and what to do.
        DownloadNeededError: The network's weights are not at hand.
        Cancelled: The user cancelled.
    """
    teller = Teller(report, control)
    recipe = adjusted(load_recipe(job.recipe), job)
    teller.stage("data", "Reading some of the films")
    listed = list_films(Path(job.data))
    counts = count_films(listed, recipe, Path(job.data))
    source, held, reading = _some(listed, recipe)
    teller.stage("training", "Loading the network")
    network, _ = build_network(recipe, None, access_of(job))
    where = device()
    teller.stage("training", f"Trying a few steps on {where}")
    with tempfile.TemporaryDirectory() as folder:
        pace = measure_pace(network, recipe, source, held, control, Path(folder))
    teller.stage("exporting", "Trying an export")
    tick, held_most = _watching(teller.tick("exporting", "Trying an export"))
    whole = classifier(network, recipe.model.outputs)
    rest = rest_seconds(whole, held.images, counts, reading, tick)
    images = _COPIES * (counts.all + counts.mixed) * recipe.data.size**2
    figures = {
        **pace.figures(counts, recipe.training.batch),
        SECONDS_READ: reading * counts.all,
        SECONDS_REST: rest,
        MEMORY_BYTES: max(peak_bytes(), *held_most) + images,
    }
    teller.done(Progress("done", f"Measured on {where}.", 1.0, figures=figures))


def _watching(tick: Callable[[], None]) -> tuple[Callable[[], None], list[int]]:
    """Return `tick`, which then also notes the memory held, and the notes."""
    noted = [0]

    def watched() -> None:
        tick()
        noted.append(held_bytes())

    return watched, noted


def _some(listed: tuple[Listed, ...], recipe: Recipe) -> tuple[Source, Held, float]:
    """Return some films to learn from and to validate on, and the seconds that reading one took."""
    chosen = [film for ill in (False, True) for film in _spread(listed, _READ // 2, ill=ill)]
    ill_at = {film.path: film.ill for film in chosen}
    begun = time.perf_counter()
    pictures = list(read_pictures(list(ill_at), recipe.data.size, []))
    seconds = (time.perf_counter() - begun) / max(1, len(pictures))
    truth = np.array([ill_at[picture.path] for picture in pictures], dtype=np.bool_)
    if truth.all() or not truth.any():
        raise TrainingError(
            "Of the films tried, none of one class can be read. See which films are unreadable, "
            "and choose others."
        )
    images = np.stack([picture.pixels for picture in pictures])
    again = np.resize(
        np.random.default_rng(0).permutation(len(truth)), TRIED * recipe.training.batch
    )
    weight = even_weights(truth, balanced=recipe.training.class_weights)[again]
    wanted, seed = truth[again].astype(np.float32), recipe.training.seed
    source = Source(images[again], wanted, weight, recipe.augmentation, seed)
    return source, Held(images, truth), seconds


def _spread(listed: tuple[Listed, ...], most: int, *, ill: bool) -> list[Listed]:
    """Return at most so many films of a class, evenly spread."""
    films = [film for film in listed if film.ill is ill]
    places = np.linspace(0, len(films) - 1, min(most, len(films))).astype(int)
    return [films[place] for place in places]
