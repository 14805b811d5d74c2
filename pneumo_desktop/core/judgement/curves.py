"""The numbers behind the plots, on plain arrays: what is drawn is what these functions return.

`confidence` (films,) is the probability 0-1 of the label called, `right` (films,) whether the call
was, `truth` (films,) is true for pneumonia.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import CoveragePoint
from pneumo_desktop.core.metrics import Confusion

BINS = 15
ASKED = range(50, 100)  # per cent of confidence; what a reader may ask for
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Curve(NamedTuple):
    """Points of a curve, each (points,)."""

    x: Numbers
    y: Numbers


class Bins(NamedTuple):
    """Films by confidence: each (15,), NaN where a bin holds none."""

    confidence: Numbers
    right: Numbers
    films: NDArray[np.int64]


def matrix(count: Confusion) -> NDArray[np.int64]:
    """Return counts (2, 2): rows are the truth, columns the call, normal first."""
    return np.array(
        [
            [count.true_negative, count.false_positive],
            [count.false_negative, count.true_positive],
        ]
    )


def roc(probability: Numbers, truth: Flags) -> Curve:
    """Return 1 - specificity and sensitivity, from the strictest threshold to the laxest."""
    levels = np.unique(probability)[::-1]
    well, ill = probability[~truth], probability[truth]
    return Curve(
        np.array([0.0, *(np.mean(well >= level) for level in levels)]),
        np.array([0.0, *(np.mean(ill >= level) for level in levels)]),
    )


def called(probability: Numbers, truth: Flags, threshold: float) -> tuple[Numbers, Flags]:
    """Return `confidence` and `right` of films called Pneumonia from `threshold` on."""
    ill = probability >= threshold
    return np.where(ill, probability, 1.0 - probability), ill == truth


def bins(confidence: Numbers, right: Flags) -> Bins:
    """Return mean confidence, share right and films of each of the bins that `ece` uses."""
    place = np.clip(np.ceil(confidence * BINS).astype(np.int64) - 1, 0, BINS - 1)
    count = np.bincount(place, minlength=BINS)
    films = np.where(count, count, np.nan)
    return Bins(
        np.bincount(place, confidence, BINS) / films, np.bincount(place, right, BINS) / films, count
    )


def risk_coverage(confidence: Numbers, right: Flags) -> Curve:
    """Return the share answered and the share wrong of those, from the surest films on.

    Films of one confidence are answered together: no rule on the confidence can part them.
    """
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order])
    last = np.flatnonzero(np.append(np.diff(confidence[order]) != 0.0, [True]))
    answered = last + 1.0
    return Curve(answered / len(confidence), wrong[last] / answered)


def covered(probability: Numbers, truth: Flags, threshold: float) -> tuple[CoveragePoint, ...]:
    """Return what each confidence asked for does at an operating point; nothing without films."""
    confidence, right = called(probability, truth, threshold)
    return tuple(_at(confidence, right, cent / 100) for cent in ASKED) if len(truth) else ()


def _at(confidence: Numbers, right: Flags, asked: float) -> CoveragePoint:
    sure = confidence >= asked
    share = float(np.mean(right[sure])) if sure.any() else None
    return CoveragePoint(asked, float(np.mean(sure)), share)
