"""A recipe is read strictly: a slip of the pen is told, not trained."""

from pathlib import Path

import pytest

from pneumo_training.failure import TrainingError
from pneumo_training.recipe import load_recipe, recipe_names


def test_the_reference_is_the_customers_to_the_letter():
    recipe = load_recipe("vgg16_reference")
    model, training, change = recipe.model, recipe.training, recipe.augmentation
    assert (model.backbone, model.head, model.outputs, model.frozen) == (
        "vgg16",
        "flatten",
        2,
        True,
    )
    assert (change.kind, change.shear, change.zoom, change.flip) == ("keras", 0.2, 0.2, True)
    assert (training.epochs, training.batch, training.learning_rate) == (1, 32, 1e-3)
    assert recipe.data.size == 224
    assert not training.class_weights


def test_every_recipe_that_ships_is_valid():
    assert {"vgg16_reference", "efficientnet_lite0"} <= set(recipe_names())
    for name in recipe_names():
        load_recipe(name)


def test_an_unknown_recipe_is_answered_with_the_known_ones():
    with pytest.raises(TrainingError, match=r"Choose one of: .*vgg16_reference"):
        load_recipe("vgg61")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seed = 3", "sead = 3", "sead"),
        ("batch = 8", "batch = 0", "batch"),
        ('head = "pool"', 'head = "attention"', "attention"),
        ("calibration = 0.2", "", "calibration"),
        ("test = 0.2", "test = 0.2.1", "not valid"),
    ],
)
def test_a_slip_in_a_recipe_is_named(recipe, old, new, told):
    path = recipe()
    text = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TrainingError, match=told):
        load_recipe(path)


def test_a_recipe_must_leave_patients_to_learn_from(recipe):
    path = recipe()
    text = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(text.replace("= 0.2\n", "= 0.4\n"), encoding="utf-8")
    with pytest.raises(TrainingError, match="keeps 120% of the patients"):
        load_recipe(path)
