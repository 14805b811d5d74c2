"""What a killed run takes up again is everything that learning changes."""

import keras
import msgspec
import numpy as np
import pytest
from keras import layers

from pneumo_training.fit import Learner, logits
from pneumo_training.recipe import TrainingPart

PART = TrainingPart(1, 8, 1e-2, "constant", 0.0, 0.0, class_weights=True, averaging=0.5, seed=1)


def build():
    keras.utils.set_random_seed(3)
    image = layers.Input((8, 8, 1))
    x = layers.Conv2D(4, 3)(layers.Rescaling(1 / 255.0)(image))
    x = layers.GlobalAveragePooling2D()(layers.BatchNormalization()(x))
    return keras.Model(image, layers.Dense(1)(x))


@pytest.fixture
def films():
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (16, 8, 8), dtype=np.uint8)


def taught(films, steps):
    learner = Learner(build(), PART, 10)
    for _ in range(steps):
        truth = np.arange(16, dtype=np.float32) % 2
        learner.learn(films[..., None], truth, np.ones(16, np.float32))
    return learner


def answers(learner, films):
    return logits(learner.network, films, lambda: None)


def test_a_restored_learner_answers_as_the_one_it_was_taken_from(films):
    old, new = taught(films, 5), taught(films, 0)
    new.restore(old.state())
    assert np.allclose(answers(new, films), answers(old, films), atol=1e-6)
    assert not np.allclose(answers(new, films), answers(taught(films, 0), films), atol=1e-3)


def test_the_best_weights_carry_what_batch_normalisation_has_seen(films):
    old, new = taught(films, 5), taught(films, 0)
    best = old.best()
    old.show(best)
    new.show(best)
    assert np.allclose(answers(new, films), answers(old, films), atol=1e-6)


def test_the_beginning_keeps_its_share_in_the_weights_that_count(films):
    part = msgspec.structs.replace(PART, keep=0.25, averaging=0.0)
    learner = Learner(build(), part, 10)
    begun = [value.numpy() for value in learner.network.weights]
    for _ in range(5):
        learner.learn(
            films[..., None], np.arange(16, dtype=np.float32) % 2, np.ones(16, np.float32)
        )
    learnt = [value.numpy() for value in learner.network.weights]
    learner.show(learner.best())
    for first, last, kept in zip(begun, learnt, learner.network.weights, strict=True):
        assert kept.numpy() == pytest.approx(0.25 * first + 0.75 * last, abs=1e-6)
    assert any(not np.allclose(first, last) for first, last in zip(begun, learnt, strict=True))
