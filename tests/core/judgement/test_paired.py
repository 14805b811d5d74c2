"""Two models on the same films, and what may be said of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.judgement.paired import Calls, Verdict, bootstrapped, compare, mcnemar


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [
        (9, 2, 0.06543),  # vignette "Exact McNemar's Test" of R's exact2x2 (Fay 2010)
        (0, 0, 1.0),
        (5, 5, 1.0),
        (0, 6, 0.03125),  # 2 / 64
        (1, 9, 0.021484),  # 2 * 11 / 1024
    ],
)
def test_mcnemars_p_is_that_of_the_binomial(one, other, p):
    assert mcnemar(one, other) == mcnemar(other, one) == pytest.approx(p, abs=5e-6)


def test_mcnemar_takes_many_films():
    assert mcnemar(4000, 4000) == 1.0
    assert mcnemar(100, 3000) < 1e-100


def models(better=0, worse=0, alike=80, wrong=10, repeat=1):
    """Return a new model, an old one, truth, and patients with `repeat` films each."""
    right_new = np.repeat([True, False, True, False], [better, worse, alike, wrong])
    right_old = np.repeat([False, True, True, False], [better, worse, alike, wrong])
    truth = np.arange(len(right_new)) % 2 == 0
    films = [np.where(right == truth, 0.9, 0.1) for right in (right_new, right_old)]
    new, old, truth = (np.repeat(values, repeat) for values in (*films, truth))
    return Calls(new, 0.5), Calls(old, 0.5), truth, np.repeat(np.arange(len(right_new)), repeat)


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ({"better": 12}, Verdict.BETTER),
        ({"worse": 12}, Verdict.WORSE),
        ({"better": 12, "worse": 11}, Verdict.CANNOT_TELL),
        ({}, Verdict.CANNOT_TELL),
        ({"better": 5}, Verdict.CANNOT_TELL),  # interval above 0, but such luck is not rare enough
        ({"better": 2, "repeat": 6}, Verdict.CANNOT_TELL),  # twelve films, of two patients
    ],
)
def test_a_verdict_needs_enough_films_of_enough_patients(about, verdict):
    assert compare(*models(**about)).verdict is verdict


def test_more_right_calls_at_the_price_of_the_ranking_cannot_tell():
    """A threshold moved to the better place makes no better model of a worse one."""
    rng = np.random.default_rng(3)
    truth = np.arange(600) % 2 == 0
    old = np.clip(
        0.3 * truth + 0.15 + rng.normal(0.0, 0.02, 600), 0.0, 1.0
    )  # ranks all, calls none
    new = np.where(rng.random(600) < 0.8, truth, ~truth) * 0.8 + 0.1
    found = compare(Calls(new, 0.5), Calls(old, 0.5), truth, np.arange(600))
    assert found.difference.low > 0.0
    assert found.p < 0.05
    assert found.auroc.interval.high < 0.0
    assert found.verdict is Verdict.CANNOT_TELL
    back = compare(Calls(old, 0.5), Calls(new, 0.5), truth, np.arange(600))
    assert back.difference.high < 0.0
    assert back.verdict is Verdict.CANNOT_TELL


def test_what_is_counted_is_told():
    found = compare(*models(better=12, worse=3, alike=80, wrong=5, repeat=2))
    assert (found.films, found.patients) == (200, 100)
    assert (found.right_new, found.right_old) == (184, 166)
    assert (found.only_new, found.only_old) == (24, 6)
    assert found.difference.value == pytest.approx(0.09)


def test_each_model_is_asked_at_its_own_point():
    truth = np.array([True, False])
    new, old = Calls(np.array([0.3, 0.1]), 0.2), Calls(np.array([0.3, 0.1]), 0.5)
    found = compare(new, old, truth, np.arange(2))
    assert (found.right_new, found.right_old) == (2, 1)


def test_no_films_cannot_tell():
    nothing = np.array([])
    found = compare(
        Calls(nothing, 0.5), Calls(nothing, 0.5), nothing.astype(bool), nothing.astype(int)
    )
    assert found.films == 0
    assert found.verdict is Verdict.CANNOT_TELL


def test_films_of_one_class_are_compared_by_their_calls():
    new, old, _, of = models(better=20)
    truth = np.ones(len(of), bool)
    right = new.right(models(better=20)[2])
    ours = Calls(np.where(right, 0.9, 0.1), 0.5)
    theirs = Calls(np.where(old.right(models(better=20)[2]), 0.9, 0.1), 0.5)
    assert compare(ours, theirs, truth, of).verdict is Verdict.BETTER


def test_the_bootstrap_has_the_width_of_theory_and_knows_patients():
    rng = np.random.default_rng(7)
    values = rng.normal(0.1, 1.0, 400)
    found = bootstrapped(values, np.arange(400))
    half = 1.96 * values.std() / 20.0
    assert found.high - found.low == pytest.approx(2.0 * half, rel=0.08)
    doubled = bootstrapped(np.repeat(values, 4), np.repeat(np.arange(400), 4))
    assert (doubled.low, doubled.high) == pytest.approx((found.low, found.high))


def test_when_nothing_is_better_it_is_seldom_said():
    """Of two models equally good, on films of few patients, one in twenty is told apart at most."""
    rng = np.random.default_rng(11)
    of = np.repeat(np.arange(80), 3)
    said = 0
    for _ in range(100):
        truth = np.repeat(rng.random(80) < 0.5, 3)
        easy = np.repeat(rng.normal(1.0, 0.5, 80), 3)
        scores = [np.where(truth, 1, -1) * (easy + rng.normal(0, 0.7, 240)) for _ in range(2)]
        new, old = (Calls(1.0 / (1.0 + np.exp(-score)), 0.5) for score in scores)
        said += compare(new, old, truth, of).verdict is not Verdict.CANNOT_TELL
    assert said <= 5


@given(st.integers(0, 30), st.integers(0, 30))
def test_changing_sides_changes_the_verdict(better, worse):
    new, old, truth, of = models(better, worse, alike=10, wrong=2)
    opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    one, other = compare(new, old, truth, of), compare(old, new, truth, of)
    assert other.p == one.p
    assert other.difference.value == pytest.approx(-one.difference.value)
    if abs(one.p - 0.05) > 0.01:  # at the edge the draws decide
        assert other.verdict is opposite.get(one.verdict, one.verdict)
