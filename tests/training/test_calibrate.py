"""Calibrated probabilities keep their word, and the test would notice if they did not."""

import numpy as np
import pytest

from pneumo_desktop.core.card import Calibration
from pneumo_desktop.core.metrics import ece
from pneumo_training.calibrate import (
    Scored,
    calibrate,
    operating_points,
    probability,
)


def films(steepness, shift, n=4000, seed=0):
    """Return films whose logits are `steepness` times too steep and off by `shift`."""
    rng = np.random.default_rng(seed)
    true = rng.normal(0, 2.5, n)
    truth = rng.random(n) < 1 / (1 + np.exp(-true))
    return Scored(true * steepness + shift, truth)


def error(scored, calibration):
    """Return the calibration error on as many ill films as healthy ones."""
    p = probability(scored.logit, calibration.scale, calibration.bias)
    return ece(p, scored.truth)


def test_steep_and_shifted_logits_are_set_right():
    found = calibrate(films(2.0, 3.0), "here")
    assert found.scale == pytest.approx(0.5, abs=0.05)
    assert found.bias == pytest.approx(-1.5, abs=0.2)
    assert error(films(2.0, 3.0, seed=1), found) < 0.03


def test_a_broken_calibration_is_noticed():
    good = calibrate(films(2.0, 3.0), "here")
    broken = Calibration(good.scale * 2, good.bias + 1.5, "here")
    assert error(films(2.0, 3.0, seed=1), broken) > 0.05


@pytest.mark.parametrize(
    ("elsewhere", "scale"),
    [(films(0.25, 0.0, seed=3), 2.5), (films(0.8, 0.0, seed=3), 1.25), (films(3.0, 0.0), 1.0)],
)
def test_films_from_elsewhere_bound_how_much_is_sharpened(elsewhere, scale):
    found = calibrate(films(0.4, 1.0), "here", elsewhere)
    assert found.scale == pytest.approx(scale, abs=0.2)
    assert found.bias / found.scale == pytest.approx(-1.0, abs=0.1)  # the balanced point stays


def test_without_films_from_elsewhere_nothing_is_sharpened():
    found = calibrate(films(0.4, 1.0), "here")
    assert found.scale == 1.0
    assert found.bias == pytest.approx(-1.0, abs=0.2)


def test_separable_films_do_not_run_away():
    scored = Scored(np.array([-3.0, -2.0, 2.0, 3.0] * 5), np.array([False, False, True, True] * 5))
    found = calibrate(scored, "here")
    assert 0 < found.scale <= 1.0
    assert abs(found.bias) < 1.0


def test_prevalence_does_not_move_the_balanced_point():
    scored = films(1.0, 0.0)
    kept = scored.truth | (np.arange(len(scored.truth)) % 8 == 0)
    rare = calibrate(Scored(scored.logit[kept], scored.truth[kept]), "here")
    assert rare.bias == pytest.approx(calibrate(scored, "here").bias, abs=0.15)


def test_the_points_are_in_order_and_do_what_they_are_called():
    scored = films(1.0, 0.0)
    calibration = calibrate(scored, "some films")
    points = operating_points(scored, calibration)
    p = probability(scored.logit, calibration.scale, calibration.bias)
    assert list(points) == ["sensitive", "balanced", "specific"]
    assert points["sensitive"].threshold < 0.5 == points["balanced"].threshold
    assert points["specific"].threshold > 0.5
    assert np.mean(p[scored.truth] >= points["sensitive"].threshold) >= 0.98
    assert np.mean(p[~scored.truth] < points["specific"].threshold) >= 0.98
    assert all("some films" in point.chosen_on for point in points.values())
