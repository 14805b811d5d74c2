"""What a job may change in a recipe, and that the recipe's own words are then left out."""

import pytest

from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.adjust import adjusted, changes
from pneumo_training.failure import TrainingError
from pneumo_training.recipe import load_recipe


def job(**fields):
    return TrainingJob("films", "out", "vgg16_reference", "mine", **fields)


@pytest.mark.parametrize("fields", [{}, {"epochs": 1, "batch": 32, "learning_rate": 1e-3}])
def test_a_job_that_changes_nothing_leaves_the_recipe_and_its_words(fields):
    recipe = load_recipe("vgg16_reference")
    assert changes(recipe, job(**fields)) == {}
    assert adjusted(recipe, job(**fields)) is recipe


def test_numbers_are_replaced_and_the_words_of_the_shipped_model_are_not_borrowed():
    recipe = load_recipe("vgg16_reference")
    wanted = {"epochs": 4, "batch": 8, "learning_rate": 2e-4}
    found = adjusted(recipe, job(**wanted))
    assert {name: getattr(found.training, name) for name in wanted} == wanted
    assert changes(recipe, job(**wanted)) == wanted
    assert found.augmentation == recipe.augmentation
    assert recipe.card is not None
    assert found.card is None


def test_films_are_learnt_from_as_they_are():
    recipe = load_recipe("vgg16_reference")
    found = adjusted(recipe, job(augment=False))
    assert found.augmentation.kind == "none"
    assert changes(recipe, job(augment=False)) == {"augment": False}
    assert changes(found, job(augment=False)) == {}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"epochs": 0}, "1 to 1000 epochs, not 0."),
        ({"batch": 513}, "A batch holds 1 to 512 films, not 513."),
        ({"learning_rate": 0.0}, "The learning rate is a number above 0, not 0.0."),
    ],
)
def test_a_number_out_of_bounds_is_named(fields, told):
    with pytest.raises(TrainingError, match=told):
        adjusted(load_recipe("vgg16_reference"), job(**fields))
