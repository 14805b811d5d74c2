import pytest

from pneumo_desktop.ui.training.recipes import offered, recipe_words
from pneumo_training.recipe import load_recipe


@pytest.mark.parametrize("words", offered(), ids=lambda words: words.name)
def test_the_numbers_told_are_those_of_the_recipe(words):
    training = load_recipe(words.name).training
    assert (words.epochs, words.batch) == (training.epochs, training.batch)
    assert words.learning_rate == pytest.approx(training.learning_rate)
    assert words.cached is training.cache_features
    assert load_recipe(words.name).augmentation.kind != "none"


def test_an_unknown_recipe_is_told_as_the_default():
    assert recipe_words("of one's own") == offered()[0]
