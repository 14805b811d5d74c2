"""From logits to probabilities one may believe, and the points at which to call a film ill.

Source: Platt 1999 (scale and bias). Both classes weigh the same, so the probabilities hold where
half of the films show pneumonia, which the card states as the prevalence assumed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import Calibration, OperatingPoint

PREVALENCE = 0.5
_STEPS = 50
_AIM = 0.98
_SENSITIVE_AT_MOST, _SPECIFIC_AT_LEAST = 0.25, 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Films with their uncalibrated `logit` and `truth` (films,)."""

    logit: NDArray[np.float64]
    truth: NDArray[np.bool_]


def calibrate(scored: Scored, chosen_on: str, elsewhere: Scored | None = None) -> Calibration:
    """Fit scale and bias on the films of `scored`.

    A scale above 1 sharpens, which films from elsewhere may not bear: it is taken only as far as
    the films of another population ask for it too, and not at all where there are none.
    """
    scale, bias = _platt(scored, None)
    most = 1.0 if elsewhere is None else max(1.0, _platt(elsewhere, None)[0])
    if not 0.0 < scale <= most:
        scale, bias = _platt(scored, most if scale > 0.0 else 1.0)
    return Calibration(scale, bias, chosen_on)


def _platt(scored: Scored, scale: float | None) -> tuple[float, float]:
    """Minimise the class-balanced log loss by Newton's steps, a little damped.

    The scale is fitted too where none is given.
    """
    ill = scored.truth
    weight = np.where(ill, PREVALENCE / ill.sum(), (1.0 - PREVALENCE) / (~ill).sum())
    # Platt's targets: never quite 0 or 1, so that separable films do not run away
    wanted = np.where(ill, (ill.sum() + 1) / (ill.sum() + 2), 1.0 / ((~ill).sum() + 2))
    columns = np.stack([scored.logit, np.ones_like(scored.logit)], axis=1)
    free = [0, 1] if scale is None else [1]
    found = np.array([1.0 if scale is None else scale, 0.0])
    for _ in range(_STEPS):
        p = probability(scored.logit, found[0], found[1])
        gradient = columns[:, free].T @ (weight * (p - wanted))
        curve = (columns[:, free] * (weight * p * (1.0 - p))[:, None]).T @ columns[:, free]
        step = np.linalg.solve(curve + 1e-6 * np.eye(len(free)), gradient)
        found[free] -= np.clip(step, -1.0, 1.0)
    return float(found[0]), float(found[1])


def probability(logit: NDArray[np.float64], scale: float, bias: float) -> NDArray[np.float64]:
    """Return sigmoid(scale * logit + bias), any shape."""
    return 0.5 * (1.0 + np.tanh(0.5 * (scale * logit + bias)))


def operating_points(scored: Scored, calibration: Calibration) -> dict[str, OperatingPoint]:
    """Return sensitive, balanced and specific points on calibrated probabilities."""
    p = probability(scored.logit, calibration.scale, calibration.bias)
    ill, well = np.sort(p[scored.truth]), np.sort(p[~scored.truth])
    catching = float(ill[int(np.floor((1.0 - _AIM) * len(ill)))])
    sparing = float(np.nextafter(well[min(len(well) - 1, int(np.floor(_AIM * len(well))))], 1.0))
    where = calibration.chosen_on
    return {
        "sensitive": OperatingPoint(
            min(catching, _SENSITIVE_AT_MOST),
            f"{where}; sensitivity of at least {_AIM:.0%}, and at most {_SENSITIVE_AT_MOST}",
        ),
        "balanced": OperatingPoint(0.5, f"{where}; calibration puts it at 0.50"),
        "specific": OperatingPoint(
            min(max(sparing, _SPECIFIC_AT_LEAST), 1.0),
            f"{where}; specificity of at least {_AIM:.0%}, and at least {_SPECIFIC_AT_LEAST}",
        ),
    }
