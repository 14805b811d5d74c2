"""Answers to films kept apart as plots: what is drawn is what the curves of the core say."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from pneumo_desktop.core.judgement.curves import bins, called, risk_coverage, roc
from pneumo_desktop.core.judgement.figures import Figures
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.core.judgement.words import number_words
from pneumo_desktop.ui.training.plot import Drawing, Points
from pneumo_desktop.ui.translation import translated

ANSWERED_FROM = 0.70  # the least confidence that is an answer, unless the reader chose another
THRESHOLDS = np.arange(1, 100) / 100.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("drawings", text)


def roc_drawing(judged: Judged, found: Figures) -> Drawing:
    """Return the ROC curve with the operating point."""
    both = judged.truth.any() and not judged.truth.all()
    curve = roc(judged.probability, judged.truth) if both else None
    mark = (1.0 - found.specificity.value, found.sensitivity.value) if both else None
    return Drawing(
        _tr("ROC curve"),
        (_tr("1 - specificity"), _tr("sensitivity")),
        _tr("AUROC %s") % translated(number_words(found.auroc)),
        line=_points(curve.x, curve.y) if curve else (),
        guide=((0.0, 0.0), (1.0, 1.0)),
        mark=mark,
    )


def reliability_drawing(judged: Judged, found: Figures) -> Drawing:
    """Return how often calls of each confidence are right."""
    held = bins(*called(judged.probability, judged.truth, found.threshold))
    full = held.films > 0
    low = 0.0 if held.confidence[full].min(initial=1.0) < 0.5 else 0.5
    return Drawing(
        _tr("Reliability"),
        (_tr("confidence"), _tr("share right")),
        _tr("Calibration error %s; films on the dashed line are right as often as they are sure")
        % f"{found.ece:.3f}",
        dots=tuple(
            (float(x), float(y), float(films / held.films.sum()))
            for x, y, films in zip(
                held.confidence[full], held.right[full], held.films[full], strict=True
            )
        ),
        guide=((low, low), (1.0, 1.0)),
        across=(low, 1.0),
    )


def coverage_drawing(judged: Judged, found: Figures) -> Drawing:
    """Return the share wrong of the surest films, from few of them to all."""
    confidence, right = called(judged.probability, judged.truth, found.threshold)
    curve = risk_coverage(confidence, right)
    sure = confidence >= ANSWERED_FROM
    mark = (float(sure.mean()), float(np.mean(~right[sure]))) if sure.any() else None
    most = 0.05 * max(1, math.ceil(22.0 * float(curve.y.max(initial=0.0))))  # in steps of 0.05
    answered = _tr("At 70 %% confidence %s of the films are answered, %s of those wrongly") % (
        _percent(sure.mean()), _percent(mark[1]) if mark else _tr("none"),
    )  # fmt: skip
    return Drawing(
        _tr("Risk and coverage"),
        (_tr("share answered"), _tr("share wrong")),
        answered,
        line=_points(curve.x, curve.y),
        mark=mark,
        up=(0.0, most),
    )


def _percent(share: float) -> str:
    return f"{100.0 * share:.1f} %"


def _points(xs: object, ys: object) -> Points:
    return tuple((float(x), float(y)) for x, y in zip(np.ravel(xs), np.ravel(ys), strict=True))  # type: ignore[call-overload]


def nearest_threshold(judged: Judged, x: float, y: float) -> float:
    """Return the threshold, in whole per cent, whose place in the ROC plot lies nearest."""
    well, ill = judged.probability[~judged.truth], judged.probability[judged.truth]
    if not len(well) or not len(ill):
        return 0.5
    false = np.mean(well[:, None] >= THRESHOLDS, axis=0)
    true = np.mean(ill[:, None] >= THRESHOLDS, axis=0)
    away = (false - x) ** 2 + (true - y) ** 2
    alike = np.flatnonzero(away == away.min())
    return float(THRESHOLDS[alike[len(alike) // 2]])  # of a row of equals the middle one
