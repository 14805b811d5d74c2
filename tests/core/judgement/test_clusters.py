"""Shares whose intervals know whose films they are of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.judgement.clusters import clusters, share
from pneumo_desktop.core.metrics import wilson


def test_patients_are_numbered_and_a_film_without_a_name_is_a_patient_of_its_own():
    assert clusters(["a", "", "b", "a", ""]).tolist() == [0, 1, 2, 0, 3]


@given(st.lists(st.booleans(), min_size=1, max_size=50))
def test_with_one_film_a_patient_it_is_wilsons_interval(flags):
    found, plain = share(flags, np.arange(len(flags))), wilson(sum(flags), len(flags))
    assert found.value == pytest.approx(plain.value)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))


@pytest.mark.parametrize("flags", [[True, False, True], [True] * 3, [False] * 3])
def test_the_same_film_three_times_says_no_more_than_once(flags):
    once = share(flags, np.arange(3))
    thrice = share(np.repeat(flags, 3), np.repeat(np.arange(3), 3))
    assert (thrice.low, thrice.high) == pytest.approx((once.low, once.high))


def test_films_that_differ_within_a_patient_are_not_taken_for_more_than_they_are():
    flags = np.tile([True, False], 10)
    found = share(flags, np.repeat(np.arange(10), 2))
    plain = wilson(10, 20)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))


def test_no_film_has_no_share():
    assert np.isnan(share([], np.array([], int)).value)


def test_an_interval_covers_the_truth_with_several_films_a_patient():
    """Taken for independent, as many films would cover it far too seldom."""
    rng = np.random.default_rng(5)
    of = np.repeat(np.arange(60), 8)
    inside = plain_inside = 0
    for _ in range(400):
        easy = np.repeat(rng.beta(8, 2, 60), 8)  # how often this patient's films are called rightly
        flags = rng.random(480) < easy
        found, plain = share(flags, of), wilson(int(flags.sum()), 480)
        inside += found.low <= 0.8 <= found.high
        plain_inside += plain.low <= 0.8 <= plain.high
    assert 0.92 <= inside / 400 <= 0.98
    assert plain_inside < inside - 20
