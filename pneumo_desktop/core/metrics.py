"""How well probabilities match the truth: rates with their intervals, on plain arrays.

Everywhere `truth` (films,) is boolean, true for pneumonia, and `probability` (films,) is the
probability of pneumonia, 0-1. An empty denominator gives NaN, never an error.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pneumo_desktop.core.card import Interval

Z_95 = 1.959963984540054  # two-sided 95 % of the normal distribution
_BINS = 15


class Confusion(NamedTuple):
    """Counts of films by truth and call."""

    true_positive: int
    false_positive: int
    true_negative: int
    false_negative: int


class Rates(NamedTuple):
    """Shares of right calls, each with its 95 % interval (Wilson)."""

    accuracy: Interval
    sensitivity: Interval
    specificity: Interval


def wilson(successes: float, n: float) -> Interval:
    """Return the share `successes / n` with its 95 % score interval (Wilson 1927).

    Both may be effective numbers of films, which are no whole ones.
    """
    if n == 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    share = successes / n
    spread = Z_95 * Z_95 / n
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = Z_95 * np.sqrt(share * (1.0 - share) / n + spread / (4.0 * n)) / (1.0 + spread)
    low = 0.0 if successes == 0 else max(0.0, float(middle - half))
    high = 1.0 if successes == n else min(1.0, float(middle + half))
    return Interval(share, low, high)


def confusion(called: ArrayLike, truth: ArrayLike) -> Confusion:
    """Count calls: `called` (films,) is true where the film was called Pneumonia."""
    yes, real = _flags(called), _flags(truth)
    return Confusion(
        int(np.sum(yes & real)),
        int(np.sum(yes & ~real)),
        int(np.sum(~yes & ~real)),
        int(np.sum(~yes & real)),
    )


def rates(called: ArrayLike, truth: ArrayLike) -> Rates:
    """Return accuracy, sensitivity and specificity of the calls (see `confusion`)."""
    count = confusion(called, truth)
    return Rates(
        wilson(count.true_positive + count.true_negative, sum(count)),
        wilson(count.true_positive, count.true_positive + count.false_negative),
        wilson(count.true_negative, count.true_negative + count.false_positive),
    )


def auroc(scores: ArrayLike, truth: ArrayLike) -> float:
    """Return the area under the ROC curve, ties counting one half (Mann-Whitney)."""
    values, real = np.asarray(scores, dtype=np.float64).ravel(), _flags(truth)
    level = np.unique(values, return_inverse=True)[1]
    return float(_areas(level, real, np.ones((1, len(values))))[0])


def bootstrap_auroc(
    scores: ArrayLike, truth: ArrayLike, *, rounds: int = 1000, seed: int = 0
) -> Interval:
    """Return the AUROC with its 95 % percentile interval.

    Films are drawn again `rounds` times within each class, so that no draw lacks one.
    """
    values, real = np.asarray(scores, dtype=np.float64).ravel(), _flags(truth)
    level = np.unique(values, return_inverse=True)[1]
    rng = np.random.default_rng(seed)
    areas: list[NDArray[np.float64]] = []
    for start in range(0, rounds, 100):  # a hundred draws at a time keep the memory small
        weights = np.zeros((min(100, rounds - start), len(values)))
        for members in (np.flatnonzero(real), np.flatnonzero(~real)):
            if len(members):
                even = np.full(len(members), 1.0 / len(members))
                weights[:, members] = rng.multinomial(len(members), even, size=len(weights))
        areas.append(_areas(level, real, weights))
    low, high = np.quantile(np.concatenate(areas), [0.025, 0.975])
    return Interval(auroc(values, real), float(low), float(high))


def ece(probability: ArrayLike, truth: ArrayLike, *, threshold: float = 0.5) -> float:
    """Return the expected calibration error over 15 equal-width bins of confidence 0-1.

    Confidence is the probability of the called label (Pneumonia from `threshold` on); each bin's
    gap between mean confidence and share right counts by its films (Guo et al. 2017).
    """
    p, real = np.asarray(probability, dtype=np.float64).ravel(), _flags(truth)
    if not len(p):
        return float("nan")
    called = p >= threshold
    confidence = np.where(called, p, 1.0 - p)
    place = np.clip(np.ceil(confidence * _BINS).astype(np.int64) - 1, 0, _BINS - 1)
    gap = np.bincount(place, confidence - (called == real), _BINS)
    return float(np.sum(np.abs(gap)) / len(p))


def brier(probability: ArrayLike, truth: ArrayLike) -> float:
    """Return the mean squared difference between probability and truth (Brier 1950)."""
    p, real = np.asarray(probability, dtype=np.float64).ravel(), _flags(truth)
    return float(np.mean((p - real) ** 2)) if len(p) else float("nan")


def _flags(values: ArrayLike) -> NDArray[np.bool_]:
    return np.asarray(values).astype(bool).ravel()


def _areas(
    level: NDArray[np.intp], real: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return an AUROC per row of `weights` (rounds, films).

    `level` (films,) is the rank of each film's score among the distinct scores.
    """
    levels = int(level.max(initial=-1)) + 1
    rounds = len(weights)
    at = (np.arange(rounds)[:, None] * levels + level).ravel()
    total = rounds * levels
    ill = np.bincount(at, (weights * real).ravel(), total).reshape(rounds, levels)
    well = np.bincount(at, (weights * ~real).ravel(), total).reshape(rounds, levels)
    below = np.cumsum(well, axis=1) - well
    pairs = ill.sum(axis=1) * well.sum(axis=1)
    won = np.sum(ill * (below + 0.5 * well), axis=1)
    areas = np.full(rounds, np.nan)
    np.divide(won, pairs, out=areas, where=pairs > 0)
    return areas
