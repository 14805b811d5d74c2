"""Answers against the truth: the figures of `evaluate` and of the model card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pneumo_desktop.core import metrics
from pneumo_desktop.core.card import Interval, ModelCard
from pneumo_desktop.core.cases import Case, Label, Outcome


@dataclass(frozen=True, slots=True)
class LabelledOutcome:
    """An outcome and what the film's folder says of it."""

    outcome: Outcome
    truth: Label


def evaluate(films: Sequence[LabelledOutcome], card: ModelCard) -> dict[str, Any]:
    """Return the contract's figures over every decoded film, no gate applied.

    Only `coverage` (the share answered) and `selective_accuracy` (the share right of those) know
    the gates and the confidence threshold. Rates carry their 95 % intervals.
    """
    cases = [(f.outcome, f.truth) for f in films if isinstance(f.outcome, Case)]
    truth = np.array([real is Label.PNEUMONIA for _, real in cases], dtype=bool)
    probability = np.array([case.prediction.pneumonia_probability for case, _ in cases])
    threshold = card.threshold("default")
    called = probability >= threshold
    answered = [(case, real) for case, real in cases if case.answer.label is not Label.INVALID]
    right = sum(case.answer.label is real for case, real in answered)
    count = metrics.confusion(called, truth)
    return {
        "n": len(cases),
        "n_rejected": len(films) - len(cases),
        "auroc": rate(metrics.bootstrap_auroc(probability, truth)),
        **_rates(called, truth),
        "ece": metrics.ece(probability, truth, threshold=threshold),
        "brier": metrics.brier(probability, truth),
        "coverage": rate(metrics.wilson(len(answered), len(cases))),
        "selective_accuracy": rate(metrics.wilson(right, len(answered))),
        "confusion": count._asdict(),
        "operating_points": {
            name: {"threshold": point.threshold, **_rates(probability >= point.threshold, truth)}
            for name, point in card.operating_points.items()
        },
    }


def _rates(called: Any, truth: Any) -> dict[str, Any]:
    found = metrics.rates(called, truth)
    return {name: rate(value) for name, value in found._asdict().items()}


def rate(interval: Interval) -> dict[str, float]:
    """Return an interval as the contract's object."""
    return {"value": interval.value, "low": interval.low, "high": interval.high}
