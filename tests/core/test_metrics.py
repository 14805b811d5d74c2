"""The figures agree with their definitions, written out slowly."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pneumo_desktop.core import metrics

films = st.lists(
    st.tuples(st.integers(0, 8).map(lambda v: v / 8.0), st.booleans()), min_size=1, max_size=60
)


def slow_auroc(scores, truth):
    ill = [s for s, t in zip(scores, truth, strict=True) if t]
    well = [s for s, t in zip(scores, truth, strict=True) if not t]
    if not ill or not well:
        return math.nan
    return sum((a > b) + 0.5 * (a == b) for a in ill for b in well) / (len(ill) * len(well))


def slow_ece(probability, truth):
    total = 0.0
    for k in range(15):
        inside = []
        for p, t in zip(probability, truth, strict=True):
            confidence = p if p >= 0.5 else 1 - p
            if k / 15 < confidence <= (k + 1) / 15:
                inside.append((confidence, (p >= 0.5) == t))
        if inside:
            total += abs(sum(c for c, _ in inside) - sum(r for _, r in inside))
    return total / len(truth)


@given(films)
@settings(deadline=None)
def test_auroc_is_the_share_of_pairs_in_order(rows):
    scores, truth = zip(*rows, strict=True)
    assert metrics.auroc(scores, truth) == pytest.approx(slow_auroc(scores, truth), nan_ok=True)


@given(films)
@settings(deadline=None)
def test_ece_is_the_mean_gap_over_confidence_bins(rows):
    probability, truth = zip(*rows, strict=True)
    assert metrics.ece(probability, truth) == pytest.approx(slow_ece(probability, truth), abs=1e-9)


def test_auroc_knows_perfect_reversed_and_blind_scores():
    truth = [0, 0, 1, 1]
    assert metrics.auroc([1, 2, 3, 4], truth) == 1.0
    assert metrics.auroc([4, 3, 2, 1], truth) == 0.0
    assert metrics.auroc([7, 7, 7, 7], truth) == 0.5


def test_wilson_agrees_with_the_published_example():
    # Newcombe 1998, table I: 81 of 263 and 15 of 148, method 3
    assert [round(v, 4) for v in (metrics.wilson(81, 263).low, metrics.wilson(81, 263).high)] == [
        0.2553,
        0.3662,
    ]
    assert round(metrics.wilson(15, 148).low, 4) == 0.0624


@pytest.mark.parametrize(("k", "n"), [(0, 10), (10, 10), (3, 7), (1, 1)])
def test_wilson_holds_its_own_value(k, n):
    interval = metrics.wilson(k, n)
    assert 0.0 <= interval.low <= interval.value <= interval.high <= 1.0


def test_nothing_measured_is_not_a_number():
    assert math.isnan(metrics.wilson(0, 0).value)
    assert math.isnan(metrics.ece([], []))
    assert math.isnan(metrics.brier([], []))
    assert math.isnan(metrics.auroc([0.2, 0.3], [1, 1]))
    assert math.isnan(metrics.auroc([], []))


def test_bootstrap_is_seeded_and_holds_the_value():
    rng = np.random.default_rng(3)
    truth = rng.random(300) < 0.5
    scores = truth + rng.normal(0, 1.2, 300)
    one = metrics.bootstrap_auroc(scores, truth, rounds=250)
    assert one == metrics.bootstrap_auroc(scores, truth, rounds=250)
    assert one.low < one.value < one.high
    assert one.high - one.low == pytest.approx(0.11, abs=0.04)


def test_rates_count_calls_by_truth():
    called, truth = [1, 1, 0, 0, 1], [1, 0, 0, 1, 1]
    assert metrics.confusion(called, truth) == (2, 1, 1, 1)
    found = metrics.rates(called, truth)
    assert found.accuracy.value == pytest.approx(0.6)
    assert found.sensitivity.value == pytest.approx(2 / 3)
    assert found.specificity.value == pytest.approx(0.5)


def test_brier_is_zero_for_certain_and_right():
    assert metrics.brier([0.0, 1.0], [0, 1]) == 0.0
    assert metrics.brier([0.5, 0.5], [0, 1]) == 0.25
