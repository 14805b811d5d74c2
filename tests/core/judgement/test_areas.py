"""AUROC with its interval and the difference of two: a published example, and what must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core import metrics
from pneumo_desktop.core.judgement.areas import area, difference
from pneumo_desktop.core.metrics import Z_95
from tests.core.judgement.ovarian import ALBUMIN, BENEFIT, PATIENTS, PROTEIN, SCORE


def spread(interval):
    return (interval.high - interval.value) / Z_95


def logit_spread(interval):
    """Return the standard error of an area from its interval, which is one of the logit."""
    high, low = (np.log(end / (1.0 - end)) for end in (interval.high, interval.low))
    return (high - low) / (2.0 * Z_95) * interval.value * (1.0 - interval.value)


@pytest.mark.parametrize(
    ("scores", "value", "error"),
    [(ALBUMIN, 0.7366, 0.0927), (PROTEIN, 0.6478, 0.1000), (SCORE, 0.7258, 0.1028)],
)
def test_areas_and_errors_are_those_published(scores, value, error):
    found = area(scores, BENEFIT, PATIENTS)
    assert found.value == pytest.approx(value, abs=5e-5)
    assert logit_spread(found) == pytest.approx(error, abs=5e-5)


@pytest.mark.parametrize(
    ("scores", "value", "error", "p"),
    [(ALBUMIN, 0.0108, 0.0953, 0.9102), (PROTEIN, -0.0780, 0.1046, 0.4561)],
)
def test_differences_are_those_published(scores, value, error, p):
    found = difference(scores, SCORE, BENEFIT, PATIENTS)
    assert found.interval.value == pytest.approx(value, abs=5e-5)
    assert spread(found.interval) == pytest.approx(error, abs=5e-5)
    assert found.p == pytest.approx(p, abs=5e-5)


def test_the_same_film_twice_says_no_more_than_once():
    twice = [np.repeat(values, 2) for values in (ALBUMIN, SCORE, BENEFIT, PATIENTS)]
    once = (ALBUMIN, SCORE, BENEFIT, PATIENTS)
    assert difference(*twice).interval.low == pytest.approx(difference(*once).interval.low)
    taken_for_others = difference(*twice[:3], np.arange(len(twice[0])))
    assert spread(taken_for_others.interval) < 0.8 * spread(difference(*once).interval)


def test_patients_with_films_of_both_classes_count_for_both():
    """Their healthy and ill films move together, so the area varies less or more, not equally."""
    rng = np.random.default_rng(1)
    person = np.repeat(np.arange(200), 2)
    truth = np.tile([True, False], 200)
    scores = np.repeat(rng.normal(0.0, 3.0, 200), 2) + truth + rng.normal(0.0, 0.3, 400)
    together = area(scores, truth, person)
    apart = area(scores, truth, np.arange(400))
    assert logit_spread(together) < 0.5 * logit_spread(apart)


def test_an_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(2)
    truth = np.arange(120) % 3 > 0
    inside = 0
    for _ in range(400):
        found = area(rng.normal(0.0, 1.0, 120) + 1.5 * truth, truth, np.arange(120))
        inside += found.low <= 0.8556 <= found.high  # the normal distribution's at 1.5 / sqrt(2)
    assert 0.92 <= inside / 400 <= 0.98


def test_classes_parted_wholly_are_not_sure_to_be_so_again():
    truth = np.arange(40) >= 30
    found = area(np.arange(40.0), truth, np.arange(40))
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(metrics.wilson(10, 10).low)


def test_films_of_one_class_have_no_area():
    nothing = np.ones(5, bool)
    assert np.isnan(area(np.arange(5.0), nothing, np.arange(5)).value)
    assert np.isnan(difference(np.arange(5.0), np.arange(5.0), ~nothing, np.arange(5)).p)


def test_two_models_that_rank_alike_do_not_differ():
    found = difference(ALBUMIN, ALBUMIN * 7.0 + 1.0, BENEFIT, PATIENTS)
    assert (found.interval.low, found.interval.high, found.p) == (0.0, 0.0, 1.0)


@given(
    scores=st.lists(st.integers(0, 6), min_size=4, max_size=30),
    seed=st.integers(0, 1000),
)
def test_the_area_is_the_mann_whitney_one_and_lies_in_its_interval(scores, seed):
    rng = np.random.default_rng(seed)
    truth = rng.random(len(scores)) < 0.5
    of = rng.integers(0, 5, len(scores))
    of = np.unique(of, return_inverse=True)[1]
    found = area(np.array(scores, float), truth, of)
    if truth.all() or not truth.any():
        assert np.isnan(found.value)
    else:
        assert found.value == pytest.approx(metrics.auroc(scores, truth))
        assert 0.0 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1.0
