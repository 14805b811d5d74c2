"""Changes keep a film a film, and are the same for the same seed."""

import threading

import numpy as np
import pytest

from pneumo_training.augment import ROBUSTNESS, affine, augment
from pneumo_training.batches import Source, epoch_batches, even_weights, steps
from pneumo_training.recipe import AugmentationPart

ROBUST = AugmentationPart("robust")
KERAS = AugmentationPart("keras", 0.2, 0.2, flip=True)


@pytest.fixture(scope="module")
def picture():
    y, x = np.mgrid[0:60, 0:80]
    return (128 + 100 * np.sin(x / 9.0) * np.cos(y / 7.0)).astype(np.uint8)


@pytest.mark.parametrize("name", ROBUSTNESS)
def test_a_change_keeps_shape_and_is_seeded(picture, name):
    change = ROBUSTNESS[name]
    for seed in range(8):
        before = picture.copy()
        one = change(picture, np.random.default_rng(seed))
        assert one.shape == picture.shape
        assert one.dtype == np.uint8
        assert np.array_equal(one, change(picture, np.random.default_rng(seed)))
        assert np.array_equal(before, picture)


@pytest.mark.parametrize("part", [ROBUST, KERAS, AugmentationPart("none")])
def test_a_draw_still_looks_like_the_film(picture, part):
    alike = []
    for seed in range(30):
        drawn = augment(picture, part, np.random.default_rng(seed)).astype(float)
        alike.append(
            max(
                np.corrcoef(drawn.ravel(), side.ravel().astype(float))[0, 1]
                for side in (picture, picture[:, ::-1])
            )
        )
    assert np.median(alike) > 0.4


def test_no_move_is_no_change(picture):
    for fill in (None, 0):
        assert np.array_equal(affine(picture, np.eye(2), (0.0, 0.0), fill), picture)


def test_an_edge_is_repeated_as_keras_does(picture):
    moved = affine(picture, np.eye(2), (10.0, 0.0), None)
    assert np.array_equal(moved[:, :-10], picture[:, 10:])
    assert np.all(moved[:, -10:] == picture[:, -1:])


def source(count=21):
    images = np.random.default_rng(0).integers(0, 256, (count, 32, 32)).astype(np.uint8)
    truth = np.arange(count) % 3 == 0
    weight = even_weights(truth, balanced=True)
    return Source(images, truth.astype(np.float32), weight, ROBUST, seed=4)


def test_an_epoch_shows_every_film_once_and_the_same_again():
    found = list(epoch_batches(source(), 4, 1))
    assert len(found) == steps(source(), 4) == 6
    assert sum(batch.truth.sum() for batch in found) == 7
    again = list(epoch_batches(source(), 4, 1))
    assert all(np.array_equal(a.images, b.images) for a, b in zip(found, again, strict=True))
    other = next(iter(epoch_batches(source(), 4, 2)))
    assert not np.array_equal(found[0].images, other.images)


def helpers():
    return [thread for thread in threading.enumerate() if thread.name.startswith("augment")]


def test_an_epoch_left_early_leaves_no_thread_behind():
    batches = epoch_batches(source(), 4, 1)
    next(batches)
    assert helpers()
    batches.close()
    assert helpers() == []


def test_classes_weigh_the_same_only_where_asked():
    truth = np.array([True, False, False, False])
    even = even_weights(truth, balanced=True)
    assert even[truth].sum() == pytest.approx(even[~truth].sum())
    assert even.mean() == pytest.approx(1.0)
    assert np.all(even_weights(truth, balanced=False) == 1.0)
