"""What a film weighs in the list: the model's suspicion and extent, and the band they make.

It is not clinical severity. The one table of bands is here; the order they wait in, in `ordering`.
"""

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import SeverityConstants
from pneumo_desktop.core.cases import Label, Priority

HIGH_FROM = 75.0


def extent(evidence: NDArray[np.float32], threshold: float) -> float:
    """Return the share 0-1 of the positions of `evidence` (rows, columns) above `threshold`."""
    return float(np.mean(evidence > threshold))


def severity(probability: float, area: float, constants: SeverityConstants) -> float:
    """Return 0-100; rises with the calibrated `probability` and, at equal one, with `area` (0-1).

    A certain film of no extent gets 100 * (1 - extent_share); the extent fills the rest in
    proportion to the probability, so a large area on an unlikely film does not overtake.
    """
    share = constants.extent_share
    return round(100.0 * probability * (1.0 - share + share * area), 1)


def priority(label: Label, score: float) -> Priority:
    """Return the band of a film that could be answered, or whose confidence was too low."""
    if label is Label.INVALID:
        return Priority.CHECK
    if label is Label.NORMAL:
        return Priority.LOW
    return Priority.HIGH if score >= HIGH_FROM else Priority.MEDIUM
