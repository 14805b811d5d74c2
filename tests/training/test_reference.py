"""The reference recipe does what the same words do in Keras: the draws, the loss, the steps."""

from types import SimpleNamespace

import keras
import msgspec
import numpy as np
import pytest
from keras import layers
from keras.src.legacy.preprocessing import image as legacy

from pneumo_training.augment import augment
from pneumo_training.batches import Source, epoch_batches, steps
from pneumo_training.fit import Learner
from pneumo_training.recipe import AugmentationPart, load_recipe

REFERENCE = load_recipe("vgg16_reference")


def scipy_affine(channel, matrix, offset, order, mode, cval):
    """What scipy.ndimage.affine_transform does for order 1 and mode nearest (SciPy 1.17 agrees)."""
    assert (order, mode) == (1, "nearest")
    rows, columns = channel.shape
    at = np.tensordot(matrix, np.indices(channel.shape, dtype=float), 1)
    y, x = (at[0] + offset[0]).clip(0, rows - 1), (at[1] + offset[1]).clip(0, columns - 1)
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    low, right = np.minimum(top + 1, rows - 1), np.minimum(left + 1, columns - 1)
    above = channel[top, left] * (1 - x + left) + channel[top, right] * (x - left)
    below = channel[low, left] * (1 - x + left) + channel[low, right] * (x - left)
    return above * (1 - y + top) + below * (y - top)


@pytest.fixture
def generator(monkeypatch):
    """Return the customer's ImageDataGenerator; SciPy, which it wants, need not be there."""
    stub = SimpleNamespace(interpolation=SimpleNamespace(affine_transform=scipy_affine))
    monkeypatch.setattr(legacy, "scipy", SimpleNamespace(ndimage=stub))

    def make(**changes):
        return legacy.ImageDataGenerator(rescale=1 / 255, **changes)

    return make


def picture():
    y, x = np.mgrid[0:96, 0:96]
    return (128 + 100 * np.sin(x / 9.0) * np.cos(y / 7.0) + x / 10).astype(np.uint8)


@pytest.mark.parametrize("seed", range(8))
def test_a_film_is_drawn_as_image_data_generator_draws_it(generator, seed):
    """The same numbers give the same picture, to the byte it is rounded to."""
    keras_draws = generator(shear_range=0.2, zoom_range=0.2, horizontal_flip=True)
    wanted = keras_draws.random_transform(picture()[..., None].astype(np.float32), seed=seed)
    drawn = augment(picture(), REFERENCE.augmentation, np.random.RandomState(seed))
    assert np.abs(drawn - wanted[..., 0]).max() <= 0.5001


def test_shear_is_in_degrees_and_leans_the_way_keras_leans(generator):
    """A large shear, so that degrees taken for radians or the wrong axis would show."""
    large = AugmentationPart("keras", shear=30.0, zoom=0.0, flip=False)
    wanted = generator(shear_range=30.0).random_transform(
        picture()[..., None].astype(np.float32), seed=3
    )
    drawn = augment(picture(), large, np.random.RandomState(3))
    assert np.abs(drawn - wanted[..., 0]).max() <= 0.5001
    assert np.abs(drawn - picture().astype(float)).mean() > 5.0


def head(seed):
    """Return the reference's head on a few made-up features."""
    keras.utils.set_random_seed(seed)
    image = layers.Input((4, 4, 1))
    return keras.Model(image, layers.Dense(2)(layers.Flatten()(image / 255.0)))


def test_learning_is_adam_on_categorical_cross_entropy_of_the_softmax():
    """Five steps of ours and of Keras' own compiled model end in the same weights."""
    ours, logits = head(2), head(2)
    learner = Learner(ours, REFERENCE.training, 5)
    theirs = keras.Model(logits.input, layers.Softmax()(logits.output))
    theirs.compile(keras.optimizers.Adam(), "categorical_crossentropy", metrics=["accuracy"])
    rng = np.random.default_rng(1)
    for _ in range(5):
        images = rng.integers(0, 256, (32, 4, 4, 1)).astype(np.float32)
        truth = (rng.random(32) < 0.7).astype(np.float32)
        loss, right = learner.learn(images, truth, np.ones(32, np.float32))
        classes = np.stack([1 - truth, truth], axis=1)
        theirs.reset_metrics()
        wanted = theirs.train_on_batch(images, classes, return_dict=True)
        assert loss == pytest.approx(wanted["loss"], abs=1e-5)
        assert right / 32 == pytest.approx(wanted["accuracy"])
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_the_weights_are_those_of_the_last_step_and_no_schedule_moves_the_rate():
    training = REFERENCE.training
    assert (training.averaging, training.schedule, training.label_smoothing) == (0, "constant", 0)
    assert training.learning_rate == keras.optimizers.Adam().learning_rate
    assert (training.epochs, training.class_weights, training.weight_decay) == (1, False, 0)


@pytest.mark.parametrize(("films", "wanted"), [(31, 1), (32, 1), (33, 2), (4381, 137)])
def test_the_steps_come_from_the_films(films, wanted):
    images = np.zeros((films, 2, 2), np.uint8)
    truth = np.zeros(films, np.float32)
    none = msgspec.structs.replace(REFERENCE.augmentation, kind="none")
    source = Source(images, truth, np.ones(films, np.float32), none, 1)
    assert steps(source, REFERENCE.training.batch) == wanted
    shown = list(epoch_batches(source, REFERENCE.training.batch, 1))
    assert len(shown) == wanted
    assert sum(len(batch.truth) for batch in shown) == films
