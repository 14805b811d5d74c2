"""The recipe as a job wants it: a few numbers replaced, and the recipe's words left out then."""

from typing import Any

import msgspec
import msgspec.structs

from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.failure import TrainingError
from pneumo_training.recipe import AugmentationPart, Recipe, TrainingPart

_BOUNDS = {
    "epochs": "Training takes 1 to 1000 epochs",
    "batch": "A batch holds 1 to 512 films",
    "learning_rate": "The learning rate is a number above 0",
}


def changes(recipe: Recipe, job: TrainingJob) -> dict[str, Any]:
    """Return what `job` wants otherwise than `recipe` has it, by name; empty where nothing."""
    wanted = {name: getattr(job, name) for name in _BOUNDS}
    found = {
        name: value
        for name, value in wanted.items()
        if value is not None and value != getattr(recipe.training, name)
    }
    if not job.augment and recipe.augmentation.kind != "none":
        found["augment"] = False
    return found


def adjusted(recipe: Recipe, job: TrainingJob) -> Recipe:
    """Return the recipe with the job's changes; another model than the recipe's card speaks of.

    Raises:
        TrainingError: A number is out of its bounds.
    """
    wanted = changes(recipe, job)
    if not wanted:
        return recipe
    augmentation = AugmentationPart("none") if "augment" in wanted else recipe.augmentation
    training = _numbers(recipe.training, {name: wanted[name] for name in _BOUNDS if name in wanted})
    return msgspec.structs.replace(recipe, training=training, augmentation=augmentation, card=None)


def _numbers(part: TrainingPart, wanted: dict[str, Any]) -> TrainingPart:
    for name, value in wanted.items():
        part = msgspec.structs.replace(part, **{name: value})
        try:
            msgspec.convert(msgspec.to_builtins(part), TrainingPart)
        except msgspec.ValidationError as error:
            raise TrainingError(f"{_BOUNDS[name]}, not {value}.") from error
    return part
