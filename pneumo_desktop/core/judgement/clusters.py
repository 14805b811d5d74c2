"""Several films of one patient say less than as many films of as many patients."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pneumo_desktop.core.card import Interval
from pneumo_desktop.core.metrics import wilson

Clusters = NDArray[np.intp]


def clusters(patients: Sequence[str]) -> Clusters:
    """Return the number of each film's patient, (films,), from 0; "" is a patient of its own."""
    names = [name or (number,) for number, name in enumerate(patients)]
    known: dict[object, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.intp)


def share(flags: ArrayLike, of: Clusters) -> Interval:
    """Return the share of true `flags` (films,) with its 95 % interval; NaN where there are none.

    Wilson's interval (1927) of the effective number of films: their number over the design effect
    (Rao and Scott 1992), at least 1. With one film a patient it is Wilson's own. Where all flags
    are alike the design effect is unknown and the largest possible one is taken.
    """
    yes = np.asarray(flags).astype(np.float64).ravel()
    if not len(yes):
        return wilson(0, 0)
    mean, sizes = float(yes.mean()), np.bincount(of)
    if 0.0 < mean < 1.0:
        spread = np.bincount(of, yes) - sizes * mean
        effect = float(np.sum(spread**2)) / (len(yes) * mean * (1.0 - mean))
    else:
        effect = float(np.sum(sizes**2)) / len(yes)
    effective = len(yes) / max(1.0, effect)
    found = wilson(mean * effective, effective)
    return Interval(mean, found.low, found.high)
