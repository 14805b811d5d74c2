"""What a recipe makes of films before a network learns from them, as pictures to look at."""

from pathlib import Path

import numpy as np
from PIL import Image

from pneumo_desktop.core.training_job import PreviewJob, Progress
from pneumo_training.batches import Source
from pneumo_training.control import Control
from pneumo_training.failure import TrainingError
from pneumo_training.films import read_pictures
from pneumo_training.recipe import AugmentationPart, load_recipe
from pneumo_training.teller import Report, Teller

_MOST = 64  # films and draws of each: enough to look at


def run(job: PreviewJob, report: Report, control: Control) -> Path:
    """Write the pictures that `PreviewJob` names and return their folder.

    Draw n is what the recipe's seed gives in epoch n. A film that cannot be read is named, and has
    no pictures.

    Raises:
        TrainingError: The recipe is none, no film can be read, or the folder cannot be written.
        Cancelled: The user cancelled.
    """
    teller = Teller(report, control)
    recipe, out = load_recipe(job.recipe), Path(job.out)
    paths = [Path(name) for name in job.films[:_MOST]]
    draws = max(0, min(job.draws, _MOST))
    skipped: list[str] = []
    found = {p.path: p.pixels for p in read_pictures(paths, recipe.data.size, skipped)}
    if not found:
        raise TrainingError(f"None of the films can be read ({'; '.join(skipped)}). Choose others.")
    source = Source(
        np.stack(list(found.values())),
        np.zeros(len(found), np.float32),
        np.ones(len(found), np.float32),
        recipe.augmentation if job.augment else AugmentationPart("none"),
        recipe.training.seed,
    )
    seen = teller.seen("data", "Changing films as the network will see them")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for film, path in enumerate(found):
            _write(source, film, out / f"film-{paths.index(path)}", draws)
            seen(film + 1, len(found))
    except OSError as error:
        raise TrainingError(
            f"{out} cannot be written ({error.strerror}). Free some room."
        ) from error
    left_out = f" Not readable: {'; '.join(skipped)}." if skipped else ""
    teller.done(Progress("done", f"The pictures are ready.{left_out}", 1.0))
    return out


def _write(source: Source, film: int, place: Path, draws: int) -> None:
    """Write a film unchanged and as it is drawn in each epoch."""
    pictures = [source.images[film], *(source.picture(film, n) for n in range(1, draws + 1))]
    for draw, picture in enumerate(pictures):
        Image.fromarray(picture).save(place.with_name(f"{place.name}-{draw}.png"))
