"""Made-up opacities fill lung, and only lung, to an extent that is known."""

import numpy as np
import pytest

from pneumo_training.opacity import opaque


@pytest.fixture(scope="module")
def normal(make_film):
    return np.asarray(make_film(np.random.default_rng(2), ill=False)).repeat(4, 0).repeat(4, 1)


def test_the_same_seed_paints_the_same(normal):
    one, other = (opaque(normal, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(one.image, other.image)
    assert one.extent == other.extent
    assert one.image.dtype == np.uint8
    assert one.image.shape == normal.shape


def test_lung_gets_brighter_and_the_rest_stays(normal):
    lung, tissue = normal < 110, normal > 160
    for seed in range(12):
        away = opaque(normal, np.random.default_rng(seed)).image.astype(float) - normal
        assert away[lung].mean() > 1.0
        assert abs(away[tissue]).mean() < 0.1 * away[lung].mean() + 1.0


def test_a_larger_extent_fills_more(normal):
    drawn = [opaque(normal, np.random.default_rng(seed)) for seed in range(40)]
    added = [(one.image.astype(float) - normal)[normal < 110].mean() for one in drawn]
    assert np.corrcoef([one.extent for one in drawn], added)[0, 1] > 0.8
    assert all(0.0 < one.extent < 1.0 for one in drawn)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_without_lungs_is_no_error(grey):
    flat = np.full((48, 48), grey, np.uint8)
    assert opaque(flat, np.random.default_rng(0)).image.shape == flat.shape
