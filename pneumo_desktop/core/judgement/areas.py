"""The area under the ROC curve with its interval, and the difference of two on the same films.

Source: DeLong, DeLong and Clarke-Pearson 1988; with several films of a patient Obuchowski 1997,
which is the same where each patient has one.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import Interval
from pneumo_desktop.core.judgement.clusters import Clusters
from pneumo_desktop.core.metrics import Z_95, wilson

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
_UNKNOWN = Interval(math.nan, math.nan, math.nan)


class Difference(NamedTuple):
    """A difference with its 95 % interval, and the two-sided p of there being none."""

    interval: Interval
    p: float


def area(scores: Numbers, truth: Flags, of: Clusters) -> Interval:
    """Return the AUROC with its 95 % interval; NaN without films of both classes.

    The interval is taken on the logit's scale, so that it stays within 0 to 1. Where the classes
    are parted wholly the variance is 0 whatever the number of films: the interval is then that of
    a share of the smaller class (Wilson).
    """
    if truth.all() or not truth.any():
        return _UNKNOWN
    won = _placements(scores, truth)
    value = float(won[truth].mean())
    spread = math.sqrt(_variance(won, truth, of))
    if not 0.0 < value < 1.0 or spread == 0.0:
        count = min(len(np.unique(of[truth])), len(np.unique(of[~truth])))
        alike = wilson(value * count, count)
        return Interval(value, alike.low, alike.high)
    middle = math.log(value / (1.0 - value))
    half = Z_95 * spread / (value * (1.0 - value))
    return Interval(value, _logistic(middle - half), _logistic(middle + half))


def difference(ours: Numbers, theirs: Numbers, truth: Flags, of: Clusters) -> Difference:
    """Return our AUROC less theirs, on the same films; NaN without films of both classes."""
    if truth.all() or not truth.any():
        return Difference(_UNKNOWN, math.nan)
    won = _placements(ours, truth) - _placements(theirs, truth)
    value = float(won[truth].mean())
    spread = math.sqrt(_variance(won, truth, of))
    if spread == 0.0:
        return Difference(Interval(value, value, value), 1.0 if value == 0.0 else 0.0)
    p = math.erfc(abs(value / spread) / math.sqrt(2.0))
    return Difference(Interval(value, value - Z_95 * spread, value + Z_95 * spread), p)


def _placements(scores: Numbers, truth: Flags) -> Numbers:
    """Return for each film the share of the other class that it is told from, ties one half."""
    ill, well = np.sort(scores[truth]), np.sort(scores[~truth])
    below = np.searchsorted(well, scores, "left") + np.searchsorted(well, scores, "right")
    above = np.searchsorted(ill, scores, "left") + np.searchsorted(ill, scores, "right")
    won: Numbers = np.where(truth, below / (2.0 * len(well)), 1.0 - above / (2.0 * len(ill)))
    return won


def _variance(won: Numbers, truth: Flags, of: Clusters) -> float:
    """Return the variance of the mean placement; `won` may also be a difference of two."""
    value = float(won[truth].mean())
    count = int(of.max()) + 1
    ill = np.bincount(of, np.where(truth, won - value, 0.0), count)
    well = np.bincount(of, np.where(truth, 0.0, won - value), count)
    both = float(_corrected(count) * np.sum(ill * well))
    parts = (_corrected(len(np.unique(of[k]))) * float(np.sum(s**2))
             for k, s in ((truth, ill), (~truth, well)))  # fmt: skip
    (first, second), sick, sound = parts, int(truth.sum()), int((~truth).sum())
    found = first / sick**2 + second / sound**2 + 2.0 * both / (sick * sound)
    return max(0.0, found)


def _corrected(count: int) -> float:
    return count / max(1, count - 1)


def _logistic(value: float) -> float:
    return 0.5 * (1.0 + math.tanh(0.5 * value))
