"""What a model does at an operating point, with intervals that know whose films they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core import metrics
from pneumo_desktop.core.card import Interval
from pneumo_desktop.core.judgement.areas import area
from pneumo_desktop.core.judgement.clusters import share
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.core.metrics import Confusion

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and rates at `threshold`, with no gate applied; NaN where a class has no film."""

    threshold: float
    films: int
    patients: int
    confusion: Confusion
    accuracy: Interval
    sensitivity: Interval
    specificity: Interval
    auroc: Interval
    ece: float


def figures_at(judged: Judged, threshold: float) -> Figures:
    """Return the figures where films are called Pneumonia from `threshold` on."""
    called, truth = judged.probability >= threshold, judged.truth
    right = called == truth
    return Figures(
        threshold=threshold,
        films=len(judged),
        patients=judged.patients,
        confusion=metrics.confusion(called, truth),
        accuracy=share(right, judged.of),
        sensitivity=_of_class(right, judged, truth),
        specificity=_of_class(right, judged, ~truth),
        auroc=area(judged.probability, truth, judged.of),
        ece=metrics.ece(judged.probability, truth, threshold=threshold),
    )


def _of_class(right: Flags, judged: Judged, members: Flags) -> Interval:
    of = np.unique(judged.of[members], return_inverse=True)[1]
    return share(right[members], of)


def worst(judged: Judged, threshold: float, most: int = 20) -> NDArray[np.intp]:
    """Return the places of the films called wrongly, the surest of its mistake first.

    How sure is told by the probability that the model gave the truth; films alike keep their order.
    """
    wrong = np.flatnonzero((judged.probability >= threshold) != judged.truth)
    given = np.where(judged.truth, judged.probability, 1.0 - judged.probability)[wrong]
    return wrong[np.argsort(given, kind="stable")][:most]
